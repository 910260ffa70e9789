"""The texts of rules/code.py, compiled.py and libraries.py, of the explanation and of the trial in Chinese."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "the TensorFlow models of transformers {transformers} need Keras 2, and tf-keras, which has it, is not installed": (
        "transformers {transformers} 的 TensorFlow 模型需要 Keras 2，而提供它的 tf-keras 没有安装"
    ),
    "hub.KerasLayer fits into models of tf-keras, which TF_USE_LEGACY_KERAS=1 makes tf.keras, not into those of "
    "Keras {keras}": (
        "hub.KerasLayer 适用于 tf-keras 的模型（TF_USE_LEGACY_KERAS=1 会让它成为 tf.keras），不适用于 Keras "
        "{keras} 的模型"
    ),
    "hub.KerasLayer is a layer of Keras 2 and does not fit into a model of Keras {keras}": (
        "hub.KerasLayer 是 Keras 2 的层，不能放进 Keras {keras} 的模型"
    ),
    'run `pip install "tf-keras=={line}.*"` and set TF_USE_LEGACY_KERAS=1 before TensorFlow is imported': (
        '运行 `pip install "tf-keras=={line}.*"`，并在导入 TensorFlow 之前设置 TF_USE_LEGACY_KERAS=1'
    ),
    "TensorFlow {tensorflow} uses a name that ml-dtypes removed in 0.3; {ml-dtypes} is there": (
        "TensorFlow {tensorflow} 用到了 ml-dtypes 0.3 已删除的名称，而这里装的是 {ml-dtypes}"
    ),
    "the code uses a name such as np.object or np.int, which NumPy removed in 1.24": (
        "代码用了 np.object、np.int 这样的名称，NumPy 从 1.24 起已将它们删除"
    ),
    "in your own code write object, bool, int, float, complex or str without `np.`; where it is the code of a "
    "package, install a newer version of that package": (
        "如果是自己的代码，去掉 `np.`，直接写 object、bool、int、float、complex 或 str；如果是某个包的代码，请安装"
        "那个包的更新版本"
    ),
    "the code uses a name that NumPy removed in 2.0": "代码用了 NumPy 2.0 已删除的名称",
    "in your own code write what the message proposes; where it is the code of a package, install a newer version "
    "of that package": ("如果是自己的代码，按报错信息的建议改写；如果是某个包的代码，请安装那个包的更新版本"),
    "the model was saved by Keras 3 and is loaded by Keras 2, which does not know its form": (
        "模型是用 Keras 3 保存的，却用 Keras 2 加载，而 Keras 2 不认识这种格式"
    ),
    "load it with the Keras that saved it (TensorFlow 2.16 or later), or save there only the weights, and build "
    "the model by code here": (
        "用保存它的 Keras（TensorFlow 2.16 或更高版本）加载；或者在那边只保存权重，在这边用代码搭建模型"
    ),
    "the model was saved by Keras 2 and is loaded by Keras 3, which does not read all of it": (
        "模型是用 Keras 2 保存的，却用 Keras 3 加载，而 Keras 3 不能完整读取"
    ),
    'run `pip install "tf-keras=={line}.*"` and set TF_USE_LEGACY_KERAS=1 before TensorFlow is imported, or load '
    "it with the TensorFlow that saved it (2.15 or earlier)": (
        '运行 `pip install "tf-keras=={line}.*"`，并在导入 TensorFlow 之前设置 TF_USE_LEGACY_KERAS=1；或者用保存它'
        "的 TensorFlow（2.15 或更低版本）加载"
    ),
    "the layers of tensorflow.keras.layers.experimental have moved: TensorFlow 2.16 and later no longer have that "
    "module": ("tensorflow.keras.layers.experimental 里的层已经移走：TensorFlow 2.16 及以后没有这个模块"),
    "import the layers from tensorflow.keras.layers (`from tensorflow.keras.layers import Rescaling`); where it is "
    "the code of a package, install a newer version of it": (
        "改从 tensorflow.keras.layers 导入（`from tensorflow.keras.layers import Rescaling`）；如果是某个包的代码，"
        "请安装它的更新版本"
    ),
    "the code imports from tensorflow.python.keras, an inner copy that TensorFlow cut down in 2.8": (
        "代码从 tensorflow.python.keras 导入，那是 TensorFlow 的内部副本，从 2.8 起已被删减"
    ),
    "write tensorflow.keras in place of tensorflow.python.keras": "把 tensorflow.python.keras 改写成 tensorflow.keras",
    "the code imports from the package keras a name that is not there in this version of it": (
        "代码从 keras 包导入的名称，在这个版本里没有"
    ),
    "import it from tensorflow.keras (`from tensorflow.keras.optimizers import Adam`, `from tensorflow.keras.utils "
    "import to_categorical`)": (
        "改从 tensorflow.keras 导入（`from tensorflow.keras.optimizers import Adam`、`from tensorflow.keras.utils "
        "import to_categorical`）"
    ),
    "the wrappers for scikit-learn were removed from Keras; they live on in the package scikeras": (
        "Keras 已删除 scikit-learn 的包装类，它们现在在 scikeras 包里"
    ),
    "run `pip install scikeras` and write `from scikeras.wrappers import KerasClassifier`": (
        "运行 `pip install scikeras`，并改写成 `from scikeras.wrappers import KerasClassifier`"
    ),
    "the code was written for TensorFlow 1 and uses what TensorFlow 2 no longer has under that name": (
        "代码是为 TensorFlow 1 写的，用到的名称在 TensorFlow 2 里已经没有了"
    ),
    "write `import tensorflow.compat.v1 as tf` and `tf.disable_v2_behavior()` in place of `import tensorflow as "
    "tf`, or rewrite the code for TensorFlow 2; tf.contrib is gone for good": (
        "用 `import tensorflow.compat.v1 as tf` 和 `tf.disable_v2_behavior()` 代替 `import tensorflow as tf`，或者"
        "把代码改写成 TensorFlow 2 的写法；tf.contrib 已经彻底取消"
    ),
    "Windows cannot load TensorFlow's library: the Visual C++ runtime is missing or too old, or the processor "
    "lacks what TensorFlow needs": (
        "Windows 无法加载 TensorFlow 的动态库：缺少 Visual C++ 运行库或版本太旧，或者处理器不支持 TensorFlow 需要的指令"
    ),
    "install the newest Microsoft Visual C++ Redistributable (2015-2022, x64) and start Windows again; if that "
    "does not help, see with `fcnn check-env` whether the processor has AVX": (
        "安装最新的 Microsoft Visual C++ Redistributable（2015-2022，x64）并重启 Windows；如果仍不行，用 `fcnn "
        "check-env` 查看处理器是否支持 AVX"
    ),
    "parts of TensorFlow are missing or of another version: files of two installations are mixed, or a folder "
    "`tensorflow` of your own is in the way": (
        "TensorFlow 缺少一部分文件，或者混入了另一个版本：两次安装的文件混在一起，或者被你自己的 `tensorflow` 文件"
        "夹挡住了"
    ),
    "run `pip uninstall -y tensorflow tensorflow-cpu tensorflow-gpu tensorflow-intel`, delete what is left of the "
    "folder `tensorflow` in site-packages, and install TensorFlow again": (
        "运行 `pip uninstall -y tensorflow tensorflow-cpu tensorflow-gpu tensorflow-intel`，删除 site-packages 里残"
        "留的 `tensorflow` 文件夹，再重新安装 TensorFlow"
    ),
    "a package brings code generated for protobuf 3, which protobuf 4 and later refuse; TensorFlow is not the one "
    "to blame here": ("某个包带有为 protobuf 3 生成的代码，protobuf 4 及以后拒绝加载；这里的问题不在 TensorFlow"),
    "install a newer version of the package whose file (`..._pb2.py`) ends the traceback, or, where TensorFlow "
    'allows it (2.19 or earlier), run `pip install "protobuf==3.20.3"`': (
        "安装报错末尾那个文件（`..._pb2.py`）所属包的更新版本；如果 TensorFlow 允许（2.19 或更低版本），也可以运行 "
        '`pip install "protobuf==3.20.3"`'
    ),
    "a package that was compiled for NumPy 1 is loaded by NumPy 2": "某个为 NumPy 1 编译的包被 NumPy 2 加载",
    'install a newer version of the package that the traceback ends in, or `pip install "numpy<2"` where the other '
    "packages allow it": ('安装报错末尾那个包的更新版本；如果其他包允许，也可以运行 `pip install "numpy<2"`'),
    "a package was compiled for a newer NumPy than the one that loads it": (
        "某个包是为更新的 NumPy 编译的，而加载它的 NumPy 较旧"
    ),
    "install a version of that package from the time of your NumPy, or, where TensorFlow allows it, a newer NumPy; "
    "then restart Python": (
        "安装那个包与你的 NumPy 同时期的版本，或者在 TensorFlow 允许时安装更新的 NumPy；然后重启 Python"
    ),
    "the traceback ends in hdf5_format.py; elsewhere some code calls decode() on what is a str already": (
        "报错的最后一个文件是 hdf5_format.py；若在别处，则是代码对本来就是 str 的值调用了 decode()"
    ),
    "TensorFlow is 2.4.0 and the processor has AVX but no AVX2": "TensorFlow 是 2.4.0，而处理器支持 AVX 但不支持 AVX2",
    "the processor has no AVX, or an emulator hides it": "处理器不支持 AVX，或者被模拟器屏蔽了",
    "two packages bring the module `tensorflow`, such as tensorflow and tensorflow-cpu: uninstalling either takes "
    "files of both": (
        "有两个包都提供模块 `tensorflow`，例如 tensorflow 和 tensorflow-cpu：卸载其中任何一个都会删掉两者共有的文件"
    ),
    "uninstall both, then install one of them again; `fcnn check-env` tells which there are": (
        "把两个都卸载，再重新安装其中一个；`fcnn check-env` 会列出装了哪些"
    ),
    "two packages such as tensorflow and tensorflow-cpu are installed": (
        "同时装有 tensorflow 和 tensorflow-cpu 这样的两个包"
    ),
    "files of TensorFlow are gone from the disk although pip still lists it": (
        "TensorFlow 的文件已不在磁盘上，但 pip 仍然列出它"
    ),
    'unpack it once more with `pip install --force-reinstall --no-deps "tensorflow==X.Y.Z"`, in the version that '
    "`pip show tensorflow` tells": (
        '用 `pip install --force-reinstall --no-deps "tensorflow==X.Y.Z"` 重新解包，版本以 `pip show tensorflow` 显'
        "示的为准"
    ),
    "pip lists TensorFlow, and files of it are gone": "pip 列出了 TensorFlow，但它的文件不见了",
    "pip was interrupted while it replaced a package, and left a folder behind whose name begins with `~`": (
        "pip 在替换某个包时被中断，留下了名称以 `~` 开头的文件夹"
    ),
    "delete the folders in site-packages whose names begin with `~`": "删除 site-packages 里名称以 `~` 开头的文件夹",
    "a file or folder with the name of that module lies in the working folder or beside the script": (
        "当前文件夹或脚本旁边有与该模块同名的文件或文件夹"
    ),
    "no wheel of this TensorFlow was published for this Python on this system": (
        "这个 TensorFlow 没有发布适用于这个系统上这个 Python 的 wheel"
    ),
    "`fcnn check-env --requirements FILE --python-version X.Y` tells for which Pythons there are wheels; make an "
    "environment with one of them": (
        "`fcnn check-env --requirements FILE --python-version X.Y` 会告诉你哪些 Python 有 wheel；请用其中一个新建环境"
    ),
    "this Python is a 64-bit program on a system that TensorFlow is published for": (
        "这个 Python 是 64 位程序，系统也在 TensorFlow 的发布范围内"
    ),
    "TensorFlow is not installed in the environment whose Python ran": "运行的 Python 所在的环境里没有安装 TensorFlow",
    "`fcnn check-env` tells which TensorFlow that environment can have, and how it is installed": (
        "`fcnn check-env` 会告诉你那个环境能装哪个 TensorFlow，以及怎样安装"
    ),
    "conda and pip both installed a package, one over the other: its files are a mixture of both": (
        "conda 和 pip 先后在同一位置安装了同一个包，它的文件已经混在一起"
    ),
    "remove the package with pip and with conda, then install it with one of them": (
        "先用 pip 和 conda 都卸载这个包，再用其中一个安装"
    ),
    "PYTHONHOME is set: every Python that starts looks for its standard library there": (
        "设置了 PYTHONHOME：之后启动的每个 Python 都会到那里找标准库"
    ),
    "remove the environment variable PYTHONHOME": "取消环境变量 PYTHONHOME",
    "this Python is a 32-bit program": "这个 Python 是 32 位程序",
    "this is a Linux without glibc, such as Alpine": "这是不带 glibc 的 Linux，例如 Alpine",
    "TensorFlow needs a newer C library (glibc) than this Linux has": (
        "TensorFlow 需要的 C 库（glibc）比这个 Linux 上的更新"
    ),
    "use a newer Linux, or a TensorFlow that is published for an older one": (
        "换用更新的 Linux，或者换用为较旧 Linux 发布的 TensorFlow"
    ),
    "this is an Apple silicon Mac with a Python made for Intel's processors": (
        "这是 Apple 芯片的 Mac，而 Python 是为 Intel 处理器编译的"
    ),
    "TensorFlow does not find the CUDA and cuDNN libraries that it needs to use an NVIDIA GPU; without such a GPU "
    "that is harmless": ("TensorFlow 找不到使用 NVIDIA GPU 所需的 CUDA 和 cuDNN 库；没有这种 GPU 时无需理会"),
    "to use a GPU install the CUDA and cuDNN of this TensorFlow; `fcnn check-env` tells which": (
        "要使用 GPU，请安装这个 TensorFlow 对应的 CUDA 和 cuDNN；`fcnn check-env` 会告诉你是哪些版本"
    ),
    "the environment variable KERAS_BACKEND asks for a backend that is not there": (
        "环境变量 KERAS_BACKEND 指定的后端没有安装"
    ),
    "the environment variable KERAS_BACKEND is set": "设置了环境变量 KERAS_BACKEND",
    "the environment variable TF_USE_LEGACY_KERAS asks for the package tf-keras, which is not installed": (
        "环境变量 TF_USE_LEGACY_KERAS 要求使用 tf-keras 包，而它没有安装"
    ),
    'run `pip install "tf-keras=={line}.*"`, or remove the environment variable TF_USE_LEGACY_KERAS': (
        '运行 `pip install "tf-keras=={line}.*"`，或者取消环境变量 TF_USE_LEGACY_KERAS'
    ),
    "the environment variable TF_USE_LEGACY_KERAS is set": "设置了环境变量 TF_USE_LEGACY_KERAS",
    "the environment variable PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION asks for what this protobuf does not have": (
        "环境变量 PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION 指定的实现，这个 protobuf 没有"
    ),
    "CUDA_VISIBLE_DEVICES hides the GPU from TensorFlow, or there is none": (
        "CUDA_VISIBLE_DEVICES 让 TensorFlow 看不到 GPU，或者根本没有 GPU"
    ),
    "the traceback ends in your own code or in a package other than TensorFlow": (
        "报错的最后一个文件是你自己的代码，或者是 TensorFlow 以外的包"
    ),
    "parts of TensorFlow are missing or belong to another version": "TensorFlow 缺少一部分文件，或者混入了另一个版本",
    "it is this one if {sign}": "属于这种情况的标志：{sign}",
    "it is this one if the versions are {ranges}": "属于这种情况的版本：{ranges}",
    "the processor does not know an instruction that a library uses: TensorFlow 2.4.0 needs AVX2, every other "
    "published TensorFlow AVX": (
        "处理器不支持某个库用到的指令：TensorFlow 2.4.0 需要 AVX2，其他发布的 TensorFlow 需要 AVX"
    ),
    "a library accessed memory that is not its own: mostly libraries that do not fit each other, or a damaged "
    "installation": ("某个库访问了不属于它的内存：多半是几个库互不匹配，或者安装已损坏"),
    "a library accessed memory that is not there: a file that was cut off, or a full disk": (
        "某个库访问了不存在的内存：文件不完整，或者磁盘已满"
    ),
    "a library gave up by itself; the reason stands in what it printed": "某个库自行终止，原因在它打印的内容里",
    "a library divided by zero or the like: mostly a wrong build for this processor": (
        "某个库做了除以零之类的运算：多半是编译版本不适合这个处理器"
    ),
    "the system ended it, mostly because the memory was used up": "被系统终止，多半是因为内存耗尽",
    "another program ended it": "被另一个程序终止",
    "it was interrupted": "被中断",
    "Windows does not find a library that another one needs, such as the Visual C++ runtime": (
        "Windows 找不到某个库所依赖的库，例如 Visual C++ 运行库"
    ),
    "a library of Windows or of TensorFlow failed while it was loaded": "Windows 或 TensorFlow 的某个库加载失败",
    "the stack was used up": "栈空间耗尽",
    "a library damaged the memory: mostly libraries that do not fit each other": (
        "某个库破坏了内存：多半是几个库互不匹配"
    ),
}
