"""Chinese of what is said of parametrizations, parametric activations, the start of a bias and clipped outputs."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- the config ---
    "{name} cannot be parametric: no unit has a curve of its own": (
        "{name} 不能带可学习的参数：没有哪个单元有自己的一条曲线"
    ),
    "parametric: false, or another activation": "写 parametric: false，或者换一个激活函数",
    "no activation is parametric: this factor changes nothing": "没有哪个激活函数带可学习的参数：这个系数不起作用",
    "`stddev` is an option of {owners}, not of {name}": "`stddev` 是 {owners} 的选项，{name} 没有它",
    "write name: random_normal, or delete it": "写 name: random_normal，或者删掉它",
    "without a bias there is nothing that this could start": "没有偏置，也就没有什么可以由它来初始化",
    "use_bias: true, or delete it": "写 use_bias: true，或者删掉它",
    "sgd takes steps as large as the gradient, which has the factor, too: f makes steps f * f as large": (
        "sgd 的步长随梯度变化，而梯度里也有这个系数：系数 f 使步长变成 f * f 倍"
    ),
    "training.optimizer=adam, whose steps do not depend on the gradient's size": (
        "training.optimizer=adam，它的步长与梯度的大小无关"
    ),
    "`clip` is for the numbers of a regression, and the task is {task}": (
        "`clip` 用于回归任务的数值，而这里的任务是 {task}"
    ),
    "delete the key": "删掉这个键",
    # --- the export ---
    "Keras has no layers whose weights are learnt with factors": "Keras 没有按系数学习权重的层",
    "Keras has no parametric activations": "Keras 没有带可学习参数的激活函数",
    "Keras has no layer that clips outside training alone": "Keras 没有只在训练之外截断输出的层",
    # --- the trace of a row ---
    "where the activation is parametric, a = z + w (g(z) - z) with a learnt w for each unit": (
        "带可学习参数的激活函数是 a = z + w (g(z) - z)，每个单元学到自己的 w"
    ),
    "the output is not clipped, as in training; the prediction is": "这里的输出和训练时一样不截断；预测值是截断过的",
    # --- pictures ---
    "parametric {activation}": "带参数的 {activation}",
}
"""English template to Chinese template."""
