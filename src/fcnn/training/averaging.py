"""The exponential moving average of the weights, which is what is validated and kept."""

from typing import Any, List, Sequence

import numpy as np

from fcnn.network.backend import tf


class WeightAverage:
    """Averages the trainable weights of a model over the steps of a training.

    After each step, average = m average + (1 - m) weight. m is small at first, min(momentum, (1 + n) / (10 + n)) after
    n steps as in TensorFlow's ``tf.train.ExponentialMovingAverage``, so that the random start is forgotten soon.

    Between two chunks of steps the model has the average, for everybody who looks at it, and the weights that are
    learnt wait here. Before the first step there is no difference: whatever the model has then is where both start.
    The moving statistics of batch normalization are averages already, and stay those of the weights that are learnt.
    """

    def __init__(self, variables: Sequence[Any], optimizer: Any, momentum: float) -> None:
        """Begin.

        Args:
            variables: the trainable weights of the model.
            optimizer: of Keras, which counts the steps.
            momentum: m in the long run.
        """
        self._variables = variables
        self._optimizer = optimizer
        self._momentum = momentum
        self._others = [tf.Variable(tf.convert_to_tensor(variable), trainable=False) for variable in variables]

    def begin_steps(self) -> None:
        """Give the model the weights that are learnt."""
        is_new = tf.equal(tf.convert_to_tensor(self._optimizer.iterations), 0)
        for variable, other in zip(self._variables, self._others):
            average, learnt = tf.convert_to_tensor(variable), tf.convert_to_tensor(other)
            variable.assign(tf.where(is_new, average, learnt))
            other.assign(average)

    def after_step(self) -> None:
        """Take the weights that a step has changed into the average."""
        steps = tf.cast(tf.convert_to_tensor(self._optimizer.iterations), tf.float32)
        momentum = tf.minimum(self._momentum, (1 + steps) / (10 + steps))
        for variable, other in zip(self._variables, self._others):
            other.assign_add((1 - momentum) * (tf.convert_to_tensor(variable) - other))

    def end_steps(self) -> None:
        """Give the model the average."""
        for variable, other in zip(self._variables, self._others):
            average, learnt = tf.convert_to_tensor(other), tf.convert_to_tensor(variable)
            variable.assign(average)
            other.assign(learnt)

    def get_learnt(self) -> List[np.ndarray]:
        """Copies of the weights that are learnt, while the model has the average."""
        return [other.numpy() for other in self._others]

    def set_learnt(self, weights: Sequence[np.ndarray]) -> None:
        """Go on from other weights; the reverse of :meth:`get_learnt`."""
        for other, weight in zip(self._others, weights):
            other.assign(weight)
