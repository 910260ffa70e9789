"""`fcnn init`."""

import gzip
import json
import shlex
import sys
from pathlib import Path

import pytest

from fcnn.config import load_config
from fcnn.config.paths import shell_word

STRONG = "network 5 -> 5 input_scale -> 256 selu -> 256 selu -> 256 selu -> 1 sigmoid, 133,382 parameters"


def test_the_starter_config_trains_as_it_is(console, flats) -> None:
    answer = console("init", flats.name, "--target", "价格等级", "-o", "配置.yaml")
    assert (answer.code, answer.out, answer.err) == (0, "配置.yaml\n", "")
    assert (
        Path("配置.yaml").read_text(encoding="utf-8")
        == f"""\
# fcnn train {shell_word("配置.yaml")}
# binary: 42 train, 9 validation, 9 test rows; {STRONG}
#
# What each column was taken for, and why; to change one: columns: {{name: {{type: category}}}}
#   面积      number    numbers; 40 to 127
#   楼层      number    numbers; 1 to 6
#   朝向      category  text, 3 different values
#   价格等级  target    2 classes
preset: strong  # its values for this table are written out below; one that is deleted is still in force
data:
  path: 房价.csv
  target: 价格等级
  task: binary  # 2 different values: 低 in 34, 高 in 26 rows
  drop: []  # columns to leave out
  split: {{validation: 0.15, test: 0.15, method: auto}}  # 42 train, 9 validation, 9 test rows
  scaler: robust  # median and quartiles: outliers do not squeeze the rest
  smooth_clip: 3.0  # and no outlier is more than three of these away
network:
  parametrization: ntk  # steps that fit layers of any width
  learning_rate_factors: {{bias: 0.1, input_scale: 6.0}}  # as RealMLP has them
  input_scale: true  # how much each feature counts is learnt first
  # selu for classes
  layers:  # units, activation, dropout, batch_normalization, kernel_initializer, l1, l2
    - {{units: 256, activation: selu, bias_initializer: {{name: random_normal, stddev: 1.0}}}}
    - {{units: 256, activation: selu, bias_initializer: {{name: random_normal, stddev: 1.0}}}}
    - {{units: 256, activation: selu, bias_initializer: {{name: random_normal, stddev: 1.0}}}}
  output: {{kernel_initializer: zeros}}  # starts at 0
training:
  epochs: 256  # 42 training rows: an epoch is few steps
  batch_size: 42  # steps on 256 rows at most, the last as large
  optimizer: {{name: adam, learning_rate: 0.04, beta_2: 0.95}}  # as RealMLP has it
  learning_rate_schedule: coslog4  # four cycles, each longer than the one before
  label_smoothing: 0.1  # better classes; probabilities are less sure
  early_stopping: null  # the cycles are to end; the best epoch is kept
seed: 42
"""
    )
    assert console("train", "配置.yaml", "training.epochs=1", "run.plots=false").code == 0


@pytest.mark.parametrize(
    "target",
    ["yes", "12", "1e3", "a: b", "#1", "two\nlines", "'", '"', "- x", "null", "~", "{}", " y".strip(), "价"],
    ids=ascii,
)
def test_any_name_of_a_column_survives_in_the_starter_config(console, target) -> None:
    rows = "".join(f"{row},{row % 7}.5\n" for row in range(40))
    quoted = target.replace('"', '""')
    Path("t.csv").write_text(f'"feature\nx","{quoted}"\n{rows}', encoding="utf-8")
    assert console("init", "t.csv", "--target", target).code == 0
    assert load_config("t.yaml").config.data.target == target
    assert console("validate", "t.yaml").code == 0


def test_a_table_in_gbk_is_read_by_a_guess_that_is_said(console, flats) -> None:
    Path("国标.csv").write_text(flats.read_text(encoding="utf-8"), encoding="gbk")
    guessed = console("init", "国标.csv", "--target", "价格等级")
    assert guessed.code == 0
    assert guessed.err == (
        f"warning: {Path.cwd() / '国标.csv'}: the file is no UTF-8 and is read as gb18030: '面积' and '楼层'\n"
        "  hint: if that is wrong: data.encoding=cp1252\n"
    )


def test_a_table_in_gbk_gets_a_config_that_says_so_and_its_run_reads_utf_8_as_well(console, flats) -> None:
    text = flats.read_text(encoding="utf-8")
    Path("国标.csv").write_text(text, encoding="gbk")
    words = ["data.encoding=gb18030", "data.drop=[楼层]", "data.columns.朝向.type=category"]
    assert console("init", "国标.csv", "--target", "价格等级", *words).code == 0
    config = Path("国标.yaml").read_text(encoding="utf-8")
    assert "\n  drop: [楼层]  # columns to leave out\n" in config
    assert "\n  columns: {朝向: {type: category}}\n  encoding: gb18030\n" in config
    trained = console("train", "国标.yaml", "training.epochs=1", "run.plots=false", "--run-dir", "gbk", "--quiet")
    assert trained.code == 0
    assert console("predict", "gbk", "国标.csv").out == console("predict", "gbk", flats.name).out != ""


def test_the_starter_config_changes_keys_of_data_only(console, small) -> None:
    answer = console("init", "table.csv", "--target", "y", "training.epochs=3")
    assert answer.code == 2
    assert answer.err.startswith("error: 'training.epochs=3' is not below `data`")
    assert not Path("table.yaml").exists()


def test_the_path_of_the_table_is_relative_to_the_config(console, small) -> None:
    Path("deep folder/x").mkdir(parents=True)
    console("init", "table.csv", "--target", "y", "-o", "deep folder/x/c.yaml")
    text = Path("deep folder/x/c.yaml").read_text(encoding="utf-8")
    assert text.startswith(f"# fcnn train {shell_word('deep folder/x/c.yaml')}\n")
    assert "\n  path: ../../table.csv\n" in text
    assert console("validate", "deep folder/x/c.yaml").code == 0


def test_an_existing_config_is_not_overwritten(console, small) -> None:
    Path("table.yaml").write_text("mine", encoding="utf-8")
    answer = console("init", "table.csv", "--target", "y")
    assert answer.code == 2
    assert answer.err == (
        "error: table.yaml is there already: choose another with -o, or delete it\n  hint: fcnn init --help\n"
    )
    assert Path("table.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["table.csv", "--target", "z"],
            "error: data.target: table.csv has no column 'z'\n  hint: known: a, b, y\n",
            id="no such column",
        ),
        pytest.param(
            ["table.csv", "--target", "y", "-o", "nosuch/c.yaml"],
            "error: nosuch/c.yaml: cannot be written: No such file or directory\n",
            id="no folder",
        ),
        pytest.param(
            ["table.csv"],
            "error: table.csv: which column is to be predicted?\n  expected: --target COLUMN\n"
            "  received: no --target; there are the columns a, b, y\n  hint: perhaps: --target y\n",
            id="no target",
        ),
    ],
)
def test_a_starter_config_that_cannot_be_made_is_a_clear_error(console, small, words, message) -> None:
    answer = console("init", *words)
    assert (answer.code, answer.out, answer.err) == (2, "", message)
    assert not list(small.parent.glob("*.tmp"))


@pytest.mark.parametrize(
    ("header", "likely"),
    [("a,Class,b", "Class"), ("标签,a,b", "标签"), ("a,b,price", "price"), ("a,the target,b c", "b c")],
)
def test_the_column_that_may_be_the_target_is_proposed(console, header, likely) -> None:
    Path("t.csv").write_text(f"{header}\n1,2,3\n", encoding="utf-8")
    answer = console("init", "t.csv")
    assert (answer.code, answer.err.splitlines()[-1]) == (2, f"  hint: perhaps: --target {shell_word(likely)}")


def test_a_table_in_parts_gives_the_name_of_its_folder_to_the_config(console, small) -> None:
    Path("parts").mkdir()
    for part in "ab":
        Path(f"parts/{part}.csv").write_bytes(Path("table.csv").read_bytes())
    assert console("init", "parts/*.csv").err.endswith("columns a, b, y\n  hint: perhaps: --target y\n")
    assert console("init", "parts/*.csv", "--target", "y").out == "parts.yaml\n"
    assert "\n  path: parts/*.csv\n" in Path("parts.yaml").read_text(encoding="utf-8")
    assert console("validate", "parts.yaml").code == 0


def test_a_table_that_is_packed_gives_its_name_to_the_config(console, small) -> None:
    Path("sales.csv.gz").write_bytes(gzip.compress(Path("table.csv").read_bytes()))
    assert console("init", "sales.csv.gz", "--target", "y").out == "sales.yaml\n"
    assert console("validate", "sales.yaml").code == 0


NASTY = [
    "a: b",
    "#c",
    "two\nlines",
    "it's",
    'say "x"',
    "- x",
    "{}",
    "价格 元",
    "a.b.c",
    "null",
    "$HOME",
    "&x",
    "*",
    "a\u2028b",
]


@pytest.fixture
def nasty() -> Path:
    """`nasty.csv`, whose columns have awkward names."""
    names = NASTY
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    rows = [
        ",".join([*(f"{(row * (place + 3)) % 31 / 4}" for place in range(len(names))), "ab"[row * 7 % 5 > 2]])
        for row in range(60)
    ]
    path = Path("nasty.csv")
    path.write_text("\n".join([",".join([*quoted, "y"]), *rows, ""]), encoding="utf-8")
    return path


def test_awkward_names_of_columns_do_not_break_the_config(console, nasty) -> None:
    assert console("init", nasty, "--target", "y", "data.columns={'#c': {type: category}}").code == 0
    text = Path("nasty.yaml").read_text(encoding="utf-8")
    comments = [line for line in text.split("\n") if line.startswith("#   ")]
    assert len(comments) >= len(NASTY) + 1
    answer = console("validate", "nasty.yaml", "--json")
    assert answer.code == 0
    names = [column["name"] for column in json.loads(answer.out)["data"]["columns"]]
    assert names == NASTY


def test_a_table_without_a_config_trains_as_the_starter_config_says(console, root) -> None:
    for name, target in (("penguins", "species"), ("diabetes", "progression"), ("bank", "y")):
        table = root / "data" / f"{name}.csv"
        assert console("init", table, "--target", target).code == 0
        written = console("train", f"{name}.yaml", "--dry-run", "--json").out
        direct = console("train", table, "--target", target, "--dry-run", "--json").out
        assert json.loads(direct) == json.loads(written)


def test_a_layer_that_was_proposed_can_be_changed_where_there_is_no_config(console, small) -> None:
    words = ["network.layers.0.units=7", "network.layers[1].dropout=0.5", "--dry-run", "--json"]
    layers = json.loads(console("train", "table.csv", "--target", "y", *words).out)["config"]["network"]["layers"]
    assert [(layer["units"], layer["dropout"]) for layer in layers] == [(7, 0.0), (256, 0.5), (256, 0.0)]


@pytest.mark.parametrize(
    ("name", "target"),
    [("bank", "y"), ("breast_cancer", "diagnosis"), ("diabetes", "progression"), ("diamonds", "price"),
     ("digits", "digit"), ("iris", "species"), ("penguins", "species")],
)  # fmt: skip
def test_each_shipped_table_gets_a_config_that_is_valid(console, root, name, target) -> None:
    made = console("init", root / "data" / f"{name}.csv", "--target", target)
    assert (made.code, made.out) == (0, f"{name}.yaml\n")
    checked = console("validate", f"{name}.yaml")
    assert (checked.code, checked.err) == (0, made.err)
    assert checked.out.splitlines()[-2] == Path(f"{name}.yaml").read_text(encoding="utf-8").splitlines()[1][2:]


def test_a_wide_table_is_described_by_kinds_of_columns(console) -> None:
    names = ["id", *(f"x{number}" for number in range(300)), "k", "colour", "y"]
    rows = [
        ",".join(
            [
                f"u{row}",
                *("" if row == number < 2 else str((row * 7 + number) % 61 / 4) for number in range(300)),
                "1",
                "rgb"[row % 3],
                "ab"[row * 7 % 5 > 2],
            ]
        )
        for row in range(60)
    ]
    Path("wide.csv").write_text("\n".join([",".join(names), *rows, ""]), encoding="utf-8")
    assert console("init", "wide.csv", "--target", "y").code == 0
    text = Path("wide.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("#   ")][:5]
    assert lines == [
        "#   id           left out  text, different in every row",
        "#   x0 ... x299  number    numbers (300 columns); no value in some rows of 2 columns",
        "#   k            left out  the same in every training row; 1",
        "#   colour       category  text, 3 different values",
        "#   y            target    2 classes",
    ]


NOTICED = """\
# What was noticed
#   warning: column 'id': is text that is different in every row (an identifier?), and is left out
#     hint: to learn from it all the same: data.columns.id.type=category
#   note: column 'same': is the same in every training row and is left out
#   note: column 'gaps': no value in 1 of 210 training rows (the first in line 2): the median 7.5 stands in
#   note: column 'year': has few whole numbers (2007, 2008, 2009): are they names rather than quantities?
#     hint: if they are names: data.columns.year.type=category
#   warning: column 'told': alone tells the target in every row
#     hint: is it known before the target is? If not: 'data.drop=[told]'
#   note: column 'again': has the same value as the column 'a' in every row
#     hint: one of them is enough: 'data.drop=[again]'
#   note: column 'y': the classes differ in size: 288 of 'usual', 12 of 'rare'
#     hint: to weigh the classes alike: training.class_weight=balanced
data:
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the quotes of a POSIX shell")
def test_what_was_noticed_is_in_the_config_and_on_stderr(console) -> None:
    rows = []
    for row in range(300):
        a, rare = row * 7 % 300 / 4, row % 25 == 0
        gap = "" if row == 0 else f"{row % 13 + 1.5}"
        rows.append(f"u{row},{a},5,{gap},{2007 + row % 3},{'TF'[rare]},{a},{'rare' if rare else 'usual'}")
    Path("t.csv").write_text("\n".join(["id,a,same,gaps,year,told,again,y", *rows, ""]), encoding="utf-8")
    answer = console("init", "t.csv", "--target", "y")
    text = Path("t.yaml").read_text(encoding="utf-8")
    begin = text.index("# What was noticed")
    assert text[begin : text.index("preset:")] + "data:\n" == NOTICED
    printed = [line[4:] for line in NOTICED.splitlines()[1:-1]]
    assert answer.err.splitlines() == printed
    assert "\n  # class_weight: balanced  # the classes differ in size" in text
    assert console("validate", "t.yaml").err == answer.err
    uncommented = text.replace("  # class_weight", "  class_weight")
    Path("t.yaml").write_text(uncommented, encoding="utf-8")
    assert load_config("t.yaml").config.training.class_weight == "balanced"


@pytest.mark.parametrize("name", ["patient", "Patient-ID", "用户", "'id'"])
def test_a_split_by_group_is_proposed_and_nothing_is_left_to_say_when_it_is_taken(console, name) -> None:
    rows = [f"{row % 12 * 97},{row * 7 % 61 / 4},{'ab'[row * 7 % 5 > 2]}" for row in range(60)]
    Path("t.csv").write_text("\n".join([f"{name},x,y", *rows, ""]), encoding="utf-8")
    answer = console("init", "t.csv", "--target", "y")
    assert "looks like a group: 12 values with about 5 rows each" in answer.err
    lines = Path("t.yaml").read_text(encoding="utf-8").splitlines()
    (used,) = [line for line in lines if line.startswith("  split: ")]
    (proposed,) = [line for line in lines if line.startswith("  # split: ")]
    assert lines.index(proposed) == lines.index(used) + 1
    assert proposed.endswith("  # no group in two parts: to predict for others than those in the table")
    lines[lines.index(used) : lines.index(used) + 2] = [proposed.replace("# ", "", 1)]
    Path("t.yaml").write_text("\n".join(lines), encoding="utf-8")
    split = load_config("t.yaml").config.data.split
    assert (split.method, split.column, split.validation, split.test) == ("group", name, 0.15, 0.15)
    assert console("validate", "t.yaml").err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="the quotes of a POSIX shell")
def test_bad_cells_are_an_error_whose_hint_makes_a_config_that_trains(console) -> None:
    rows = [f"{'abc' if row == 5 else row * 7 % 13},{row % 11},{'ab'[row * 7 % 5 > 2]}" for row in range(60)]
    Path("t.csv").write_text("\n".join(["it's a size,b,y", *rows, ""]), encoding="utf-8")
    refused = console("init", "t.csv", "--target", "y")
    assert (refused.code, Path("t.yaml").exists()) == (2, False)
    (hint,) = [line for line in refused.err.splitlines() if line.startswith("  hint:")]
    word = shlex.split(hint.split("what to do: ")[1])[0]
    made = console("init", "t.csv", "--target", "y", word)
    assert made.code == 0
    assert "column \"it's a size\": 1 cell cannot be read and is counted as missing: 'abc' (line 7)" in made.err
    assert "\n  columns: {it's a size: {bad_values: missing}}\n" in Path("t.yaml").read_text(encoding="utf-8")
    assert console("validate", "t.yaml").code == 0


REASONS = {
    "fractions": (lambda row: f"{row % 7}.5", "regression  # numbers with fractions"),
    "many whole numbers": (lambda row: row * 7 % 29, "regression  # numbers, 29 different values"),
    "few whole numbers": (
        lambda row: row % 3,
        'multiclass  # 3 different values: "0" in 20, "1" in 20, "2" in 20 rows',
    ),
    "two words": (lambda row: "yn"[row % 2], "binary  # 2 different values: n in 30, y in 30 rows"),
}


@pytest.mark.parametrize(("cell", "line"), REASONS.values(), ids=REASONS)
def test_the_task_that_is_proposed_has_a_reason(console, cell, line) -> None:
    rows = [f"{row * 11 % 60 / 4},{cell(row)}" for row in range(60)]
    Path("t.csv").write_text("\n".join(["a,y", *rows, ""]), encoding="utf-8")
    assert console("init", "t.csv", "--target", "y").code == 0
    assert f"\n  task: {line}\n" in Path("t.yaml").read_text(encoding="utf-8")


def test_a_type_that_was_stated_is_the_reason_and_stays(console) -> None:
    rows = [f"{row * 11 % 60 / 4},{row % 3}" for row in range(60)]
    Path("t.csv").write_text("\n".join(["a,y", *rows, ""]), encoding="utf-8")
    assert console("init", "t.csv", "--target", "y", "data.columns.y.type=number").code == 0
    text = Path("t.yaml").read_text(encoding="utf-8")
    assert "\n  task: regression  # the column was stated to be a number\n" in text
    assert console("validate", "t.yaml").code == 0
