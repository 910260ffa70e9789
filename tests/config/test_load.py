"""Finding and reading the config file, and the tables it names."""

import os
from pathlib import Path

import pytest

from fcnn.config import config_from_mapping, load_config
from fcnn.errors import ConfigError

TEXT = "data:\n  path: %s\n  target: y\nnetwork: {layers: [8]}\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The current folder, with `configs/p.yaml` and tables in `data`."""
    monkeypatch.chdir(tmp_path)
    for name in ("configs", "data", "data/deep", "empty"):
        (tmp_path / name).mkdir()
    for name in ("data/b.csv", "data/a.csv", "data/deep/c.csv", "data/x[1].csv", "data/note.txt", "data/note"):
        (tmp_path / name).write_text("x,y\n1,2\n", encoding="utf-8")
    return tmp_path


def write(path, text):
    Path("configs/p.yaml").write_text(TEXT % path if text is None else text, encoding="utf-8")


def tables(path, *overrides):
    write(path, None)
    paths = load_config("configs/p.yaml", overrides).data_paths()
    return [found.relative_to(Path.cwd().resolve()).as_posix() for found in paths]


def refusal(function, *arguments):
    with pytest.raises(ConfigError) as caught:
        function(*arguments)
    assert caught.value.exit_code == 2
    return str(caught.value)


FOUND = {
    "one": ("../data/a.csv", ["data/a.csv"]),
    "a list, in its order": ("[../data/b.csv, ../data/a.csv]", ["data/b.csv", "data/a.csv"]),
    "a pattern, sorted": ("../data/?.csv", ["data/a.csv", "data/b.csv"]),
    "a pattern of folders": ("../data/**/[a-c].csv", ["data/a.csv", "data/b.csv", "data/deep/c.csv"]),
    "a name like a pattern": ("'../data/x[1].csv'", ["data/x[1].csv"]),
    "each once": ("[../data/b.csv, '../data/?.csv']", ["data/b.csv", "data/a.csv"]),
}


@pytest.mark.parametrize(("path", "expected"), FOUND.values(), ids=FOUND)
def test_tables_are_found_from_the_folder_of_the_config(folder, path, expected):
    assert tables(path) == expected


def test_an_override_starts_at_the_current_folder_or_else_at_the_config_s(folder):
    assert tables("none.csv", "data.path=data/a.csv") == ["data/a.csv"]
    assert tables("none.csv", "data.path=../data/a.csv") == ["data/a.csv"]
    assert tables("[none.csv, ../data/b.csv]", "data.path[0]=data/a.csv") == ["data/a.csv", "data/b.csv"]


def test_a_config_that_is_a_link_starts_where_the_link_is(folder):
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "q.yaml").write_text(TEXT % "../data/a.csv", encoding="utf-8")
    try:
        (folder / "configs" / "link.yaml").symlink_to(folder / "elsewhere" / "q.yaml")
    except OSError:
        pytest.skip("no links here")
    assert load_config("configs/link.yaml").base_dir == Path.cwd() / "configs"


MISSING = {
    "no such file": ("../data/zebra.txt.gz", "there is no such file\n"
                                             "  received: {base}/configs/../data/zebra.txt.gz\n"
                                             "  hint: a relative path starts at the folder of the config file"),
    "misspelt": ("../data/aa.csv", "there is no such file\n  received: {base}/configs/../data/aa.csv\n"
                                   "  hint: did you mean `../data/a.csv`?"),
    "from the wrong folder": ("data/a.csv", "there is no such file\n  received: {base}/configs/data/a.csv\n"
                                            "  hint: a relative path starts at the folder of the config file"),
    "a folder": ("../data", "this is a folder, not a table\n  received: {base}/configs/../data\n"
                            "  hint: all of its tables: ../data/*.csv"),
    "a folder without tables": ("../empty", "this is a folder, not a table\n"
                                            "  received: {base}/configs/../empty"),
    "a pattern without match": ("'../data/*.tsv'", "no file matches this pattern\n"
                                                   "  received: {base}/configs/../data/*.tsv"),
    "nothing": ("''", "data.path is empty\n  expected: a CSV file"),
    "a name that no file can have": ('"a\\0b"', "there is no such file\n  received: {base}/configs/a\0b\n"
                                     "  hint: a relative path starts at the folder of the config file"),
}  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="the expected paths are written with /")
@pytest.mark.parametrize(("path", "expected"), MISSING.values(), ids=MISSING)
def test_a_table_that_is_not_there_is_located(folder, path, expected):
    (folder / "data" / "b.csv").unlink()
    (folder / "data" / "x[1].csv").unlink()
    write(path, None)
    where = "configs/p.yaml:2:9 data.path: "
    assert refusal(load_config("configs/p.yaml").data_paths) == where + expected.format(base=Path.cwd())


def test_every_missing_table_is_named(folder):
    write("[../data/a.csv, ../data/q.csv, zz.csv]", None)
    message = refusal(load_config("configs/p.yaml").data_paths)
    assert "configs/p.yaml:2:25 data.path[1]: there is no such file" in message
    assert "configs/p.yaml:2:40 data.path[2]: there is no such file" in message


def test_an_empty_list_names_no_file(folder):
    write("[]", None)
    assert refusal(load_config("configs/p.yaml").data_paths) == ("data.path names no file\n  expected: a CSV file")


def test_the_absolute_config_means_the_same_from_every_folder(folder):
    write("../data/?.csv", None)
    config = load_config("configs/p.yaml").absolute()
    base = Path.cwd().resolve()
    assert config.data.path == [str(base / "data" / "a.csv"), str(base / "data" / "b.csv")]
    write("../data/a.csv", None)
    assert load_config("configs/p.yaml").absolute().data.path == str(base / "data" / "a.csv")


def test_a_mapping_starts_at_the_current_folder(folder):
    mapping = {"data": {"path": "data/a.csv", "target": "y"}, "network": {"layers": []}}
    assert config_from_mapping(mapping).data_paths() == (Path.cwd().resolve() / "data" / "a.csv",)


def test_what_is_known_about_the_file_is_kept(folder):
    write("../data/a.csv", None)
    loaded = load_config(Path("configs") / "p.yaml")
    assert (loaded.name, loaded.source) == ("p", Path("configs/p.yaml"))
    assert loaded.base_dir == Path.cwd() / "configs"


UNREADABLE = {
    "missing": ("configs/q.yaml", "configs/q.yaml: there is no such config file\n"
                                  "  hint: did you mean configs/p.yaml?"),
    "without its ending": ("configs/p", "configs/p: there is no such config file\n"
                                        "  hint: did you mean configs/p.yaml?"),
    "with another ending": ("configs/p.yml", "configs/p.yml: there is no such config file\n"
                                             "  hint: did you mean configs/p.yaml?"),
    "in no folder": ("cfg/p.yaml", "cfg/p.yaml: there is no such config file\n"
                                   "  hint: the folder cfg is not there either"),
    "a folder": ("configs", "configs: this is a folder, not a config file"),
    "a table": ("data/a.csv", "data/a.csv: this is a table, not a config\n  expected: a YAML file\n"
                "  hint: to train on a table without a config: fcnn train data/a.csv --target COLUMN"),
    "a table as text": ("data/note.txt", "data/note.txt: this is a table, not a config\n  expected: a YAML file\n"
                        "  hint: to train on a table without a config: fcnn train data/note.txt --target COLUMN"),
    "a table by its first line": ("data/note", "data/note: a config is a mapping, and this is text\n"
                                  '  expected: a mapping with the keys `data` and `network`\n  received: "x,y 1,2"\n'
                                  "  hint: to train on a table without a config: fcnn train data/note --target COLUMN"),
    "a name with a NUL": ("a\0b.yaml", "a\0b.yaml: this config file cannot be read: embedded null byte"),
}  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="the expected paths are written with /")
@pytest.mark.parametrize(("path", "expected"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_config_that_cannot_be_read_is_explained(folder, path, expected):
    write("../data/a.csv", None)
    assert refusal(load_config, path) == expected


def test_a_config_without_permission_is_explained(folder, monkeypatch):
    def refuse(self):
        raise PermissionError(13, "Permission denied")

    write("../data/a.csv", None)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert refusal(load_config, "configs/p.yaml") == "configs/p.yaml: you may not read this config file"
