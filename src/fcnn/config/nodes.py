"""YAML nodes -> plain values, with the position of each key and value."""

from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Set

import yaml

from fcnn.config.document import INVALID, Finding, Position
from fcnn.config.paths import Path
from fcnn.config.scalars import is_finite, resolve
from fcnn.wording import say

DEEPEST = 40  # a config is 6 deep; PyYAML recurses, and Python allows about 1,000 calls
MOST_VALUES = 100_000  # keys included; reading more takes a minute, and no config has them
MOST_REPEATED = 10_000  # values that come from aliases: ten lines of aliases can stand for a billion

MERGE = "<<"


@dataclass
class Parsed:
    """What a text says; `findings` are problems that did not stop the reading."""

    value: Any = None
    keys: Dict[Path, Position] = field(default_factory=dict)
    values: Dict[Path, Position] = field(default_factory=dict)
    findings: List[Finding] = field(default_factory=list)


class TooMuchError(Exception):
    """A text is more than a config can be."""

    def __init__(self, message: str, position: Position, hint: str = "") -> None:
        """Keep what and where."""
        super().__init__(message)
        self.message, self.position, self.hint = message, position, hint


def position_of(marked: Any) -> Position:
    """Line and column where a node or an event of PyYAML starts, counted from 1."""
    return marked.start_mark.line + 1, marked.start_mark.column + 1


def too_deep(marked: Any) -> TooMuchError:
    """The error that a node or an event is nested too deep."""
    return TooMuchError(
        say("nested deeper than {levels} levels; a config needs 6", levels=DEEPEST), position_of(marked)
    )


class Builder:
    """Turns nodes into values, noting positions and findings in a :class:`Parsed`.

    A node's tag is ``plain``, ``quoted``, ``list`` or ``mapping``; any other was written in the file.
    """

    def __init__(self, parsed: Parsed) -> None:
        """Start with nothing seen."""
        self.parsed = parsed
        self.seen: Set[int] = set()
        self.repeated = 0
        self.merges = 0  # how many merge keys this is within

    def build(self, node: yaml.Node, path: Path) -> Any:
        """The value of a node that stands at `path`.

        Raises:
            TooMuchError: where it is nested too deep, which an alias inside of what it stands for is, or where
                aliases stand for more than `MOST_REPEATED` values.
        """
        self._guard(node, path)
        self.parsed.values[path] = position_of(node)
        if node.tag == "plain":
            return self._plain(node, path)
        if node.tag == "quoted":
            return node.value
        if node.tag == "list":
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        if node.tag == "mapping":
            return self._mapping(node, path)
        tag = node.tag.replace("tag:yaml.org,2002:", "!!")
        message = say("the tag `{tag}` is refused: a config is data, nothing in it is executed", tag=tag[:60])
        return self._refuse(path, message, 'leave the tag out; for text use quotes: "..."')

    def _guard(self, node: yaml.Node, path: Path) -> None:
        if len(path) > DEEPEST:
            raise too_deep(node)
        if id(node) in self.seen:  # reached through an alias
            self.repeated += 1
            if self.repeated > MOST_REPEATED:
                message = "aliases (`*name`) make this file many times larger than it is written"
                hint = "write the values out; a config needs no aliases"
                raise TooMuchError(message, position_of(node), hint)
        self.seen.add(id(node))

    def _plain(self, node: yaml.Node, path: Path) -> Any:
        value = resolve(node.value)
        if is_finite(value):
            return value
        return self._refuse(path, say("`{value}` is no finite number", value=node.value[:60]))

    def _mapping(self, node: yaml.Node, path: Path) -> Dict[str, Any]:
        merged: Dict[str, Any] = {}
        own: Dict[str, Any] = {}
        for key_node, value_node in node.value:
            if key_node.tag == "plain" and key_node.value == MERGE:
                self._merge(merged, value_node, path)
                continue
            key = self._key(key_node, path)
            if key is None:
                continue
            inner = (*path, key)
            if key in own:
                self._repeated_key(inner, position_of(key_node))
                continue
            self.parsed.keys[inner] = position_of(key_node)
            own[key] = self.build(value_node, inner)
        return {**{key: value for key, value in merged.items() if key not in own}, **own}

    def _key(self, node: yaml.Node, path: Path) -> Optional[str]:
        """A key as it was written: `1`, `1.0` and `no` may be names of classes or columns."""
        if node.tag == "quoted" or (node.tag == "plain" and node.value):
            return str(node.value)
        message = "the key is empty" if node.tag == "plain" else "a key must be a word"
        hint = "a key is a word, a colon and a blank: `units: 64`"
        self.parsed.findings.append(Finding(path, message, hint=hint, position=position_of(node)))
        return None

    def _repeated_key(self, path: Path, position: Position) -> None:
        message = say("the key `{key}` is on line {line} already", key=path[-1], line=self.parsed.keys[path][0])
        hint = "delete one of the two: the other would be ignored"
        self.parsed.findings.append(Finding(path, message, hint=hint, position=position))

    def _merge(self, merged: Dict[str, Any], node: yaml.Node, path: Path) -> None:
        """A merge key `<<: *name`: the keys of another mapping, unless the mapping has them itself."""
        for source in node.value if node.tag == "list" else [node]:
            if source.tag != "mapping":
                finding = Finding((*path, MERGE), "`<<` takes a mapping", position=position_of(source))
                self.parsed.findings.append(finding)
                continue
            # Built apart: its positions must not replace those of keys that the mapping has itself.
            other = Builder(Parsed())
            other.seen, other.repeated, other.merges = self.seen, self.repeated, self.merges + 1
            if other.merges > DEEPEST:  # a mapping that is merged into itself
                raise too_deep(source)
            for key, value in other.build(source, path).items():
                merged.setdefault(key, value)
            self.repeated = other.repeated
            self.parsed.findings.extend(other.parsed.findings)
            self.parsed.keys.update({**other.parsed.keys, **self.parsed.keys})
            self.parsed.values.update({**other.parsed.values, **self.parsed.values})

    def _refuse(self, path: Path, message: str, hint: str = "") -> Any:
        self.parsed.findings.append(Finding(path, message, hint=hint))
        return INVALID
