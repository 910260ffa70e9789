"""Chinese of the rules in :mod:`fcnn.environment.rules.gpu`."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "there is an NVIDIA GPU, and TensorFlow {tensorflow} cannot use it: it needs CUDA {cuda} and cuDNN {cudnn}, "
    "and there is {there}": (
        "这台机器有 NVIDIA 显卡，但 TensorFlow {tensorflow} 用不了：它需要 CUDA {cuda} 和 cuDNN {cudnn}，这里只找"
        "到：{there}"
    ),
    "none of them": ("一个也没有"),
    "install CUDA {cuda} and cuDNN {cudnn}, for example with `conda install -c conda-forge cudatoolkit={cuda} "
    "cudnn={cudnn}`": (
        "安装 CUDA {cuda} 和 cuDNN {cudnn}，例如运行 `conda install -c conda-forge cudatoolkit={cuda} cudnn={cudnn}`"
    ),
    "install CUDA {cuda} and cuDNN {cudnn}, and name the folders of their libraries in {path}": (
        "安装 CUDA {cuda} 和 cuDNN {cudnn}，并把它们的库所在的文件夹写进环境变量 {path}"
    ),
    '`pip install "tensorflow[and-cuda]=={tensorflow}"` brings them; otherwise install CUDA {cuda} and cuDNN {cudnn}': (
        '运行 `pip install "tensorflow[and-cuda]=={tensorflow}"` 会一并装好；或者自己安装 CUDA {cuda} 和 cuDNN {cudnn}'
    ),
    "there is an NVIDIA GPU, and TensorFlow {tensorflow} does not find the libraries of the nvidia-* packages": (
        "这台机器有 NVIDIA 显卡，但 TensorFlow {tensorflow} 找不到 nvidia-* 这些包里的库"
    ),
    "name the lib folders of site-packages/nvidia/*/ in LD_LIBRARY_PATH, or take TensorFlow 2.17 or later": (
        "把 site-packages/nvidia/*/ 下面的 lib 文件夹写进环境变量 LD_LIBRARY_PATH，或者改用 TensorFlow 2.17 或更高版本"
    ),
    "TensorFlow 2.11 and later does not use a GPU on Windows itself; it computes on the processor": (
        "从 2.11 开始，TensorFlow 在 Windows 上不再直接使用显卡，只用处理器计算"
    ),
    "to use the GPU, work in the Windows Subsystem for Linux, or take TensorFlow 2.10 with CUDA 11.2 and cuDNN 8.1": (
        "要用显卡，就在 Windows 的 Linux 子系统（WSL）里运行，或者改用 TensorFlow 2.10，配 CUDA 11.2 和 cuDNN 8.1"
    ),
    "TensorFlow says on import that it finds no CUDA; without an NVIDIA GPU that is as it should be": (
        "导入时 TensorFlow 会提示找不到 CUDA；机器上没有 NVIDIA 显卡，这是正常的"
    ),
    "to silence it, set the environment variable TF_CPP_MIN_LOG_LEVEL to 2": (
        "不想看到这些提示，就把环境变量 TF_CPP_MIN_LOG_LEVEL 设为 2"
    ),
    "CUDA_VISIBLE_DEVICES is {found}, so that TensorFlow does not see the NVIDIA GPU of this machine": (
        "环境变量 CUDA_VISIBLE_DEVICES 的值是 {found}，所以 TensorFlow 看不到这台机器的 NVIDIA 显卡"
    ),
    "to use the GPU, remove the environment variable CUDA_VISIBLE_DEVICES": (
        "要用显卡，就删除环境变量 CUDA_VISIBLE_DEVICES"
    ),
}
