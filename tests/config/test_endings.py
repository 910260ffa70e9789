"""What a name says of a file: the same in every place that asks."""

import pytest

from fcnn.config import config_from_mapping, load_config
from fcnn.config.endings import PACKED, TABLES, is_config, is_table, without_endings
from fcnn.data import source
from fcnn.errors import ConfigError

KINDS = {
    "a.yaml": "config",
    "a.yml": "config",
    "A.YAML": "config",
    "a.csv": "table",
    "A.CSV": "table",
    "a.tsv": "table",
    "a.txt": "table",
    "a.csv.gz": "table",
    "a.gz": "table",
    "a.csv.bz2": "table",
    "a.csv.xz": "table",
    "a.csv.zst": "table",
    "a.csv.zip": "table",
    "a.parquet": "table",
    "a.xlsx": "table",
    "a.xls": "table",  # it cannot be read; that is said of it, and not that it is no YAML
    "b/*.csv": "table",
    "a.csv.yaml": "config",
    "a.feather": "neither",
    "csv": "neither",
    ".csv": "neither",
    "a": "neither",
    "-": "neither",
}


@pytest.mark.parametrize(("name", "kind"), KINDS.items(), ids=KINDS)
def test_a_name_is_that_of_a_config_of_a_table_or_of_neither(name, kind) -> None:
    assert (is_config(name), is_table(name)) == (kind == "config", kind == "table")


def test_the_endings_of_packed_files_are_those_that_are_unpacked() -> None:
    assert {f".{kind}" for _, kind in source.PACKED} | {".zip"} == set(PACKED)


@pytest.mark.parametrize("ending", TABLES)
def test_a_table_in_place_of_a_config_is_told(tmp_path, ending) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(ConfigError, match="this is a table, not a config"):
        load_config(path)


@pytest.mark.parametrize("ending", TABLES)
def test_a_table_in_place_of_an_override_is_told(ending) -> None:
    mapping = {"data": {"path": "a.csv", "target": "y"}, "network": {"layers": [8]}}
    with pytest.raises(ConfigError, match=f"hint: write data.path=b{ending}"):
        config_from_mapping(mapping, overrides=[f"b{ending}"])


STEMS = {"a.csv": "a", "b/a.tsv.ZST": "a", "a.b.csv": "a.b", "a.gz": "a", "a.b.gz": "a", "a.parquet": "a", "a": "a"}


@pytest.mark.parametrize(("name", "stem"), STEMS.items(), ids=STEMS)
def test_a_name_without_its_endings(name, stem) -> None:
    assert without_endings(name) == stem
