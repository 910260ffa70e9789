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
    # --- exports ---
    "Keras has no layers of its own that embed numbers": "Keras 自带的层不能做数值嵌入",
    "plain Keras has no layers that embed some columns or scale each; formats that can: {others}": (
        "普通的 Keras 没有嵌入部分列或逐个缩放输入的层；可以的格式：{others}"
    ),
}
"""English template to Chinese template."""
