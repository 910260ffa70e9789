"""The option ``--target`` of a table without a config, where it is missing."""

from pathlib import Path

from fcnn.config.paths import shell_word
from fcnn.config.tables import find_tables, is_pattern
from fcnn.data.header import read_header
from fcnn.errors import ConfigError, Problem
from fcnn.wording import say

USUAL_NAMES = ("target", "label", "class", "y", "outcome", "response", "目标", "标签", "类别")
"""Names that columns to predict often have, compared without case."""


def no_target(table: Path) -> ConfigError:
    """What to say where nobody said what to predict: the columns, and which of them it may be.

    Raises:
        ConfigError: there is no such table.
        DataError: it cannot be read.
    """
    first = find_tables([(str(table), (Path.cwd(),), str(table))])[0] if is_pattern(table) else table
    names = [name for name in read_header(first).names if name]
    likely = next((name for name in names if name.casefold() in USUAL_NAMES), names[-1] if names else "COLUMN")
    shown = ", ".join(names[:20]) + (", ..." if len(names) > 20 else "")
    message = say("which column is to be predicted?")
    received = say("no --target; there are the columns {names}", names=shown)
    hint = say("perhaps: --target {name}", name=shell_word(likely))
    return ConfigError(Problem(message, str(table), "--target COLUMN", received, hint))
