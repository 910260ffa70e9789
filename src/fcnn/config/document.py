"""A config as plain values that still know where they were written, and findings that are located by it."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Callable, Dict, Iterable, Iterator, List, Mapping, Optional, Tuple

from fcnn.config.paths import Path, format_path
from fcnn.errors import Problem
from fcnn.wording import say

Position = Tuple[int, int]  # line and column, both counted from 1
Locate = Callable[[Path], str]


class _Marker(Enum):
    INVALID = "invalid"


INVALID = _Marker.INVALID
"""Stands for a value about which a problem was already reported."""


@dataclass(frozen=True)
class Finding:
    """A :class:`Problem` whose place is still a path of the config, not a line of a file."""

    path: Path
    message: str
    expected: str = ""
    received: str = ""
    hint: str = ""
    severity: str = "error"
    at_key: bool = False
    """The key is what is wrong, not its value."""
    position: Optional[Position] = None
    """The line and column, where the path alone does not tell: the second of two equal keys."""

    def at(self, where: str) -> Problem:
        """The problem that this is, once it is known where."""
        return Problem(self.message, where, self.expected, self.received, self.hint, self.severity)


@dataclass(frozen=True)
class Document:
    """What a config file, its overrides or a Python mapping says, before it is judged."""

    value: Dict[str, Any]
    """Mappings with text keys, lists, text, numbers, true/false, None; or INVALID."""
    name: str = ""
    """The file as the user typed it; empty where there is none."""
    keys: Mapping[Path, Position] = field(default_factory=dict)
    """Where each key of a mapping stands."""
    values: Mapping[Path, Position] = field(default_factory=dict)
    """Where each value starts."""
    overrides: Mapping[Path, str] = field(default_factory=dict)
    """The ``key=value`` argument that set the value at a path."""

    def locate(self, path: Path, at_key: bool = False) -> str:
        """Write where a value is: ``penguins.yaml:7:18 network.layers[1].activation``.

        A value that is not in the file, such as a default, is located by the nearest mapping around it.
        """
        text = format_path(path)
        for near, is_whole in _upwards(path):
            if near in self.overrides:
                argument = say("override {argument!r}", argument=self.overrides[near])
                return argument if is_whole else say("{override} {path}", override=argument, path=text)
            position = self._position(near, at_key or not is_whole)
            if position is not None:
                return f"{self.name}:{position[0]}:{position[1]} {text}"
        return f"{self.name} {text}".strip()

    def in_order(self, findings: Iterable[Finding]) -> List[Problem]:
        """Locate findings, in the order of the file; first what is not in it, last what overrides say."""
        return [self._problem(finding) for finding in sorted(findings, key=self._rank)]

    def _problem(self, finding: Finding) -> Problem:
        if finding.position is None:
            return finding.at(self.locate(finding.path, finding.at_key))
        line, column = finding.position
        return finding.at(f"{self.name}:{line}:{column} {format_path(finding.path)}".rstrip())

    def _rank(self, finding: Finding) -> Position:
        if finding.position is not None:
            return finding.position
        for near, is_whole in _upwards(finding.path):
            if near in self.overrides:
                return (1 << 30, list(self.overrides).index(near))
            position = self._position(near, finding.at_key or not is_whole)
            if position is not None:
                return position
        return (0, 0)

    def _position(self, path: Path, at_key: bool) -> Optional[Position]:
        first, second = (self.keys, self.values) if at_key else (self.values, self.keys)
        return first.get(path, second.get(path))


def _upwards(path: Path) -> Iterator[Tuple[Path, bool]]:
    """The path and those around it, without the whole config; and whether it is the path itself."""
    for length in range(len(path), 0, -1):
        yield path[:length], length == len(path)


def located(findings: Iterable[Finding], locate: Locate = format_path) -> List[Problem]:
    """Turn findings into problems, in the order given; without a `locate`, the path is the place."""
    return [finding.at(locate(finding.path)) for finding in findings]
