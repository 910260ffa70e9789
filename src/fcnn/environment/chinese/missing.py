"""Chinese of the rules in :mod:`fcnn.environment.rules.missing`."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

_IMPORTED = {
    "TensorFlow {tensorflow}": (
        "absl-py",
        "astunparse",
        "flatbuffers",
        "gast",
        "ml-dtypes",
        "numpy",
        "opt-einsum",
        "packaging",
        "protobuf",
        "requests",
        "six",
        "termcolor",
        "typing-extensions",
        "wrapt",
    ),
    "Keras {keras}": ("dm-tree", "optree", "rich"),
    "matplotlib {matplotlib}": (
        "contourpy",
        "cycler",
        "kiwisolver",
        "packaging",
        "pillow",
        "pyparsing",
        "python-dateutil",
    ),
    "pandas {pandas}": ("python-dateutil", "pytz"),
    "python-dateutil {python-dateutil}": ("six",),
    "scikit-learn {scikit-learn}": ("joblib", "narwhals", "scipy"),
}

TEXTS: Mapping[str, str] = {
    **{
        f"{importer} imports {package}, which is not installed": f"{importer} 要导入 {package}，而它没有安装"
        for importer, packages in _IMPORTED.items()
        for package in packages
    },
    "without keras-preprocessing TensorFlow {tensorflow} can be imported but has no tf.keras": (
        "没有 keras-preprocessing，TensorFlow {tensorflow} 虽能导入，却没有 tf.keras"
    ),
    "Keras of TensorFlow {tensorflow} imports keras-preprocessing, which is not installed": (
        "TensorFlow {tensorflow} 的 Keras 要导入 keras-preprocessing，而它没有安装"
    ),
    "without h5py TensorFlow {tensorflow} neither saves nor loads .h5 models": (
        "没有 h5py，TensorFlow {tensorflow} 既不能保存也不能读取 .h5 模型"
    ),
    "without tensorboard Keras's TensorBoard callback fails in TensorFlow {tensorflow}; all else works": (
        "没有 tensorboard，TensorFlow {tensorflow} 里 Keras 的 TensorBoard 回调会出错；其余都能用"
    ),
}
"""English template to Chinese template."""
