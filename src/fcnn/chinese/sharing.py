"""Chinese of what is said where several workers share the reading of a table."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "the workers do not have the same file: it differs somewhere behind this line": (
        "各工作进程的文件不相同：从这一行往后有差别"
    ),
    "copy it to all of them again": "请把它重新复制到每一台机器上",
}
