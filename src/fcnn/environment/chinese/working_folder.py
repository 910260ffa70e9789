"""Chinese of the rules in :mod:`fcnn.environment.rules.working_folder`."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "{file} is imported in place of the module {module}, so that TensorFlow cannot be imported and trained": (
        "{file} 和模块 {module} 同名，Python 会导入它而不是真正的模块，TensorFlow 因此无法导入和训练"
    ),
    "rename {file} and delete the folder __pycache__ beside it": ("给 {file} 改名，并删除它旁边的 __pycache__ 文件夹"),
    "{file} is imported in place of the module {module}: `import keras` fails, and only tf.keras works": (
        "{file} 和模块 {module} 同名，Python 会导入它而不是真正的模块：`import keras` 会失败，只有 tf.keras 能用"
    ),
    "{file} is imported in place of Python's own module {module} while TensorFlow is being imported; if it "
    "imports TensorFlow itself, that goes in a circle and fails": (
        "导入 TensorFlow 的过程中，Python 会导入 {file} 而不是自带的模块 {module}；如果这个文件自己也导入 "
        "TensorFlow，就会循环导入而失败"
    ),
    "{file} is imported in place of the module {module}: TensorFlow works, what needs {module} does not": (
        "{file} 和模块 {module} 同名，Python 会导入它而不是真正的模块：TensorFlow 能用，但需要 {module} 的功能不能用"
    ),
}
