"""The hooks of Keras callbacks, around the epochs and around each whole training."""

from typing import Any, Callable, Mapping, Optional, Sequence

from fcnn.errors import Problem
from fcnn.network import backend
from fcnn.wording import say

UNSEEN = ("epoch", "seconds", "learning_rate")
"""Columns of the history that Keras has not, or under another name."""


class Hooks:
    """Calls the callbacks, and minds the learning rate, which they may change; without any, Keras is left alone."""

    def __init__(
        self,
        callbacks: Sequence[Any],
        model: Any,
        optimizer: Any,
        epochs: int,
        steps: int,
        *,
        has_schedule: bool,
        on_problem: Callable[[Problem], None] = lambda problem: None,
    ) -> None:
        """Bind callbacks to a model.

        Args:
            callbacks: of Keras.
            model: the Keras model.
            optimizer: of Keras, whose learning rate is set.
            epochs: at most.
            steps: of an epoch.
            has_schedule: whether the learning rate is planned for each epoch; where it is not, one that a callback set
                stays.
            on_problem: is told where plan and callbacks both set the learning rate.
        """
        self._model = model
        self._optimizer = optimizer
        self._has_schedule = has_schedule
        self._on_problem = on_problem
        self._rate = 0.0
        self._chosen: Optional[float] = None
        self._list = backend.callback_list(callbacks, model, epochs, steps) if callbacks else None

    def training_begins(self) -> None:
        """Before the first epoch."""
        if self._list is not None:
            self._model.stop_training = False
            self._list.on_train_begin()

    def epoch_begins(self, epoch: int, planned: float) -> float:
        """Set the learning rate and tell of an epoch, counting from 1; Keras counts from 0.

        Args:
            epoch: its number.
            planned: the learning rate by the config.

        Returns:
            The learning rate that the epoch will have.
        """
        self._rate = planned if self._chosen is None else self._chosen
        backend.set_learning_rate(self._optimizer, self._rate)
        if self._list is not None:
            self._list.on_epoch_begin(epoch - 1)
            self._look_at_rate()
        return self._rate

    def epoch_ends(self, epoch: int, row: Mapping[str, float]) -> None:
        """Tell the figures of an epoch by the names that Keras uses."""
        if self._list is not None:
            figures = {name: value for name, value in row.items() if name not in UNSEEN}
            self._list.on_epoch_end(epoch - 1, {**figures, backend.LEARNING_RATE: row["learning_rate"]})
            self._look_at_rate()

    def want_to_stop(self) -> bool:
        """Whether a callback has asked for no more epochs."""
        return self._list is not None and bool(self._model.stop_training)

    def training_ends(self) -> None:
        """After the last epoch."""
        if self._list is not None:
            self._list.on_train_end()

    def _look_at_rate(self) -> None:
        """Keep a learning rate that a callback has just set, or say that the schedule will set another."""
        found = backend.get_learning_rate(self._optimizer)
        if backend.same_learning_rate(found, self._rate):
            return
        self._rate = found
        if not self._has_schedule:
            self._chosen = found
            return
        message = say("a callback set the learning rate, which the schedule of the config sets again before each epoch")
        hint = say("training.learning_rate_schedule=null leaves it to callbacks")
        self._on_problem(Problem(message, "training.learning_rate_schedule", hint=hint, severity="warning"))
        self._on_problem = lambda problem: None
