"""Chinese of what is said where several workers share the reading of a table."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "the workers do not have the same file: it differs somewhere behind this line": (
        "各工作进程的文件不相同：从这一行往后有差别"
    ),
    "batch normalization: each of {count} devices normalises by its own share of a batch, {rows} rows": (
        "批归一化：{count} 个设备各按自己分到的那部分批次（{rows} 行）归一化"
    ),
    "fewer rows than about 32 make it noisy: a larger batch_size, or fewer devices": (
        "少于约 32 行时噪声较大：请增大 batch_size，或减少设备"
    ),
    "copy it to all of them again": "请把它重新复制到每一台机器上",
}
