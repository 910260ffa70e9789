"""All cases, in the order of the documentation."""

from . import (
    dates,
    encodings,
    formats,
    labels,
    levels,
    missing,
    names,
    numbers,
    overrides,
    paths,
    predicting,
    records,
    separators,
    sizes,
    splits,
    training,
    yaml_syntax,
    yaml_values,
)

MODULES = (
    encodings, separators, records, numbers, missing, dates, levels, names, labels, formats, paths, splits, sizes,
    yaml_syntax, yaml_values, overrides, training, predicting,
)  # fmt: skip

BY_KIND = {module.KIND: module.CASES for module in MODULES}
"""The cases of each kind."""
