"""Chinese of what is said about run folders that lead elsewhere, or are not what fcnn wrote."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "is a link that leads out of the run folder": "是一个指向运行文件夹之外的链接",
    "put the file itself in its place, if you trust it": "如果信任它，请用文件本身代替这个链接",
    "is no plain file": "不是普通文件",
    "is too large for a file of a run": "太大，不可能是运行里的文件",
    "an array is there twice": "有一个数组出现了两次",
    "its arrays are packed; fcnn stores them as they are": "其中的数组被压缩了；fcnn 总是原样存放",
    "{count:,} bytes": "{count:,} 字节",
    "array {name} is none of floats as NumPy writes them": "数组 {name} 不是 NumPy 写的浮点数组",
    "array {name} is larger than any memory": "数组 {name} 比任何内存都大",
    "a run of format {found}, and this fcnn ({version}) knows formats up to {known}: a newer fcnn wrote it": (
        "这个运行的格式是 {found}，而当前的 fcnn（{version}）只认识到 {known}：它是更新的 fcnn 写的"
    ),
    "pip install -U fcnn, or open it with the fcnn that wrote it": "pip install -U fcnn，或者用写它的那个 fcnn 打开",
}
