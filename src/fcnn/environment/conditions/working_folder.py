"""Conditions on files of the working folder that hide modules."""

from typing import TYPE_CHECKING, Callable, Mapping, Sequence

from fcnn.environment.facts import Facts
from fcnn.environment.reading.working_folder import SHADOWED_MODULES

if TYPE_CHECKING:
    from fcnn.environment.matching import Versions

Fills = Sequence[Mapping[str, str]]


def _hidden(module: str) -> Callable[[Facts, "Versions"], Fills]:
    def condition(facts: Facts, _versions: "Versions") -> Fills:
        file = facts.shadows.get(module)
        return [{"module": module, "file": file, "found": file}] if file else []

    return condition


FOLDER_CONDITIONS: Mapping[str, Callable[[Facts, "Versions"], Fills]] = {
    f"a file hides {module}": _hidden(module) for module in SHADOWED_MODULES
}
