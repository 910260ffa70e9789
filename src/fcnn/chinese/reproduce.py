"""Chinese of ``fcnn reproduce``."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- what is to be trained again ---
    "only says where files of the run are now, with {keys}": "这里只能说明运行用到的文件现在在哪里：{keys}",
    "to train something else: fcnn train CONFIG": "要训练别的：fcnn train CONFIG",
    "was stopped in its first epoch, and nobody knows after which row": "在第一轮中途停止，无从知道停在哪一行",
    "train it again: fcnn train {config}": "请重新训练：fcnn train {config}",
    "the weights that the run began with are others now": "这次运行的初始权重已经变了",
    "the run was trained on {count} files": "这次运行用 {count} 个文件训练",
    "if it lies elsewhere: fcnn reproduce RUN {words}": "如果在别处：fcnn reproduce RUN {words}",
    # --- what is known before ---
    "the run has no receipt: an fcnn before there were any wrote it, and its files are not checked": (
        "这次运行没有回执：它出自还没有回执的 fcnn，文件不作核对"
    ),
    "was trained on the {then} stack, and this is the {now} one: bits cannot be the same, metrics should be": (
        "在 {then} 环境中训练，而这里是 {now} 环境：不可能逐位相同，指标应当相近"
    ),
    "was trained by {count} workers, and this is one process: equal but for rounding at best": (
        "由 {count} 个进程共同训练，而这里只有一个：最多只差舍入误差"
    ),
    "was trained on a GPU, which takes sums in no fixed order": "在 GPU 上训练，求和的顺序不固定",
    "callbacks from Python took part in it, which are not called now": "当时有 Python 的回调参与，现在不会调用",
    "was begun with other versions than it was ended with": "开始和结束时软件包的版本不同",
    # --- the answer ---
    "interrupted: nothing was compared": "已中断：没有作比较",
    "identical: {epochs} epochs, weights, predictions and metrics are the same, bit for bit": (
        "完全相同：{epochs} 轮训练、权重、预测和指标逐位相同"
    ),
    "not identical: the history is the same, and what came of it is not": "不相同：训练过程相同，结果不同",
    "not identical: it differs from epoch {epoch} on": "不相同：从第 {epoch} 轮起不同",
    "epochs: {then} then, {now} now": "轮数：当时 {then}，现在 {now}",
    "from epoch": "从第几轮起",
    "then": "当时",
    "now": "现在",
    "weights: arrays of other shapes": "权重：数组的形状不同",
    "weights: the largest difference is {size:.2g}, in {name}": "权重：最大差异 {size:.2g}，在 {name} 中",
    "95 % then": "当时的 95 %",
    "within": "在其中",
    "predictions: other rows are held out": "预测：留出的行不同",
    "predictions: the largest difference is {size:.2g}; {other} of {rows} rows get another class": (
        "预测：最大差异 {size:.2g}；{rows} 行中有 {other} 行的类别不同"
    ),
    "predictions: the largest difference is {size:.2g}": "预测：最大差异 {size:.2g}",
    "metrics: {count} numbers differ; {name}: {then} then, {now} now": (
        "指标：有 {count} 个数不同；{name}：当时 {then}，现在 {now}"
    ),
    "baselines, which are not the network's: {count} numbers differ": "基线模型（不属于网络）：有 {count} 个数不同",
    "metrics within the noise of the first run: {inside} of {count}": (
        "落在第一次运行误差范围内的指标：{count} 项中有 {inside} 项"
    ),
    "different here": "这里的不同",
    "1 other package differs": "另有 1 个软件包不同",
    "{count} other packages differ": "另有 {count} 个软件包不同",
}
"""Every English template to the Chinese one."""
