"""The config: YAML text -> positions -> typed structs -> cross-field checks; overrides; the JSON Schema.

Nothing here imports NumPy, pandas or TensorFlow: a typing mistake is answered at once.
"""

from fcnn.config.checks import check_config
from fcnn.config.duration import parse_duration
from fcnn.config.fit import check_fit, class_named, resolve_output
from fcnn.config.load import LoadedConfig, config_from_mapping, load_config
from fcnn.config.paths import Path, format_path
from fcnn.config.render import resolved_yaml
from fcnn.config.schema import json_schema, schema_text
from fcnn.config.sizes import parse_size
from fcnn.config.structs import Config

__all__ = [
    "Config",
    "LoadedConfig",
    "Path",
    "check_config",
    "check_fit",
    "class_named",
    "config_from_mapping",
    "format_path",
    "json_schema",
    "load_config",
    "parse_duration",
    "parse_size",
    "resolve_output",
    "resolved_yaml",
    "schema_text",
]
