"""What ``receipt.json`` says of a training: who asked for it, and what the same bits depend on."""

import platform
import re
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, List, Optional, Sequence

import fcnn
from fcnn.data.threads import processors
from fcnn.environment.reading.machine import read_cpuinfo
from fcnn.files import sha256
from fcnn.jobs.git import git_of
from fcnn.jobs.prepare import Prepared
from fcnn.jobs.versions import versions_of_training
from fcnn.runs.documents import read_document
from fcnn.runs.folder import ENVIRONMENT, WEIGHTS
from fcnn.runs.receipt import Conditions, Origin, write_receipt
from fcnn.runs.unfinished import read_begun


def origin(command: Optional[Sequence[str]] = None) -> Origin:
    """Here and now, with the command that was typed."""
    return Origin(
        command=None if command is None else list(command),
        started=datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        git=git_of(Path.cwd()),
    )


def write_receipt_of(partial: Path, job: Prepared, asked: Origin, callbacks: Sequence[Any]) -> None:
    """Write the receipt of a run folder whose other files are all there.

    Args:
        partial: the run folder.
        job: the training whose network is kept.
        asked: who asked for it; where it was killed before and goes on, the last time.
        callbacks: that took part in it.
    """
    environment = read_document(partial / ENVIRONMENT)["environment"]
    begun = read_begun(partial)
    first = asked if begun is None or begun.origin is None else begun.origin
    hindrances = ["callbacks"] if callbacks else []
    if begun is not None and begun.versions != versions_of_training():
        hindrances.append("resumed_elsewhere")
    write_receipt(
        partial,
        {
            "fcnn": fcnn.__version__,
            "stack": environment["stack"],
            "command": first.command,
            "started": first.started,
            "git": first.git,
            "resumed": None if first == asked else asked,
            "seed": job.config.seed,
            "data": {file["path"]: file["sha256"] for file in job.dataset.files},
            "packages": environment["packages"],
            "initial_weights": None if job.request.start is None else sha256(job.request.start / WEIGHTS),
            "repeatable": _conditions(job, environment, hindrances),
        },
    )


def _conditions(job: Prepared, environment: Any, hindrances: List[str]) -> Conditions:
    """What the bits of a training depend on; TensorFlow has run."""
    from fcnn.jobs.devices import chosen_devices  # late: TensorFlow
    from fcnn.network import backend

    training, workers = job.config.training, job.request.workers
    devices = chosen_devices(training) or backend.device_names("GPU")[:1] or ["CPU:0"]
    if any(name.startswith("GPU") for name in devices):
        hindrances = ["gpu", *hindrances]
    return Conditions(
        python=environment["python"],
        machine=f"{environment['system']} {environment['machine']}",
        processor=processor_name(),
        cpu_flags=environment["cpu_flags"],
        processors=processors(),
        threads=backend.threads() or processors(),
        compile=training.compile,
        devices=devices,
        workers=workers,
        hindrances=hindrances,
    )


def processor_name() -> str:
    """What the processor calls itself; empty where nobody says."""
    found = re.search(r"^model\s+name[ \t]*:[ \t]*(\S.*)$", read_cpuinfo("/proc/cpuinfo"), re.MULTILINE)
    return found.group(1).strip() if found else platform.processor()
