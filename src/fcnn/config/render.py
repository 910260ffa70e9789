"""A config written out as YAML that reads back as the same config."""

from typing import Any

import yaml

from fcnn.config.scalars import resolve
from fcnn.config.structs import Config, plain


def resolved_yaml(config: Config) -> str:
    """The config with every default spelled out, which `load_config` reads back to the same values."""
    return to_yaml(plain(config))


def to_yaml(value: Any, flow: bool = False) -> str:
    """Plain values as YAML; text that ``scalars`` would not read as text is quoted.

    Args:
        value: mappings, lists and scalars.
        flow: on one line, ``{a: 1, b: [x]}``, instead of in blocks.
    """
    written = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, default_flow_style=flow, sort_keys=False, width=1 << 20
    )
    return str(written)


def on_one_line(value: Any) -> str:
    """A plain value as YAML on one line, as an override has it."""
    text = to_yaml(value, flow=True)
    return text[: -len("...\n")].strip() if text.endswith("\n...\n") else text.strip()


class _Dumper(yaml.SafeDumper):
    """Writes every value out, without aliases, in words that mean the same to YAML 1.1 and 1.2."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)  # a list is indented below its key


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    # Line breaks of all kinds go into double quotes, too: reading the other styles turns each of them into "\n".
    is_simple = isinstance(resolve(text), str) and text.isprintable()
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if is_simple else '"')


_Dumper.add_representer(str, _represent_text)
