"""The JSON Schema that editors read."""

import json
from pathlib import Path

from fcnn.config import json_schema, schema_text
from fcnn.config.fields import choices, root, structs_in

SHIPPED = Path(__file__).parents[2] / "configs" / "fcnn.schema.json"


def test_the_shipped_schema_is_current():
    assert SHIPPED.read_text(encoding="utf-8") == schema_text(), "run: fcnn schema > configs/fcnn.schema.json"


def test_it_says_what_it_is_and_starts_with_the_config():
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(schema["properties"]) == [
        "preset",
        "data",
        "network",
        "training",
        "seed",
        "diagnostics",
        "report",
        "run",
        "search",
    ]
    assert schema["required"] == ["data"]
    assert schema["anyOf"] == [
        {"required": ["network"], "properties": {"network": {"required": ["layers"]}}},
        {"required": ["preset"]},
    ]
    assert schema["additionalProperties"] is False


def test_descriptions_defaults_and_names_appear():
    layer = json_schema()["$defs"]["Layer"]["properties"]
    assert layer["activation"]["description"] == "The nonlinearity g in a = g(z)"
    assert layer["activation"]["default"] == "relu"
    assert "relu" in layer["activation"]["anyOf"][0]["enum"]
    assert layer["units"] == {"type": "integer", "minimum": 1}
    assert (layer["dropout"]["minimum"], layer["dropout"]["exclusiveMaximum"]) == (0, 1)


def struct_names(kind):
    for struct in structs_in(kind):
        yield struct.cls.__name__
        for field in struct.fields:
            for member in choices(field.type):
                inner = getattr(member, "item_type", getattr(member, "value_type", member))
                yield from struct_names(inner)


def test_every_section_is_defined_and_closed():
    definitions = json_schema()["$defs"]
    assert set(definitions) == set(struct_names(root())) - {"Config"}
    assert all(definition["additionalProperties"] is False for definition in definitions.values())


def test_every_reference_leads_somewhere():
    schema = json_schema()
    references = [part.split('"')[0] for part in json.dumps(schema).split('"$ref": "')[1:]]
    assert references
    assert all(reference.replace("#/$defs/", "") in schema["$defs"] for reference in references)
