"""The JSON Schema of the config, for editors: completion, descriptions and typing mistakes while one writes.

``fcnn schema`` prints it; ``configs/fcnn.schema.json`` is that output.
"""

import json
from typing import Any, Dict, List

import msgspec

from fcnn.config.structs import Config

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> Dict[str, Any]:
    """The schema of a config file, in JSON Schema 2020-12; the same with every version of msgspec."""
    written = msgspec.json.schema(Config)
    definitions = written["$defs"]
    root = definitions.pop("Config")
    schema = {"$schema": DIALECT, "title": "fcnn config", **{k: v for k, v in root.items() if k != "title"}}
    _leave_to_presets(schema, definitions)
    schema["$defs"] = {name: definitions[name] for name in sorted(definitions)}
    tidied: Dict[str, Any] = _tidy(schema)
    return tidied


def _leave_to_presets(schema: Dict[str, Any], definitions: Dict[str, Any]) -> None:
    """Ask for the layers where no preset has them."""
    schema["required"].remove("network")
    definitions["Network"]["required"].remove("layers")
    own = {"required": ["network"], "properties": {"network": {"required": ["layers"]}}}
    schema["anyOf"] = [own, {"required": ["preset"]}]


def _tidy(value: Any) -> Any:
    """Order the alternatives, which differ between versions of msgspec, and drop a keyword of OpenAPI."""
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    if not isinstance(value, dict):
        return value
    tidied = {key: _tidy(item) for key, item in value.items() if key != "discriminator"}
    if "anyOf" in tidied:
        tidied["anyOf"] = sorted(tidied["anyOf"], key=_rank)
    return tidied


def _rank(alternative: Dict[str, Any]) -> List[Any]:
    """Names first, then the rest, nothing last: the order in which an editor offers them."""
    return [
        "enum" not in alternative,
        alternative.get("type") == "null",
        json.dumps(alternative, sort_keys=True),
    ]


def schema_text() -> str:
    """The schema as the file has it."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
