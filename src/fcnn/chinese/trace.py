"""Chinese of what ``fcnn trace`` says."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- the table of a run ---
    "the table that the run was trained on cannot be read: {reason}": "训练这次运行所用的表格读不出来：{reason}",
    "is not the table that the run was trained on": "不是训练这次运行时的表格",
    "bring the file back, or train again": "把文件恢复原样，或者重新训练",
    "the table has no such row": "表格里没有这一行",
    "a whole number from 0 to {last}": "0 到 {last} 的整数",
    "row {row} has no target, so that there is no loss to trace back": "数据行 {row} 没有目标值，也就没有损失可以回溯",
    "choose another --row": "用 --row 另选一行",
    "TensorFlow cannot be used here: the gradients are not compared with its own": (
        "这里用不了 TensorFlow：梯度没有和它自己求得的比较"
    ),
    "the trace of row {row} is in {page}": "数据行 {row} 的推导过程已写入 {page}",
    # --- what is left out ---
    "batch normalization uses its moving statistics, as in predicting": "批归一化用滑动统计量，和预测时一样",
    "dropout is off, as in predicting": "dropout 关闭，和预测时一样",
    "the weights of rows and classes are left out: it is the loss of the row itself": (
        "不计行和类别的权重：这是这一行自己的损失"
    ),
    "the penalties l1 and l2 are left out": "不计 l1 和 l2 惩罚项",
    # --- the story ---
    "row {row} of {file}, {place}": "{file} 的数据行 {row}（从 0 数起），{place}",
    "run {run}: {network}": "运行 {run}：{network}",
    "{target} is {truth}, predicted is {prediction}": "{target} 是 {truth}，预测为 {prediction}",
    "the row: x": "这一行：x",
    "features of the row": "这一行的特征",
    "feature": "特征",
    "cell": "单元格",
    "y = {y} stands for {name}": "y = {y} 表示 {name}",
    "y is 1 for class {unit}, {name}, and 0 for the others": "第 {unit} 类（{name}）的 y 是 1，其余是 0",
    "the target is standardised, as in training: {formula}": "目标值和训练时一样经过标准化：{formula}",
    "forward: z = x W + b, a = g(z), layer by layer": "前向传播：z = x W + b，a = g(z)，逐层计算",
    "the formulas are filled in for the unit of each layer with the largest dL/dz; of a sum the largest terms are "
    "written out, and {others} are the 12 others, 0.5 together": (
        "公式里填的是每层 dL/dz 最大的那个单元；求和只写出最大的几项，{others} 表示其余 12 项，合计 0.5"
    ),
    "where batch normalization stands between, u = x W + b, and z is what it makes of u": (
        "中间有批归一化时，u = x W + b，z 是 u 归一化的结果"
    ),
    "unit": "单元",
    "class name": "类别名",
    "and 1 more, which is 0": "还有 1 个，值为 0",
    "and {count:,} more, which are 0": "还有 {count:,} 个，值都是 0",
    "and 1 more": "还有 1 个",
    "and {count:,} more": "还有 {count:,} 个",
    "and 1 more; of all: {ranges}": "还有 1 个；全部的范围：{ranges}",
    "and {count:,} more; of all: {ranges}": "还有 {count:,} 个；全部的范围：{ranges}",
    "the loss: {name}": "损失：{name}",
    "backward: the chain rule, from the last layer to the first": "反向传播：链式法则，从最后一层到第一层",
    "how large the gradients are": "梯度有多大",
    "Euclidean norms": "欧几里得范数",
    "are the gradients right?": "梯度算得对吗？",
    "beside TensorFlow's gradient tape, in float32: largest difference {largest:.1e}, relative to the largest entry of "
    "its array {relative:.1e}, in {count} arrays; its loss is {theirs:.6g}, ours {ours:.6g}": (
        "和 TensorFlow 的 GradientTape（float32）相比：{count} 个数组里最大相差 {largest:.1e}，"
        "相对于各数组的最大元素是 {relative:.1e}；它的损失是 {theirs:.6g}，这里是 {ours:.6g}"
    ),
    "beside the slope of the loss, (L(w + h) - L(w - h)) / 2h: largest difference {largest:.1e}, of {count} weights": (
        "和损失的斜率 (L(w + h) - L(w - h)) / 2h 相比：{count} 个权重里最大相差 {largest:.1e}"
    ),
    "chain rule": "链式法则",
    "slope": "斜率",
    "apart by": "相差",
    "weights with the largest gradients among them": "其中梯度最大的权重",
    "without a nonlinearity all layers are one": "没有非线性，所有层就是一层",
    "multiplied out, the {layers} layers are one; for this row its output differs by {difference:.1e}": (
        "把矩阵乘开，{layers} 层就是一层；这一行的输出相差 {difference:.1e}"
    ),
    "layer and activation": "层和激活函数",
    "scores of both": "两者的得分",
    "the network": "这个网络",
    "the one layer": "合成的一层",
}
"""English template to Chinese template."""
