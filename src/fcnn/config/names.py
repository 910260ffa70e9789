"""Other words for what the config calls by Keras's names: those of other libraries, and abbreviations."""

import re
from difflib import get_close_matches
from typing import Dict, Mapping, Optional, Sequence

from fcnn.config.scalars import resolve
from fcnn.errors import did_you_mean, nearest_name
from fcnn.wording import say, say_joined

# Keys. A key that lives in another section is found there.
KEYS: Dict[str, str] = {
    "act": "activation",
    "activation_function": "activation",
    "batch": "batch_size",
    "batch_norm": "batch_normalization",
    "batchnorm": "batch_normalization",
    "bias": "use_bias",
    "bn": "batch_normalization",
    "callbacks": "early_stopping",
    "categorical_features": "columns",
    "class_weights": "class_weight",
    "clip_norm": "clipnorm",
    "csv": "path",
    "decay": "weight_decay",
    "dropout_rate": "dropout",
    "earlystopping": "early_stopping",
    "ema": "weight_averaging",
    "exclude": "drop",
    "file": "path",
    "filename": "path",
    "gradient_clipping": "clipnorm",
    "hidden": "layers",
    "hidden_layers": "layers",
    "hidden_size": "units",
    "hidden_units": "units",
    "ignore": "drop",
    "init": "kernel_initializer",
    "initializer": "kernel_initializer",
    "input": "path",
    "inputs": "features",
    "label": "target",
    "lr": "learning_rate",
    "lr_schedule": "learning_rate_schedule",
    "max_epochs": "epochs",
    "max_time": "time_limit",
    "mlp": "network",
    "model": "network",
    "n_epochs": "epochs",
    "n_units": "units",
    "neurons": "units",
    "nodes": "units",
    "num_epochs": "epochs",
    "num_units": "units",
    "optim": "optimizer",
    "random_seed": "seed",
    "random_state": "seed",
    "rate": "dropout",
    "sample_weight": "weight",
    "scheduler": "learning_rate_schedule",
    "size": "units",
    "smoothing": "label_smoothing",
    "solver": "optimizer",
    "table": "path",
    "test_size": "test",
    "test_split": "test",
    "timeout": "time_limit",
    "train": "training",
    "units_per_layer": "units",
    "val": "validation",
    "val_split": "validation",
    "validation_size": "validation",
    "validation_split": "validation",
    "width": "units",
    "y": "target",
}

_ACTIVATION = {
    "hardswish": "silu",
    "hyperbolictangent": "tanh",
    "identity": "linear",
    "logistic": "sigmoid",
    "lrelu": "leaky_relu",
    "none": "linear",
    "prelu": "leaky_relu",
    "relu6": "relu",
    "rectifier": "relu",
    "softmaxactivation": "softmax",
    "tanhactivation": "tanh",
}
_LOSS = {
    "bce": "binary_crossentropy",
    "bceloss": "binary_crossentropy",
    "bcewithlogitsloss": "binary_crossentropy",
    "cce": "categorical_crossentropy",
    "crossentropy": "categorical_crossentropy",
    "crossentropyloss": "categorical_crossentropy",
    "huberloss": "huber",
    "l1": "mean_absolute_error",
    "l1loss": "mean_absolute_error",
    "l2": "mean_squared_error",
    "logloss": "binary_crossentropy",
    "mae": "mean_absolute_error",
    "meanabsolute": "mean_absolute_error",
    "meansquared": "mean_squared_error",
    "mse": "mean_squared_error",
    "mseloss": "mean_squared_error",
    "nll": "categorical_crossentropy",
    "nllloss": "categorical_crossentropy",
    "rmse": "mean_squared_error",
    "smoothl1loss": "huber",
    "squarederror": "mean_squared_error",
}
_INITIALIZER = {
    "constant": "zeros",
    "glorot": "glorot_uniform",
    "he": "he_normal",
    "kaiming": "he_normal",
    "kaimingnormal": "he_normal",
    "kaiminguniform": "he_uniform",
    "lecun": "lecun_normal",
    "normal": "random_normal",
    "uniform": "random_uniform",
    "xavier": "glorot_uniform",
    "xaviernormal": "glorot_normal",
    "xavieruniform": "glorot_uniform",
}
_COLUMN_TYPE = {
    "binary": "boolean",
    "categorical": "category",
    "continuous": "number",
    "double": "number",
    "factor": "category",
    "float": "number",
    "float32": "number",
    "float64": "number",
    "int": "number",
    "int64": "number",
    "integer": "number",
    "nominal": "category",
    "numeric": "number",
    "numerical": "number",
    "object": "category",
    "str": "category",
    "string": "category",
    "text": "category",
}

# Values, by the key they stand under. The words are compared without case, blanks, `_` and `-`.
VALUES: Dict[str, Dict[str, str]] = {
    "activation": _ACTIVATION,
    "kernel_initializer": _INITIALIZER,
    "learning_rate_schedule": {
        "cosineannealing": "cosine",
        "cosineannealinglr": "cosine",
        "cosinedecay": "cosine",
        "exponentialdecay": "exponential",
        "exponentiallr": "exponential",
        "fixed": "constant",
        "flatcos": "flat_cosine",
        "none": "constant",
        "onplateau": "plateau",
        "reducelronplateau": "plateau",
        "reduceonplateau": "plateau",
        "steplr": "step",
    },
    "loss": _LOSS,
    "method": {"stratify": "stratified", "shuffle": "random"},
    "optimizer": {"gd": "sgd", "gradientdescent": "sgd", "momentum": "sgd", "nesterov": "sgd"},
    "task": {
        "binaryclassification": "binary",
        "classification": "auto",
        "classifier": "auto",
        "multiclassclassification": "multiclass",
        "regressor": "regression",
    },
    "type": _COLUMN_TYPE,
}


def suggest_value(key: str, word: str, known: Sequence[str]) -> str:
    """A hint for an unknown name under a key: its counterpart here, or the nearest name."""
    folded = _fold(word)
    counterpart = {_fold(name): name for name in known}.get(folded) or VALUES.get(key, {}).get(folded)
    longer = [name for name in known if len(folded) > 1 and _fold(name).startswith(folded)]
    meant = counterpart if counterpart in known else longer[0] if len(longer) == 1 else nearest_name(word, known)
    return say("did you mean `{name}`?", name=meant) if meant else ""


def suggest_key(word: str, known: Sequence[str], homes: Mapping[str, Sequence[str]]) -> str:
    """A hint for an unknown key.

    Args:
        word: the key as written.
        known: the keys that are allowed where it stands.
        homes: every key of the config -> where it lives.
    """
    if word in homes:  # one level too high or too low
        return _belongs(word, homes[word])
    meant = {_fold(name): name for name in known}.get(_fold(word)) or KEYS.get(word.casefold())
    meant = meant or nearest_name(word, known) or _misspelt(word, homes)
    if meant is None:
        return did_you_mean(word, known)
    return say("did you mean `{name}`?", name=meant if meant in known else _join(homes[meant]))


def _misspelt(word: str, homes: Mapping[str, Sequence[str]]) -> Optional[str]:
    """A key of another section; that it is meant is likely only where it is nearly the same word."""
    return next(iter(get_close_matches(word.casefold(), homes, n=1, cutoff=0.8)), None)


def _belongs(key: str, places: Sequence[str]) -> str:
    if list(places) == [key]:
        return say("`{key}` belongs to the top level, beside `data` and `network`", key=key)
    return say(
        "`{key}` belongs into {sections}", key=key, sections=_join([place.rpartition(".")[0] for place in places])
    )


def _join(names: Sequence[str]) -> str:
    return say_joined("{left} or {right}", names[:2])


def _fold(word: str) -> str:
    return re.sub(r"[\s_-]", "", word.casefold())


def as_number(text: str) -> Optional[str]:
    """The number that a text was meant to be: ``64``; ``1,000`` -> ``1000``; ``10 %`` -> ``0.1``."""
    word = text.strip()
    share = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*%", word)
    if share:
        return f"{float(share[1]) / 100:g}"
    if re.fullmatch(r"[0-9]{1,3}([_,][0-9]{3})+", word):
        return re.sub(r"[_,]", "", word)
    if re.fullmatch(r"[0-9]+,[0-9]+", word):
        return word.replace(",", ".")
    return None if isinstance(resolve(word), (str, bool, type(None))) else word
