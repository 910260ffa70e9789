"""Chinese of the rules in :mod:`fcnn.environment.rules.metadata`."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "TensorFlow {tensorflow} asks for other versions of {complaints}; it works all the same, whatever `pip check` "
    "says": (
        "TensorFlow {tensorflow} 要求的是这些包的其他版本：{complaints}；不过照样能用，`pip check` 报的冲突可以不管"
    ),
    "TensorFlow {tensorflow} asks for {complaints}, not installed here; it works all the same, whatever `pip check` "
    "says": ("TensorFlow {tensorflow} 要求 {complaints}，这里没有安装；不过照样能用，`pip check` 报的缺失可以不管"),
    "{package} is not installed, and other packages ask for it: {requirers}": (
        "{package} 没有安装，而别的包需要它：{requirers}"
    ),
    "{package} {found} is not what other packages ask for: {requirers}; nothing was measured of it": (
        "{package} {found} 不符合别的包的要求：{requirers}；这样搭配会怎样，没有实测过"
    ),
    "no version of {package} suits all who ask for it: choose other versions of {choose}": (
        "没有哪个版本的 {package} 能满足所有需要它的包：请换用其他版本的 {choose}"
    ),
    "installers refuse this list: it asks for {package} {listed}, and TensorFlow {tensorflow} for {asked}": (
        "安装工具会拒绝这份清单：清单要的是 {package} {listed}，而 TensorFlow {tensorflow} 要求 {asked}"
    ),
    "choose another TensorFlow, or ask for {package}{asked}": (
        "请换一个版本的 TensorFlow，或者把要求改成 {package}{asked}"
    ),
    "TensorFlow {tensorflow} is newer than the table of rules, which ends with 2.21: what broke earlier is told, what "
    "this one breaks is not known": (
        "TensorFlow {tensorflow} 比规则表新，规则表只到 2.21：以前会出的问题照样检查，这个版本新出的问题还不知道"
    ),
    "TensorFlow {tensorflow} is older than the table of rules, which begins with 2.4: little of it was measured": (
        "TensorFlow {tensorflow} 比规则表旧，规则表从 2.4 开始：这个版本几乎没有实测过"
    ),
    "Keras {keras} is newer than the table of rules, which ends with Keras 3: what it breaks is not known": (
        "Keras {keras} 比规则表新，规则表只到 Keras 3：它会出什么问题还不知道"
    ),
}
"""English template to Chinese template."""
