"""Chinese of what is said about tables that are larger than memory."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- data.memory ---
    "no amount of memory": "这不是内存大小",
    "an amount of memory is 1 byte at least": "内存大小至少是 1 字节",
    "auto, or such as 2GB, 500MB, 1.5GiB": "auto，或者像 2GB、500MB、1.5GiB 这样写",
    # --- on the disk ---
    "the table is larger than its memory (data.memory): it is put on the disk": (
        "表格超过了给它的内存（data.memory）：放到磁盘上处理"
    ),
    "the table is larger than data.memory and needs about {needed} on this disk, where {free} are free": (
        "表格超过了 data.memory，在这个磁盘上约需 {needed}，而可用的只有 {free}"
    ),
    "choose another disk: run.dir=FOLDER; or learn from fewer columns or rows": (
        "换一个磁盘：run.dir=文件夹；或者少用一些列或行"
    ),
    "starting from the encoded table in {folder}": "直接使用 {folder} 里已编码的表格",
    "the encoded table in {folder} is damaged ({what}) and is made anew": (
        "{folder} 里已编码的表格损坏（{what}），现在重新生成"
    ),
    # --- how far it has come ---
    "reading": "读取",
    "looking at columns": "查看各列",
    "encoding": "编码",
    "checking": "检查",
    "{phase}, for as long as it takes": "{phase}，需要多久还不知道",
    "{phase}: {share:.0%}, about {time} left": "{phase}：{share:.0%}，大约还要 {time}",
}
