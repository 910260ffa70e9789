"""YAML without surprises: every scalar is a text, nothing is constructed, and nothing recurses.

The C parser of PyYAML dies of a stack overflow on input that is nested too deeply, so its stream of events is put
together here: it is as fast, and an alias names what is there already in place of a copy of it.
"""

from typing import Any, Dict, List, NamedTuple, Tuple, Union

from fcnn.errors import ListingError, Problem

_DEEPEST = 50


class Scalar(NamedTuple):
    """A text."""

    text: str
    line: int


class Sequence(NamedTuple):
    """A list."""

    items: List["Node"]
    line: int


class Mapping(NamedTuple):
    """A mapping, in the order of the file."""

    pairs: List[Tuple["Node", "Node"]]
    line: int

    def get(self, key: str) -> "Node":
        """The value of a key, an empty text where it is not there."""
        found = [value for name, value in self.pairs if isinstance(name, Scalar) and name.text == key]
        return found[-1] if found else Scalar("", 0)


Node = Union[Scalar, Sequence, Mapping]


def text_in(node: Node, key: str) -> str:
    """The text under a key of a mapping; empty where it is not there."""
    value = node.get(key) if isinstance(node, Mapping) else node
    return value.text if isinstance(node, Mapping) and isinstance(value, Scalar) else ""


def items_in(node: Node, key: str) -> List[Node]:
    """The items of the list under a key; none where it is not there."""
    value = node.get(key) if isinstance(node, Mapping) else node
    return value.items if isinstance(node, Mapping) and isinstance(value, Sequence) else []


def load_yaml(text: str, name: str) -> Node:
    """The first document of a YAML file.

    Raises:
        ListingError: it is no YAML, it is nested too deeply, or there is no PyYAML to read it with.
    """
    try:
        import yaml
    except ImportError:
        raise ListingError(
            Problem(
                "this file is YAML, and the package PyYAML that reads it is not here", name, hint="pip install pyyaml"
            )
        ) from None
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return _built(yaml, yaml.parse(text, Loader=loader), name)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
        where = f"{name}:{mark.line + 1}" if mark is not None else name
        raise ListingError(Problem(f"this is no valid YAML: {reason}", where)) from None


def _built(yaml: Any, events: Any, name: str) -> Node:
    """Put events together; every open list or mapping lies on a stack."""
    anchors: Dict[str, Node] = {}
    stack: List[Tuple[Node, List[Node]]] = []
    root: List[Node] = []
    for event in events:
        if isinstance(event, yaml.DocumentEndEvent):
            break
        if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            node, parts = stack.pop()
            if isinstance(node, Mapping):
                node.pairs.extend(zip(parts[::2], parts[1::2]))
            else:
                node.items.extend(parts)  # type: ignore[union-attr]
            continue
        line = event.start_mark.line + 1
        new: Node
        if isinstance(event, yaml.ScalarEvent):
            new = Scalar(event.value, line)
        elif isinstance(event, yaml.SequenceStartEvent):
            new = Sequence([], line)
        elif isinstance(event, yaml.MappingStartEvent):
            new = Mapping([], line)
        elif isinstance(event, yaml.AliasEvent):
            new = anchors.get(event.anchor, Scalar("", line))
        else:
            continue
        (stack[-1][1] if stack else root).append(new)
        if isinstance(event, yaml.AliasEvent):
            continue
        if event.anchor:
            anchors[event.anchor] = new
        if not isinstance(new, Scalar):
            stack.append((new, []))
            if len(stack) > _DEEPEST:
                raise ListingError(Problem("the file is nested too deeply to be a list of packages", f"{name}:{line}"))
    return root[0] if root else Scalar("", 0)
