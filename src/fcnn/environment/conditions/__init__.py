"""What a rule can ask of an environment beyond version ranges: named predicates, for the `condition` of a rule.

A condition takes the facts and the versions and answers with one mapping for each thing it found: what to put into
the texts of the rule (``{module}``), and perhaps ``found``, what the finding says is there. An empty answer: the
rule is silent. Conditions read nothing but their arguments.
"""

from typing import TYPE_CHECKING, Callable, Dict, Mapping, Sequence

from fcnn.environment.facts import Facts

if TYPE_CHECKING:
    from fcnn.environment.matching import Versions

Condition = Callable[[Facts, "Versions"], Sequence[Mapping[str, str]]]

CONDITIONS: Dict[str, Condition] = {}
"""Every condition by its name."""

__all__ = ["CONDITIONS", "Condition"]
