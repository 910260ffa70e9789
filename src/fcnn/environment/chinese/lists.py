"""Chinese of the rules in :mod:`fcnn.environment.rules.lists`, and of how the Python of a list is known."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "the list does not pin {package}: which version it will be, and whether the rest suits it, is unknown here": (
        "清单没有固定 {package} 的版本：会装上哪一版、其余的包与它是否相配，这里无法知道"
    ),
    "the list leaves {package} open, and what this TensorFlow needs of it is unknown here": (
        "清单没有固定 {package} 的版本，而这一版 TensorFlow 要求它是哪一版，这里无法知道"
    ),
    "pin it, or judge what an installation gave: `pip freeze > installed.txt`, then --freeze installed.txt": (
        "请写明版本；或者装好之后再检查实际装上的版本：先 `pip freeze > installed.txt`，再用 --freeze installed.txt"
    ),
    "the list names {package} without a version, so that it could not be judged": (
        "清单里的 {package} 没有写版本，因此无法判断它"
    ),
    "write the list with `pip list --format=freeze`, which tells all versions": (
        "请用 `pip list --format=freeze` 来写清单，它会写出所有的版本"
    ),
    "{package} {found} has no wheel for Python {python}, for which {nearest} is the first, so pip has to compile it "
    "from source, which takes long and mostly fails": (
        "{package} {found} 没有适用于 Python {python} 的 wheel 安装包（第一个有的是 {nearest}），"
        "pip 只好从源代码编译，既费时又多半会失败"
    ),
    "{package} {found} cannot be installed on Python {python}, for which {nearest} is the last": (
        "{package} {found} 不能装在 Python {python} 上，支持它的最后一版是 {nearest}"
    ),
    "make an environment with one of these Pythons: {pythons}; they have wheels of all that the list pins": (
        "请用下列 Python 之一新建环境：{pythons}；清单里固定的版本在那里都有 wheel 安装包"
    ),
    "choose versions that one Python has wheels of; for Python {python} the nearest is {package}=={nearest}": (
        "请改选同一个 Python 都有 wheel 安装包的版本；对 Python {python} 来说，最接近的是 {package}=={nearest}"
    ),
    "the package tensorflow-gpu was removed in December 2022: what is left under its name cannot be installed": (
        "tensorflow-gpu 这个包已在 2022 年 12 月下架：这个名字下剩下的只是一个装不上的空包"
    ),
    "write tensorflow in place of tensorflow-gpu: it has been the same package since 2.1, GPU included": (
        "请把 tensorflow-gpu 改写成 tensorflow：从 2.1 起两者就是同一个包，同样支持 GPU"
    ),
    "the package `sklearn` cannot be installed; the one that is imported under this name is scikit-learn": (
        "`sklearn` 这个包装不上；能以这个名字导入的包叫 scikit-learn"
    ),
    "write scikit-learn in place of sklearn": "请把 sklearn 改写成 scikit-learn",
    "as --python-version says": "由 --python-version 指定",
    "the one that runs this check; the list allows several": "即运行本检查的版本；清单允许多个版本",
    "the one that runs this check; the list names none": "即运行本检查的版本；清单没有写明",
    "the first that the list allows": "清单允许的第一个版本",
}
