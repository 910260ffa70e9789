"""Chinese of the rules in :mod:`fcnn.environment.rules.stacks`."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

from fcnn.environment.rules.stacks import MINIMUM_VERSIONS, STACKS

_STACKS = {"pinned": "固定版环境", "current": "当前版环境"}


TEXTS: Mapping[str, str] = {
    "fcnn needs Python 3.8 or later; this is {python}": "fcnn 需要 Python 3.8 或更高版本，现在是 {python}",
    "make an environment with Python 3.8 (the pinned stack) or 3.11 to 3.13 and install fcnn there": (
        "用 Python 3.8（固定版环境）或 3.11 到 3.13 新建一个环境，把 fcnn 装在里面"
    ),
    "Python {python} belongs to neither stack that fcnn is tried on (3.8, and 3.11 to 3.13)": (
        "fcnn 只在两套环境（Python 3.8，以及 3.11 到 3.13）里测试过，Python {python} 不在其中"
    ),
    "TensorFlow is not installed": "没有安装 TensorFlow",
    "TensorFlow is not installed, and no wheel of it was published for Python {python}": (
        "没有安装 TensorFlow，而且它没有为 Python {python} 发布过安装包（wheel）"
    ),
    "TensorFlow is not installed, and Python {python} belongs to neither stack that fcnn is tried on": (
        "没有安装 TensorFlow，而且 fcnn 没有在 Python {python} 上测试过"
    ),
    "fcnn needs TensorFlow 2.4 or later; this is {tensorflow}": (
        "fcnn 需要 TensorFlow 2.4 或更高版本，现在是 {tensorflow}"
    ),
    "fcnn is tried with TensorFlow 2.4.0 on Python 3.8 and with 2.21 on Python 3.11 to 3.13, not with {tensorflow} "
    "on {python}": (
        "fcnn 在 Python 3.8 配 TensorFlow 2.4.0、以及 Python 3.11 到 3.13 配 TensorFlow 2.21 上测试过，"
        "没有测试过 Python {python} 配 TensorFlow {tensorflow}"
    ),
    **{
        f"fcnn needs {package}, which is not installed": f"fcnn 需要 {package}，而它没有安装"
        for package in MINIMUM_VERSIONS
    },
    **{
        f"fcnn needs {package} {minimum} or later; this is {{{package}}}": (
            f"fcnn 需要 {package} {minimum} 或更高版本，现在是 {{{package}}}"
        )
        for package, minimum in MINIMUM_VERSIONS.items()
    },
    **{
        f"the {stack} stack has {package}{pins[package]}; fcnn is not tried with {{{package}}}": (
            f"{_STACKS[stack]}用的是 {package}{pins[package]}；fcnn 没有在 {{{package}}} 上测试过"
        )
        for stack, pins in STACKS.items()
        for package in ("keras", "numpy", "pandas", "matplotlib")
    },
}
"""English template to Chinese template."""
