"""The doctor's texts in Chinese: each English template of a rule or of the rendering, and what it is in Chinese.

One module for each module of rules, each with a mapping ``TEXTS``, and each named below. Placeholders (``{numpy}``)
stay as they are.
"""

from typing import Mapping

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

TEXTS: Mapping[str, str] = {
    **code.TEXTS,
    **dependencies.TEXTS,
    **fixing.TEXTS,
    **gpu.TEXTS,
    **installation.TEXTS,
    **keras_pairs.TEXTS,
    **lists.TEXTS,
    **machine.TEXTS,
    **metadata.TEXTS,
    **missing.TEXTS,
    **numpy_protobuf.TEXTS,
    **science.TEXTS,
    **stacks.TEXTS,
    **variables.TEXTS,
    **wheels.TEXTS,
    **words.TEXTS,
    **working_folder.TEXTS,
}
"""Every English template to the Chinese one."""
