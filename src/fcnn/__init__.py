"""Train fully connected networks on tables, from one YAML file.

From Python: ``fcnn.train("config.yaml")``, ``fcnn.load("latest").predict(frame)``, and scikit-learn's
``fcnn.FcnnClassifier`` and ``fcnn.FcnnRegressor``. Importing the package loads neither NumPy nor TensorFlow; what it
has is fetched when it is first used.
"""

from typing import TYPE_CHECKING, Any, List

__version__ = "0.1.0"

if TYPE_CHECKING:
    from fcnn.estimators.classifier import FcnnClassifier as FcnnClassifier
    from fcnn.estimators.regressor import FcnnRegressor as FcnnRegressor
    from fcnn.jobs.train import train as train
    from fcnn.runs.run import Run as Run
    from fcnn.runs.run import load as load

_LAZY = {
    "FcnnClassifier": "fcnn.estimators.classifier",
    "FcnnRegressor": "fcnn.estimators.regressor",
    "Run": "fcnn.runs.run",
    "load": "fcnn.runs.run",
    "train": "fcnn.jobs.train",
}

__all__ = ["FcnnClassifier", "FcnnRegressor", "Run", "__version__", "load", "train"]


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LAZY[name]), name)


def __dir__() -> List[str]:
    return sorted({*globals(), *_LAZY})
