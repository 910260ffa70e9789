"""YAML text -> plain values and where each of them stands, or one clear refusal.

The grammar is PyYAML's; what words mean (``scalars``), what is refused and how that is said is ours. Only
syntax, size and aliases end the reading: repeated keys, tags and infinities are collected, so that they are
reported together with everything else that is wrong in the file.
"""

from typing import Any, Callable, Optional

import yaml

from fcnn.config.document import Position
from fcnn.config.nodes import DEEPEST, MOST_VALUES, Builder, Parsed, TooMuchError, position_of, too_deep
from fcnn.config.syntax import explain, explain_character
from fcnn.errors import ConfigError, Problem
from fcnn.wording import say

Place = Callable[[Position], str]


def parse(text: str, place: Place) -> Parsed:
    """Read a YAML text.

    Args:
        text: the whole text.
        place: from a line and column to the words that locate it in a message.

    Raises:
        ConfigError: where it is no YAML, nested too deep, too much, or made of aliases mostly.
    """
    parsed = Parsed()
    try:
        root = _compose(text, place)
        if root is not None:
            parsed.value = Builder(parsed).build(root, ())
    except TooMuchError as error:
        raise ConfigError(Problem(error.message, where=place(error.position), hint=error.hint)) from None
    return parsed


class _Loader(yaml.SafeLoader):
    """Composes nodes whose tag says how they were written, within the limits of depth and number."""

    depth = 0
    values = 0

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            return "plain" if implicit[0] else "quoted"
        return "list" if kind is yaml.SequenceNode else "mapping"

    def compose_node(self, parent: Optional[yaml.Node], index: Any) -> Optional[yaml.Node]:
        self.depth += 1
        self.values += 1
        event: Any = self.peek_event()
        if self.depth > DEEPEST:
            raise too_deep(event)
        if self.values > MOST_VALUES:
            raise TooMuchError(
                say("more than {most:,} values; a config has dozens", most=MOST_VALUES), position_of(event)
            )
        node: Optional[yaml.Node] = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _compose(text: str, place: Place) -> Optional[yaml.Node]:
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:  # tells the index of the character, not its line
        before = text[: error.position]
        position = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise ConfigError(Problem(explain_character(error.character), where=place(position))) from None
    try:
        return loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        trouble = explain(error, text.splitlines())
        problem = Problem(trouble.message, place(trouble.position), received=trouble.line, hint=trouble.hint)
        raise ConfigError(problem) from None
    except (ValueError, OverflowError):  # such as the impossible character "\UFFFFFFFF"
        position = loader.line + 1, loader.column + 1
        raise ConfigError(Problem("this is no YAML: a number is too large here", where=place(position))) from None
    finally:
        loader.dispose()
