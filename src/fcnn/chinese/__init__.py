"""The messages about config, data and runs in Chinese: each English template and what it is in Chinese.

One module for each part that says something, each with a mapping ``TEXTS``, and each named below. Placeholders
(``{count:,}``) stay as they are. Only the command line and the report import this, and only where Chinese is spoken.
"""

from typing import Mapping

from fcnn.chinese import (
    activations,
    callbacks,
    cli,
    columns,
    compare,
    config,
    config_file,
    insight,
    jobs,
    lab,
    lab_findings,
    labels,
    linear,
    on_ray,
    plots,
    predictions,
    repeats,
    resume,
    runs,
    sharing,
    starter,
    storage,
    table,
    target,
    trace,
    trust,
    verdicts,
    workers,
)

TEXTS: Mapping[str, str] = {
    **activations.TEXTS,
    **callbacks.TEXTS,
    **cli.TEXTS,
    **columns.TEXTS,
    **compare.TEXTS,
    **config.TEXTS,
    **config_file.TEXTS,
    **insight.TEXTS,
    **jobs.TEXTS,
    **lab.TEXTS,
    **lab_findings.TEXTS,
    **labels.TEXTS,
    **linear.TEXTS,
    **on_ray.TEXTS,
    **plots.TEXTS,
    **predictions.TEXTS,
    **repeats.TEXTS,
    **resume.TEXTS,
    **runs.TEXTS,
    **sharing.TEXTS,
    **starter.TEXTS,
    **storage.TEXTS,
    **table.TEXTS,
    **target.TEXTS,
    **trace.TEXTS,
    **trust.TEXTS,
    **verdicts.TEXTS,
    **workers.TEXTS,
}
"""Every English template to the Chinese one."""
