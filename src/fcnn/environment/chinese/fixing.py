"""Chinese of what `--fix` and `--explain` say while they are at work."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "There is nothing to repair.": "没有需要修复的问题。",
    "No installation repairs this; it takes a person:": "这无法靠安装来修复，需要您自己处理：",
    "To be run, one after the other:": "将依次运行：",
    "Run them now? [y/N]": "现在运行吗？[y/N]",
    "Nothing was changed.": "没有做任何改动。",
    "After the repair:": "修复之后：",
    "On Windows, a file that a running program has open cannot be replaced: should a step say that access is denied, "
    "close all that uses this environment and type the commands into a new console.": (
        "在 Windows 上，正在运行的程序占用的文件无法被替换：如果某一步提示“拒绝访问”，"
        "请关闭所有正在使用这个环境的程序，再打开一个新的命令行窗口，手动输入这些命令。"
    ),
    "This Python belongs to the system, whose own package manager keeps what is installed in it": (
        "这个 Python 属于操作系统，其中的包由系统自己的包管理器维护"
    ),
    "make an environment of your own with `python3 -m venv .venv`, install into that, and judge it with `{command}`": (
        "请用 `python3 -m venv .venv` 建立自己的环境，把包安装到那里，再用 `{command}` 检查它"
    ),
    "Paste the error message, then press Enter and {end}.": "请粘贴报错信息，然后按回车，再按 {end}。",
}
