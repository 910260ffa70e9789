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
    "{rows:,} training rows: {units} and {half} units": "训练集 {rows:,} 行：{units} 和 {half} 个单元",
    "{features:,} features for {rows:,} training rows: {units} and {half} units, to have fewer weights": (
        "训练集 {rows:,} 行，特征 {features:,} 个：{units} 和 {half} 个单元，让权重少一些"
    ),
    "dropout, as less than {count:,} rows are soon learnt by heart": (
        "用 dropout，因为不到 {count:,} 行的数据很快会被死记下来"
    ),
    "at most; early stopping ends before": "最多这么多轮；没有进步就提前停止",
    "as Kingma and Ba propose it": "Kingma 和 Ba 建议的值",
    "epochs without a better validation loss": "验证损失连续这么多轮没有更好就停止",
    "two hidden layers of relu": "两个 relu 隐藏层",
    "a power of two near the square root of the training rows": "接近训练集行数平方根的 2 的幂",
    "the classes differ in size: a row of a rare one counts for more": (
        "各类别的数量相差很大：少见类别的每一行算得更重"
    ),
}
"""English template to Chinese template."""
