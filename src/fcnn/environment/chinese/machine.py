"""Chinese of the rules in :mod:`fcnn.environment.rules.machine`."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "this processor has no AVX, which every published TensorFlow needs: Python is killed on import": (
        "这台机器的处理器没有 AVX，而所有发布的 TensorFlow 都需要它：一导入，Python 就会被系统终止"
    ),
    "use a machine whose processor has AVX, or build TensorFlow from source": (
        "换一台处理器有 AVX 的机器，或者从源代码编译 TensorFlow"
    ),
    "TensorFlow 2.4.0 (not 2.4.1 and later) was built with AVX2, which this processor does not have: Python is "
    "killed on import": (
        "TensorFlow 2.4.0（2.4.1 起已改正）是用 AVX2 指令编译的，而这台机器的处理器没有 AVX2："
        "一导入，Python 就会被系统终止"
    ),
    "this Python is a 32-bit program, and TensorFlow is published for 64-bit Python only": (
        "这个 Python 是 32 位的，而 TensorFlow 只发布 64 位 Python 的安装包"
    ),
    "install a 64-bit Python and make the environment with it": ("安装 64 位的 Python，再用它新建环境"),
    "this system has the C library musl (as Alpine Linux has), for which no TensorFlow is published": (
        "这个系统的 C 库是 musl（例如 Alpine Linux），TensorFlow 没有为它发布过安装包"
    ),
    "use a Linux with glibc: in a Dockerfile `FROM python:3.11-slim` in place of an image for Alpine": (
        "换用带 glibc 的 Linux：在 Dockerfile 里用 `FROM python:3.11-slim` 代替 Alpine 镜像"
    ),
    "TensorFlow {tensorflow} needs glibc {needed} or later, and this system has {glibc}": (
        "TensorFlow {tensorflow} 需要 glibc {needed} 或更高版本，而这个系统的是 {glibc}"
    ),
    "use a newer Linux, or a TensorFlow that is published for an older one: {here}": (
        "换用较新的 Linux，或者改装支持旧系统的 TensorFlow：{here}"
    ),
    "this Python is made for Intel's processors and runs translated by Rosetta on an Apple silicon Mac, which "
    "has no AVX: TensorFlow for Intel is killed on import": (
        "这个 Python 是为 Intel 处理器编译的，在 Apple 芯片的 Mac 上由 Rosetta 转译运行，没有 AVX 指令：一导入 "
        "Intel 版的 TensorFlow，Python 就会被系统终止"
    ),
    "install a Python for Apple silicon (arm64) and make the environment with it": (
        "安装适用于 Apple 芯片（arm64）的 Python，再用它新建环境"
    ),
}
