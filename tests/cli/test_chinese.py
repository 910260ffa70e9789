"""Messages in Chinese: where they are asked for, where the system speaks it, and where the console can show it."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

import json
import re
from pathlib import Path
from typing import Dict

import pytest

CONFIG = """\
data: {path: table.csv, target: y}
network: {layers: [4]}
"""
ROWS = "".join(f"{number / 4:.2f},{'ab'[number % 2]}\n" for number in range(40))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of `c.yaml` and `table.csv`."""
    (tmp_path / "c.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "table.csv").write_text("x,y\n" + ROWS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def speaking(folder: Path, shell):
    """`speaking({"FCNN_LANG": "zh"}, "validate", ...)` runs a command there in a process with these variables."""

    def run(env: Dict[str, str], *words: str, **options: str):
        environment = {"FCNN_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "C.UTF-8", **env}
        return shell(*words, cwd=str(folder), env=environment, **options)

    return run


@pytest.fixture
def said(folder: Path, console, monkeypatch: pytest.MonkeyPatch):
    """`said("zh", "validate", ...)` runs a command there in this process."""

    def run(language: str, *words: str):
        monkeypatch.setenv("FCNN_LANG", language)
        return console(*words)

    return run


ZH = {"FCNN_LANG": "zh"}


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        pytest.param(
            ["network.layer=[3]"],
            "错误：参数 'network.layer=[3]': 不认识的键 `layer`\n  建议：是不是想写 `layers`？\n",
            id="a mistyped key",
        ),
        pytest.param(
            ["network.layers=[[]]", "training.epochs=0"],
            "错误：参数 'network.layers=[[]]' network.layers[0]: 这里应该是整数 或 键值对，写的却是列表\n"
            "  应为：整数 >= 1，或者键值对（要有 `units`）\n"
            "  实际：[]\n"
            "错误：参数 'training.epochs=0': 0 太小\n"
            "  应为：整数 >= 1\n"
            "共 2 个错误。\n",
            id="two values",
        ),
        pytest.param(
            ["data.target=z"],
            "错误：参数 'data.target=z': table.csv 里没有列 'z'\n  建议：可用的有：x, y\n",
            id="no such column",
        ),
        pytest.param(
            ["data.path=tabel.csv"],
            "错误：参数 'data.path=tabel.csv': 没有这个文件\n"
            "  实际：{folder}/tabel.csv\n"
            "  建议：是不是想写 `table.csv`？\n",
            id="no such table",
        ),
    ],
)
def test_a_wrong_config_is_told_in_chinese(said, folder, overrides, message) -> None:
    answer = said("zh", "validate", "c.yaml", *overrides)
    assert (answer.code, answer.out, answer.err) == (2, "", message.format(folder=folder))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        pytest.param(
            b"x,y\n" + ROWS.encode() + b"abc,a\n,b\n5.1cm,a\n",
            "错误：列 'x': 是数值列，但有 2 个单元格不是数\n"
            "  应为：1400.5 这样的数\n"
            "  实际：'abc' (第 42 行), '5.1cm' (第 44 行)\n"
            "  建议：改正文件，或者指明怎么处理：data.columns.x.bad_values=missing（算作缺失值），"
            "data.columns.x.type=category（当作文本）\n",
            id="bad cells",
        ),
        pytest.param(
            b"x,y\n" + ROWS.encode() + b"1\n1,a,b\n",
            "错误：{folder}/table.csv: 2 行的字段太少或太多\n"
            "  应为：每行 2 个字段，与表头一样\n"
            "  实际：第 42 行有 1 个, 第 43 行有 3 个\n"
            "  建议：含有 ',' 的字段要加引号，缺失值请写成空字段\n",
            id="ragged rows",
        ),
        pytest.param(b"", "错误：{folder}/table.csv: 文件是空的\n  应为：第一行是各列的名字\n", id="an empty file"),
    ],
)
def test_a_bad_table_is_told_in_chinese(said, folder, table, words) -> None:
    (folder / "table.csv").write_bytes(table)
    answer = said("zh", "validate", "c.yaml")
    assert (answer.code, answer.out, answer.err) == (2, "", words.format(folder=folder))


def test_a_guessed_encoding_and_rows_without_a_target_are_told_in_chinese(said, folder) -> None:
    rows = "".join(f"{number / 4:.2f},{'高低'[number % 2]}\n" for number in range(40))
    (folder / "table.csv").write_bytes(f"x,y\n{rows}1,\n".encode("gbk"))
    answer = said("zh", "validate", "c.yaml")
    assert answer.code == 0
    assert answer.err == (
        f"警告：{folder}/table.csv: 文件不是 UTF-8 编码，按 gb18030 读取：'高' 和 '低'\n"
        "  建议：如果不对：data.encoding=cp1252\n"
        "警告：列 'y': 1 行没有目标值，不用\n"
        "  建议：空单元格算缺失值，这些也算：NA N/A n/a #N/A <NA> NaN nan NULL null None ? -"
        "；如果它们是类别：'data.columns.y.missing=[]'\n"
    )
    assert answer.out.endswith("c.yaml 没有问题\n")


@pytest.mark.parametrize(
    ("env", "chinese"),
    [
        pytest.param({"LANG": "zh_CN.UTF-8"}, True, id="the locale"),
        pytest.param({"LANG": "en_US.UTF-8", "FCNN_LANG": "zh_CN"}, True, id="FCNN_LANG before the locale"),
        pytest.param({"LANG": "zh_CN.UTF-8", "FCNN_LANG": "en"}, False, id="English before the locale"),
        pytest.param({"FCNN_LANG": "fr"}, False, id="a language that is not spoken"),
        pytest.param({}, False, id="nothing said"),
    ],
)
def test_the_language_is_that_of_the_variable_or_of_the_system(speaking, env, chinese) -> None:
    answer = speaking(env, "validate", "missing-config.yml")
    assert answer.err == (
        "错误：missing-config.yml: 没有这个配置文件\n"
        if chinese
        else "error: missing-config.yml: there is no such config file\n"
    )


@pytest.mark.parametrize(("encoding", "chinese"), [("gbk", True), ("ascii", False), ("cp1252", False)])
def test_a_console_that_cannot_show_chinese_gets_english(speaking, encoding, chinese) -> None:
    answer = speaking({**ZH, "PYTHONIOENCODING": encoding}, "validate", "missing-config.yml", encoding=encoding)
    assert answer.err == (
        "错误：missing-config.yml: 没有这个配置文件\n"
        if chinese
        else "error: missing-config.yml: there is no such config file\n"
    )


def test_what_programs_read_is_english(said, folder) -> None:
    (folder / "table.csv").write_text("x,y\n" + ROWS + ",a\n1,\n", encoding="utf-8")
    in_chinese = said("zh", "validate", "c.yaml", "--json")
    assert in_chinese == said("en", "validate", "c.yaml", "--json")
    assert "1 row has no target and is left out" in [each["message"] for each in json.loads(in_chinese.out)["problems"]]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["tarin"], "错误：没有命令 'tarin'：是不是想写 `train`？\n  建议：fcnn --help\n", id="a command"),
        pytest.param(["show", "nosuch"], "错误：nosuch: 没有这个运行结果\n  建议：可用的有：latest\n", id="a run"),
        pytest.param(
            ["init", "table.csv", "seed=3", "--target", "y"],
            "错误：'seed=3' 不属于 `data`：请在写出的配置里修改\n  建议：fcnn init --help\n",
            id="an argument",
        ),
    ],
)
def test_a_mistake_on_the_command_line_is_told_in_chinese(said, words, message) -> None:
    answer = said("zh", *words)
    assert (answer.code, answer.err) == (2, message)


# --- the table of `fcnn validate` and the comments of `fcnn init` -----------------------------------------------------

COLUMNS = """\
┃ 列                ┃ 类型 ┃ 依据                 ┃           取值 ┃          缺失 ┃ 特征数 ┃
│ rowid             │ 不用 │ 写在 data.drop 里    │                │               │        │
│ species           │ 目标 │ 3 个类别             │                │               │        │
│ island            │ 类别 │ 文本，3 个不同的值   │           3 种 │               │      3 │
│ bill_length_mm    │ 数值 │ 数                   │   32.1 到 59.6 │  344 行中 2 行 │      2 │
"""


def test_what_each_column_was_taken_for_is_told_in_chinese(said, root) -> None:
    answer = said("zh", "validate", str(root / "configs" / "penguins.yaml"))
    assert answer.code == 0
    shown = [cells(line) for line in answer.out.splitlines() if line[0] in "┃│"]
    assert shown[:5] == [cells(line) for line in COLUMNS.splitlines()]
    assert shown[-1] == ["year", "类别", "配置里写明", "3 种", "", "3"]
    assert re.findall("[A-Za-z]+", " ".join(word for _, *row in shown for word in row)) == ["data", "drop"]


def cells(line: str) -> list:
    return [cell.strip() for cell in line.strip("┃│").replace("┃", "│").split("│")]


def test_names_and_cells_of_a_table_are_not_translated(said, folder) -> None:
    rows = "".join(f"{number / 4:.2f},{('no', 'yes')[number % 3 > 1]},{'ab'[number % 2]}\n" for number in range(40))
    (folder / "table.csv").write_text("number,missing,target\n" + rows, encoding="utf-8")
    words = ["c.yaml", "data.target=target", "data.missing=[x]"]
    answer = said("zh", "validate", *words)
    assert [cells(line) for line in answer.out.splitlines() if line.startswith("│")] == [
        ["number", "数值", "数", "0 到 9.75", "", "1"],
        ["missing", "真假值", "'no' 和 'yes'", "2 种", "", "1"],
        ["target", "目标", "2 个类别", "", "", ""],
    ]
    assert said("zh", "validate", *words, "--json") == said("en", "validate", *words, "--json")


STARTER = """\
# fcnn train s.yaml
# multiclass：训练集 240, 验证集 52, 测试集 52 行；NETWORK
#
# 每一列被当作什么，以及依据；要改变某一列：columns: {name: {type: category}}
#   rowid              不用  行号；1 到 344
#   species            目标  3 个类别
#   island             类别  文本，3 个不同的值
#   bill_length_mm     数值  数；32.1 到 59.6；344 行中 2 行没有值
#   bill_depth_mm      数值  数；13.1 到 21.5；344 行中 2 行没有值
#   flipper_length_mm  数值  数；172 到 231；344 行中 2 行没有值
#   body_mass_g        数值  数；2700 到 6300；344 行中 2 行没有值
#   sex                类别  文本，2 个不同的值；344 行中 11 行没有值
#   year               数值  数；2007 到 2009
#
# 注意到的情况
#   警告：列 'rowid': 是行号：每个数都比前一个大 1（是标识符吗？），不用
#     建议：如果还是要用它学习：data.columns.rowid.type=number
#   提示：5 列在训练集的一些行没有值，用常见的值代替：'bill_length_mm', 'bill_depth_mm', 'flipper_length_mm' 等
#   提示：列 'year': 只有几个整数（2007, 2008, 2009）：它们是不是名称，而不是数量？
#     建议：如果是名称：data.columns.year.type=category
# 它给这个表格的值都写在下面；删掉的仍然有效
# 3 个不同的值：Adelie 有 152 行, Chinstrap 有 68 行, Gentoo 有 124 行
# 不用的列
# 训练集 240, 验证集 52, 测试集 52 行
# 用中位数和四分位数：离群值不会把其余的挤到一起
# 离群值最远也不超过它们的三倍
# 步长适合任何宽度的层
# 与 RealMLP 相同
# 先学会每个特征有多重要
# 类别用 selu
# units, activation, dropout, batch_normalization, kernel_initializer, l1, l2
# 从 0 开始
# 训练集 240 行：一轮只有几步
# 每步最多 256 行，最后一步也一样大
# 与 RealMLP 相同
# 四个周期，一个比一个长
# 类别更准；概率不那么绝对
# 要走完各个周期；保留最好的一轮
""".replace("NETWORK", "网络 15 -> 15 input_scale -> 256 selu -> 256 selu -> 256 selu -> 3 softmax，136,466 个参数")


def test_the_comments_of_a_starter_config_are_chinese_whatever_the_console_is(speaking, said, folder, root) -> None:
    words = ["init", str(root / "data" / "penguins.csv"), "--target", "species", "-o", "s.yaml"]
    answer = speaking({**ZH, "PYTHONIOENCODING": "ascii"}, *words, encoding="ascii")
    assert (answer.code, answer.err[:24]) == (0, "warning: column 'rowid':")
    text = (folder / "s.yaml").read_text(encoding="utf-8")
    assert re.findall("#.*", text) == STARTER.splitlines()
    assert said("zh", "validate", "s.yaml").code == 0


def test_a_starter_config_is_the_same_in_both_languages_but_for_its_comments(said, folder, root) -> None:
    table = root / "data" / "bank.csv"
    texts = []
    for language in ("zh", "en"):
        assert said(language, "init", str(table), "--target", "y", "-o", "s.yaml").code == 0
        texts.append((folder / "s.yaml").read_text(encoding="utf-8"))
        (folder / "s.yaml").unlink()
    chinese, english = texts
    assert without_comments(chinese) == without_comments(english)
    assert not re.search("[\u4e00-\u9fff]", english)


def without_comments(text: str) -> list:
    return [line.partition("#")[0].rstrip() for line in text.splitlines() if line.partition("#")[0].strip()]
