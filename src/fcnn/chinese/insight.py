"""Chinese of what is said about the importance of columns, and about planes through a table."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "the pictures of the scores stay as they are: predictions.csv has {some:,} of the {count:,} rows that were "
    "scored": ("评分的图保持原样：predictions.csv 只有评分的 {count:,} 行中的 {some:,} 行"),
    "to draw it: fcnn surface {run}": "绘制它：fcnn surface {run}",
    "{files} as before: to draw it takes rows of the table": "{files} 保持原样：绘制它需要表格中的行",
    # --- the importance of columns ---
    "most important: {columns} ({metric} of {rows}, {error}, with that column shuffled)": (
        "最重要的列：{columns}（打乱该列后，{rows}的 {metric} 增加这么多；原为 {error}）"
    ),
    "no column": "没有哪一列",
    "alike, and sharing theirs: {columns}": "彼此相似、分担重要性的列：{columns}",
    "not measured: {count:,} columns that move the first layer less": "还有 {count:,} 列对第一层影响较小，没有测量",
    # --- a plane through the table ---
    "the network has one input: there is no plane to draw it on": "网络只有一个输入：没有平面可画",
    "the run learnt from no column of numbers {name!r}": "这次运行学习的列里没有数值列 {name!r}",
    "a run that has columns of numbers": "有数值列的运行",
    "a plane needs two different columns": "平面需要两个不同的列",
    "--columns and --components are two different planes: leave one out": (
        "--columns 和 --components 是两种不同的平面：去掉其中一个"
    ),
}
"""English template to Chinese template."""
