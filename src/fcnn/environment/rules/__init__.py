"""The rules: how Keras/TensorFlow environments break, as data, and the versions that repair them."""

from fcnn.environment.rules.code import CODE_RULES
from fcnn.environment.rules.compiled import COMPILED_RULES
from fcnn.environment.rules.dependencies import DEPENDENCY_RULES
from fcnn.environment.rules.gpu import GPU_RULES
from fcnn.environment.rules.installation import INSTALLATION_RULES
from fcnn.environment.rules.keras_pairs import KERAS_RULES
from fcnn.environment.rules.libraries import LIBRARY_RULES
from fcnn.environment.rules.lists import LIST_RULES
from fcnn.environment.rules.machine import MACHINE_RULES, PROCESSOR_RULES
from fcnn.environment.rules.metadata import METADATA_RULES
from fcnn.environment.rules.missing import MISSING_RULES
from fcnn.environment.rules.model import Remedy, Rule
from fcnn.environment.rules.numpy_pairs import NUMPY_RULES
from fcnn.environment.rules.protobuf_pairs import PROTOBUF_RULES
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
from fcnn.environment.rules.variables import VARIABLE_RULES
from fcnn.environment.rules.wheels import WHEEL_RULES
from fcnn.environment.rules.working_folder import SHADOW_RULES

RULES = (
    *PROCESSOR_RULES,
    *MACHINE_RULES,
    *NUMPY_RULES,
    *PROTOBUF_RULES,
    *KERAS_RULES,
    *DEPENDENCY_RULES,
    *MISSING_RULES,
    *LIST_RULES,
    *SCIENCE_RULES,
    *VARIABLE_RULES,
    *WHEEL_RULES,
    *PYTHON_RULES,
    *TENSORFLOW_RULES,
    *REQUIREMENT_RULES,
    *INSTALLATION_RULES,
    *METADATA_RULES,
    *GPU_RULES,
    *SHADOW_RULES,
    *LIBRARY_RULES,
    *CODE_RULES,
    *COMPILED_RULES,
)
"""Every rule. Of the rows with one id about one package the first that matches speaks."""

__all__ = ["MINIMUM_VERSIONS", "REMEDIES", "RULES", "STACKS", "STACK_MARKS", "Remedy", "Rule"]
