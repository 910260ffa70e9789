"""Chinese of what ``fcnn tune`` says: the section ``search``, the search itself, and the page of a study."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- the section `search` ---
    "[*] stands for every layer, and for nothing else": "[*] 代表每一层，别处不能用",
    "`{inner}` is a part of `{outer}`, which is searched, too": "`{inner}` 是 `{outer}` 的一部分，而后者也在搜索之列",
    "a key such as training.optimizer.learning_rate": "一个键，例如 training.optimizer.learning_rate",
    "a step of {step:g} leads beyond high": "步长 {step:g} 超出了 high",
    "delete `search` for usual ranges": "删掉 `search` 就使用通常的范围",
    "leave `log` or `step` out": "去掉 `log` 或 `step`",
    "low must be below high": "low 必须小于 high",
    "low {low:g}, high {high:g}": "low {low:g}，high {high:g}",
    "on a logarithmic scale every number is above 0": "对数刻度上的数都大于 0",
    "search training.optimizer.weight_decay, with training.optimizer.name: adamw": (
        "搜索 training.optimizer.weight_decay，并设 training.optimizer.name: adamw"
    ),
    "steps are of equal size, which they are not on a logarithmic scale": "步长处处相等，而在对数刻度上并非如此",
    "the penalty is a part of the validation loss, by which trials are compared": (
        "惩罚项是验证集损失的一部分，而各次试验正是按它来比较的"
    ),
    "there is no key to search": "没有要搜索的键",
    "there is nothing to choose from": "没有可选的值",
    "this choice is there twice": "这个选项出现了两次",
    "this decides which rows there are, or what is predicted: trials could not be compared": (
        "它决定有哪些行，或者预测什么：各次试验无法比较"
    ),
    "this does not change what a network learns": "它不改变网络学到的东西",
    "trials are compared by their validation loss, and values of different losses cannot be": (
        "各次试验按验证集的损失比较，而不同损失函数的值无法比较"
    ),
    "two values or more": "两个或更多的值",
    "with another seed other rows are for validation: trials could not be compared": (
        "换一个种子，验证集就是另一些行：各次试验无法比较"
    ),
    "write a list of choices": "写一个选项的列表",
    "{key} takes no numbers, so it has no range": "{key} 不接受数，所以没有范围",
    "{key} takes whole numbers only": "{key} 只接受整数",
    # --- options ---
    "this cannot be so many": "不能是这么多",
    # --- the study ---
    "--study NAME begins another one": "用 --study NAME 另起一个",
    "this study was begun with another config: {differences}": "这个研究开始时的配置不同：{differences}",
    "this study was begun with another table: its files have changed since": "这个研究开始时的表格不同：文件后来变了",
    "{count} more": "另外 {count} 处",
    "{key} was {before}, and is {now}": "{key} 原来是 {before}，现在是 {now}",
    "another version of Optuna wrote this study: {error}": "这个研究是另一个版本的 Optuna 写的：{error}",
    "go on in the environment that it was begun in, or choose another --study": (
        "在开始它的那个环境里继续，或者换一个 --study"
    ),
    "such as postgresql://user:password@host/database": "例如 postgresql://user:password@host/database",
    "the package that talks to this database is not installed: {name}": "没有安装与这种数据库通信的包：{name}",
    "the same command goes on with it": "同样的命令会接着做",
    "the study cannot be opened: {error}": "无法打开这个研究：{error}",
    "the study's database does not answer: {error}": "研究所在的数据库没有响应：{error}",
    "this is no address of a database": "这不是数据库的地址",
    "another process works on this study": "另一个进程正在做这个研究",
    "--jobs N trains with several processes, --study URL with several machines": (
        "--jobs N 用多个进程训练，--study URL 用多台机器"
    ),
    # --- trials ---
    "no rows are for validation: nothing would say which trial is better": ("没有用于验证的行：无从知道哪次试验更好"),
    "not enough memory": "内存不够",
    "its process ended with code {code}: not enough memory?": "它的进程以代码 {code} 结束：是不是内存不够？",
    "no trial has come to its end": "没有一次试验完成",
    "no trial has come to its end: {count} have failed": "没有一次试验完成：{count} 次失败",
    "the run's validation loss is {found:.9g}, that of its trial was {before:.9g}": (
        "这次运行的验证集损失是 {found:.9g}，而试验的是 {before:.9g}"
    ),
    "the trial was trained on another machine or with other versions": "试验是在另一台机器上或用其他版本训练的",
    "trial {number} is still the best; it was trained as a run before": "试验 {number} 仍然最好；它已经作为运行训练过",
    "trial {number} is the best: it is trained once more, as a run": "试验 {number} 最好：把它作为一次运行再训练一遍",
    "the config as it is": "配置原样",
    "trial {number} failed: {reason}  {values}": "试验 {number} 失败：{reason}  {values}",
    "trial {number} pruned after epoch {epochs}: loss {loss:.4g}  {values}": (
        "试验 {number} 在第 {epochs} 轮后提前终止：损失 {loss:.4g}  {values}"
    ),
    "trial {number} was interrupted  {values}": "试验 {number} 被中断  {values}",
    "trial {number}: loss {loss:.4g}, epoch {best} of {epochs}  {values}": (
        "试验 {number}：损失 {loss:.4g}，共 {epochs} 轮，取第 {best} 轮  {values}"
    ),
    "best of {count} trials: number {number}, validation loss {loss:.4g}; {page}": (
        "{count} 次试验中最好的：第 {number} 号，验证集损失 {loss:.4g}；{page}"
    ),
    "stopping after the steps under way; the best trial so far is kept": ("做完手头的步骤就停止；保留目前最好的试验"),
    "the study goes on after {count} trials": "研究从 {count} 次试验之后继续",
    "{done} of {most} trials, {pruned} pruned, {failed} failed": (
        "{most} 次试验中完成 {done} 次，{pruned} 次提前终止，{failed} 次失败"
    ),
    "{done} trials, {pruned} pruned, {failed} failed": "{done} 次试验，{pruned} 次提前终止，{failed} 次失败",
    # --- the page ---
    "Search {name}": "搜索 {name}",
    "Configs that predict {target!r}, compared by their loss on the validation rows. The test rows have no "
    "part in it; the run that the best config became is scored on them.": (
        "预测 {target!r} 的各份配置，按验证集的损失比较。测试集的行不参与；最好的配置成为一次运行，由测试集评分"
    ),
    "How much of the differences between complete trials each key accounts for (functional ANOVA)": (
        "完成的试验之间的差别，每个键各占多少（函数方差分析）"
    ),
    "It is in best.yaml beside this page, every value spelled out; {code} trains it.": (
        "它写在本页旁边的 best.yaml 里，每个值都列了出来；用 {code} 训练它"
    ),
    "No trial has come to its end.": "没有一次试验完成",
    "The best config": "最好的配置",
    "The best {shown:,} of {count:,}. The first trial is the config as it is.": (
        "{count:,} 次中最好的 {shown:,} 次。第一次试验是配置原样"
    ),
    "The config as it is: no trial was better.": "就是配置原样：没有更好的试验",
    "The loss of each trial along each key; the best one has a ring": "每次试验的损失随每个键的变化；最好的一次带圈",
    "The loss of each trial, and the best one so far; the numbers are in the table": (
        "每次试验的损失，以及到那时为止最好的；数字在表格里"
    ),
    "The trials": "各次试验",
    "What was found": "找到了什么",
    "What was searched": "搜索了什么",
    "its trial": "它的试验号",
    "complete": "完成",
    "failed": "失败",
    "pruned": "提前终止",
    "under way": "进行中",
    "key": "键",
    "value": "值",
    "range or choices": "范围或选项",
    "state": "状态",
    "trial": "试验",
    "trials": "试验次数",
    "How the best one was found": "最好的一次是怎样找到的",
    "Which keys matter": "哪些键重要",
    "best so far": "到那时最好的",
    "share of the differences between complete trials": "占完成的试验之间差别的份额",
    "1 trial lies above": "有 1 次试验在图外上方",
    "{count} trials lie above": "有 {count} 次试验在图外上方",
}
"""English template to Chinese template."""
