"""The part of a training that Ray Train is in: a task on the cluster, so that the driver needs neither of them."""

import shutil
from contextlib import suppress
from tempfile import mkdtemp
from typing import Any, Optional

from fcnn.jobs.on_ray.sharing import Share
from fcnn.jobs.on_ray.worker import Order, train_as_worker

STRATEGY = "SPREAD"
"""Workers are put on different nodes as far as there are some."""


def coordinate(order: Order, share: Share, mailbox: Any) -> Optional[str]:
    """Have Ray Train start the workers, and wait until they have ended.

    Args:
        order: what they are to train.
        share: how many there are, and what each gets.
        mailbox: the actor by which they talk to the driver.

    Returns:
        What Ray says of their failure; None where they did not fail.
    """
    from ray.train import RunConfig
    from ray.train.tensorflow import TensorflowTrainer

    def train() -> None:
        train_as_worker(order, mailbox)

    folder = mkdtemp(prefix="fcnn-ray-")  # for what Ray Train writes down itself
    try:
        run = RunConfig(name="train", storage_path=folder)
        TensorflowTrainer(train, scaling_config=scaling(share), run_config=run).fit()
    except Exception as error:  # whatever ended the workers
        return "\n".join(text for text in (str(error.__cause__ or ""), str(error)) if text)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return None


def scaling(share: Share) -> Any:
    """Ray Train's own words for a share."""
    from ray.train import ScalingConfig

    resources = {"CPU": share.cpus, **({"GPU": share.gpus} if share.gpus else {})}
    options = {
        "num_workers": share.workers,
        "use_gpu": share.gpus > 0,
        "resources_per_worker": resources,
        "placement_strategy": STRATEGY,
    }
    with suppress(DeprecationWarning):  # raised by later generations, which keep no CPU for themselves
        return ScalingConfig(trainer_resources={"CPU": 0}, **options)
    return ScalingConfig(**options)
