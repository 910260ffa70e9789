"""Chinese of what is said about how numbers and dates are scaled."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- the config ---
    "a scaler is for numbers and dates, and `{name}` is stated to be a {type}": (
        "scaler 用于数字列和日期列，而 `{name}` 已声明为 {type}"
    ),
    "a scaler is for columns to learn from, and `{name}` is the target": ("scaler 用于特征列，而 `{name}` 是目标列"),
    "a scaler is for columns to learn from, and `{name}` is the weight": ("scaler 用于特征列，而 `{name}` 是权重列"),
    "the scaler has no effect: it is a {type}": "scaler 不起作用：这一列是 {type}",
    "delete it, or {override}": "删掉它，或者 {override}",
    # --- exports ---
    "Keras has no stock layer for quantiles or for the smooth clip, which scale it": (
        "这一列的缩放用到分位数或平滑截断，Keras 没有现成的层"
    ),
    "ONNX has no operator for the quantiles of the normal distribution, which scale it": (
        "这一列的缩放用到正态分布的分位数，ONNX 没有这种算子"
    ),
    "the script standardises, and knows no other scaler": "脚本只做标准化，没有别的 scaler",
    "the script has no smooth clip": "脚本没有平滑截断",
}
