"""Chinese of the words around a message, and of what all stages say."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "error: ": "错误：",
    "warning: ": "警告：",
    "note: ": "提示：",
    "expected: ": "应为：",
    "received: ": "实际：",
    "hint: ": "建议：",
    "{count} errors.": "共 {count} 个错误。",
    "did you mean `{name}`?": "是不是想写 `{name}`？",
    "known: {names}": "可用的有：{names}",
    "{left} and {right}": "{left} 和 {right}",
    "{left} or {right}": "{left} 或 {right}",
    "{left}, or {right}": "{left}，或者{right}",
}
"""English template to Chinese template."""
