"""Chinese of the rules in :mod:`fcnn.environment.rules.dependencies`."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "TensorFlow {tensorflow} saves .h5 models with h5py {h5py} but cannot load them": (
        "配上 h5py {h5py}，TensorFlow {tensorflow} 能保存 .h5 模型，却读不回来"
    ),
    "h5py {h5py} uses np.typeDict, which NumPy removed in 1.24, and TensorFlow imports h5py": (
        "h5py {h5py} 要用 np.typeDict，NumPy 从 1.24 起删掉了它，而 TensorFlow 会导入 h5py"
    ),
    "AutoGraph of TensorFlow {tensorflow} cannot read gast {gast}: loops and conditions on tensors in a tf.function "
    "fail; Keras's own fit works": (
        "TensorFlow {tensorflow} 的 AutoGraph 不认识 gast {gast}：tf.function 里对张量的循环和条件判断会出错；"
        "Keras 自己的 fit 可以用"
    ),
    "TensorFlow {tensorflow} with wrapt {wrapt} and typing-extensions {typing-extensions} cannot return a module "
    "with a dictionary in it from a tf.function": (
        "TensorFlow {tensorflow} 配 wrapt {wrapt} 和 typing-extensions {typing-extensions} 时，"
        "tf.function 不能返回含有字典的模块"
    ),
    "the `tensorboard` command needs pkg_resources, which setuptools removed in 82; TensorFlow itself works": (
        "`tensorboard` 命令要用 pkg_resources，setuptools 从 82 起删掉了它；TensorFlow 本身可以用"
    ),
    "TensorFlow {tensorflow} needs a newer ml-dtypes than {ml-dtypes}": (
        "TensorFlow {tensorflow} 需要比 {ml-dtypes} 更新的 ml-dtypes"
    ),
    "h5py {h5py} may warn beside NumPy {numpy} that numpy.ndarray changed its size; that does no harm": (
        "h5py {h5py} 配 NumPy {numpy} 时可能警告 numpy.ndarray 的大小变了；这没有妨碍"
    ),
    "ml-dtypes {ml-dtypes}, which TensorFlow imports, uses numpy.exceptions, and NumPy {numpy} does not have "
    "that yet": ("TensorFlow 导入的 ml-dtypes {ml-dtypes} 要用 numpy.exceptions，而 NumPy {numpy} 还没有它"),
    "TensorFlow {tensorflow} asks for another gast than {gast}; it works all the same": (
        "TensorFlow {tensorflow} 要求的 gast 不是 {gast} 这个版本；不过照样能用"
    ),
}
"""English template to Chinese template."""
