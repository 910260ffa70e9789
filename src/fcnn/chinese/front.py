"""Chinese of what is said about the layers before the first dense one: embeddings and the input scale."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "no column is a number: the numeric embedding is left out": "没有数值列：不使用数值嵌入",
    "no category has {count} levels: the categorical embedding is left out": (
        "没有类别列达到 {count} 个取值：不使用类别嵌入"
    ),
    "there is no numeric embedding: this factor changes nothing": "没有数值嵌入：这个倍数不起作用",
    "there is no input scale: this factor changes nothing": "没有输入缩放：这个倍数不起作用",
    # --- report and picture ---
    "periodic embedding": "周期嵌入",
    "piecewise linear embedding": "分段线性嵌入",
    "embedding of categories": "类别嵌入",
    "input scale": "输入缩放",
    "of 1 category": "1 个类别列",
    "of {count:,} categories": "{count:,} 个类别列",
    "of 1 input": "1 个输入",
    "of {count:,} inputs": "{count:,} 个输入",
    "of 1 number": "1 个数值列",
    "of {count:,} numbers": "{count:,} 个数值列",
    "before": "前置",
    # --- trace ---
    "before the first layer: e": "第一层之前：e",
    "inputs of the first layer": "第一层的输入",
    "input scale: each input is multiplied with its scale": "输入缩放：每个输入乘以它的 scale",
    "embedding of categories: the row of its kernel that belongs to the level, behind the rest": (
        "类别嵌入：类别列 kernel 中该取值对应的那一行，排在其余输入之后"
    ),
    "periodic embedding: each number x stays, and {count} become of it behind all inputs: "
    "cos(2 pi frequency x + phase) kernel + bias": (
        "周期嵌入：每个数值 x 保留，并在所有输入之后再得到 {count} 个数：cos(2 pi frequency x + phase) kernel + bias"
    ),
    "piecewise linear embedding: each number x stays, and {count} become of it behind all inputs: the share of "
    "each bin that lies below x, times kernel, plus bias": (
        "分段线性嵌入：每个数值 x 保留，并在所有输入之后再得到 {count} 个数：每个区间低于 x 的比例，"
        "乘以 kernel，加上 bias"
    ),
    # --- exports ---
    "Keras has no layers of its own that embed numbers": "Keras 自带的层不能做数值嵌入",
    "Keras has no layers that embed some columns, or scale each": "Keras 没有嵌入部分列或逐个缩放输入的层",
}
"""English template to Chinese template."""
