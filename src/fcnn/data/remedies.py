"""What a hint proposes to change in the config, as overrides that can be typed."""

from fcnn.config.paths import typed_override
from fcnn.config.render import to_yaml
from fcnn.config.structs import Data


def override(name: str, key: str, value: str) -> str:
    """The override that says what a column is, as it is typed: ``data.columns.size.type=category``."""
    return typed_override(("data", "columns", name, key), value)


def as_category(name: str) -> str:
    """The override that makes a column a category."""
    return override(name, "type", "category")


def leave_out(data: Data, *names: str) -> str:
    """The override that leaves features out, beside those that the config leaves out already."""
    if data.features is None:
        key, listed = "drop", [*data.drop, *names]
    else:
        key, listed = "features", [feature for feature in data.features if feature not in names]
    return typed_override(("data", key), to_yaml(listed, flow=True).strip())


def split_by_group(name: str) -> str:
    """The overrides that keep rows with the same value of a column in one part of the split."""
    value = to_yaml([name], flow=True).strip()[1:-1]
    method = typed_override(("data", "split", "method"), "group")
    return f"{method} {typed_override(('data', 'split', 'column'), value)}"
