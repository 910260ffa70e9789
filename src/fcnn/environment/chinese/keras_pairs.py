"""Chinese of the rules in :mod:`fcnn.environment.rules.keras_pairs`."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "Keras {keras} is newer than TensorFlow {tensorflow}: tf.keras is that Keras, and calls what this TensorFlow "
    "does not have yet": (
        "Keras {keras} 比 TensorFlow {tensorflow} 新：tf.keras 用的就是这个 Keras，它要调用这个 TensorFlow 还没有的东西"
    ),
    "tf.keras of TensorFlow {tensorflow} is the package Keras 2, and Keras {keras} lacks what it imports": (
        "TensorFlow {tensorflow} 的 tf.keras 就是 Keras 2 这个包，Keras {keras} 里没有它要导入的东西"
    ),
    "Keras {keras} is not of the line of TensorFlow {tensorflow}; it works, and is better aligned when convenient": (
        "Keras {keras} 与 TensorFlow {tensorflow} 不是同一版本线；可以用，方便时最好对齐"
    ),
    "tf.keras of TensorFlow {tensorflow} is the package Keras {line}, and {keras} is too old for it": (
        "TensorFlow {tensorflow} 的 tf.keras 就是 Keras {line} 这个包，{keras} 太旧了"
    ),
    "tf.keras of TensorFlow {tensorflow} is the separate package Keras, which is not installed": (
        "TensorFlow {tensorflow} 的 tf.keras 是单独的 Keras 包，而它没有安装"
    ),
    "`import keras` fails: Keras {keras} needs a newer TensorFlow than {tensorflow}; tf.keras works": (
        "`import keras` 会失败：Keras {keras} 需要比 {tensorflow} 更新的 TensorFlow；tf.keras 可以用"
    ),
    "`import keras` fails: TensorFlow {tensorflow} brings its own Keras as keras-nightly, and keras {keras} was "
    "installed over it; tf.keras works": (
        "`import keras` 会失败：TensorFlow {tensorflow} 自带的 Keras 是 keras-nightly，后来又装上的 keras {keras} "
        "把它覆盖了；tf.keras 可以用"
    ),
    "Keras {keras} is too old for TensorFlow {tensorflow}, but TF_USE_LEGACY_KERAS=1 makes tf-keras its tf.keras": (
        "Keras {keras} 对 TensorFlow {tensorflow} 来说太旧，不过设了 TF_USE_LEGACY_KERAS=1，"
        "它的 tf.keras 用的是 tf-keras"
    ),
    "tf.keras of TensorFlow {tensorflow} is Keras 3; Keras {keras} calls what it no longer has": (
        "TensorFlow {tensorflow} 的 tf.keras 是 Keras 3；Keras {keras} 要调用它已经没有的东西"
    ),
    "tf-keras {tf-keras} asks for a TensorFlow of its own line, so that it cannot be installed beside TensorFlow "
    "{tensorflow}": (
        "tf-keras {tf-keras} 要求版本号前两位与它相同的 TensorFlow，因此不能与 TensorFlow {tensorflow} 装在一起"
    ),
    "tf-keras {tf-keras} is made for a TensorFlow of its own line, not for {tensorflow}": (
        "tf-keras {tf-keras} 是为版本号前两位与它相同的 TensorFlow 制作的，而不是为 {tensorflow}"
    ),
    "TensorFlow {tensorflow} works with Keras {keras}, but its tf.keras silently becomes Keras 3": (
        "TensorFlow {tensorflow} 配 Keras {keras} 可以用，但它的 tf.keras 会悄悄变成 Keras 3"
    ),
}
"""English template to Chinese template."""
