"""A network with everything that trains it, which can start again: what is compiled once serves for many trainings."""

from typing import Any, Dict, List

import numpy as np

from fcnn.config.structs import Training
from fcnn.network import backend
from fcnn.network.architecture import Design
from fcnn.network.build import build_model
from fcnn.network.dropout import get_counters, set_counters
from fcnn.training.engine import Engine


class Learner:
    """Model, optimizer and engine of a network."""

    def __init__(self, design: Design, training: Training, optimizer: Any, seed: int) -> None:
        """Build a network with fresh weights.

        Args:
            design: the network.
            training: how to train it; ``batch_size`` and ``compile`` are decided.
            optimizer: one of :data:`fcnn.config.optimizers.OPTIMIZERS`.
            seed: of the weights and of dropout.
        """
        self._design = design
        self.mode = training.compile
        self.seed = seed
        backend.set_seed(seed)
        self.model = build_model(design.architecture, design.options, seed)
        self.optimizer = backend.optimizer(optimizer, self.model.trainable_variables)
        self._state: List[np.ndarray] = backend.get_state(self.optimizer)
        self.engine = Engine(
            self.model,
            self.optimizer,
            backend.loss(design.loss),
            batch_size=int(training.batch_size),
            clipnorm=training.clipnorm,
            mode=training.compile,
        )

    def start_again(self, seed: int) -> None:
        """Forget what was learnt: weights, optimizer and dropout are what another seed makes them."""
        self.seed = seed
        backend.set_seed(seed)
        fresh = build_model(self._design.architecture, self._design.options, seed)
        self.model.set_weights(fresh.get_weights())
        set_counters(self.model, get_counters(fresh))
        backend.set_state(self.optimizer, self._state)


class Learners:
    """The networks that trainings of one process have compiled, by all that a compiled step depends on."""

    def __init__(self) -> None:
        """Begin with none."""
        self._by_shape: Dict[str, Learner] = {}

    def get(self, design: Design, training: Training, optimizer: Any, seed: int) -> Learner:
        """A network with fresh weights, for which nothing has to be compiled where one like it has been trained.

        The arguments are those of :class:`Learner`.
        """
        shape = repr((design, training.batch_size, training.clipnorm, training.compile, optimizer))
        learner = self._by_shape.get(shape)
        if learner is None:
            learner = self._by_shape[shape] = Learner(design, training, optimizer, seed)
        else:
            learner.start_again(seed)
        return learner
