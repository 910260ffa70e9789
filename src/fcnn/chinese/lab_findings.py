"""Chinese of the sentences that the experiments of ``fcnn lab`` end with."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- vanishing ---
    "with {depth} layers of sigmoid the gradient of the first layer is {ratio:.2g} of that of the last hidden one"
    ", with "
    "{few} layers {shallow:.2g}: it vanishes with depth": (
        "{depth} 层 sigmoid 时，第一层的梯度是最后一个隐藏层的 {ratio:.2g}，{few} 层时是 {shallow:.2g}：梯度随深度消失"
    ),
    "with {depth} layers of sigmoid the gradient of the first layer is {ratio:.2g} of that of the last hidden one"
    ", with "
    "{few} layers {shallow:.2g}: here it does not vanish": (
        "{depth} 层 sigmoid 时，第一层的梯度是最后一个隐藏层的 {ratio:.2g}，{few} 层时是 {shallow:.2g}：这里没有消失"
    ),
    "with {depth} layers of tanh it is {tanh:.2g}, of relu {relu:.2g}: their derivatives reach 1, that of sigmoid only "
    "0.25": "{depth} 层 tanh 时是 {tanh:.2g}，relu 时是 {relu:.2g}：它们的导数能到 1，sigmoid 的最多 0.25",
    "with {depth} layers of tanh it is {tanh:.2g}, of relu {relu:.2g}: here they do not carry the gradient through "
    "either": "{depth} 层 tanh 时是 {tanh:.2g}，relu 时是 {relu:.2g}：这里它们也没能把梯度传过去",
    "after the same training the test accuracy is {sigmoid:.3f} with sigmoid, {tanh:.3f} with tanh and {relu:.3f} with "
    "relu: who gets no gradient learns nothing": (
        "同样训练之后，测试准确率 sigmoid 为 {sigmoid:.3f}，tanh 为 {tanh:.3f}，relu 为 {relu:.3f}：没有梯度就什么也"
        "学不到"
    ),
    "after the same training the test accuracy is {sigmoid:.3f} with sigmoid, {tanh:.3f} with tanh and {relu:.3f} with "
    "relu: here the small gradient was no great harm": (
        "同样训练之后，测试准确率 sigmoid 为 {sigmoid:.3f}，tanh 为 {tanh:.3f}，relu 为 {relu:.3f}：这里梯度小并没有"
        "大碍"
    ),
    # --- zero-centred ---
    "the first layer's outputs are {sigmoid:.3f} on average with sigmoid, {tanh:.3f} with tanh: only those of tanh are "
    "centred on 0": "第一层输出的平均值，sigmoid 为 {sigmoid:.3f}，tanh 为 {tanh:.3f}：只有 tanh 的以 0 为中心",
    "the first layer's outputs are {sigmoid:.3f} on average with sigmoid, {tanh:.3f} with tanh: here that is no "
    "difference": "第一层输出的平均值，sigmoid 为 {sigmoid:.3f}，tanh 为 {tanh:.3f}：这里看不出差别",
    "inputs of one sign pull the weights of a unit the same way: a step of {batch} rows moves {sigmoid:.0%} of them "
    "alike with sigmoid, {tanh:.0%} with tanh, where half would be chance": (
        "同号的输入把一个单元的权重往同一个方向拉：{batch} 行的一步，sigmoid 时有 {sigmoid:.0%} 的权重同向移动，"
        "tanh 时有 {tanh:.0%}，而全凭偶然是一半"
    ),
    "a step of {batch} rows moves {sigmoid:.0%} of a unit's weights the same way with sigmoid, {tanh:.0%} with tanh: "
    "here the sign of the inputs does not show": (
        "{batch} 行的一步，sigmoid 时一个单元有 {sigmoid:.0%} 的权重同向移动，tanh 时有 {tanh:.0%}：这里看不出输入符"
        "号的影响"
    ),
    "each with the learning rate that suits it best, sigmoid gets to a training loss below {goal} in epoch {sigmoid}, "
    "tanh in epoch {tanh}: it learns faster": (
        "各用最合适的学习率，训练损失降到 {goal} 以下，sigmoid 在第 {sigmoid} 轮，tanh 在第 {tanh} 轮：tanh 学得更快"
    ),
    "each with the learning rate that suits it best, sigmoid gets to a training loss below {goal} in epoch {sigmoid}, "
    "tanh in epoch {tanh}: here it is not faster": (
        "各用最合适的学习率，训练损失降到 {goal} 以下，sigmoid 在第 {sigmoid} 轮，tanh 在第 {tanh} 轮：这里 tanh 并不"
        "更快"
    ),
    # --- dead-relu ---
    "with a learning rate of {rate:g}, {dead} of {units} units are 0 for every training row at the end, with "
    "{low:g} it "
    "is {few}: too large a step throws them off the data": (
        "学习率为 {rate:g} 时，最后 {units} 个单元中有 {dead} 个对每一行训练数据都输出 0，学习率为 {low:g} 时有 {few}"
        " 个："
        "步子太大，把它们甩出了数据"
    ),
    "with a learning rate of {rate:g}, {dead} of {units} units are 0 for every training row at the end, with "
    "{low:g} it "
    "is {few}: here the larger one kills no more": (
        "学习率为 {rate:g} 时，最后 {units} 个单元中有 {dead} 个对每一行训练数据都输出 0，学习率为 {low:g} 时有 {few}"
        " 个："
        "这里大的学习率并没有让更多单元死掉"
    ),
    "of the {early} units of layer 1 that were dead after one epoch, {still} are dead at the end: their gradient is "
    "{gradient:g}, and their weights have moved by {moved:g} since": (
        "第 1 层在一轮之后死掉的 {early} 个单元，到最后还有 {still} 个是死的：它们的梯度是 {gradient:g}，权重此后移动"
        "了 {moved:g}"
    ),
    "of the {early} units of layer 1 that were dead after one epoch, {still} are dead at the end: none of them stays "
    "dead": "第 1 层在一轮之后死掉的 {early} 个单元，到最后还有 {still} 个是死的：没有一个一直死着",
    "the test accuracy is {good:.3f} with {low:g} and {bad:.3f} with {rate:g}: what is left of the network cannot tell "
    "the classes apart as well": (
        "测试准确率，学习率 {low:g} 时为 {good:.3f}，{rate:g} 时为 {bad:.3f}：剩下的网络分不清各类了"
    ),
    "the test accuracy is {good:.3f} with {low:g} and {bad:.3f} with {rate:g}: here the units that are left are "
    "enough": "测试准确率，学习率 {low:g} 时为 {good:.3f}，{rate:g} 时为 {bad:.3f}：这里剩下的单元还够用",
    # --- linear ---
    "three linear layers with {weights:,} weights, multiplied out, are one layer of {few}: on the test rows the "
    "outputs "
    "differ by at most {difference:.1e}, which is rounding": (
        "三个线性层共 {weights:,} 个权重，乘开就是 {few} 个权重的一层：在测试行上输出最多相差 {difference:.1e}，只是"
        "舍入误差"
    ),
    "three linear layers with {weights:,} weights, multiplied out to one of {few}, give outputs that differ by up to "
    "{difference:.1e}: here that is more than rounding": (
        "三个线性层共 {weights:,} 个权重，乘开成 {few} 个权重的一层，输出最多相差 {difference:.1e}：这里不只是舍入误差"
    ),
    "so depth gains nothing: the test accuracy is {deep:.3f}, without any hidden layer it is {flat:.3f}": (
        "所以加深没有用：测试准确率是 {deep:.3f}，一个隐藏层都没有时是 {flat:.3f}"
    ),
    "and yet the test accuracy is {deep:.3f}, without any hidden layer {flat:.3f}: training differed": (
        "但测试准确率是 {deep:.3f}，一个隐藏层都没有时是 {flat:.3f}：训练的过程不同"
    ),
    "with relu between the same layers it is {bent:.3f}, as the border can bend; multiplied out as if it were linear, "
    "that network would be wrong by up to {difference:.2f}": (
        "同样的层之间用 relu，就是 {bent:.3f}，因为边界可以弯曲；把这个网络当成线性的乘开，输出会差到 {difference:.2f}"
    ),
    "with relu between the same layers it is {bent:.3f}, no better here, though the border can bend; multiplied out as "
    "if it were linear, that network would be wrong by up to {difference:.2f}": (
        "同样的层之间用 relu，就是 {bent:.3f}，边界可以弯曲，这里却并不更好；把这个网络当成线性的乘开，输出会差到 "
        "{difference:.2f}"
    ),
    # --- neuron ---
    "one sigmoid unit computes 1 / (1 + exp(-({first:.3f} {one} {second:+.3f} {two} {bias:+.3f}))): that is the "
    "formula "
    "of logistic regression, of standardised columns": (
        "一个 sigmoid 单元计算 1 / (1 + exp(-({first:.3f} {one} {second:+.3f} {two} {bias:+.3f})))："
        "这就是逻辑回归的公式，各列已标准化"
    ),
    "gradient descent finds the weights that scikit-learn's solver finds: the largest difference is {apart:.1e}": (
        "梯度下降找到的权重就是 scikit-learn 的求解器找到的：最大差异是 {apart:.1e}"
    ),
    "here gradient descent has not found the weights that scikit-learn's solver finds: the largest difference is "
    "{apart:.1e}": "这里梯度下降没有找到 scikit-learn 的求解器找到的权重：最大差异是 {apart:.1e}",
    "so both say the same of every row: their probabilities differ by at most {apart:.1e}": (
        "所以两者对每一行的判断相同：概率最多相差 {apart:.1e}"
    ),
    "so they do not say the same of every row: their probabilities differ by up to {apart:.1e}": (
        "所以两者对每一行的判断并不相同：概率相差可达 {apart:.1e}"
    ),
    # --- two-or-many ---
    "for two classes one sigmoid with {few} weights and a softmax of 2 units with {weights} say the same: their "
    "probabilities differ by at most {apart:.1e}": (
        "两类时，{few} 个权重的一个 sigmoid 和 {weights} 个权重的 2 单元 softmax 判断相同：概率最多相差 {apart:.1e}"
    ),
    "for two classes one sigmoid with {few} weights and a softmax of 2 units with {weights} say not quite the same "
    "here: their probabilities differ by up to {apart:.1e}": (
        "两类时，{few} 个权重的一个 sigmoid 和 {weights} 个权重的 2 单元 softmax 在这里不完全相同：概率相差可达 "
        "{apart:.1e}"
    ),
    "for three classes the answers of 3 sigmoids, each asked about one class, sum up to {low:.2f} to {high:.2f}; those "
    "of a softmax to 1, but for {off:.0e}: only they are probabilities of classes that exclude each other": (
        "三类时，3 个 sigmoid 各答一类，回答之和在 {low:.2f} 到 {high:.2f} 之间；softmax 的和是 1，只差 {off:.0e}："
        "只有它给出的才是互斥类别的概率"
    ),
    "for three classes the answers of 3 sigmoids, each asked about one class, sum up to {low:.2f} to {high:.2f}, those "
    "of a softmax to 1, but for {off:.0e}: here that is no difference": (
        "三类时，3 个 sigmoid 各答一类，回答之和在 {low:.2f} 到 {high:.2f} 之间，softmax 的和是 1，只差 {off:.0e}："
        "这里看不出差别"
    ),
    "the softmax of 3 has a test accuracy of {many:.3f}, the largest of the 3 sigmoids one of {sigmoids:.3f}: to "
    "name a class either will do, to say how probable it is only the softmax": (
        "3 类的 softmax 测试准确率为 {many:.3f}，取 3 个 sigmoid 中最大的为 {sigmoids:.3f}：要说出是哪一类，两者都行；"
        "要说出概率，只有 softmax 行"
    ),
    "the softmax of 3 has a test accuracy of {many:.3f}, the largest of the 3 sigmoids one of {sigmoids:.3f}: here it "
    "matters for the class that is named, too": (
        "3 类的 softmax 测试准确率为 {many:.3f}，取 3 个 sigmoid 中最大的为 {sigmoids:.3f}：这里连说出哪一类也有差别"
    ),
    # --- init ---
    "where all weights start equal, all units of a layer stay equal: after training layer 2 has {zeros} different unit "
    "with zeros and {ones} with ones, but {he} of {units} with he_normal": (
        "权重一开始都相等，一层的单元就一直相等：训练之后，第 2 层互不相同的单元，zeros 有 {zeros} 个，ones 有 {ones}"
        " 个，"
        "而 he_normal 在 {units} 个中有 {he} 个"
    ),
    "after training layer 2 has {zeros} different units with zeros and {ones} with ones, and {he} of {units} with "
    "he_normal: here an equal start is no trap": (
        "训练之后，第 2 层互不相同的单元，zeros 有 {zeros} 个，ones 有 {ones} 个，he_normal 在 {units} 个中有 {he} 个："
        "这里相等的初始值并没有困住网络"
    ),
    "from layer 1 to {layers} the spread of the outputs goes from {first:.2g} to {last:.2g} with he_normal and from "
    "{thin:.2g} to {nothing:.2g} with random_normal: what starts too small fades from layer to layer": (
        "从第 1 层到第 {layers} 层，输出的离散程度 he_normal 从 {first:.2g} 到 {last:.2g}，random_normal 从 "
        "{thin:.2g} 到 "
        "{nothing:.2g}：初始值太小，信号就一层一层淡下去"
    ),
    "from layer 1 to {layers} the spread of the outputs goes from {first:.2g} to {last:.2g} with he_normal and from "
    "{thin:.2g} to {nothing:.2g} with random_normal: here it does not fade faster": (
        "从第 1 层到第 {layers} 层，输出的离散程度 he_normal 从 {first:.2g} 到 {last:.2g}，random_normal 从 "
        "{thin:.2g} 到 "
        "{nothing:.2g}：这里并没有淡得更快"
    ),
    "the test accuracy is {he:.3f} with he_normal, which suits relu, {glorot:.3f} with glorot_uniform, "
    "{small:.3f} with "
    "random_normal: of the {count} initializers {learnt} learn anything": (
        "测试准确率，适合 relu 的 he_normal 为 {he:.3f}，glorot_uniform 为 {glorot:.3f}，random_normal 为 {small:.3f}："
        "{count} 种初始化方法中有 {learnt} 种学到了东西"
    ),
    # --- learning-rate ---
    "with {rate:g} the training loss is still {loss:.3f} after all epochs, with {other:g} it is below {goal} in epoch "
    "{epoch}: too small takes forever": (
        "学习率 {rate:g} 在所有轮次之后训练损失还有 {loss:.3f}，{other:g} 在第 {epoch} 轮就低于 {goal}：太小总也学不完"
    ),
    "with {rate:g} the training loss is {loss:.3f} after all epochs, with {other:g} it is below {goal} in epoch "
    "{epoch}: "
    "here even the smallest is large enough": (
        "学习率 {rate:g} 在所有轮次之后训练损失为 {loss:.3f}，{other:g} 在第 {epoch} 轮低于 {goal}：这里最小的也够大"
    ),
    "with {rate:g} loss or weights are not finite any more in epoch {epoch}: every step goes too far, the next one "
    "further back": "学习率 {rate:g} 在第 {epoch} 轮损失或权重不再有限：每一步都走过头，下一步又退得更远",
    "with {rate:g} the training loss ends at {loss:.3f}: here even the largest arrives somewhere": (
        "学习率 {rate:g} 最后的训练损失是 {loss:.3f}：这里最大的也走到了某个地方"
    ),
    "the lowest validation loss, {loss:.3f}, is that of {rate:g}, which explains {r2:.0%} of the variance of the test "
    "rows: between the two ends there is room, on a scale of powers of ten": (
        "最低的验证损失 {loss:.3f} 属于学习率 {rate:g}，它解释了测试行方差的 {r2:.0%}：两端之间有余地，要按十的幂来找"
    ),
    # --- overfit ---
    "from epoch {best} to {last} the training loss falls from {train:.3f} to {heart:.3f}, but that of validation rises "
    "from {low:.3f} to {high:.3f}: the network learns its rows by heart": (
        "从第 {best} 轮到第 {last} 轮，训练损失从 {train:.3f} 降到 {heart:.3f}，验证损失却从 {low:.3f} 升到 "
        "{high:.3f}："
        "网络在死记它的行"
    ),
    "from epoch {best} to {last} the training loss goes from {train:.3f} to {heart:.3f}, that of validation from "
    "{low:.3f} to {high:.3f}: here nothing is learnt by heart": (
        "从第 {best} 轮到第 {last} 轮，训练损失从 {train:.3f} 到 {heart:.3f}，验证损失从 {low:.3f} 到 {high:.3f}："
        "这里没有死记硬背"
    ),
    "the epoch of the lowest validation loss, which fcnn keeps, has a test loss of {kept:.3f} and an accuracy of "
    "{accuracy:.3f}; the last one has {heart:.3f} and {worse:.3f}": (
        "验证损失最低的一轮，也就是 fcnn 保留的，测试损失为 {kept:.3f}，准确率为 {accuracy:.3f}；"
        "最后一轮是 {heart:.3f} 和 {worse:.3f}"
    ),
    "dropout and more rows help, too: after as many epochs the test loss is {dropout:.3f} with dropout and {more:.3f} "
    "with {rows} training rows in place of {few}": (
        "dropout 和更多的行也有用：训练同样多轮之后，用 dropout 的测试损失为 {dropout:.3f}；训练行从 {few} 行变成 "
        "{rows} 行，则为 {more:.3f}"
    ),
    "not all that is said to help did so here: after as many epochs the test loss is {dropout:.3f} with dropout and "
    "{more:.3f} with {rows} training rows in place of {few}": (
        "这里并不是每种办法都有用：训练同样多轮之后，用 dropout 的测试损失为 {dropout:.3f}；训练行从 {few} 行变成 "
        "{rows} 行，则为 {more:.3f}"
    ),
}
"""English template to Chinese template."""
