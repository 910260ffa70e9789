"""Chinese of the rules in `numpy_pairs` and `protobuf_pairs` of :mod:`fcnn.environment.rules`."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "TensorFlow {tensorflow} uses np.object while it is imported, and NumPy removed that name in 1.24": (
        "TensorFlow {tensorflow} 在导入时要用 np.object，而 NumPy 从 1.24 起删掉了这个名字"
    ),
    "TensorFlow {tensorflow} builds no LSTM (nor other recurrent layer) with NumPy 1.20 or later; dense networks "
    "work": ("配上 NumPy 1.20 或更高版本，TensorFlow {tensorflow} 建不了 LSTM（以及其他循环层）；全连接网络不受影响"),
    "TensorFlow {tensorflow} was compiled for the interface of NumPy 1.22, which NumPy {numpy} does not have": (
        "TensorFlow {tensorflow} 是按 NumPy 1.22 的接口编译的，NumPy {numpy} 还没有这个接口"
    ),
    "TensorFlow {tensorflow} was compiled for the interface of NumPy 1.20, which NumPy {numpy} does not have": (
        "TensorFlow {tensorflow} 是按 NumPy 1.20 的接口编译的，NumPy {numpy} 还没有这个接口"
    ),
    "TensorFlow {tensorflow} still uses names that NumPy removed in 1.24: RaggedTensor.numpy() and "
    "LocallyConnected1D/2D(implementation=2) fail; dense networks work": (
        "TensorFlow {tensorflow} 还在用 NumPy 1.24 已删掉的名字：RaggedTensor.numpy() 和 "
        "LocallyConnected1D/2D(implementation=2) 会出错；全连接网络不受影响"
    ),
    "TensorFlow {tensorflow} still uses a name that NumPy removed in 1.24: LocallyConnected1D/2D(implementation=2) "
    "fails; dense networks work": (
        "TensorFlow {tensorflow} 还在用 NumPy 1.24 已删掉的一个名字：LocallyConnected1D/2D(implementation=2) "
        "会出错；全连接网络不受影响"
    ),
    "TensorFlow {tensorflow} was compiled for NumPy 1 and cannot be loaded by NumPy {numpy}": (
        "TensorFlow {tensorflow} 是为 NumPy 1 编译的，在 NumPy {numpy} 下无法加载"
    ),
    "NumPy {numpy} is newer than TensorFlow {tensorflow} says it allows; it works all the same, whatever `pip check` "
    "says": "NumPy {numpy} 比 TensorFlow {tensorflow} 声明允许的版本新；不管 `pip check` 怎么说，实际可以正常使用",
    "protobuf {protobuf} works beside TensorFlow {tensorflow} only as long as "
    "PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION=python is set, and slowly": (
        "只有一直设着 PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION=python，protobuf {protobuf} 才能与 "
        "TensorFlow {tensorflow} 一起用，而且很慢"
    ),
    "protobuf 4 and later refuse the generated code that TensorFlow {tensorflow} brings": (
        "protobuf 4 及以后的版本拒绝加载 TensorFlow {tensorflow} 自带的生成代码"
    ),
    "TensorFlow {tensorflow} asks for protobuf below 3.20; {protobuf} works all the same": (
        "TensorFlow {tensorflow} 要求 protobuf 低于 3.20；{protobuf} 实际也能正常使用"
    ),
    "TensorFlow {tensorflow} needs a module that protobuf {protobuf} does not have yet": (
        "TensorFlow {tensorflow} 要用的一个模块，protobuf {protobuf} 还没有"
    ),
    "TensorFlow {tensorflow} brings code generated for protobuf 6.31.1; protobuf {protobuf} is older": (
        "TensorFlow {tensorflow} 自带的代码是为 protobuf 6.31.1 生成的，protobuf {protobuf} 太旧"
    ),
    "protobuf {protobuf} makes TensorFlow {tensorflow} print a harmless message on import": (
        "配上 protobuf {protobuf}，TensorFlow {tensorflow} 导入时会打印一条无害的消息"
    ),
    "TensorFlow {tensorflow} asks for protobuf below 5; {protobuf} works all the same": (
        "TensorFlow {tensorflow} 要求 protobuf 低于 5；{protobuf} 实际也能正常使用"
    ),
    "TensorFlow {tensorflow} was compiled for the interface of NumPy 1.23, which NumPy {numpy} does not have": (
        "TensorFlow {tensorflow} 是按 NumPy 1.23 的接口编译的，而 NumPy {numpy} 没有这个接口"
    ),
    "TensorFlow {tensorflow} brings code generated for protobuf 5.28.3; protobuf {protobuf} is older": (
        "TensorFlow {tensorflow} 自带的代码是按 protobuf 5.28.3 生成的，而 protobuf {protobuf} 比它旧"
    ),
    "TensorFlow {tensorflow} asks NumPy for names that came with 1.25; {numpy} is there": (
        "TensorFlow {tensorflow} 要用 NumPy 1.25 才有的名字，而现在装的是 {numpy}"
    ),
    "TensorFlow {tensorflow} calls what protobuf {protobuf} does not have yet, at the first fit": (
        "TensorFlow {tensorflow} 第一次 fit 时要调用 protobuf {protobuf} 还没有的方法"
    ),
}
"""English template to Chinese template."""
