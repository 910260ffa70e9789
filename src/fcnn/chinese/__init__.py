"""The messages about config, data and runs in Chinese: each English template and what it is in Chinese.

One module for each part that says something, each with a mapping ``TEXTS``, and each named below. Placeholders
(``{count:,}``) stay as they are. Only the command line and the report import this, and only where Chinese is spoken.
"""

from typing import Mapping

from fcnn.chinese import (
    callbacks,
    cli,
    columns,
    compare,
    config,
    config_file,
    jobs,
    labels,
    on_ray,
    plots,
    predictions,
    repeats,
    resume,
    runs,
    starter,
    storage,
    table,
    target,
    workers,
)

TEXTS: Mapping[str, str] = {
    **callbacks.TEXTS,
    **cli.TEXTS,
    **columns.TEXTS,
    **compare.TEXTS,
    **config.TEXTS,
    **config_file.TEXTS,
    **jobs.TEXTS,
    **labels.TEXTS,
    **on_ray.TEXTS,
    **plots.TEXTS,
    **predictions.TEXTS,
    **repeats.TEXTS,
    **resume.TEXTS,
    **runs.TEXTS,
    **starter.TEXTS,
    **storage.TEXTS,
    **table.TEXTS,
    **target.TEXTS,
    **workers.TEXTS,
}
"""Every English template to the Chinese one."""
