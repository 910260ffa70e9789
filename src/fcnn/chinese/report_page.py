"""Chinese of ``report.html``.

These are not among the texts of the command line: short words such as ``class`` would be taken there for what a user's
table says.
"""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

PAGE_TEXTS: Mapping[str, str] = {
    # --- the page ---
    "training report": "训练报告",
    "fcnn training report": "fcnn 训练报告",
    "Skip to the content": "跳到正文",
    "Contents": "目录",
    "A fully connected network that predicts {target!r}, {task}.": "一个预测 {target!r} 的全连接网络：{task}。",
    "{first!r} or {second!r}": "{first!r} 或 {second!r}",
    "one of {count} classes": "{count} 个类别之一",
    "a number": "一个数值",
    "95 %: {interval}": "95 %：{interval}",
    "rows": "行数",
    "{count:,} of them to learn from": "其中 {count:,} 行用于学习",
    "parameters": "参数",
    "{count:,} inputs": "{count:,} 个输入",
    "kept epoch": "保留的轮次",
    "of {count:,}": "共 {count:,} 轮",
    "Is it any good?": "它好不好？",
    "What does it get wrong?": "它错在哪里？",
    "How did it learn?": "它是怎样学的？",
    "What matters?": "什么最重要？",
    "What is it?": "它是什么？",
    "On what data?": "用了什么数据？",
    "In what environment?": "在什么环境里？",
    "How to repeat it?": "怎样重现？",
    "What the scores mean": "这些指标的含义",
    "What was noticed in the table": "表格里值得注意的地方",
    "{count:,} more columns are in data.json.": "另外 {count:,} 列见 data.json。",
    "In the run folder, with the same versions and the same files, this gives the same weights:": (
        "在运行目录里，用同样的版本和同样的文件，这条命令得到同样的权重："
    ),
    "And this predicts new rows:": "这条命令预测新的行：",
    "Written by fcnn {version}. This page needs no network; every number in it comes from the files of the run "
    "folder.": "由 fcnn {version} 生成。本页不需要网络；其中每个数字都来自运行目录里的文件。",
    "(best)": "（最好）",
    "what to do:": "怎么办：",
    "error": "错误",
    "warning": "警告",
    "note": "提示",
    # --- is it any good ---
    "accuracy": "准确率",
    "balanced accuracy": "平衡准确率",
    "F1 (macro)": "F1（宏平均）",
    "log loss": "对数损失",
    "average precision": "平均精确率",
    "RMSE": "均方根误差",
    "ROC AUC": "ROC AUC",
    "R²": "R²",
    "mean absolute error": "平均绝对误差",
    "median absolute error": "绝对误差中位数",
    "share of the rows whose class is predicted rightly": "类别预测正确的行所占的比例",
    "the same for each class by itself, averaged: rare classes count as much": (
        "先对每个类别分别计算，再取平均：少见的类别同样重要"
    ),
    "harmonic mean of precision and recall of each class, averaged over the classes": (
        "每个类别的精确率与召回率的调和平均，再对类别取平均"
    ),
    "how little probability the true class was given, in nats a row; 0 is perfect": (
        "给真实类别的概率有多低，每行以奈特计；0 为完美"
    ),
    "how often a row of the class gets more probability than one of another class; 0.5 is chance": (
        "该类别的一行比其他类别的一行得到更高概率的频率；0.5 等于瞎猜"
    ),
    "precision of the positive class, averaged over all its recalls": "正类的精确率对所有召回率取平均",
    "root of the mean squared error, in the target's unit; large errors weigh more": (
        "均方误差的平方根，以目标的单位计；大的误差影响更大"
    ),
    "how far off a prediction is on average, in the target's unit": "预测平均偏离多少，以目标的单位计",
    "half of the predictions are closer than that, in the target's unit": "一半的预测比这更接近，以目标的单位计",
    "share of the target's variance that is explained; 0 is as good as the mean": (
        "解释了目标方差的多大比例；0 等于只用均值"
    ),
    "most frequent class": "最多的类别",
    "mean of the target": "目标的均值",
    "logistic regression": "逻辑回归",
    "ridge regression": "岭回归",
    "{value} (95 % interval {interval})": "{value}（95 % 区间 {interval}）",
    "On {count:,} test rows, which had no part in the training: {metric} {value}.": (
        "在没有参与训练的 {count:,} 行测试数据上：{metric} {value}。"
    ),
    "On {count:,} validation rows, by which the epoch was chosen (so a little too good): {metric} {value}.": (
        "在用来选择轮次的 {count:,} 行验证数据上（因此略微偏高）：{metric} {value}。"
    ),
    "On the {count:,} rows that it learnt from, which says little of new rows: {metric} {value}.": (
        "在它学习过的 {count:,} 行上（对新的行说明不了多少）：{metric} {value}。"
    ),
    "No row is predicted wrongly. With {count:,} rows that still allows up to {share} % of errors among new ones "
    "(the rule of three).": (
        "没有一行预测错误。但只有 {count:,} 行，新的行里仍可能有多达 {share} % 的错误（三法则，rule of three）。"
    ),
    "The best baseline, {baseline}, has {other}, which lies within that interval: no clear difference.": (
        "最好的基线（{baseline}）为 {other}，落在这个区间内：看不出明显差别。"
    ),
    "The best baseline, {baseline}, has the same.": "最好的基线（{baseline}）与它相同。",
    "That is better than the best baseline: {baseline} has {other}.": "比最好的基线更好：{baseline} 为 {other}。",
    "That is worse than the best baseline: {baseline} has {other}.": "比最好的基线更差：{baseline} 为 {other}。",
    "this network": "本网络",
    "{metric} of the network and of the baselines": "本网络与基线的{metric}",
    "{metric} (more is better)": "{metric}（越大越好）",
    "{metric} (less is better)": "{metric}（越小越好）",
    "score": "指标",
    "95 % interval": "95 % 区间",
    "Scores on the {part} rows; the best of each line is marked": "{part}数据上的成绩；每行最好的有标记",
    "The interval is that of a bootstrap over the judged rows: how much the score could have differed with other rows "
    "of the same kind. It knows nothing of rows of another kind.": (
        "区间由对所评各行的自助法（bootstrap）得出：换成同类的其他行，成绩可能相差多少。它不涉及另一类的行。"
    ),
    "The same network on every part of the table": "同一网络在表格各部分上的成绩",
    "Scores much better on the training rows than elsewhere would mean that it knows those by heart.": (
        "如果训练数据上的成绩远好于其他部分，就说明它只是背下了那些行。"
    ),
    "training": "训练",
    "validation": "验证",
    "test": "测试",
    "fold {number}": "第 {number} 折",
    "seed {number}": "种子 {number}",
    "{name} (kept)": "{name}（保留）",
    "mean": "均值",
    "standard deviation": "标准差",
    "Each of the {count} trainings, on its {part} rows": "{count} 次训练各自在{part}数据上的成绩",
    # --- what does it get wrong ---
    "Confusion matrix ({part} rows)": "混淆矩阵（{part}数据）",
    "True classes downwards, predicted ones across: what lies on the diagonal is right.": (
        "纵向为真实类别，横向为预测类别：对角线上的是对的。"
    ),
    "true class": "真实类别",
    "predicted as": "预测为",
    "The most frequent mistakes": "最常见的错误",
    "of the class, %": "占该类别的 %",
    "Each class by itself": "各个类别",
    "class": "类别",
    "precision": "精确率",
    "recall": "召回率",
    "Precision: of the rows predicted as the class, how many are of it. Recall: of the rows of the class, how many are "
    "found. F1: the harmonic mean of both.": (
        "精确率：预测为该类别的行里有多少真的是。召回率：该类别的行里有多少被找到。F1：两者的调和平均。"
    ),
    "ROC curve of {name!r}": "{name!r} 的 ROC 曲线",
    "share of the other rows that are taken for it": "其他行被误认为它的比例",
    "share of its rows that are found": "它的行被找到的比例",
    "Predicted against true values of {name}; on the line both are equal": ("{name} 的预测值与真实值；在线上两者相等"),
    "How far off the predictions of {name} are": "{name} 的预测偏离多少",
    "true": "真实值",
    "predicted": "预测值",
    "predicted minus true": "预测值减真实值",
    "error, % of the true value": "误差占真实值的 %",
    "How large the errors are": "误差有多大",
    "share of the rows": "占行数的比例",
    "error at most": "误差不超过",
    "The {count} rows whose true class it believes least": "它最不相信其真实类别的 {count} 行",
    "The {count} largest errors": "误差最大的 {count} 行",
    "probability of the true class": "真实类别的概率",
    "loss": "损失",
    "file": "文件",
    "line": "行号",
    "row": "数据行",
    "line: of the file, the first line being 1. row: of the table, the first data row being 0; "
    "`fcnn trace {run} --row {row}` shows how the network came to its answer.": (
        "行号：文件里的行，第一行为 1。数据行：表格里的行，第一行数据为 0；"
        "`fcnn trace {run} --row {row}` 显示网络怎样得出它的答案。"
    ),
    # --- how did it learn ---
    "Epoch {kept:,} of {epochs:,} is kept; training ended since {reason}.": (
        "共 {epochs:,} 轮，保留第 {kept:,} 轮；训练结束的原因：{reason}。"
    ),
    "all epochs were done": "所有轮次都已完成",
    "the loss had stopped improving": "损失不再改善",
    "the time limit was reached": "到了时间限制",
    "it was interrupted": "被中断",
    "{what} by epoch": "各轮的{what}",
    "epoch": "轮次",
    "learning rate": "学习率",
    "How much gradient each layer receives": "每层得到多少梯度",
    "gradient norm": "梯度范数",
    "update / weight": "更新 / 权重",
    "dead units": "死亡单元",
    "saturated units": "饱和单元",
    "mean activation": "平均激活值",
    "its spread": "激活值的离散程度",
    "layer {number}": "第 {number} 层",
    "layer": "层",
    "activation": "激活函数",
    "Each layer in epoch {epoch}": "第 {epoch} 轮的各层",
    # --- what matters ---
    "How much worse it gets when a column is shuffled": "打乱某一列后会差多少",
    "rise of the error ({metric})": "误差的上升（{metric}）",
    "column": "列",
    "importance": "重要性",
    "Importance of each column": "各列的重要性",
    "Permutation importance on the {part} rows: a column's values are shuffled among the rows, and the error rises by "
    "so much. Columns that tell the same share theirs.": (
        "在{part}数据上的置换重要性：把某一列的值在各行之间打乱，误差上升这么多。内容相同的列会分摊重要性。"
    ),
    "What it answers between the rows: the decision surface": "各行之间它怎样回答：决策面",
    "What single units of the first layers respond to": "前几层的单个单元对什么有反应",
    "The scores of the repeated trainings": "重复训练的成绩",
    # --- what is it ---
    "The network: {network}": "网络：{network}",
    "There is no hidden layer: this is a linear model.": "没有隐藏层：这是一个线性模型。",
    "{terms} = {total} parameters": "{terms} = {total} 个参数",
    "{total} parameters in all": "共 {total} 个参数",
    "The layers; each unit has a weight for every unit before it, and a bias": (
        "各层；每个单元对前一层的每个单元有一个权重，另加一个偏置"
    ),
    "{number} (output)": "{number}（输出）",
    "units": "单元",
    "besides": "其他",
    "batch normalization": "批归一化",
    "a learnt weight for each activation": "每个激活值有一个可学习的权重",
    "clipped to the range of the training targets": "截断到训练目标值的范围内",
    "dropout {share:g}": "dropout {share:g}",
    "parameters by hand": "手算参数",
    # --- on what data, where, and how to repeat it ---
    "number": "数值",
    "category": "类别",
    "boolean": "布尔",
    "date": "日期",
    "The files": "文件",
    "bytes": "字节",
    "{count:,} rows were read": "读入 {count:,} 行",
    "part": "部分",
    "share, %": "占比 %",
    "what for": "用途",
    "learning the weights; fitting the preprocessing": "学习权重；拟合预处理",
    "choosing the epoch": "选择轮次",
    "scored once, at the end": "最后评分一次",
    "left out": "未使用",
    "they have no target": "没有目标值",
    "The columns, and how many inputs of the network each became": "各列，以及每列成为网络的几个输入",
    "type": "类型",
    "why": "原因",
    "values": "取值",
    "missing": "缺失",
    "inputs": "输入",
    "{count:,} different": "{count:,} 种",
    "Where it was trained": "训练环境",
    "what": "项目",
    "version": "版本",
    "fcnn check-env says": "fcnn check-env 的结论",
    "sound": "正常",
    "sound, with warnings": "正常，但有警告",
    "not sound": "不正常",
    "What the result depends on": "结果取决于什么",
    "value": "值",
    "seed": "种子",
    "optimizer": "优化器",
    "it took": "用时",
    "{seconds} seconds": "{seconds} 秒",
    # --- several networks that answer together ---
    "this ensemble": "这个集成",
    "On {count:,} rows, each predicted by the network that did not learn from it (its epoch was chosen by them, so a "
    "little too good): {metric} {value}.": (
        "在 {count:,} 行上，每行由没有学过它的那个网络预测（它的轮次是按这些行选的，所以略微偏好）：{metric} {value}。"
    ),
    "Which networks answer together?": "哪些网络一起回答？",
    "A prediction is the mean of what {count} networks say: of their probabilities, or of their numbers in the "
    "target's own unit. Each has a preprocessing of its own where its training rows are its own.": (
        "预测是 {count} 个网络的平均：概率的平均，或以目标自己的单位计的数值的平均。训练行不同的网络各有自己的预处理。"
    ),
    "The curves, verdicts, importance and layers on this page, and the pictures of what it answers between the rows, "
    "are of network {number} alone.": (
        "本页的曲线、诊断结论、重要性和各层，以及行与行之间如何回答的图，只属于第 {number} 个网络。"
    ),
    "Each network alone and all together, on the {part} rows": "每个网络单独与全部一起的得分（{part}行）",
    "network": "网络",
    "together": "一起",
    # --- calibration and threshold ---
    "How sure is it, and how does it decide?": "它有多大把握，怎样做决定？",
    "The logits are divided by the temperature {temperature}, which has the least log loss on the validation rows: "
    "above 1 the network was too sure of itself, below 1 not sure enough.": (
        "对数几率除以温度 {temperature}，它在验证行上的对数损失最小：大于 1 说明网络过于自信，小于 1 说明不够自信。"
    ),
    "A row is taken for {name!r} where its probability is above {threshold}, the threshold with the best {metric} on "
    "the validation rows.": "概率高于 {threshold} 的行判为 {name!r}：这个阈值在验证行上的 {metric} 最好。",
    "Reliability on the {part} rows: expected calibration error {before} before, {after} after": (
        "{part}行上的可靠性：期望校准误差从 {before} 变为 {after}"
    ),
    "probability of the likeliest class": "最可能类别的概率",
    "share that is right": "其中判断正确的比例",
    "before": "之前",
    "after": "之后",
    "as sure as right": "把握与正确率一致",
    "What it changed on the {part} rows": "它在{part}行上改变了什么",
}
"""Every English template of the page to the Chinese one."""
