"""Chinese of what is said about label smoothing, cyclic schedules and averaged weights."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- label smoothing ---
    "`label_smoothing` smooths classes, and the task is regression": "`label_smoothing` 平滑的是类别标签，而任务是回归",
    "training.label_smoothing=0, or delete the key": "training.label_smoothing=0，或者删掉这个键",
    "label smoothing is left out, as in validation": "不计标签平滑，和验证时一样",
    "the script has no label smoothing": "脚本没有标签平滑",
}
