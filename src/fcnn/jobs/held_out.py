"""Whether there are rows for what is to be chosen on rows that the network does not learn from."""

from typing import Any, Mapping

from fcnn.config.structs import Config, Decision
from fcnn.errors import ConfigError, Problem
from fcnn.wording import say


def check_held_out(config: Config, parts: Mapping[str, Any], where: str) -> None:
    """Raise a ConfigError where something is to be fitted on validation rows and there are none."""
    if config.decision != Decision() and "validation" not in parts:
        message = say("calibration and threshold are chosen on validation rows, and there are none")
        hint = say("data.split.validation=0.15, or --folds 5")
        raise ConfigError(Problem(message, where, hint=hint))
