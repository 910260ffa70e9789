"""Chinese of what is said about runs that are not finished, and about files that are no longer what was written."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- fcnn runs ---
    "being written now": "正在写入",
    "not finished; to go on with it: fcnn train --resume {run}": "没有完成；要接着训练：fcnn train --resume {run}",
    "not finished, and nothing kept of it: delete {folder}": "没有完成，也没有留下什么：可以删掉 {folder}",
    # --- trouble ---
    "the run folder is gone: it was moved or deleted while it was written": "运行文件夹不见了：写入期间被移走或删掉了",
    "if it was moved: move it back, and fcnn train --resume {run}": (
        "如果是移走了：移回原处，再执行 fcnn train --resume {run}"
    ),
}
"""English template to Chinese template."""
