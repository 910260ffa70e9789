"""Chinese of the rules in :mod:`fcnn.environment.rules.wheels`."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "no wheel of {distribution} {tensorflow} was published for Python {python} on {platform}": (
        "在 {platform} 上，{distribution} {tensorflow} 没有为 Python {python} 发布过安装包（wheel）"
    ),
    "make an environment with one of these Pythons: {pythons}; or choose what there is for Python {python}: {here}": (
        "用这些版本的 Python 新建一个环境：{pythons}；或者改装 Python {python} 可用的版本：{here}"
    ),
    "make an environment with one of these Pythons: {pythons}": ("用这些版本的 Python 新建一个环境：{pythons}"),
    "choose what there is for Python {python} on {platform}: {here}": (
        "改装 {platform} 上 Python {python} 可用的版本：{here}"
    ),
    "make an environment with one of these Pythons: {newest}; and choose another TensorFlow": (
        "用这些版本的 Python 新建一个环境：{newest}，并换一个版本的 TensorFlow"
    ),
    "TensorFlow is not installed; for Python {python} on {platform} there are wheels of {here}": (
        "没有安装 TensorFlow；在 {platform} 上，Python {python} 可用的安装包（wheel）有：{here}"
    ),
    "install one of these: {here}": ("安装其中一个：{here}"),
}
