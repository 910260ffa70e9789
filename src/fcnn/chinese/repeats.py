"""Chinese of what is said about several trainings: with several seeds, or on the folds of a cross-validation."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- what was asked for ---
    "a training is repeated with several seeds or on several folds, not both": (
        "重复训练要么用多个种子，要么用多折，不能同时用"
    ),
    "leave one of them out": "去掉其中一个",
    "mean and spread need several trainings": "要得到均值和离散程度，需要训练多次",
    "a whole number, {least} or more": "不小于 {least} 的整数",
    # --- sharing rows out ---
    "{count} rows are too few for {folds} folds": "{count} 行不够分成 {folds} 折",
    "a class has too few rows to be in each of {folds} folds": "有的类别行数太少，不能在 {folds} 折里都出现",
    "--folds {count}, data.split.method=random, or more rows of each class": (
        "--folds {count}、data.split.method=random，或者每个类别多一些行"
    ),
    "there are too few groups for {folds} folds": "组太少，不够分成 {folds} 折",
    "there are too few different times in {name!r} for {folds} folds": "{name!r} 里不同的时间太少，不够分成 {folds} 折",
    "{count} different times": "{count} 个不同的时间",
    "the rows that are for validation are shared out to the folds, too": "用作验证集的行也会分到各折里",
    # --- while they go on ---
    "{count} trainings: seeds {first} to {last}": "训练 {count} 次：种子 {first} 到 {last}",
    "{count} trainings: each fold of {size} rows is held out once": "训练 {count} 次：每折 {size} 行，轮流留作验证集",
    "{least:,} to {most:,}": "{least:,} 到 {most:,}",
    "fold {number}": "第 {number} 折",
    "seed {seed}": "种子 {seed}",
    "fold {number} of {count}": "第 {number} 折，共 {count} 折",
    "seed {seed} ({number} of {count})": "种子 {seed}（第 {number} 个，共 {count} 个）",
    "{place} in {member}": "{member}的{place}",
    "{member}: epoch {best} of {epochs} kept; {figures}": "{member}：共 {epochs} 轮，保留第 {best} 轮；{figures}",
    "stopping after the steps under way; the trainings that are finished are kept": (
        "做完当前几步就停止；保留已经完成的训练"
    ),
    # --- what came of them ---
    "mean {sign} std": "均值 {sign} 标准差",
    "fold {number} kept": "保留的第 {number} 折",
    "seed {seed} kept": "保留的种子 {seed}",
    "{count} trainings": "训练了 {count} 次",
    "{finished} of {count} trainings": "{count} 次训练完成了 {finished} 次",
    "{trainings}, {kept}": "{trainings}，{kept}",
    "{trainings}; {stopped}": "{trainings}；{stopped}",
}
"""English template to Chinese template."""
