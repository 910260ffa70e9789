"""A network with everything that trains it, which can start again: what is compiled once serves for many trainings."""

from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, Dict, List, Optional

import numpy as np
from msgspec import structs

from fcnn.config.structs import Training
from fcnn.network import backend
from fcnn.network.architecture import Design
from fcnn.network.build import build_model
from fcnn.network.clip import set_clip
from fcnn.network.dropout import get_counters, set_counters, use_stream
from fcnn.training.engine import Engine
from fcnn.training.replicas import Replicas
from fcnn.training.shared_engine import SharedEngine


class Learner:
    """Model, optimizer and engine of a network."""

    def __init__(
        self, design: Design, training: Training, optimizer: Any, seed: int, replicas: Optional[Replicas] = None
    ) -> None:
        """Build a network with fresh weights.

        Args:
            design: the network.
            training: how to train it; ``batch_size`` and ``compile`` are decided.
            optimizer: one of :data:`fcnn.config.optimizers.OPTIMIZERS`.
            seed: of the weights and of dropout.
            replicas: the devices that share the rows, where they are several.
        """
        self._design = design
        self.mode = training.compile
        self.seed = seed
        backend.set_seed(seed)
        copies = self._copies(seed, replicas)
        self.model = copies[0]
        self.optimizer = backend.optimizer(optimizer, self.model.trainable_variables)
        self._state: List[np.ndarray] = backend.get_state(self.optimizer)
        make = Engine if replicas is None else partial(SharedEngine, copies[1:], replicas)
        self.engine: Engine = make(
            self.model,
            self.optimizer,
            backend.loss(design.loss),
            batch_size=int(training.batch_size),
            clipnorm=training.clipnorm,
            mode=training.compile,
            training_loss=backend.loss(design.loss, training.label_smoothing),
            momentum=None if training.weight_averaging is None else training.weight_averaging.momentum,
        )

    def _copies(self, seed: int, replicas: Optional[Replicas]) -> List[Any]:
        """The model, or one for each device of this process."""
        if replicas is None:
            return [self._built(seed)]
        copies = []
        for position, device in enumerate(replicas.devices):
            with backend.tf.device(device):
                copies.append(self._built(seed))
            use_stream(copies[-1], replicas.first + position)
        return copies

    def _built(self, seed: int) -> Any:
        """A model with fresh weights."""
        design = self._design
        return build_model(design.architecture, design.options, seed, design.front_options)

    @property
    def is_alone(self) -> bool:
        """Whether one device of one process does all the work."""
        return not isinstance(self.engine, SharedEngine)

    def start_again(self, seed: int) -> None:
        """Forget what was learnt: weights, optimizer and dropout are what another seed makes them."""
        self.seed = seed
        backend.set_seed(seed)
        fresh = self._built(seed)
        self.model.set_weights(fresh.get_weights())
        set_counters(self.model, get_counters(fresh))
        backend.set_state(self.optimizer, self._state)


class Learners:
    """The networks that trainings of one process have compiled, by all that a compiled step depends on."""

    def __init__(self, replicas: Optional[Replicas] = None) -> None:
        """Begin with none; `replicas` are the devices that share the rows, where they are several."""
        self._replicas = replicas
        self._by_shape: Dict[str, Learner] = {}

    def get(self, design: Design, training: Training, optimizer: Any, seed: int) -> Learner:
        """A network with fresh weights, for which nothing has to be compiled where one like it has been trained.

        The arguments are those of :class:`Learner`.
        """
        rateless = structs.replace(optimizer, learning_rate=1.0)  # it is a variable of the compiled step
        clip = design.architecture.clip
        whole = structs.replace(design.architecture, clip=clip and ())  # likewise
        step = (training.batch_size, training.clipnorm, training.compile)
        more = (training.label_smoothing, training.weight_averaging, rateless)
        shape = repr((replace(design, architecture=whole), *step, *more))
        learner = self._by_shape.get(shape)
        if learner is None:
            learner = self._by_shape[shape] = Learner(design, training, optimizer, seed, self._replicas)
        else:
            learner.start_again(seed)
            backend.set_learning_rate(learner.optimizer, optimizer.learning_rate)
            set_clip(learner.model, clip)
        return learner


MOST_KEPT = 8
"""Networks that :class:`RecentLearners` keeps."""
MOST_COMPILED = 32
"""Numbers of rows that one of them is compiled for."""
MOST_WEIGHTS = 1_000_000
"""Of one that is kept: compiling a larger one takes little of its time, and it would hold its memory."""


class RecentLearners(Learners):
    """The last networks of a process that trains many, one after another, in bounded memory."""

    def get(self, design: Design, training: Training, optimizer: Any, seed: int) -> Learner:
        """As of :class:`Learners`."""
        learner = super().get(design, training, optimizer, seed)
        kept = self._by_shape
        shape = next(key for key, each in kept.items() if each is learner)
        del kept[shape]
        if learner.engine.compilations < MOST_COMPILED and design.architecture.trainable_parameters <= MOST_WEIGHTS:
            kept[shape] = learner  # the newest last
        while len(kept) > MOST_KEPT:
            del kept[next(iter(kept))]
        return learner


@lru_cache(maxsize=None)
def recent_learners() -> RecentLearners:
    """Those of this process."""
    return RecentLearners()
