"""Chinese of what :mod:`fcnn.runs` and :mod:`fcnn.inference` say about run folders and the networks in them."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- a new run ---
    "another run is writing it, or was killed": "另一次运行正在写入，或者曾被强行终止",
    "delete {folder} if that run is no longer going": "如果那次运行已经不在进行，就删掉 {folder}",
    "the run is complete, but its folder cannot get its name: {error}": (
        "运行已经完成，但文件夹无法改成最终的名字：{error}"
    ),
    "rename it to {folder}": "把它改名为 {folder}",
    "a thousand runs of this name began in this second": "这一秒里已有一千次同名的运行",
    "is no folder that a run can be": "不能用作运行文件夹",
    "choose another --run-dir": "另选一个 --run-dir",
    "is a file": "是一个文件",
    "a folder": "文件夹",
    "is there already and not empty": "已经存在，而且不是空的",
    "cannot be written: {error}": "无法写入：{error}",
    'in a container, run it as yourself: docker run --user "$(id -u):$(id -g)" ...': (
        '在容器里请用自己的用户身份运行：docker run --user "$(id -u):$(id -g)" ...'
    ),
    # --- one that is there ---
    "there is no run yet": "还没有任何运行结果",
    "fcnn train CONFIG": "先执行 fcnn train CONFIG",
    "there is no such run": "没有这个运行结果",
    "is no complete run": "不是完整的运行结果",
    "no {names} in it": "其中没有 {names}",
    "{left} and no {right}": "{left} 和 {right}",
    "its name ends with {end}": "名字以 {end} 结尾",
    "is damaged": "已损坏",
    "unknown format": "不认识的格式",
    "did a newer fcnn write it? pip install -U fcnn": "是更新的 fcnn 写的吗？pip install -U fcnn",
    "array {name}": "数组 {name} 的形状不对",
    "array {name} is not finite": "数组 {name} 里有无穷或非数值",
    # --- predicting ---
    "the table has no column {name!r}": "表格里没有列 {name!r}",
    "are its values far beyond those of training?": "这些行的值是不是远远超出了训练时的范围？",
}
"""English template to Chinese template."""
