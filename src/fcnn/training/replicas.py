"""The devices that share the rows of every step: of this process, or one of each of several processes."""

from typing import Any, Callable, List, Sequence

from fcnn.network.backend import tf


class Replicas:
    """Sums over what several devices computed, by one of TensorFlow's distribution strategies.

    The variables are ordinary ones: each process has its own, begins with the same values as the others and changes
    them by the same sums, so that they stay equal bit by bit. The strategy carries nothing but the sums. (Keras's
    optimizers would sum the gradients of distributed variables themselves, each by itself, and after they are clipped.)
    """

    def __init__(self, strategy: Any, worker: int = 0, workers: int = 1) -> None:
        """Use a strategy.

        Args:
            strategy: of :func:`fcnn.network.backend.strategy_of_workers` or `strategy_of_devices`.
            worker: which of the processes this one is.
            workers: how many processes there are.
        """
        self._strategy = strategy
        self.worker = worker
        self.workers = workers
        self.count: int = strategy.num_replicas_in_sync
        """Of all devices of all processes."""
        self.devices: Sequence[str] = strategy.extended.worker_devices
        """Those of this process."""
        self.first = worker * len(self.devices)
        """The rank of this process's first device."""

    def run(self, function: Callable[[int], Any]) -> Any:
        """What a function computes on each device of this process, given its position among them; for `sum`."""

        def on_device() -> Any:
            rank = tf.distribute.get_replica_context().replica_id_in_sync_group
            return function(int(tf.get_static_value(rank)) - self.first)

        return self._strategy.run(on_device)

    def local(self, value: Any) -> List[Any]:
        """The tensors of a value that `run` returned, one for each device of this process."""
        return list(self._strategy.experimental_local_results(value))

    def sum(self, value: Any) -> Any:
        """The sum of a tensor over all devices of all processes; the same bits in every process."""
        return self._strategy.reduce(tf.distribute.ReduceOp.SUM, value, axis=None)

    def sum_of_workers(self, value: Any) -> Any:
        """The sum of a tensor that each process has once."""
        return self.sum(value) if self.workers > 1 else value


def share(rows: int, rank: int, count: int) -> range:
    """The rows of a batch that one of `count` devices gets: as many as any other, or one more or less."""
    return range(rank * rows // count, (rank + 1) * rows // count)
