"""Chinese of what :mod:`fcnn.jobs.linear_collapse` says."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "{layers} layers without a nonlinearity are one linear layer: multiplied out, {one:,} parameters instead of "
    "{many:,} give the same outputs (largest difference {difference:.1e} on {rows:,} {part} rows)": (
        "{layers} 层都没有非线性，合起来只是一个线性层：把矩阵乘开，{one:,} 个参数就能代替 {many:,} 个，"
        "输出相同（在 {part} 部分的 {rows:,} 行上最大相差 {difference:.1e}）"
    ),
}
"""English template to Chinese template."""
