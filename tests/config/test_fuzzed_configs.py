"""Whatever a config file, a mapping or an override says, it is a config or a ConfigError that can be printed."""

from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from fcnn.config import Config, config_from_mapping, load_config, resolved_yaml
from fcnn.errors import ConfigError

SHIPPED = [path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parents[2].glob("configs/*.yaml"))]
WORDS = ["data", "path", "target", "features", "drop", "columns", "type", "number", "date", "format", "%d.%m.%Y",
         "split", "validation", "test", "method", "group", "column", "missing", "bad_values", "network", "layers",
         "units",
         "activation", "relu", "softmax", "dropout", "output", "training", "epochs", "batch_size", "auto", "optimizer",
         "name", "adam", "sgd", "learning_rate", "loss", "learning_rate_schedule", "cosine", "early_stopping",
         "patience", "class_weight", "balanced", "clipnorm", "time_limit", "10m", "compile", "seed", "run", "dir",
         "plots", "null", "true", "yes", "是", "y", "a.csv", "", "none", "1e-3", "08", "0x1f", "1:30", ".inf", "-.nan",
         "2001-01-01", "=", "<<"]  # fmt: skip
PIECES = [*WORDS, *"\n \t:-[]{},&*!|>'\"%@`#?", "\r\n", "  ", ": ", "- ", "\n    ", "!!python/object/apply:os.system ",
          "!!binary ", "!!set ", "&a ", "*a", "<<: *a", "---\n", "...\n", "%TAG ! !\n", "\ufeff", "\x85", "\u2028",
          "\0", "\x07", "🐧", "\ud800", "\\x41", "\\ud800", "9" * 400, "1e999", "0.1", "-1", "64"]  # fmt: skip


@st.composite
def mutated(draw):
    """A shipped config in which some pieces were put, cut out or replaced."""
    text = draw(st.sampled_from(SHIPPED))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.sampled_from([0, 0, 1, 2, 8, 40]))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + cut :]
    return text


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from(WORDS),
    st.text(max_size=4),
    st.dates(),
    st.binary(max_size=3),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), scalars), inner, max_size=4),
    ),
    max_leaves=12,
)


@st.composite
def structures(draw):
    """The mapping of a shipped config in which some values have been replaced, and some keys added."""
    config = yaml.safe_load(draw(st.sampled_from(SHIPPED)))
    for _ in range(draw(st.integers(1, 4))):
        place, depth = config, draw(st.integers(0, 4))
        for _ in range(depth):
            within = place.values() if isinstance(place, dict) else place
            inner = [value for value in within if isinstance(value, (dict, list)) and value]
            if not inner:
                break
            place = draw(st.sampled_from(inner))
        if isinstance(place, dict):
            place[draw(st.one_of(st.sampled_from(sorted(map(str, place)) or ["a"]), st.sampled_from(WORDS)))] = draw(
                values
            )
        else:
            place[draw(st.integers(0, len(place) - 1))] = draw(values)
    return config


overrides = st.lists(
    st.one_of(
        st.builds("{}={}".format, st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(".".join), scalars),
        st.lists(st.sampled_from([*WORDS, *"=.[]{}:,'\"0123 -*&!\0\n", "\udc80"]), max_size=8).map("".join),
    ),
    max_size=2,
)


def judged(load):
    """The config that `load` gives, or None where it says what is wrong."""
    try:
        return load().config
    except ConfigError as error:
        str(error).encode("utf-8", "surrogateescape")
        problems = error.problems
    assert problems
    assert all(problem.message for problem in problems)
    return None


def is_itself_when_written_out(config, folder):
    path = folder / "again.yaml"
    path.write_text(resolved_yaml(config), encoding="utf-8")
    return resolved_yaml(load_config(path).config) == resolved_yaml(config)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("configs")


@given(st.one_of(mutated().map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=40)), overrides)
@example(b"", [])
def test_a_file_with_overrides_is_a_config_or_an_error(folder, content, arguments):
    path = folder / "p.yaml"
    path.write_bytes(content)
    config = judged(lambda: load_config(path, arguments))
    assert config is None or is_itself_when_written_out(config, folder)


@given(st.one_of(structures(), values), overrides)
@example({}, [])
def test_a_mapping_with_overrides_is_a_config_or_an_error(folder, mapping, arguments):
    config = judged(lambda: config_from_mapping(mapping, overrides=arguments))
    assert config is None or is_itself_when_written_out(config, folder)
    if config is not None:
        assert msgspec.convert(msgspec.to_builtins(config), Config) == config
