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
    # --- very many different values ---
    "has more than {count:,} different values, which are not kept apart on the disk, and is left out": (
        "有超过 {count:,} 个不同的值，在磁盘上不逐一区分，因此不用"
    ),
    "has more different values than are kept apart on the disk, and is left out": (
        "不同的值太多，在磁盘上不逐一区分，因此不用"
    ),
    "text, hardly ever the same": "文本，几乎都不相同",
    "text, more than {count:,} different values": "文本，超过 {count:,} 个不同的值",
    "has more than {count:,} different values: those that first come later, in {rows:,} rows, count as one": (
        "有超过 {count:,} 个不同的值：后来才出现的值（{rows:,} 行）合并为一个"
    ),
    "more of them are kept apart in memory: data.memory=auto on a larger machine": (
        "放在内存里可以区分更多：在内存更大的机器上用 data.memory=auto"
    ),
    "values that are not kept apart on the disk share one level: {rows:,} training rows": (
        "在磁盘上不逐一区分的值合并为一个水平：训练集中 {rows:,} 行"
    ),
    "have more different values than are kept apart on the disk": "不同的值太多，在磁盘上不逐一区分",
    "have more different values than are kept apart on the disk, and are left out": (
        "不同的值太多，在磁盘上不逐一区分，因此不用"
    ),
    "has more than {count:,} different values: too many for classes": "有超过 {count:,} 个不同的值：作为类别太多了",
    "has values that are neither plain numbers nor names": "其值既不是普通数字，也不是名称",
    "a class has too few rows": "有的类别行数太少",
    # --- how far it has come ---
    "reading": "读取",
    "looking at columns": "查看各列",
    "encoding": "编码",
    "checking": "检查",
    "{phase}, for as long as it takes": "{phase}，需要多久还不知道",
    "{phase}: {share:.0%}, about {time} left": "{phase}：{share:.0%}，大约还要 {time}",
}
