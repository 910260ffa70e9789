"""Chinese of what :mod:`fcnn.config` says about a config as a whole: its keys, its values, the layers, the training."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- values and keys ---
    "{received} stands where {wanted} belongs": "这里应该是{wanted}，写的却是{received}",
    "unknown {what} {name}": "不认识的 {what}：{name}",
    "unknown key {key}": "不认识的键 {key}",
    "{value} is too small": "{value} 太小",
    "{value} is too large": "{value} 太大",
    "`{value}` is no finite number": "`{value}` 不是有限的数",
    "the key `{key}` is missing": "缺少键 `{key}`",
    "the key `name` is missing: which {section}?": "缺少键 `name`：要用哪一种 {section}？",
    "{kind} is no name": "名字不能是{kind}",
    "`{key}` is an option of {owners}, not of {tag}": "`{key}` 是 {owners} 的选项，{tag} 没有它",
    "{tag} has {options}": "{tag} 的选项有 {options}",
    "{tag} has no options": "{tag} 没有选项",
    "`negative_slope` is an option of leaky_relu, not of {name}": (
        "`negative_slope` 是 leaky_relu 的选项，{name} 没有它"
    ),
    "write name: leaky_relu, or delete it": "写 name: leaky_relu，或者删掉它",
    "`{key}` belongs to the top level, beside `data` and `network`": (
        "`{key}` 要写在最外层，与 `data` 和 `network` 并列"
    ),
    "`{key}` belongs into {sections}": "`{key}` 要写在 {sections} 里面",
    "`{option}` is an option of a layer: {code}": "`{option}` 是层的选项：{code}",
    # --- kinds of values ---
    "nothing": "空值",
    "true or false": "true 或 false",
    "a whole number": "整数",
    "whole numbers": "整数",
    "a number": "数",
    "numbers": "数",
    "text": "文本",
    "a list": "列表",
    "a list of {items}": "列表，每一项是{items}",
    "a mapping": "键值对",
    "mappings": "键值对",
    "a mapping of names to {items}": "键值对，名字对应{items}",
    "{noun} with {keys}": "{noun}（要有 {keys}）",
    "{noun} {low} and {high}": "{noun} {low} 且 {high}",
    "{kind} ({description})": "{kind}（{description}）",
    "a Python object of type {type}": "类型为 {type} 的 Python 对象",
    "one of {names}": "其中之一：{names}",
    "auto, or {names}": "auto，或者 {names}",
    # --- what the required keys are ---
    "The CSV, relative to this file; a list or a glob is one table in parts": (
        "CSV 文件，相对于本文件的路径；列表或通配符表示分成几个文件的一张表"
    ),
    "The column to predict": "要预测的列",
    "A number is a layer of so many units with relu; [] is linear": (
        "一个数表示一层，有这么多个单元，激活函数是 relu；[] 表示线性模型"
    ),
    # --- what to write ---
    "write {code}": "写成 {code}",
    "write `{code}`": "写成 `{code}`",
    "such as {code}": "例如 {code}",
    "such as {code}, or `preset: strong`": "例如 {code}，或 `preset: strong`",
    "write a list: {code}": "写成列表：{code}",
    "drop the quotes: {number}": "去掉引号：{number}",
    'if that is its name, put it in quotes: "{value}"': '如果这就是它的名字，请加上引号："{value}"',
    "delete the comma or the `-` too many": "删掉多余的逗号或 `-`",
    "indent the keys of `{key}`": "把 `{key}` 下面的键缩进",
    "write a value behind `{key}:`": "在 `{key}:` 后面写上值",
    "{advice}, or delete the key to get its default": "{advice}；或者删掉这个键，采用默认值",
    "it is a share: write {share:g} for {value:g} %": "这里填的是比例：{value:g} % 写成 {share:g}",
    "every layer is fully connected: write {code}": "每一层都是全连接层：写成 {code}",
    "delete it": "删掉它",
    "delete one of the two": "两个当中删掉一个",
    "delete the key, or set task: binary": "删掉这个键，或者设置 task: binary",
    "delete the key; data.weight names a column of sample weights": "删掉这个键；样本权重所在的列用 data.weight 指定",
    # --- output layer and loss ---
    "any task": "任何任务",
    "an output layer with {activation} does not fit {task}": "输出层用 {activation} 不适合 {task}",
    "the loss {loss} does not fit {task}": "损失函数 {loss} 不适合 {task}",
    "the loss {loss} does not fit an output layer with {activation}": "损失函数 {loss} 与 {activation} 输出层不配",
    "`positive` names a class of a binary task, and the task is {task}": (
        "`positive` 指的是二分类任务的类别，而任务是 {task}"
    ),
    "`class_weight` weights classes, and the task is regression": "`class_weight` 是类别的权重，而任务是回归",
    "the target has no class `{name}`": "目标列没有类别 `{name}`",
    "classes: {classes}": "类别：{classes}",
    "{names} and {count} more": "{names} 等，另有 {count} 个",
    # --- layers ---
    "without a hidden layer this is linear regression": "没有隐藏层，就是线性回归",
    "without a hidden layer this is logistic regression": "没有隐藏层，就是逻辑回归",
    "without a hidden layer this is logistic or linear regression": "没有隐藏层，就是逻辑回归或线性回归",
    "without a nonlinear activation the whole network is one linear map": (
        "没有非线性的激活函数，整个网络只是一个线性映射"
    ),
    "activation: relu; else `layers: []` gives the same": "activation: relu；否则 `layers: []` 的效果完全一样",
    "{count} layers of {kinds}: the gradients vanish on the way to the first ones": (
        "{count} 层都是 {kinds}：梯度传到前面几层时已经消失"
    ),
    "activation: relu, or batch_normalization: true, or fewer layers": (
        "activation: relu，或者 batch_normalization: true，或者减少层数"
    ),
    "softmax in a hidden layer: its outputs sum to 1, so that few units learn at a time": (
        "隐藏层用了 softmax：它的输出总和为 1，同一时间只有少数单元在学习"
    ),
    "relu; softmax is for the output layer": "relu；softmax 是给输出层用的",
    "kernels that all start as {initializer} keep the units of a layer equal for ever": (
        "权重全部从 {initializer} 开始，同一层的单元就永远相同"
    ),
    "auto chooses what fits the activation": "auto 会选择适合激活函数的方法",
    "a dropout of {dropout:g} leaves {kept:.1%} of the layer's outputs": (
        "dropout 为 {dropout:g}，该层的输出只剩 {kept:.1%}"
    ),
    "0.1 to 0.5 is usual": "通常取 0.1 到 0.5",
    "batch normalization over batches of one row makes every value the same": (
        "每批只有一行时，批归一化会把所有的值变得一样"
    ),
    "training.batch_size: 16 or more": "training.batch_size：16 或更大",
    "{parameters:,} weights for {rows:,} training rows and {features:,} features, more than {limit} a row: "
    "the network can learn the rows by heart": (
        "权重有 {parameters:,} 个，而训练集只有 {rows:,} 行、{features:,} 个特征，平均每行超过 {limit} 个："
        "网络可以把这些行背下来"
    ),
    "fewer units, or dropout or l2": "减少单元数，或者用 dropout 或 l2",
    # --- training ---
    "the batch of {batch:,} is larger than the {rows:,} training rows: every epoch is one step": (
        "每批 {batch:,} 行，比训练集的 {rows:,} 行还多：每轮只走一步"
    ),
    "smaller batches learn in fewer epochs; `auto` chooses one": "批小一些，用较少的轮数就能学会；`auto` 会自动选择",
    "the default of {name} is {rate:g}": "{name} 的默认值是 {rate:g}",
    "a learning rate of {rate:g} is out of any reason for {name}: the loss will blow up": (
        "学习率 {rate:g} 对 {name} 来说太大了：损失会爆炸"
    ),
    "with a learning rate of {rate:g} the weights hardly move": "学习率只有 {rate:g}，权重几乎不动",
    "a patience of {patience} never ends a training of {epochs} epochs": (
        "patience 为 {patience}，而一共只训练 {epochs} 轮，早停永远不会起作用"
    ),
    "the learning rate is never reduced: early stopping ends the training after {patience} epochs without improvement, "
    "and the plateau waits for {plateau}": (
        "学习率永远不会降低：{patience} 轮没有进步，早停就结束训练，而 plateau 要等 {plateau} 轮"
    ),
    "half the patience of early stopping, or less": "取早停的 patience 的一半或更小",
    "the learning rate is never reduced: a step of {every} epochs, of {epochs} in all": (
        "学习率永远不会降低：每 {every} 轮降一次，而一共只有 {epochs} 轮"
    ),
    "seconds, or such as 90s, 10m, 2h, 1h30m": "秒数，或者 90s、10m、2h、1h30m 这样的写法",
    "no length of time": "这不是时间长度",
    "a length of time is more than 0 seconds": "时间长度必须大于 0 秒",
    "this cannot be a folder's name": "这不能用作文件夹的名字",
    "run.dir is the folder it goes to": "要写到哪个文件夹，用 run.dir 指定",
    # --- data ---
    "there is nothing to learn from": "没有可以用来学习的列",
    "delete it for all columns": "删掉它就用所有的列",
    "`{name}` is the target, it can be no feature": "`{name}` 是目标列，不能作特征",
    "`{name}` is the weight, it can be no feature": "`{name}` 是权重列，不能作特征",
    "`{name}` is the target, it cannot be dropped": "`{name}` 是目标列，不能丢掉",
    "`{name}` is the weight, it cannot be dropped": "`{name}` 是权重列，不能丢掉",
    "`{name}` is the target, it can be no weight": "`{name}` 是目标列，不能作权重",
    "a column of sample weights": "样本权重所在的列",
    "`{name}` is to be dropped and a feature": "`{name}` 既要丢掉，又要作特征",
    "delete it in one of the two lists": "从两个列表之一中删掉它",
    "`{name}` is in this list twice": "`{name}` 在这个列表里出现了两次",
    "the type of `{name}` has no effect: the column is not used": "`{name}` 的类型不起作用：没有用到这一列",
    "validation and test leave no rows to train on": "验证集和测试集占去了所有的行，没有行可以训练",
    "validation + test < 1": "validation + test 小于 1",
    "method: {method} needs a column": "method: {method} 需要指定一列",
    "the column has no effect with method: {method}": "method: {method} 时这一列不起作用",
    "method: group, time or column": "method 为 group、time 或 column",
    "`{name}` is the target, it cannot say how to split": "`{name}` 是目标列，不能用来划分",
    "`{name}` is the weight, it cannot say how to split": "`{name}` 是权重列，不能用来划分",
    "the split is that of a column, not of files": "已经按列划分，就不能再按文件划分",
    "a format is for dates, and `{name}` is stated to be a {type}": "format 是给日期用的，而 `{name}` 指定为 {type}",
    "`{format}` is no format of dates": "`{format}` 不是日期格式",
    "as strptime has them: %d/%m/%Y, %Y-%m-%d %H:%M:%S, %d %b %Y ...": (
        "strptime 的写法：%d/%m/%Y、%Y-%m-%d %H:%M:%S、%d %b %Y 等"
    ),
    "`{target}` is the target, and no date can be predicted": "`{target}` 是目标列，而日期无法预测",
    "number, category or boolean": "number、category 或 boolean",
    "`{target}` is stated to be a {type}, and the task is {task}": "`{target}` 指定为 {type}，而任务是 {task}",
    "delete one of the two; {type} means {tasks}": "两个当中删掉一个；{type} 对应的任务是 {tasks}",
    "unknown encoding `{encoding}`": "不认识的编码 `{encoding}`",
}
"""English template to Chinese template."""
