"""The devices of this machine that share the rows of a batch; to be imported late, as it needs TensorFlow."""

from typing import List, Optional

from fcnn.config.structs import Training
from fcnn.errors import ConfigError, Problem
from fcnn.jobs.prepare import Prepared
from fcnn.network import backend
from fcnn.training.replicas import Replicas
from fcnn.wording import say, say_many

WHERE = "training.devices"


def replicas_of(training: Training) -> Optional[Replicas]:
    """The devices that a config means, or None where TensorFlow is left to use the one that it takes by itself.

    Args:
        training: of the config; ``compile`` is decided.

    Raises:
        ConfigError: there are no such devices.
    """
    names = chosen_devices(training)
    return Replicas(backend.strategy_of_devices(names)) if names else None


def chosen_devices(training: Training) -> List[str]:
    """The names of those devices: ``GPU:0`` ...

    Raises:
        ConfigError: there are none of these names, or not as many GPUs.
    """
    wanted = training.devices
    if wanted == 1 or (wanted == "auto" and training.compile != "graph"):  # few steps of a small network: one is enough
        return []
    if isinstance(wanted, list):
        number = 1 + max((int(name[4:]) for name in wanted if name.startswith("CPU")), default=-1)
        there = [*backend.device_names("CPU", number), *backend.device_names("GPU")]
        missing = [name for name in wanted if name not in there]
        if missing:
            message = say("there is no device {name}", name=missing[0])
            raise ConfigError(Problem(message, WHERE, received=", ".join(there)))
        return wanted
    gpus = backend.device_names("GPU")
    if wanted == "auto":
        return gpus if len(gpus) > 1 else []
    if wanted > len(gpus):
        message = say_many(
            len(gpus), "there is one GPU that TensorFlow can use", "there are {count} GPUs that TensorFlow can use"
        )
        raise ConfigError(Problem(message, WHERE, received=str(wanted), hint="training.devices=auto"))
    return gpus[:wanted]


def notes_on_sharing(prepared: Prepared, count: int) -> List[Problem]:
    """What is another than with one device.

    Args:
        prepared: the job.
        count: of the devices that share the rows of a batch.
    """
    if count < 2 or all(layer.batch_normalization is None for layer in prepared.design.architecture.layers):
        return []
    message = say(
        "batch normalization: each of {count} devices normalises by its own share of a batch, {rows} rows",
        count=count,
        rows=int(prepared.config.training.batch_size) // count,
    )
    where = prepared.request.loaded.locate(("training", "batch_size"))
    hint = say("fewer rows than about 32 make it noisy: a larger batch_size, or fewer devices")
    return [Problem(message, where, hint=hint, severity="note")]
