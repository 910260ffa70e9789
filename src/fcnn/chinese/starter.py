"""Chinese of the table of columns that `fcnn validate` prints, and of the comments that `fcnn init` writes."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- the headings of the table ---
    "column": "列",
    "type": "类型",
    "why": "依据",
    "values": "取值",
    "features": "特征数",
    # --- what a column is taken for ---
    "number": "数值",
    "category": "类别",
    "boolean": "真假值",
    "date": "日期",
    "target": "目标",
    "weight": "权重",
    "split": "划分",
    "left out": "不用",
    # --- why, and what it holds ---
    "{count:,} classes": "{count:,} 个类别",
    "a quantity": "数量",
    "of each row": "每行的权重",
    "it has no name": "没有名字",
    "in data.drop": "写在 data.drop 里",
    "not in data.features": "不在 data.features 里",
    "{lowest} to {highest}": "{lowest} 到 {highest}",
    "{count:,} different": "{count:,} 种",
    "{count:,} of {rows:,}": "{rows:,} 行中 {count:,} 行",
    "no value in {places}": "{places}没有值",
    "{reason}; or another reason": "{reason}；或者别的原因",
    "{reason} ({count:,} columns)": "{reason}（{count:,} 列）",
    "some rows of 1 column": "1 列的一些行",
    "some rows of {count:,} columns": "{count:,} 列的一些行",
    # --- the comments of a starter config ---
    "no group in two parts: to predict for others than those in the table": "同一组只在一个部分：用于预测表格之外的组",
    "What each column was taken for, and why; to change one: {example}": (
        "每一列被当作什么，以及依据；要改变某一列：{example}"
    ),
    "What was noticed": "注意到的情况",
    "... and {count:,} more": "另外还有 {count:,} 条",
    "its values for this table are written out below; one that is deleted is still in force": (
        "它给这个表格的值都写在下面；删掉的仍然有效"
    ),
    "columns to leave out": "不用的列",
    "{rows} rows": "{rows} 行",
    "as it was stated": "配置里写明",
    "the column was stated to be a {kind}": "配置里写明这一列是{kind}",
    "numbers with fractions": "带小数的数",
    "numbers, {count:,} different values": "数，{count:,} 个不同的值",
    "{name} in {count:,}": "{name} 有 {count:,} 行",
    "{count:,} different values: {values} rows": "{count:,} 个不同的值：{values}",
    "two hidden layers of relu": "两个 relu 隐藏层",
    "as Kingma and Ba propose it": "Kingma 和 Ba 建议的值",
    "median and quartiles: outliers do not squeeze the rest": "用中位数和四分位数：离群值不会把其余的挤到一起",
    "and no outlier is more than three of these away": "离群值最远也不超过它们的三倍",
    "steps that fit layers of any width": "步长适合任何宽度的层",
    "as RealMLP has them": "与 RealMLP 相同",
    "as RealMLP has it": "与 RealMLP 相同",
    "steps on 256 rows at most, the last as large": "每步最多 256 行，最后一步也一样大",
    "how much each feature counts is learnt first": "先学会每个特征有多重要",
    "selu for classes": "类别用 selu",
    "mish for quantities": "数量用 mish",
    "starts at 0": "从 0 开始",
    "starts at 0; no prediction beyond the training targets": "从 0 开始；预测不超出训练目标的范围",
    "of which the best one is kept; more are no better where there are rows enough": (
        "保留其中最好的一轮；行数够多时，更多轮也不会更好"
    ),
    "{rows:,} training rows: an epoch is few steps": "训练集 {rows:,} 行：一轮只有几步",
    "four cycles, each longer than the one before": "四个周期，一个比一个长",
    "better classes; probabilities are less sure": "类别更准；概率不那么绝对",
    "the cycles are to end; the best epoch is kept": "要走完各个周期；保留最好的一轮",
    "the classes differ in size: a row of a rare one counts for more": (
        "各类别的数量相差很大：少见类别的每一行算得更重"
    ),
}
"""English template to Chinese template."""
