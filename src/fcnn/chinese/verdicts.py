"""Chinese of what :mod:`fcnn.evaluation` says of a training, and of what is said where a number is not finite."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- words in them ---
    "ridge regression": "岭回归",
    "{named} and {count} more": "{named} 以及另外 {count} 个",
    "no part": "零",
    # --- against the baselines ---
    "the network is no better than always answering the most frequent class: {split} accuracy {own:.3f} against "
    "{other:.3f}{ranking}": "网络不比总是回答最常见的类别更好：{split}集上准确率 {own:.3f}，后者 {other:.3f}{ranking}",
    ", ROC AUC {own:.3f} against 0.500": "，ROC AUC 为 {own:.3f}，后者 0.500",
    "the network is no better than always answering the mean: {split} RMSE {own:.4g} against {other:.4g}{fit}": (
        "网络不比总是回答平均值更好：{split}集上 RMSE 为 {own:.4g}，后者 {other:.4g}{fit}"
    ),
    "{split} {metric} {own:.3f} against {other:.3f}": "{split}集上 {metric} {own:.3f}，后者 {other:.3f}",
    "{split} RMSE {own:.4g} against {other:.4g}": "{split}集上 RMSE 为 {own:.4g}，后者 {other:.4g}",
    "the network does worse than {model}: {figures}": "网络不如{model}：{figures}",
    "the network is no better than {model}: {figures}": "网络不比{model}更好：{figures}",
    "see whether the columns say anything about the target": "看看这些列到底与目标有没有关系",
    "the columns do say something, as a linear model finds: {line}": "这些列与目标有关，线性模型能看出来：{line}",
    "a linear model suits these rows better: {line}": "线性模型更适合这些数据：{line}",
    "nothing is wrong, but a linear model does as well: {line}": "没有什么不对，但线性模型也一样好：{line}",
    "see the other finding first: it may be the reason": "先看另一条发现：原因可能在那里",
    # --- classes ---
    "one class is never predicted in the {split} split of {rows}: {named}": (
        "有一个类别在{split}集（{rows}）上从未被预测出来：{named}"
    ),
    "{count} classes are never predicted in the {split} split of {rows}: {named}": (
        "有 {count} 个类别在{split}集（{rows}）上从未被预测出来：{named}"
    ),
    "give rare classes more weight: {line}": "给少见的类别更大的权重：{line}",
    "they are no rarer than others: train longer, or with fewer or other layers": (
        "它们并不比别的类别少见：训练得更久一些，或者用更少的层、别的层"
    ),
    # --- layers ---
    "the hidden layer is linear: with the output layer it is one linear layer, and can learn no more than one": (
        "隐藏层是线性的：它与输出层合起来只是一个线性层，学不到更多的东西"
    ),
    "all {count} hidden layers are linear: with the output layer they are one linear layer, and can learn no more "
    "than one": "{count} 个隐藏层全是线性的：它们与输出层合起来只是一个线性层，学不到更多的东西",
    "a nonlinear activation: {line}": "用非线性的激活函数：{line}",
    "vanishing gradients: the first layer receives {part} of the gradient of the last hidden layer, through {count} "
    "layers of {activations}": (
        "梯度消失：经过 {count} 层 {activations} 之后，第一层得到的梯度只有最后一个隐藏层的 {part}"
    ),
    "vanishing gradients: in epoch {epoch} the first layer received {part} of the gradient of the last hidden layer, "
    "through {count} layers of {activations}, and to the end the network explains the rows that it learns from worse "
    "than a linear model": (
        "梯度消失：在第 {epoch} 轮，经过 {count} 层 {activations} 之后，第一层得到的梯度只有最后一个隐藏层的 {part}；"
        "直到最后，网络对它所学的那些行的解释仍不如线性模型"
    ),
    "activations that pass gradients on: {line}": "用能把梯度传下去的激活函数：{line}",
    "weights that keep gradients at their size: {line}": "用能保持梯度大小的权重：{line}",
    "exploding gradients: that of layer {layer} has a norm of {norm:.2g} in half of the epochs, where up to 10 is "
    "usual": "梯度爆炸：第 {layer} 层的梯度在一半的轮次里范数达到 {norm:.2g}，通常不超过 10",
    "cut them: {line}": "把梯度截短：{line}",
    "dead units: {share:.0%} of layer {layer} answer to no row any more, most of them since epoch {epoch}": (
        "死亡的单元：第 {layer} 层有 {share:.0%} 的单元对任何一行都不再有反应，大多数从第 {epoch} 轮开始"
    ),
    "units that cannot die: {line}": "用不会死亡的单元：{line}",
    "saturated units: {share:.0%} of layer {layer} are at a flat end of {activation} for nearly every row, and hardly "
    "learn": (
        "饱和的单元：第 {layer} 层有 {share:.0%} 的单元几乎在每一行上都处于 {activation} 平坦的一端，几乎学不到东西"
    ),
    "sums that stay within the steep part: {line}": "让加权和留在陡峭的部分：{line}",
    "weights that begin as suits the layers: {line}": "用适合这些层的初始权重：{line}",
    # --- learning rate ---
    "the learning rate {rate:g} is too high: {course}": "学习率 {rate:g} 太高：{course}",
    "the training loss rose from {first:.4g} in the first epoch to {last:.4g}": (
        "训练损失从第一轮的 {first:.4g} 上升到 {last:.4g}"
    ),
    "the training loss was {first:.4g} in the first epoch, and is {least:.4g} where nothing is known": (
        "第一轮的训练损失是 {first:.4g}，而什么都不知道时是 {least:.4g}"
    ),
    "the learning rate {rate:g} is too low: no layer's weights changed by more than {share:.2g} of their size in an "
    "epoch, and the training loss fell from {first:.4g} to {last:.4g} only": (
        "学习率 {rate:g} 太低：没有一层的权重在一轮里的变化超过自身大小的 {share:.2g}，训练损失只从 {first:.4g} 降到 "
        "{last:.4g}"
    ),
    "try a lower learning rate: {line}": "试试更低的学习率：{line}",
    "try a higher learning rate: {line}": "试试更高的学习率：{line}",
    "the training loss never improved: {first:.4g} in the first epoch, {lowest:.4g} at its lowest, {last:.4g} in the "
    "last of {epochs}": (
        "训练损失从未改善：第一轮 {first:.4g}，最低 {lowest:.4g}，共 {epochs} 轮，最后一轮 {last:.4g}"
    ),
    # --- the course of the losses ---
    "the training loss has stood still since epoch {since}: {before:.4g} up to epoch {middle}, {last:.4g} up to "
    "the last of {epochs} (medians)": (
        "从第 {since} 轮起训练损失停滞不前：到第 {middle} 轮为 {before:.4g}，到最后的第 {epochs} 轮为 "
        "{last:.4g}（中位数）"
    ),
    "it wavers, so that smaller steps get deeper: {line}": "它来回波动，步子小一些才能降得更低：{line}",
    "to end when nothing is gained any more: {line}": "不再有改善时就结束：{line}",
    "overfitting from epoch {epoch} on: the validation loss rose from {lowest:.4g} to {end:.4g}{percent} while the "
    "training loss fell from {training:.4g} to {training_end:.4g} (means of the last {last} epochs)": (
        "从第 {epoch} 轮起过拟合：验证损失从 {lowest:.4g} 上升到 {end:.4g}{percent}，而训练损失从 {training:.4g} 降到 "
        "{training_end:.4g}（最后 {last} 轮的平均值）"
    ),
    "the weights of epoch {epoch} are kept, so nothing is lost; more rows may help": (
        "保留的是第 {epoch} 轮的权重，所以没有损失；更多的数据可能有帮助"
    ),
    "the weights of epoch {epoch} are kept, so nothing is lost; more rows may help, or {line}": (
        "保留的是第 {epoch} 轮的权重，所以没有损失；更多的数据可能有帮助，或者 {line}"
    ),
    "underfitting: on the rows that it learns from, the network has {metric} {own:.3f}, a linear model {other:.3f}": (
        "欠拟合：就在它学习的那些行上，网络的 {metric} 是 {own:.3f}，线性模型是 {other:.3f}"
    ),
    "give it more to learn with: {line}": "给它更多可以学习的单元：{line}",
    "still improving when it ended: the {which} loss fell from {before:.4g} to {lowest:.4g} in the {span}": (
        "结束时仍在改善：{which}损失在{span}里从 {before:.4g} 降到 {lowest:.4g}"
    ),
    "last of {epochs} epochs": "共 {epochs} 轮的最后一轮",
    "last {count} of {epochs} epochs": "共 {epochs} 轮的最后 {count} 轮",
    "train longer: {line}": "训练更久：{line}",
    # --- where a number is not finite ---
    "first in batch {step} of {steps}: {what}": "最先出现在第 {step} 批（共 {steps} 批）：{what}",
    "first with validation rows: {what}": "最先出现在验证集的行上：{what}",
    "the output layer": "输出层",
    "the output of {layer}": "{layer}的输出",
    "the loss, the outputs being finite": "损失，而输出都是有限的",
    "the gradient of {layer}, the loss being finite": "{layer}的梯度，而损失是有限的",
    "the weights of {layer} after the step, its gradient being finite": "这一步之后{layer}的权重，而梯度是有限的",
    "column {name!r} has the largest standardised magnitude, {magnitude:.3g}": (
        "标准化以后绝对值最大的是列 {name!r}，为 {magnitude:.3g}"
    ),
    "{column} in {row}": "{column}，在{row}",
    "learning rate {rate:g}": "学习率 {rate:g}",
}
"""English template to Chinese template."""
