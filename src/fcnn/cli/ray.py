"""What ``fcnn train`` does with --ray."""

import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Optional

from fcnn.cli.workers import seconds_of


@dataclass(frozen=True)
class RayGiven:
    """The Ray that the command line names."""

    options: Any
    """:class:`fcnn.jobs.on_ray.options.RayOptions`"""
    timeout: float
    """Seconds to wait for the workers."""

    def train(
        self, request: Any, run_dir: Optional[Path], reporter: Any, stop: Any, repeats: Any, unfinished: Any
    ) -> Any:
        """Have its workers train; the :class:`fcnn.runs.run.Run`."""
        from fcnn.jobs.on_ray.driver import run_on_ray

        with redirect_stdout(sys.stderr):  # Ray prints there what its processes print; stderr goes to the log
            return run_on_ray(request, run_dir, self.options, self.timeout, reporter, stop, repeats, unfinished)


def ray_given(
    address: Optional[str],
    workers: Optional[int],
    cpus: Optional[int],
    timeout: str,
    others: Mapping[str, Any],
    dry_run: bool,
) -> Optional[RayGiven]:
    """The Ray that options name, or None.

    Args:
        address: of ``--ray``.
        workers: of ``--ray-workers``.
        cpus: of ``--ray-cpus``.
        timeout: of ``--workers-timeout``.
        others: values of options that do not go with it; None where one was not given.
        dry_run: whether nothing is to be trained.

    Raises:
        ConfigError: they are wrong.
        UnsupportedEnvironmentError: Ray is not installed.
    """
    if address is None and workers is None and cpus is None:
        return None
    from fcnn.jobs.on_ray.options import ray_options

    options = ray_options(address, workers, cpus, [name for name, value in others.items() if value is not None])
    seconds = seconds_of(timeout)
    if not dry_run:
        from fcnn.jobs.on_ray.connection import require_ray

        require_ray()
    return RayGiven(options, seconds)
