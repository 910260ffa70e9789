"""Chinese of the rules in :mod:`fcnn.environment.rules.variables`."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "the environment variable KERAS_BACKEND is {value}, and what Keras {keras} needs for that is not there: it "
    "cannot be imported": (
        "环境变量 KERAS_BACKEND 的值是 {value}，而 Keras {keras} 为此需要的包没有安装：Keras 无法导入"
    ),
    "remove the environment variable KERAS_BACKEND, or set it to tensorflow": (
        "删除环境变量 KERAS_BACKEND，或者把它设为 tensorflow"
    ),
    "the environment variable KERAS_BACKEND is {value}: Keras {keras} does not compute with TensorFlow": (
        "环境变量 KERAS_BACKEND 的值是 {value}：Keras {keras} 不用 TensorFlow 计算"
    ),
    "the environment variable TF_USE_LEGACY_KERAS is {value}, and the tf-keras that it asks for is not "
    "installed: tf.keras cannot be imported": (
        "环境变量 TF_USE_LEGACY_KERAS 的值是 {value}，而它要用的 tf-keras 没有安装：tf.keras 无法导入"
    ),
    "the environment variable PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION is {value}, which protobuf {protobuf} does "
    "not have: it cannot be imported": (
        "环境变量 PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION 的值是 {value}，而 protobuf {protobuf} 没有这种实现："
        "protobuf 无法导入"
    ),
    "remove the environment variable PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION": (
        "删除环境变量 PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION"
    ),
    "the environment variable PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION makes protobuf {protobuf} slow, and nothing "
    "here needs it": (
        "环境变量 PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION 会让 protobuf {protobuf} 变慢，而这里并不需要它"
    ),
    "without SciPy, which TensorFlow does not bring along, Keras's ImageDataGenerator cannot transform images": (
        "没有安装 SciPy（TensorFlow 不会自动安装它），Keras 的 ImageDataGenerator 就不能对图像做变换"
    ),
}
