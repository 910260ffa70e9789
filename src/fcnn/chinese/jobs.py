"""Chinese of what :mod:`fcnn.jobs` and :mod:`fcnn.training` say: preparing, training, predicting, scoring."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "{part}: scored on {some:,} of its {count:,} rows, chosen at random by the seed": (
        "{part}：共 {count:,} 行，由种子随机选出 {some:,} 行来评分"
    ),
    # --- the job in one line ---
    "{task}: {rows} rows; network {network}, {parameters:,} parameters": (
        "{task}：{rows} 行；网络 {network}，{parameters:,} 个参数"
    ),
    "{count:,} train": "训练集 {count:,}",
    "{count:,} validation": "验证集 {count:,}",
    "{count:,} test": "测试集 {count:,}",
    # --- training ---
    "the network of that run has other shapes than this config's": "那次运行的网络与这份配置的网络形状不同",
    "XLA of TensorFlow 2.4 cannot compile Adam with amsgrad": "TensorFlow 2.4 的 XLA 不能编译带 amsgrad 的 Adam",
    "not enough memory to train {count:,} weights, {size:.2g} GB and several times that": (
        "内存不够训练 {count:,} 个权重：它们占 {size:.2g} GB，而训练需要其几倍"
    ),
    "fewer units, or a smaller batch_size": "减少单元数，或者减小 batch_size",
    "the network's output is not finite": "网络的输出不是有限的数",
    "a lower learning rate": "降低学习率",
    "NumPy's forward pass differs from Keras's by {worst:.1e}, more than {limit:.0e}": (
        "NumPy 的前向传播与 Keras 相差 {worst:.1e}，超过 {limit:.0e}"
    ),
    "an activation with very large outputs? try relu, or batch_normalization": (
        "是不是激活函数的输出很大？试试 relu 或 batch_normalization"
    ),
    "{what} in epoch {epoch}": "第 {epoch} 轮{what}",
    "{what} in epoch {epoch}; nothing was kept": "第 {epoch} 轮{what}；没有留下结果",
    "the loss became {value}": "损失变成了 {value}",
    "the validation loss became {value}": "验证集的损失变成了 {value}",
    "a weight became NaN or infinite": "有权重变成了 NaN 或无穷大",
    "try training.optimizer.learning_rate={rate:g}, or training.clipnorm=1": (
        "试试 training.optimizer.learning_rate={rate:g} 或 training.clipnorm=1"
    ),
    "look at column {name!r} for outliers": "看看列 {name!r} 里有没有异常值",
    # --- predicting ---
    "the table has no column {names}: it counts as missing in every row": "表格里没有列 {names}：每一行都算作缺失值",
    "the table lacks {count:,} columns, which count as missing in every row: {names}": (
        "表格缺少 {count:,} 列，它们在每一行都算作缺失值：{names}"
    ),
    "and {count:,} columns more: {names}": "另外还有 {count:,} 列：{names}",
    "--fill counts it as missing in every row": "加上 --fill，就把它在每一行都算作缺失值",
    "--fill is no help: it was never missing in training": "--fill 也没有用：训练时它从来没有缺失",
    "{left}; {right}": "{left}；{right}",
    "the result has a column {name!r} of its own": "结果里本来就有一列叫 {name!r}",
    "rename that column of the table": "给表格里的那一列改名",
    "the result has a character that {encoding} does not have": "结果里有 {encoding} 编码没有的字符",
    "--encoding utf-8": "改用 --encoding utf-8",
    "its dates or decimal marks are written in different ways": "其中的日期或小数点有不同的写法",
    "one way in all rows": "所有行用同一种写法",
    "{first} and {second}": "{first} 和 {second}",
    "{count:,} of {rows:,} values are missing, and none was in training: the usual value stands in": (
        "{rows:,} 个值中有 {count:,} 个缺失，而训练时没有缺失：用常见的值代替"
    ),
    "{count:,} of {rows:,} values were not in training, such as {example!r}": (
        "{rows:,} 个值中有 {count:,} 个在训练时没有出现过，例如 {example!r}"
    ),
    "{count:,} of {rows:,} values are beyond those of training, such as {example}": (
        "{rows:,} 个值中有 {count:,} 个超出了训练时的范围，例如 {example}"
    ),
    "{count:,} columns have missing values, and had none in training: {names}, ...": (
        "{count:,} 列有缺失值，而训练时没有：{names} 等"
    ),
    "{count:,} columns have values that were not in training: {names}, ...": (
        "{count:,} 列有训练时没有出现过的值：{names} 等"
    ),
    "{count:,} columns have values beyond those of training: {names}, ...": (
        "{count:,} 列有超出训练时范围的值：{names} 等"
    ),
    "{count:,} of {rows:,} values have no percent sign, such as {example!r}; all had in training": (
        "{rows:,} 个值中有 {count:,} 个不带百分号，例如 {example!r}；训练时全都带"
    ),
    "{count:,} of {rows:,} values have a percent sign, such as {example!r}; none had in training": (
        "{rows:,} 个值中有 {count:,} 个带百分号，例如 {example!r}；训练时都不带"
    ),
    "{count:,} columns have percent signs here or in training, not in both: {names}, ...": (
        "{count:,} 列的百分号只在这里或只在训练时有：{names} 等"
    ),
    "dates are read as {new}; in training they were {old}": "日期按 {new} 读取；训练时是 {old}",
    "the decimal mark is {new!r}; in training it was {old!r}": "小数点是 {new!r}；训练时是 {old!r}",
    "the network's output is not finite in 1 row": "网络的输出有 1 行不是有限的数",
    "the network's output is not finite in {count:,} rows": "网络的输出有 {count:,} 行不是有限的数",
}
"""English template to Chinese template."""
