"""Chinese of what ``fcnn lab`` says around its experiments: their list, tables and pictures."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- the command ---
    "-o needs the name of an experiment": "-o 要和实验的名字一起用",
    "experiment": "实验",
    "what it shows": "说明什么",
    "there is no experiment {name!r}: {hint}": "没有实验 {name!r}：{hint}",
    "figure: {path}": "图：{path}",
    "to go on from here: fcnn train {config}": "接着做：fcnn train {config}",
    "training networks": "正在训练网络",
    "choose another folder with -o": "用 -o 另选一个文件夹",
    "is there already, and has files that are not, or no longer, as `fcnn lab` wrote them": (
        "已经存在，里面有不是 `fcnn lab` 写的、或者写完以后被改过的文件"
    ),
    "fcnn lab {name}: {shows}": "fcnn lab {name}：{shows}",
    "the texts of the picture are English": "图里的文字是英文",
    # --- what each shows ---
    "in a deep stack of sigmoids the gradient of the first layers vanishes; relu keeps it": (
        "很多层 sigmoid 叠在一起，前几层的梯度会消失；relu 能保住梯度"
    ),
    "why tanh learns faster than sigmoid: its outputs are centred on 0": (
        "tanh 为什么比 sigmoid 学得快：它的输出以 0 为中心"
    ),
    "a relu unit that is 0 for every row has no gradient and never learns again": (
        "对每一行都输出 0 的 relu 单元没有梯度，再也学不动了"
    ),
    "layers without activations are one linear map, however many there are": (
        "没有激活函数的层，无论多少层都只是一个线性映射"
    ),
    "one sigmoid unit is logistic regression: it finds the same weights as scikit-learn": (
        "一个 sigmoid 单元就是逻辑回归：它找到的权重和 scikit-learn 的相同"
    ),
    "sigmoid for two classes, softmax for many: when they are the same, and when not": (
        "两类用 sigmoid，多类用 softmax：什么时候两者相同，什么时候不同"
    ),
    "how the weights start decides whether a deep network learns at all": "权重的初始值决定深的网络能不能学起来",
    "too small takes forever, too large never arrives": "太小总也学不完，太大永远到不了",
    "what learning by heart looks like, and what helps against it": "死记硬背是什么样子，怎样避免",
    # --- words of several pictures ---
    "none": "无",
    "loss": "损失",
    "Training": "训练",
    "training loss": "训练损失",
    "learning rate": "学习率",
    "hidden layer": "第几个隐藏层",
    "Before training": "训练之前",
    "x, standardised": "x（标准化后）",
    "y, standardised": "y（标准化后）",
    # --- columns of the tables ---
    "activation": "激活函数",
    "hidden layers": "隐藏层数",
    "gradient of the first": "第一层的梯度",
    "gradient of the last": "最后一层的梯度",
    "first / last": "第一层 / 最后一层",
    "test accuracy": "测试准确率",
    "mean output": "平均输出",
    "pulled alike": "同向移动的比例",
    "epochs to the goal": "达到目标的轮次",
    "last loss": "最后的损失",
    "dead in layer 1": "第 1 层死掉的单元",
    "dead in layer 2": "第 2 层死掉的单元",
    "dead in layer 1 after epoch 1": "第 1 轮后第 1 层死掉的单元",
    "of these at the end": "其中到最后还死的",
    "their gradient": "它们的梯度",
    "moved since": "此后的移动",
    "network": "网络",
    "weights": "权重数",
    "weights multiplied out": "乘开后的权重数",
    "largest difference": "最大差异",
    "difference": "差异",
    "classes": "类别数",
    "difference from 1 sigmoid": "与 1 个 sigmoid 的差异",
    "lowest sum": "最小的和",
    "highest sum": "最大的和",
    "initializer": "初始化方法",
    "spread after layer 1": "第 1 层后的离散程度",
    "spread after layer 6": "第 6 层后的离散程度",
    "gradient of layer 1": "第 1 层的梯度",
    "different units in layer 2": "第 2 层互不相同的单元",
    "last training loss": "最后的训练损失",
    "lowest validation loss": "最低的验证损失",
    "test r2": "测试 R2",
    "not finite in epoch": "变得非有限的轮次",
    "training rows": "训练行数",
    "train loss": "训练损失",
    "validation loss": "验证损失",
    "test loss": "测试损失",
    "train accuracy": "训练准确率",
    # --- names of rows ---
    "3 linear layers": "3 个线性层",
    "no hidden layer": "没有隐藏层",
    "3 relu layers": "3 个 relu 层",
    "1 sigmoid": "1 个 sigmoid",
    "3 sigmoids": "3 个 sigmoid",
    "softmax of 2": "2 类的 softmax",
    "softmax of 3": "3 类的 softmax",
    "probabilities": "概率",
    "bias": "偏置",
    "last epoch": "最后一轮",
    "best epoch": "最好的一轮",
    "dropout 0.5, last epoch": "dropout 0.5，最后一轮",
    "5 times the rows, last epoch": "5 倍的行，最后一轮",
    # --- vanishing ---
    "{depth} layers, before training": "{depth} 层，训练之前",
    "{depth} layers, trained": "{depth} 层，训练中",
    "The first layer's share": "第一层分到多少",
    "gradient norm": "梯度的范数",
    "gradient, first / last layer": "梯度，第一层 / 最后一层",
    # --- zero-centred ---
    "Outputs of the first layer": "第一层的输出",
    "Weights that a step pulls alike": "一步中同向移动的权重",
    "Each at four learning rates": "各用四种学习率",
    "output, before training": "输出，训练之前",
    "share of the outputs": "占输出的比例",
    "of each unit of the second layer": "第二层每个单元的权重中",
    "share of the units": "占单元的比例",
    "the best of each": "各自最好的",
    # --- dead-relu ---
    "share of the units of both layers": "占两层单元的比例",
    "Learning rate {rate:g}": "学习率 {rate:g}",
    "z = 0 of a unit of layer 1": "第 1 层某个单元的 z = 0",
    "z = 0 of a dead one": "死掉的单元的 z = 0",
    # --- linear ---
    "Three linear layers": "三个线性层",
    "No hidden layer": "没有隐藏层",
    "Three relu layers": "三个 relu 层",
    "test accuracy {accuracy:.3f}": "测试准确率 {accuracy:.3f}",
    "x, standardised ({score})": "x（标准化后；{score}）",
    # --- neuron ---
    "Where both say one half": "两者都给出一半概率的地方",
    "On the way to scikit-learn's (dotted)": "走向 scikit-learn 的权重（点线）",
    "mean_radius, standardised": "mean_radius（标准化后）",
    "mean_texture, standardised": "mean_texture（标准化后）",
    # --- two-or-many ---
    "Two classes: the same": "两类：相同",
    "Three classes: not the same": "三类：不同",
    "The softmax of 3": "3 类的 softmax",
    "one sigmoid: is it versicolor?": "一个 sigmoid：是 versicolor 吗？",
    "softmax of 2: is it versicolor?": "2 类的 softmax：是 versicolor 吗？",
    "test row, by its sum": "测试行，按和排列",
    "sum of the three answers": "三个回答之和",
    "sepal_width, standardised": "sepal_width（标准化后）",
    "petal_width, standardised": "petal_width（标准化后）",
    # --- init ---
    "standard deviation of the outputs": "输出的标准差",
    "{name}: 0 everywhere": "{name}：处处为 0",
    # --- learning-rate ---
    "Training, epoch by epoch": "一轮一轮的训练",
    "At the end": "到最后",
    "training loss (1: says the mean of all)": "训练损失（1：总是给出平均值）",
    "training, last epoch": "训练，最后一轮",
    "validation, best epoch": "验证，最好的一轮",
    "not finite": "非有限",
    "{rate:g}, not finite": "{rate:g}，非有限",
    # --- overfit ---
    "Loss; the dotted epoch is kept": "损失；保留点线处的一轮",
    "Kept: epoch {epoch}": "保留：第 {epoch} 轮",
    "Last: epoch {epoch}": "最后：第 {epoch} 轮",
    "x, with the training rows": "x，点是训练行",
}
"""English template to Chinese template."""
