"""What can be said of Keras callbacks before a training: those that cannot work, and hooks that nobody will call.

Looks at the objects alone and imports nothing of Keras's: who has callbacks has imported it.
"""

from typing import Any, Iterator, List

from fcnn.errors import ConfigError, Problem
from fcnn.wording import say

WHERE = "callbacks"
EVERY_HOOK_THERE_IS = ("set_model", "on_epoch_begin", "on_epoch_end", "on_train_begin", "on_train_end")
"""A callback of Keras has them, in every version."""
NEVER_CALLED = tuple(
    f"on_{what}_{when}"
    for what in ("train_batch", "batch", "test", "test_batch", "predict", "predict_batch")
    for when in ("begin", "end")
)
"""Steps and validation run inside one function of TensorFlow."""
KERAS = ("keras", "tensorflow", "tf_keras")
"""Packages whose own hooks of batches are left out in silence, where nothing depends on them."""


def check_callbacks(callbacks: Any) -> List[Problem]:
    """Warnings of hooks that will not be called.

    Raises:
        ConfigError: what was given is no list of callbacks, or one of them cannot work.
    """
    if not isinstance(callbacks, (list, tuple)):
        hint = "callbacks=[...]"
        raise ConfigError(Problem(say("callbacks are given as a list"), WHERE, received=_kind(callbacks), hint=hint))
    errors = [problem for index, callback in enumerate(callbacks) for problem in _errors(callback, f"{WHERE}[{index}]")]
    if errors:
        raise ConfigError(*errors)
    return [problem for index, callback in enumerate(callbacks) for problem in _doubts(callback, f"{WHERE}[{index}]")]


def _errors(callback: Any, where: str) -> Iterator[Problem]:
    if isinstance(callback, type):
        hint = f"{callback.__name__}(...)"
        yield Problem(say("this is a class, not a callback"), where, received=callback.__name__, hint=hint)
    elif not all(hasattr(callback, name) for name in EVERY_HOOK_THERE_IS):
        yield Problem(say("this is no callback of Keras"), where, "keras.callbacks.Callback", _kind(callback))
    elif _is_keras_own(callback, "BackupAndRestore"):
        message = say("BackupAndRestore cannot work here: it knows weights, not where the whole training stood")
        hint = say("leave it out; ModelCheckpoint saves the weights of epochs")
        yield Problem(message, where, hint=hint)
    elif _is_keras_own(callback, "ModelCheckpoint") and getattr(callback, "save_freq", "epoch") != "epoch":
        message = say("ModelCheckpoint saves after so many batches here, and callbacks are called once an epoch")
        yield Problem(message, where, "save_freq='epoch'", f"save_freq={callback.save_freq!r}")


def _doubts(callback: Any, where: str) -> Iterator[Problem]:
    names = [name for name in NEVER_CALLED if not _is_of_keras(getattr(callback, name, None))]
    if names:
        message = say(
            "{name} has {hooks}, which will not be called: callbacks are called at the beginning and end of epochs",
            name=_kind(callback),
            hooks=", ".join(names),
        )
        yield Problem(message, where, severity="warning")


def _is_keras_own(callback: Any, name: str) -> bool:
    """Whether it is that callback of Keras, or one derived from it."""
    return any(kind.__name__ == name and _root(kind.__module__) in KERAS for kind in type(callback).__mro__)


def _is_of_keras(hook: Any) -> bool:
    """Whether a hook is one that Keras wrote, or is not there at all."""
    return hook is None or _root(getattr(getattr(hook, "__func__", hook), "__module__", None)) in KERAS


def _root(module: Any) -> str:
    return str(module).partition(".")[0]


def _kind(value: Any) -> str:
    return type(value).__name__
