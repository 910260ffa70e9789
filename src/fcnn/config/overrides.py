"""``key=value`` arguments of the command line, applied to a document before it is judged."""

import copy
import re
from typing import Any, List, Sequence, Tuple, Union

from msgspec import inspect

from fcnn.config.document import Document
from fcnn.config.endings import is_config, is_table
from fcnn.config.fields import choices, default_name, field_of, homes, names_of, root, structs_in, type_at
from fcnn.config.names import KEYS
from fcnn.config.paths import Path, format_path, parse_path
from fcnn.config.text import parse
from fcnn.errors import ConfigError, Problem
from fcnn.wording import say

EXAMPLE = say("key=value, such as training.epochs=50")

# What cannot start a value of YAML is text: a pattern `*.csv` could be an alias only of what is not there.
_NO_YAML = frozenset("*@%`")


def apply_overrides(document: Document, arguments: Sequence[str]) -> Tuple[Document, List[Problem]]:
    """Set values of a document.

    Args:
        document: it is not changed.
        arguments: such as ``training.epochs=3`` or ``network.layers[0].units=128``; the value is YAML.

    Returns:
        The document with every override that could be applied, and the problems of the others.
    """
    if not arguments:
        return document, []
    editor = _Editor(document)
    problems: List[Problem] = []
    for argument in arguments:
        problems.extend(_apply(editor, argument))
    return editor.document(), problems


def _apply(editor: "_Editor", argument: str) -> Sequence[Problem]:
    try:
        path, value, wrong = read_override(argument)
        editor.set(path, value, argument)
    except ConfigError as error:
        return error.problems
    return wrong


def read_override(argument: str) -> Tuple[Path, Any, List[Problem]]:
    """The path, the value and what is wrong inside of the value of an argument.

    Raises:
        ConfigError: where it is no override, or its value no YAML.
    """
    where = _where(argument)
    if "=" not in argument or argument.startswith("-"):
        raise ConfigError(Problem("this is no override", where, EXAMPLE, hint=_usage(argument)))
    try:
        path, rest = parse_path(argument)
    except ValueError as error:
        raise ConfigError(Problem(error.args[0], where, EXAMPLE)) from None
    text = rest[1:]
    if text.lstrip()[:1] in _NO_YAML:
        return path, text.strip(), []
    parsed = parse(text, lambda position: where)
    wrong = [
        finding.at(
            say("{override} {path}", override=where, path=format_path((*path, *finding.path)))
            if finding.path
            else where
        )
        for finding in parsed.findings
    ]
    return path, parsed.value, wrong


def _where(argument: str) -> str:
    return say("override {argument!r}", argument=argument)


class _Editor:
    """A copy of a document that overrides are applied to."""

    def __init__(self, document: Document) -> None:
        self.name = document.name
        self.value = copy.deepcopy(document.value)
        self.keys, self.values = dict(document.keys), dict(document.values)
        self.overrides = dict(document.overrides)

    def document(self) -> Document:
        return Document(self.value, self.name, self.keys, self.values, self.overrides)

    def set(self, segments: Path, value: Any, argument: str) -> None:
        """Set the value at a path, and make the mappings and lists on the way that are not there yet.

        Raises:
            ConfigError: where the path leads beyond the end of a list, or into a plain value.
        """
        container: Any = self.value
        path: Path = ()
        for segment, following in zip(segments, segments[1:]):
            path = self._step(container, path, segment, argument)
            container = self._inside(container, path, following, argument)
        path = self._step(container, path, segments[-1], argument)
        _put(container, path[-1], value)
        self._mark(path, argument)

    def _step(self, container: Any, path: Path, segment: Union[str, int], argument: str) -> Path:
        """The path one segment further: an index of a list, a key of a mapping."""
        word = str(segment)
        if not isinstance(container, list):
            return (*path, word)
        name = format_path(path)
        if re.fullmatch(r"[0-9]{1,9}", word) is None:
            hint = say("say which of its values: {name}[0].{word}", name=name, word=word)
            raise ConfigError(Problem(say("{name} is a list", name=name), _where(argument), hint=hint))
        index = int(word)
        if index > len(container):
            count = len(container)
            expected = (
                say("an index from 0 to {count}; {count} appends", count=count)
                if count
                else say("the index 0, which appends")
            )
            problem = Problem(say("{name} has no [{index}]", name=name, index=index), _where(argument), expected)
            raise ConfigError(problem)
        return (*path, index)

    def _inside(self, container: Any, path: Path, following: Union[str, int], argument: str) -> Any:
        """The list or mapping at a path; what is none becomes one, where it can."""
        place = path[-1]
        exists = place in container if isinstance(container, dict) else place < len(container)  # type: ignore[operator]
        value = container[place] if exists else None
        if isinstance(value, (dict, list)):
            return value
        made = _opened(value, path, following)
        if made is None:
            name = format_path(path)
            message = say("{name} is a plain value: nothing is inside of it", name=name)
            raise ConfigError(Problem(message, _where(argument), hint=say("write {code}", code=f"{name}=...")))
        _put(container, place, made)
        if value is None:
            self._mark(path, argument)
        return made

    def _mark(self, path: Path, argument: str) -> None:
        """From here on, the value at `path` is the argument's and no longer the file's."""
        for positions in (self.keys, self.values):
            for inner in [inner for inner in positions if inner[: len(path)] == path]:
                del positions[inner]
        for inner in [inner for inner in self.overrides if inner[: len(path)] == path]:
            del self.overrides[inner]
        self.overrides[path] = argument


def _put(container: Any, place: Union[str, int], value: Any) -> None:
    if isinstance(container, list) and place == len(container):
        container.append(value)
    else:
        container[place] = value


def _opened(value: Any, path: Path, following: Union[str, int]) -> Any:
    """What a plain value becomes when an override goes into it; None where nothing can be inside.

    ``64`` -> ``{units: 64}``, ``adam`` -> ``{name: adam}``, and what is not there its default: an absent
    optimizer is ``{name: adam}``.
    """
    kind = type_at(path)
    structs = structs_in(kind)
    named = any(struct.tag_field == "name" or field_of(struct, "name") for struct in structs)
    if value is None:
        members = choices(kind) if kind is not None else ()
        holds_list = any(isinstance(member, inspect.ListType) for member in members)
        if holds_list and str(following).isdigit():
            return []
        name = default_name(path) if named else None
        return {"name": name} if name else {}
    if isinstance(value, str) and named:
        return {"name": value}
    if type(value) is int and any(field_of(struct, "units") for struct in structs):
        return {"units": value}
    return None


def _usage(argument: str) -> str:
    """What may have been meant by an argument that is no override."""
    found = re.fullmatch(r"-*([\w.\[\]-]+)\s*(?:[:=\s]\s*(.*))?", argument)
    if found is None:
        return ""
    key, value = found[1], found[2] or "VALUE"
    if is_table(key):
        return say("write {code}", code=f"data.path={argument}")
    if is_config(key):
        return "one config at a time"
    key = key.replace("-", "_")
    name = KEYS.get(key, key)
    if name in homes():
        key = homes()[name][0].replace("[..]", "[0]")
    elif key.split(".")[0] not in names_of(root()):
        return ""
    return say("write {code}", code=f"{key}={value}")
