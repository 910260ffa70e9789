"""A complete run, opened: what :func:`fcnn.train` and :func:`fcnn.load` return."""

from functools import cached_property
from pathlib import Path
from typing import Any, Dict, List, Optional, Union

import numpy as np
import pandas as pd

from fcnn.config import Config, load_config
from fcnn.inference.ensemble import Ensemble
from fcnn.inference.model import Model, Predictor
from fcnn.runs.diagnostics import read_diagnostics
from fcnn.runs.documents import read_metrics
from fcnn.runs.folder import CONFIG, find_run
from fcnn.runs.members import read_predictor
from fcnn.runs.receipt import whole_file
from fcnn.runs.record import Record, read_history, read_model, read_record

BLOCK = 1024
"""Rows that the Keras model computes at once."""


class Run:
    """A run folder; everything is read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        """Open a complete run folder."""
        self.folder = folder

    def __repr__(self) -> str:
        """Name the folder."""
        return f"Run({str(self.folder)!r})"

    @cached_property
    def config(self) -> Config:
        """The resolved config."""
        return load_config(whole_file(self.folder, CONFIG)).config

    @cached_property
    def record(self) -> Record:
        """``data.json``."""
        return read_record(self.folder)

    @cached_property
    def metrics(self) -> Dict[str, Any]:
        """``metrics.json``: ``train``, ``validation``, ``test`` -> name -> number, ``baselines``, ``verdicts``."""
        return read_metrics(self.folder)

    @cached_property
    def history(self) -> Dict[str, List[float]]:
        """``history.csv`` as lists by column."""
        return read_history(self.folder)

    @cached_property
    def diagnostics(self) -> Dict[str, List[Any]]:
        """``diagnostics.csv`` as lists by column."""
        return read_diagnostics(self.folder)

    @cached_property
    def model(self) -> Model:
        """The trained model, computing in NumPy; of an ensemble the member that is kept."""
        return read_model(self.folder)

    @cached_property
    def predictor(self) -> Predictor:
        """What the run predicts with: the model, or all members of an ensemble."""
        return read_predictor(self.folder, self.record, self.model)

    def predict(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Predict rows of a table; see :meth:`fcnn.inference.model.Predictor.predict`."""
        return self.predictor.predict(frame)

    def keras_model(self) -> Any:
        """The Keras Sequential model with the run's weights, of an ensemble the kept member's; imports TensorFlow."""
        return _keras_model(self.model)

    @cached_property
    def _keras(self) -> List[Any]:
        predictor = self.predictor
        return [*map(_keras_model, predictor.members if isinstance(predictor, Ensemble) else [self.model])]

    def keras_output(self, x: np.ndarray) -> np.ndarray:
        """What :attr:`predictor` says of encoded rows (rows, features), computed by Keras: (rows, units)."""
        predictor = self.predictor
        if not isinstance(predictor, Ensemble):
            return _keras_output(self._keras[0], x)
        pairs = zip(self._keras, predictor.parts)
        return predictor.mean(_keras_output(model, x[:, part]) for model, part in pairs)


def _keras_model(model: Model) -> Any:
    from fcnn.network import backend
    from fcnn.network.build import build_model

    keras = build_model(model.architecture)
    backend.set_arrays(keras, model.arrays, list(model.architecture.shapes()))
    return keras


def _keras_output(model: Any, x: np.ndarray) -> np.ndarray:
    """The output of a Keras model (rows, units) float32."""
    # Keras's own `predict` compiles a function, of which TensorFlow 2.4 leaves a file in the temporary folder.
    blocks = range(0, max(len(x), 1), BLOCK)
    return np.concatenate([np.asarray(model(x[start : start + BLOCK], training=False)) for start in blocks])


def load(run: Union[str, Path], runs: Optional[Path] = None) -> Run:
    """Open a run.

    Args:
        run: a run folder, the name of one below `runs`, or ``latest``.
        runs: the folder of run folders; ``runs`` below the current one where it is None.

    Raises:
        RunError: there is none, or it is not complete.
    """
    return Run(find_run(str(run), runs or Path("runs")))
