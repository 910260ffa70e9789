"""Chinese of what `fcnn compare` says, in the terminal and on its page."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- what cannot be compared ---
    "a comparison takes at least two runs": "至少要有两次运行才能比较",
    "fcnn compare latest RUN": "例如 fcnn compare latest RUN",
    "at most {count} runs can be compared": "最多比较 {count} 次运行",
    "is given twice, as run {first} and run {second}": "给了两次，既是运行 {first} 又是运行 {second}",
    "the runs predict different things: only runs of one target and task can be compared": (
        "这些运行预测的东西不同：只能比较目标和任务都相同的运行"
    ),
    "{target!r} ({task}), as {run}": "{target!r}（{task}），与 {run} 一样",
    # --- beside run A ---
    "run A is judged by its {one} rows, run {letter} by its {other} rows": (
        "运行 A 用 {one} 部分评价，运行 {letter} 用 {other} 部分评价"
    ),
    "the runs know different classes": "两次运行的类别不同",
    "run {letter} has no {file}; a new training writes it": "运行 {letter} 没有 {file}；重新训练就会写出",
    "no common {part} rows": "没有共同的 {part} 行",
    "1 common {part} row is too few": "只有 1 行共同的 {part} 数据，太少",
    "{count} common {part} rows are too few": "只有 {count} 行共同的 {part} 数据，太少",
    "the same rows have other targets in run {letter}": "同样的行在运行 {letter} 中目标值不同",
    "it and run A were judged by up to {count:,} rows each, of which {rows:,} are common": (
        "它与运行 A 各用至多 {count:,} 行评价，其中 {rows:,} 行相同"
    ),
    "the weights of the rows differ: each counts once here": "两次运行的权重不同：这里每行算一次",
    "nothing to compare": "没有可比较的",
    "run {letter} beside run A: cannot be said: {reason}": "运行 {letter} 与运行 A：无法判断：{reason}",
    "run {letter}: {note}": "运行 {letter}：{note}",
    "run {letter}'s {metric} is that of run A ({evidence}): {verdict}": (
        "运行 {letter} 的 {metric} 与运行 A 相同（{evidence}）：{verdict}"
    ),
    "run {letter}'s {metric} is {size} higher than run A's ({evidence}): {verdict}": (
        "运行 {letter} 的 {metric} 比运行 A 高 {size}（{evidence}）：{verdict}"
    ),
    "run {letter}'s {metric} is {size} lower than run A's ({evidence}): {verdict}": (
        "运行 {letter} 的 {metric} 比运行 A 低 {size}（{evidence}）：{verdict}"
    ),
    "run {letter}: more than noise: {names}": "运行 {letter}：超出随机波动的有 {names}",
    "95 % interval {low} to {high}, {rows}": "95 % 区间 {low} 到 {high}，{rows}",
    "{count:,} common test rows": "{count:,} 行共同的测试数据",
    "{count:,} common validation rows": "{count:,} 行共同的验证数据",
    "{count:,} common training rows": "{count:,} 行共同的训练数据",
    "more than noise": "超出随机波动",
    "no more than noise": "没有超出随机波动",
    "of 20 differences that are noise, about 1 looks like more: look twice where many runs are compared": (
        "每 20 个只是随机波动的差别里，约有 1 个看起来超出波动：比较很多次运行时要多加小心"
    ),
    "the runs are judged by different parts of their tables: no number is marked as the better one": (
        "这些运行用表格的不同部分评价：不标出哪个更好"
    ),
    # --- tables ---
    "the configs are the same": "配置相同",
    "Where the configs differ": "配置的不同之处",
    "config": "配置",
    "Scores": "评分",
    "scores": "评分",
    "judged by": "评价所用",
    "{mark} the best number of its row": "{mark} 该行最好的数",
    "What it took": "训练的代价",
    "parameters": "参数",
    "epochs": "轮数",
    "kept epoch": "保留的轮次",
    "seconds": "秒",
    "stopped": "结束的原因",
    "from": "从",
    "to": "到",
    "yes": "是",
    "no": "否",
    "{letter} - A on {rows}; from, to: 95 % interval by a paired bootstrap": (
        "{letter} - A：{rows}；从、到：配对自助法的 95 % 区间"
    ),
    "How run {letter} differs from run A": "运行 {letter} 与运行 A 的差别",
    "{path} is written": "已写入 {path}",
    # --- the page ---
    "{count} runs compared": "{count} 次运行的比较",
    "They predict {target!r}. Run A is the one that the others are compared with.": (
        "它们预测 {target!r}；其他运行都与运行 A 比较"
    ),
    "Is it more than noise?": "超出随机波动了吗",
    "(best)": "（最好）",
    "How they learnt": "学习过程",
    "Loss of each run by epoch, and a metric where all have the same; the numbers are in history.csv": (
        "每次运行各轮的损失，以及共同的指标；数值在各运行的 history.csv 里"
    ),
    # --- its picture ---
    "validation rows; pale: training rows; ring: the epoch that was kept": "验证数据；浅色：训练数据；圆圈：保留的轮次",
    "training rows; ring: the epoch that was kept": "训练数据；圆圈：保留的轮次",
}
"""English template to Chinese template."""
