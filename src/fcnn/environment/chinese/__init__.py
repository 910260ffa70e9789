"""The doctor's texts in Chinese: each English template of a rule or of the rendering, and what it is in Chinese.

One module for each module of rules, each with a mapping ``TEXTS``, and each named below. Placeholders (``{numpy}``)
stay as they are.
"""

from typing import Dict, Mapping

from fcnn.environment.chinese import (
    code,
    dependencies,
    fixing,
    gpu,
    installation,
    keras_pairs,
    lists,
    machine,
    metadata,
    missing,
    numpy_protobuf,
    science,
    stacks,
    variables,
    wheels,
    words,
    working_folder,
)

_MODULES = (
    code,
    dependencies,
    fixing,
    gpu,
    installation,
    keras_pairs,
    lists,
    machine,
    metadata,
    missing,
    numpy_protobuf,
    science,
    stacks,
    variables,
    wheels,
    words,
    working_folder,
)


def _together() -> Mapping[str, str]:
    texts: Dict[str, str] = {}
    for module in _MODULES:
        texts.update(module.TEXTS)
    return texts


TEXTS: Mapping[str, str] = _together()
"""Every English template to the Chinese one."""
