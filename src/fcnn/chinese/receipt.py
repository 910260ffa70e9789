"""Chinese of what is said about the receipt of a run."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "is not the file that was written: it was damaged, or changed": "不是当初写下的文件：已损坏，或者被改过",
    "take the run folder from where it is whole: a copy, or train again": (
        "请从完好的地方取回运行文件夹：用备份，或者重新训练"
    ),
}
"""Every English template to the Chinese one."""
