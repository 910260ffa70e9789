"""Chinese of what ``fcnn activations`` says."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "there is no activation {name!r}": "没有激活函数 {name!r}",
    "TensorFlow cannot be used here: the derivatives are not compared with its own": (
        "这里用不了 TensorFlow：导数没有和它自己求得的比较"
    ),
    "run `fcnn check-env` to see why": "执行 `fcnn check-env` 看原因",
    "1 picture in {folder}": "{folder} 里写入了 1 张图",
    "{count:,} pictures in {folder}": "{folder} 里写入了 {count:,} 张图",
    "z of {rows:,} rows of the table that {run} was trained on": "z 取自训练 {run} 所用表格的 {rows:,} 行",
    # --- headings ---
    "range": "值域",
    "saturated": "饱和",
    "TensorFlow's g'": "TensorFlow 的 g'",
    "differs by {difference:.0e}": "相差 {difference:.0e}",
    "number of units": "单元个数",
    "z ({percent:g} %)": "z（{percent:g} %）",
}
"""English template to Chinese template."""
