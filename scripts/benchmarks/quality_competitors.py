"""The competitors of the benchmark of quality: each learns from one table's training and validation rows.

What needs no validation rows learns from them, too: the constant, the linear model and both of scikit-learn. fcnn and
RealMLP choose their epoch by them. Nothing but the kind of a column and the rows is told to any of them.
"""

import tempfile
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Tuple

import numpy as np
import pandas as pd
from quality_tables import Table

Config = Dict[str, Any]
Predicted = Tuple[Optional[List[str]], np.ndarray]
"""Classes as text in the order of the columns, and probabilities (rows, classes); or None and numbers (rows,)."""
Predict = Callable[[pd.DataFrame], Predicted]
"""Predicts rows: a frame with the columns of the table's features."""
Fit = Callable[[Table, int], Predict]
"""Learns from a table, with a seed."""

FCNN: Dict[str, Config] = {
    "simple": {"preset": "simple"},
    "strong": {"preset": "strong"},
    "strong x 5 folds": {"preset": "strong", "train": {"folds": 5, "ensemble": True}},
}
"""Configs of fcnn by the competitor's name, without the data; `train` has keywords of fcnn.train, such as folds."""
FOREIGN = ("realmlp-td-s", "realmlp-td-s, no smoothing")
"""Those that need an environment of their own, with pytabkit and PyTorch."""


def competitor(name: str, config: Optional[Config]) -> Fit:
    """What learns; everything that it needs is imported here.

    Args:
        name: the competitor's.
        config: of fcnn, without the data; None for the others.
    """
    if config is not None:
        return _fcnn(config)
    return OTHERS[name]()


# --- scikit-learn ---------------------------------------------------------------------------------------------------


def _rows(table: Table) -> pd.DataFrame:
    """Training and validation rows, for what needs no validation."""
    return pd.concat([table.parts["train"], table.parts["validation"]], ignore_index=True)


def _encoder(table: Table) -> Any:
    """Medians for missing numbers, standardised; one column for each level, a missing one among them."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    words = [name for name in table.features if name not in table.numbers]
    missing = SimpleImputer(strategy="constant", fill_value="missing")
    return ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), table.numbers),
            ("words", make_pipeline(missing, OneHotEncoder(handle_unknown="ignore")), words),
        ],
        sparse_threshold=0,
    )


def _same(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


def _predictor(model: Any, table: Table, prepared: Callable[[pd.DataFrame], pd.DataFrame] = _same) -> Predict:
    """What predicts with a fitted model of scikit-learn's kind."""

    def predict(frame: pd.DataFrame) -> Predicted:
        x = prepared(frame[table.features])
        if table.task == "regression":
            return None, np.asarray(model.predict(x), float)
        return [str(name) for name in model.classes_], np.asarray(model.predict_proba(x), float)

    return predict


def _constant() -> Fit:
    from sklearn.dummy import DummyClassifier, DummyRegressor

    def fit(table: Table, seed: int) -> Predict:
        rows = _rows(table)
        model = DummyRegressor() if table.task == "regression" else DummyClassifier(strategy="prior")
        return _predictor(model.fit(rows[table.features], rows[table.target]), table)

    return fit


def _linear() -> Fit:
    from sklearn.linear_model import LogisticRegression, RidgeCV
    from sklearn.pipeline import make_pipeline

    def fit(table: Table, seed: int) -> Predict:
        rows = _rows(table)
        regression = table.task == "regression"
        linear = RidgeCV(np.logspace(-3, 3, 13)) if regression else LogisticRegression(max_iter=1000)
        model = make_pipeline(_encoder(table), linear)
        return _predictor(model.fit(rows[table.features], rows[table.target]), table)

    return fit


def _mlp() -> Fit:
    from sklearn.compose import TransformedTargetRegressor
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    def fit(table: Table, seed: int) -> Predict:
        rows = _rows(table)
        if table.task == "regression":
            mlp = TransformedTargetRegressor(MLPRegressor(random_state=seed), transformer=StandardScaler())
        else:
            mlp = MLPClassifier(random_state=seed)
        model = make_pipeline(_encoder(table), mlp)
        return _predictor(model.fit(rows[table.features], rows[table.target]), table)

    return fit


def _boosting() -> Fit:
    from sklearn.compose import ColumnTransformer
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OrdinalEncoder

    def fit(table: Table, seed: int) -> Predict:
        rows = _rows(table)
        words = [name for name in table.features if name not in table.numbers]
        codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
        encoder = ColumnTransformer([("words", codes, words)], remainder="passthrough")
        trees = HistGradientBoostingRegressor if table.task == "regression" else HistGradientBoostingClassifier
        model = make_pipeline(encoder, trees(categorical_features=list(range(len(words))), random_state=seed))
        return _predictor(model.fit(rows[table.features], rows[table.target]), table)

    return fit


# --- fcnn -----------------------------------------------------------------------------------------------------------

QUIET: Config = {"diagnostics": False, "run": {"plots": False}, "report": {"importance": False}}
"""What takes time and has no part in what is learnt."""


def _fcnn(config: Config) -> Fit:
    import fcnn

    fcnn.load  # noqa: B018 - fetched here
    from fcnn.network import backend  # noqa: F401 - imports TensorFlow

    def fit(table: Table, seed: int) -> Predict:
        with tempfile.TemporaryDirectory(prefix="fcnn-quality-") as folder:
            job = with_data(config, table, seed)
            run = fcnn.train(job, run_dir=Path(folder) / "run", **job.pop("train", {}))
            model = run.predictor  # of the run's folder nothing more is needed
        return _fcnn_predictor(model, table)

    return fit


def with_data(config: Config, table: Table, seed: int) -> Config:
    """A config of fcnn for a table; what it says of data is kept."""
    data = {
        **config.get("data", {}),
        "path": str(table.path),
        "target": table.target,
        "task": table.task,
        "features": table.features,
        "split": {"method": "column", "column": table.split},
    }
    return {**QUIET, **config, "data": data, "seed": seed}


def _fcnn_predictor(model: Any, table: Table) -> Predict:
    def predict(frame: pd.DataFrame) -> Predicted:
        answers = model.predict(frame[table.features])
        if table.task == "regression":
            return None, answers["prediction"].to_numpy(float)
        probabilities = [name for name in answers if name.startswith("probability_")]
        return [name[len("probability_") :] for name in probabilities], answers[probabilities].to_numpy(float)

    return predict


# --- RealMLP --------------------------------------------------------------------------------------------------------


def _realmlp(smoothing: bool) -> Fit:
    """RealMLP-TD-S of pytabkit with its defaults; the epoch is chosen on the validation rows of the split.

    Missing numbers are the median, beside a column that says so: it has nothing for them.
    """
    from pytabkit import RealMLP_TD_S_Classifier, RealMLP_TD_S_Regressor

    def fit(table: Table, seed: int) -> Predict:
        train = table.parts["train"]
        medians = train[table.numbers].median()
        gaps = [name for name in table.numbers if train[name].isna().any()]
        words = [name for name in table.features if name not in table.numbers]

        def prepared(frame: pd.DataFrame) -> pd.DataFrame:
            numbers = frame[table.numbers].fillna(medians)
            flags = frame[gaps].isna().astype(float).add_suffix(" is missing")
            return pd.concat([numbers, flags, frame[words].fillna("missing")], axis=1)

        settings: Dict[str, Any] = {"device": "cpu", "random_state": seed}
        if table.task == "regression":
            model = RealMLP_TD_S_Regressor(**settings)
        elif smoothing:
            model = RealMLP_TD_S_Classifier(**settings)
        else:  # as its authors advise where probabilities are judged
            model = RealMLP_TD_S_Classifier(**settings, use_ls=False, val_metric_name="cross_entropy")
        both = _rows(table)
        validation = np.arange(len(train), len(both))
        model.fit(prepared(both), both[table.target], val_idxs=validation, cat_col_names=words)
        return _predictor(model, table, prepared)

    return fit


OTHERS: Dict[str, Callable[[], Fit]] = {
    "constant": _constant,
    "linear": _linear,
    "scikit-learn MLP": _mlp,
    "HistGradientBoosting": _boosting,
    "realmlp-td-s": lambda: _realmlp(True),
    "realmlp-td-s, no smoothing": lambda: _realmlp(False),
}
"""By name, what imports and gives the function that learns."""
