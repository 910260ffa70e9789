"""Chinese of the labels in pictures."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- whose rows ---
    "1 training row": "1 行训练数据",
    "{count:,} training rows": "{count:,} 行训练数据",
    "1 validation row": "1 行验证数据",
    "{count:,} validation rows": "{count:,} 行验证数据",
    "1 test row": "1 行测试数据",
    "{count:,} test rows": "{count:,} 行测试数据",
    "1 row": "1 行",
    "{count:,} rows": "{count:,} 行",
    "1 row of {file}": "{file} 的 1 行",
    "{count:,} rows of {file}": "{file} 的 {count:,} 行",
    "rows": "行数",
    # --- learning curves ---
    "Loss": "损失",
    "Accuracy": "准确率",
    "Mean absolute error": "平均绝对误差",
    "Learning rate": "学习率",
    "training": "训练",
    "validation": "验证",
    "epoch": "轮次",
    "epoch (lines: median of {window} epochs)": "轮次（曲线：每 {window} 轮的中位数）",
    "kept epoch {epoch:,}: {value:.4g}": "保留第 {epoch:,} 轮：{value:.4g}",
    "log scale": "对数刻度",
    # --- classes ---
    "Confusion matrix": "混淆矩阵",
    "{right:,} of {rows} right": "{rows}，答对 {right:,} 行",
    "{right}; no weights": "{right}；未计权重",
    "predicted class": "预测类别",
    "true class (its rows)": "真实类别（行数）",
    "share of the true class": "占真实类别的比例",
    "ROC": "ROC 曲线",
    "Precision and recall": "精确率与召回率",
    "{title}: positive class {name}": "{title}：正类 {name}",
    "{title}: each class against the rest": "{title}：每一类对其余各类",
    "false positive rate: share of the other rows that is flagged": "假正率：其余各行中被判为该类的比例",
    "true positive rate: share of the class that is found": "真正率：该类中被找出的比例",
    "recall: share of the class that is found": "召回率：该类中被找出的比例",
    "precision: share of the flagged rows that is right": "精确率：判为该类的行中正确的比例",
    "area under the curve (AUC)": "曲线下面积（AUC）",
    "average precision (AP)": "平均精确率（AP）",
    "the worst {some} of {count} classes": "{count} 类中最差的 {some} 类",
    "guessing: {score:.3f}": "随机猜测：{score:.3f}",
    "at probability 0.5": "概率为 0.5 处",
    "middle 80 % of the classes": "居中的 80 % 的类",
    "mean of {count} classes: {mean:.3f}": "{count} 类的平均：{mean:.3f}",
    "without rows: {names}": "没有数据的类：{names}",
    # --- numbers ---
    "Predicted against true": "预测值与真实值",
    "equal": "相等",
    "equal ({scores})": "相等（{scores}）",
    "true {target}": "真实的 {target}",
    "predicted {target}": "预测的 {target}",
    "Residuals: predicted minus true": "残差：预测值减真实值",
    "residual, in units of {target}": "残差，单位同 {target}",
    "median of each tenth of the rows": "每十分之一行的中位数",
    "Median {value:.3g}": "中位数 {value:.3g}",
    "rows in a hexagon": "每个六边形内的行数",
    "1 of {count:,} rows lies far off, outside this picture": "{count:,} 行中有 1 行相差太远，不在图内",
    "{some:,} of {count:,} rows lie far off, outside this picture": "{count:,} 行中有 {some:,} 行相差太远，不在图内",
    # --- the network ---
    "input": "输入",
    "values a row": "每行的数值",
    "hidden {number}": "隐藏层 {number}",
    "output": "输出",
    "batch normalization": "批归一化",
    "dropout {rate:g}": "随机失活 {rate:g}",
    "{terms}{count:,} trained parameters": "{terms}{count:,} 个可训练参数",
    "{sizes}, and {count:,} moving averages that are not trained": "{sizes}，另有 {count:,} 个不训练的滑动平均值",
    "{positive} (else {negative})": "{positive}（否则 {negative}）",
    # --- several trainings ---
    "train {metric}": "{metric}（训练集）",
    "validation {metric}": "{metric}（验证集）",
    "test {metric}": "{metric}（测试集）",
    "accuracy": "准确率",
    "log loss": "对数损失",
    "mean absolute error": "平均绝对误差",
    "kept": "保留",
    "mean": "平均",
    "one standard deviation": "一个标准差",
    "logistic regression": "逻辑回归",
    "ridge": "岭回归",
    "fold": "折",
    "seed": "种子",
    # --- fonts ---
    "no installed font has Chinese letters: the labels of the pictures are English": (
        "没有安装带中文的字体：图中的文字用英文"
    ),
    "for Chinese labels install one (`apt-get install fonts-noto-cjk` on Debian or Ubuntu)": (
        "要显示中文，请安装一种中文字体（在 Debian 或 Ubuntu 上执行 `apt-get install fonts-noto-cjk`）"
    ),
    "no installed font can draw {letters}: the plots show boxes with numbers instead; install one that can (for "
    "Chinese e.g. `apt-get install fonts-noto-cjk` on Debian or Ubuntu) and draw again": (
        "没有安装能显示 {letters} 的字体：图中以带编号的方框代替；请安装一种（中文字体例如在 Debian 或 Ubuntu 上执行 "
        "`apt-get install fonts-noto-cjk`），再重新画图"
    ),
}
"""English template to Chinese template."""
