"""Plain values -> Config, or every problem that keeps them from being one.

msgspec stops at its first problem and speaks JSON, so the walk over the types is done here; msgspec builds.
"""

import sys
from typing import Any, Dict, List, Sequence

import msgspec
from msgspec import inspect

from fcnn.config import hints
from fcnn.config.document import INVALID, Document, Finding
from fcnn.config.fields import choices, description, field_of, names_of, root
from fcnn.config.names import as_number, suggest_value
from fcnn.config.paths import Path
from fcnn.config.structs import Config
from fcnn.config.words import back_quoted, belongs, describe, name_shape, one_of, shape_of, shapes_of, show
from fcnn.wording import Said, say, say_joined

LARGEST = 2**63 - 1  # a count in 64 bits; msgspec allows more, TensorFlow and NumPy do not
LARGEST_FLOAT = sys.float_info.max  # a whole number of 400 digits is larger


def find_problems(value: Any) -> List[Finding]:
    """Everything about a config that its types forbid."""
    walk = _Walk()
    walk.visit(value, root(), ())
    return walk.findings


def build(document: Document) -> Config:
    """The config of a document in which no problem was found.

    Raises:
        msgspec.ValidationError: where one was overlooked.
    """
    return msgspec.convert(document.value, Config)


class _Walk:
    """Walks a value and its type side by side and notes what does not fit."""

    def __init__(self) -> None:
        self.findings: List[Finding] = []

    def note(self, path: Path, message: str, **more: Any) -> None:
        self.findings.append(Finding(path, message, **more))

    def visit(self, value: Any, kind: inspect.Type, path: Path) -> None:
        """Judge one value by the type of its place."""
        if value is INVALID:  # a problem was already reported
            return
        shape = shape_of(value)
        members = [member for member in choices(kind) if shape in shapes_of(member)]
        if not members:
            self.wrong_kind(value, kind, path)
        elif shape == "mapping":
            self.visit_mapping(value, members, path)
        elif shape == "list":
            self.visit_list(value, members, path)
        elif shape == "text":
            self.visit_text(value, members, kind, path)
        elif shape in ("whole", "number") and not isinstance(members[0], inspect.AnyType):
            self.visit_number(value, members[0], path)

    def wrong_kind(self, value: Any, kind: inspect.Type, path: Path) -> None:
        shape = shape_of(value)
        self.note(
            path,
            say("{received} stands where {wanted} belongs", received=name_shape(shape), wanted=belongs(kind, shape)),
            expected=describe(kind),
            received="" if value is None else show(value),
            hint=hints.for_wrong_kind(value, kind, path),
        )

    def visit_list(self, value: List[Any], members: Sequence[inspect.Type], path: Path) -> None:
        for member in members:
            if isinstance(member, inspect.ListType):
                for index, item in enumerate(value):
                    self.visit(item, member.item_type, (*path, index))

    def visit_text(self, value: str, members: Sequence[inspect.Type], kind: inspect.Type, path: Path) -> None:
        literals = [member for member in members if isinstance(member, inspect.LiteralType)]
        known = [str(name) for literal in literals for name in literal.values]
        if len(literals) < len(members) or value in known:  # any text is allowed, or this name is known
            return
        if "whole" in shapes_of(kind) and as_number(value):
            self.wrong_kind(value, kind, path)
        else:
            self.unknown_name(value, known, path, describe(kind))

    def unknown_name(self, value: str, known: List[str], path: Path, expected: str) -> None:
        words = [segment for segment in path if isinstance(segment, str) and segment != "name"]
        key = words[-1] if words else ""
        message = say("unknown {what} {name}", what=key.replace("_", " "), name=back_quoted(value))
        self.note(path, message, expected=expected, hint=suggest_value(key, value, known))

    def visit_number(self, value: Any, kind: Any, path: Path) -> None:
        largest = LARGEST_FLOAT if isinstance(kind, inspect.FloatType) else LARGEST
        is_small = (kind.ge is not None and value < kind.ge) or (kind.gt is not None and value <= kind.gt)
        is_large = (kind.le is not None and value > kind.le) or (kind.lt is not None and value >= kind.lt)
        if value < -largest or (is_small and value <= largest):
            message = say("{value} is too small", value=show(value))
        elif value > largest or is_large:
            message = say("{value} is too large", value=show(value))
        else:
            return
        self.note(path, message, expected=describe(kind), hint=hints.for_range(value, kind))

    def visit_mapping(self, value: Dict[str, Any], members: Sequence[inspect.Type], path: Path) -> None:
        structs = [member for member in members if isinstance(member, inspect.StructType)]
        if not structs:
            for member in members:
                if isinstance(member, inspect.DictType):
                    for key, item in value.items():
                        self.visit(item, member.value_type, (*path, key))
        elif structs[0].tag_field is None:
            self.visit_struct(value, structs[0], path)
        else:
            self.visit_tagged(value, structs, path)

    def visit_tagged(self, value: Dict[str, Any], structs: List[inspect.StructType], path: Path) -> None:
        """A section that is told apart by its `name`, such as an optimizer."""
        tags = [str(struct.tag) for struct in structs]
        name = value.get("name", "")
        if name in tags:
            self.visit_struct(value, structs[tags.index(name)], path, structs)
        elif "name" not in value:
            message = say("the key `name` is missing: which {section}?", section=str(path[-1]).replace("_", " "))
            hint = hints.for_missing_name(value, structs)
            self.note(path, message, expected=one_of(tags), hint=hint, at_key=True)
        elif isinstance(name, str):
            self.unknown_name(name, tags, (*path, "name"), one_of(tags))
        elif name is not INVALID:
            message = say("{kind} is no name", kind=name_shape(shape_of(name)))
            self.note((*path, "name"), message, expected=one_of(tags))

    def visit_struct(
        self,
        value: Dict[str, Any],
        struct: inspect.StructType,
        path: Path,
        siblings: Sequence[inspect.StructType] = (),
    ) -> None:
        """A section; `siblings` are those it was chosen from by its `name`."""
        for key, item in value.items():
            field = field_of(struct, key)
            if field is not None:
                self.visit(item, field.type, (*path, key))
            elif key != struct.tag_field:
                self.unknown_key(key, struct, (*path, key), siblings)
        for field in struct.fields:
            if field.required and field.encode_name not in value:
                self.missing_key(field, value, path)

    def unknown_key(
        self, key: str, struct: inspect.StructType, path: Path, siblings: Sequence[inspect.StructType]
    ) -> None:
        owners = [str(other.tag) for other in siblings if field_of(other, key) is not None]
        if owners:
            options = names_of(struct)[1:]
            message = say(
                "`{key}` is an option of {owners}, not of {tag}",
                key=key,
                owners=say_joined("{left} and {right}", owners),
                tag=struct.tag,
            )
            expected = (
                say("{tag} has {options}", tag=struct.tag, options=", ".join(options))
                if options
                else say("{tag} has no options", tag=struct.tag)
            )
            self.note(path, message, expected=expected, at_key=True)
        else:
            hint = hints.for_unknown_key(key, struct, path)
            self.note(path, say("unknown key {key}", key=back_quoted(key)), hint=hint, at_key=True)

    def missing_key(self, field: inspect.Field, value: Dict[str, Any], path: Path) -> None:
        kind, words = describe(field.type), description(field.type)
        self.note(
            path,
            say("the key `{key}` is missing", key=field.encode_name),
            expected=say("{kind} ({description})", kind=kind, description=Said(words, {})) if words else kind,
            hint=hints.for_missing_key(field.encode_name, value),
            at_key=True,
        )
