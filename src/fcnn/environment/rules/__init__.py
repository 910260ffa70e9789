"""The rules: how Keras/TensorFlow environments break, as data, and the versions that repair them."""

from fcnn.environment.rules.dependencies import CPU_RULES, DEPENDENCY_RULES
from fcnn.environment.rules.keras_pairs import KERAS_RULES
from fcnn.environment.rules.model import Remedy, Rule
from fcnn.environment.rules.numpy_protobuf import NUMPY_RULES, PROTOBUF_RULES
from fcnn.environment.rules.remedies import REMEDIES
from fcnn.environment.rules.science import SCIENCE_RULES
from fcnn.environment.rules.stacks import (
    MINIMUM_VERSIONS,
    PYTHON_RULES,
    REQUIREMENT_RULES,
    STACK_MARKS,
    STACKS,
    TENSORFLOW_RULES,
)

RULES = (
    *CPU_RULES,
    *NUMPY_RULES,
    *PROTOBUF_RULES,
    *KERAS_RULES,
    *DEPENDENCY_RULES,
    *SCIENCE_RULES,
    *PYTHON_RULES,
    *TENSORFLOW_RULES,
    *REQUIREMENT_RULES,
)
"""Every rule. Of the rows with one id about one package the first that matches speaks."""

__all__ = ["MINIMUM_VERSIONS", "REMEDIES", "RULES", "STACKS", "STACK_MARKS", "Remedy", "Rule"]
