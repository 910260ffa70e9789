"""What a rule can ask of an environment beyond version ranges: named predicates, for the `condition` of a rule.

A condition takes the facts and the versions and answers with one mapping for each thing it found: what to put into
the texts of the rule (``{module}``), and perhaps ``found``, what the finding says is there. An empty answer: the
rule is silent. Conditions read nothing but their arguments.
"""

from typing import TYPE_CHECKING, Callable, Dict, Mapping, Sequence

from fcnn.environment.conditions.installation import INSTALLATION_CONDITIONS
from fcnn.environment.conditions.lists import LIST_CONDITIONS
from fcnn.environment.conditions.machine import MACHINE_CONDITIONS
from fcnn.environment.conditions.metadata import METADATA_CONDITIONS
from fcnn.environment.conditions.search_path import SEARCH_PATH_CONDITIONS
from fcnn.environment.conditions.wheels import WHEEL_CONDITIONS
from fcnn.environment.conditions.working_folder import FOLDER_CONDITIONS
from fcnn.environment.facts import Facts

if TYPE_CHECKING:
    from fcnn.environment.matching import Versions

Condition = Callable[[Facts, "Versions"], Sequence[Mapping[str, str]]]

CONDITIONS: Dict[str, Condition] = {
    **INSTALLATION_CONDITIONS,
    **SEARCH_PATH_CONDITIONS,
    **LIST_CONDITIONS,
    **METADATA_CONDITIONS,
    **WHEEL_CONDITIONS,
    **MACHINE_CONDITIONS,
    **FOLDER_CONDITIONS,
}
"""Every condition by its name."""

__all__ = ["CONDITIONS", "Condition"]
