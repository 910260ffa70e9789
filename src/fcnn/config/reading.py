"""A config file's bytes -> text -> :class:`Document`."""

from pathlib import Path
from typing import Any, List, Tuple, Union

from fcnn.config.document import Document, Finding
from fcnn.config.endings import is_config, is_table
from fcnn.config.text import parse
from fcnn.config.words import name_shape, shape_of, show
from fcnn.errors import ConfigError, Problem, nearest_name
from fcnn.wording import say

MOST_BYTES = 1_000_000


def read_document(path: Union[str, Path]) -> Tuple[Document, List[Finding]]:
    """Read a config file.

    Returns:
        What it says, and the problems that did not keep it from being read.

    Raises:
        ConfigError: where there is no such file, or it is no YAML mapping.
    """
    name = str(path)
    return parse_document(decode(_read(Path(path), name), name), name)


def parse_document(text: str, name: str) -> Tuple[Document, List[Finding]]:
    """Read the text of a config file; `name` is what messages call it.

    Raises:
        ConfigError: where it is no YAML mapping.
    """
    parsed = parse(text, lambda position: f"{name}:{position[0]}:{position[1]}")
    if isinstance(parsed.value, dict):
        return Document(parsed.value, name, parsed.keys, parsed.values), parsed.findings
    if parsed.findings:  # a tag or an infinity in place of the whole config
        raise ConfigError(*(finding.at(f"{name}:1:1") for finding in parsed.findings))
    raise ConfigError(_no_mapping(parsed.value, text, name))


def _no_mapping(value: Any, text: str, name: str) -> Problem:
    expected = "a mapping with the keys `data` and `network`"
    if value is None:
        hint = "fcnn init TABLE.csv --target COLUMN writes a config"
        return Problem("this config is empty", where=name, expected=expected, hint=hint)
    first = text.strip().splitlines()[0] if isinstance(value, str) and text.strip() else ""
    hint = _train_hint(name) if "," in first or ";" in first else ""
    message = say("a config is a mapping, and this is {kind}", kind=name_shape(shape_of(value)))
    return Problem(message, where=name, expected=expected, received=show(value), hint=hint)


def _train_hint(name: str) -> str:
    return say("to train on a table without a config: fcnn train {name} --target COLUMN", name=name)


def _read(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():  # on Windows, reading one is a PermissionError
            raise ConfigError(Problem("this is a folder, not a config file", where=name))
        size = path.stat().st_size
        if is_table(path):
            expected = "a YAML file"
            raise ConfigError(Problem("this is a table, not a config", name, expected, hint=_train_hint(name)))
        if size > MOST_BYTES:
            received = f"{size / 1e6:.1f} MB"
            raise ConfigError(Problem("this is too large for a config", name, "at most 1 MB", received))
        return path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(Problem("there is no such config file", where=name, hint=_nearest(path))) from None
    except PermissionError:
        raise ConfigError(Problem("you may not read this config file", where=name)) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise ConfigError(
            Problem(say("this config file cannot be read: {error}", error=str(error)), where=name)
        ) from None


def _nearest(path: Path) -> str:
    """The config that may be meant: the same name with its ending, or the nearest one in the folder."""
    try:
        names = sorted(file.name for file in path.parent.iterdir() if is_config(file))
    except OSError:
        return say("the folder {folder} is not there either", folder=path.parent)
    same = [name for name in names if Path(name).stem in (path.name, path.stem)]
    near = same[0] if same else nearest_name(path.name, names)
    return say("did you mean {path}?", path=path.with_name(near)) if near else ""


def decode(raw: bytes, name: str) -> str:
    """The text of a config file.

    Raises:
        ConfigError: where it is no UTF-8.
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or (len(raw) > 1 and 0 in raw[:2]):
        message = "this is no UTF-8 text; it looks like UTF-16"
        raise ConfigError(Problem(message, where=name, hint="save the file as UTF-8"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problem = Problem(
            "this is no UTF-8 text",
            where=f"{name}:{line}",
            received=say("the byte 0x{byte:02X}", byte=raw[error.start]),
            hint="save the file as UTF-8; an editor may call what it is now ANSI, GBK or cp1252",
        )
        raise ConfigError(problem) from None
