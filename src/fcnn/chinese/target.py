"""Chinese of what :mod:`fcnn.data` says about the target, its classes, the weights and the split."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- target ---
    "the target is the same in every row that has one": "目标列在每一个有值的行都相同",
    "no value at all": "一个值也没有",
    "at least two values": "至少两个不同的值",
    "a binary target has two classes": "二分类的目标列要有两个类别",
    "the target is text, and regression needs a number in each row": "目标列是文本，而回归要求每行都是数",
    "for classes: data.task={task}": "如果是类别：data.task={task}",
    "regression needs a number in each row": "回归要求每行都是数",
    "regression needs a finite number in each row": "回归要求每行都是有限的数",
    "correct the file, or say what to do: {missing} (leave these rows out), data.task=multiclass (they are classes)": (
        "改正文件，或者指明怎么处理：{missing}（不用这些行），data.task=multiclass（它们是类别）"
    ),
    "{classes:,} classes for {rows:,} rows: hardly any class has two rows to learn from": (
        "{rows:,} 行有 {classes:,} 个类别：几乎没有类别有两行可以学习"
    ),
    "they are dates: a network predicts numbers or classes, such as the days until then, or the year": (
        "它们是日期：网络只能预测数值或类别，例如到那天的天数，或者年份"
    ),
    "is it a quantity? data.task=regression": "它是数量吗？data.task=regression",
    "they are times: as a quantity they are predicted in seconds, data.task=regression": (
        "它们是时间：作为数量来预测时单位是秒，data.task=regression"
    ),
    "has {count:,} different values that are neither plain numbers nor names": (
        "有 {count:,} 个不同的值，既不是普通的数，也不是名称"
    ),
    "classes or numbers": "类别或数",
    "{advice}; to predict it as it is: data.task={task}": "{advice}；如果照原样预测：data.task={task}",
    "is it an identifier? Choose another target; or join classes, or leave out the rows of rare ones": (
        "它是标识符吗？请换一个目标列；或者合并类别，或者去掉少见类别的行"
    ),
    "the classes differ in size: {most:,} of {largest!r}, {fewest:,} of {smallest!r}": (
        "各类别的数量相差很大：{largest!r} 有 {most:,} 行，{smallest!r} 有 {fewest:,} 行"
    ),
    "to weigh the classes alike: training.class_weight=balanced": (
        "要让各类别同等重要：training.class_weight=balanced"
    ),
    "1 cell is no class of this run": "有 1 个单元格不是训练时的类别",
    "{count:,} cells are no class of this run": "有 {count:,} 个单元格不是训练时的类别",
    # --- weights ---
    "each row needs a weight of 0 or more": "每行都要有不小于 0 的权重",
    "{count} sample weights are missing, negative or beyond {largest:g}": (
        "有 {count} 个样本权重缺失、为负或大于 {largest:g}"
    ),
    "all sample weights of the {part} rows are 0": "{part} 部分的样本权重全都是 0",
    # --- split ---
    "data.split.method=random, or more rows of each class": "data.split.method=random，或者每个类别多一些行",
    "{count} usable rows are too few to split": "可用的只有 {count} 行，不够划分",
    "at least one row to train": "至少有一行用于训练",
    "to do without those parts: {overrides}": "不要这些部分：{overrides}",
    "a stratified split needs classes, and the target is a quantity": "分层划分需要类别，而目标列是数量",
    "cannot split: {error}": "无法划分：{error}",
    "there are too few groups for the parts of the split": "组太少，不够划分",
    "at least {count} groups": "至少 {count} 组",
    "1 group of {name!r}": "{name!r} 只有 1 组",
    "{count} groups of {name!r}": "{name!r} 只有 {count} 组",
    "no row is earlier than the {part} rows: too few different times in {name!r}": (
        "没有早于 {part} 部分的行：{name!r} 里不同的时间太少"
    ),
    "1 cell is no time, and rows cannot be put in order": "有 1 个单元格不是时间，无法给各行排序",
    "{count:,} cells are no time, and rows cannot be put in order": "有 {count:,} 个单元格不是时间，无法给各行排序",
    "a date or a number in each row": "每行都是日期或数",
    "1 cell is no part of the split": "有 1 个单元格没有指明属于哪个部分",
    "{count:,} cells are no part of the split": "有 {count:,} 个单元格没有指明属于哪个部分",
    "train, validation or test": "train、validation 或 test",
    "no row is for training": "没有用于训练的行",
    "train in some rows": "有些行写着 train",
    "1 {part} row cannot hold each of {classes:,} classes": "{part} 部分只有 1 行，放不下 {classes:,} 个类别",
    "{count:,} {part} rows cannot hold each of {classes:,} classes": (
        "{part} 部分只有 {count:,} 行，放不下 {classes:,} 个类别"
    ),
    "at least {count} rows": "至少 {count} 行",
    "at least {count} rows of each": "每个类别至少 {count} 行",
    "a class has too few rows to be in each part of a stratified split": "有类别的行太少，分层划分时不够每部分一行",
    "{count} of {name!r}": "{name!r} 有 {count} 行",
    "add rows of this class, or leave out those there are": ("增加这个类别的行，或者去掉现有的"),
    "no {part} row is of class {classes}": "{part} 部分没有类别 {classes} 的行",
    "classes that may mean the same are classes of their own: {classes}": (
        "可能是同一个意思的类别算作不同的类别：{classes}"
    ),
    "if they mean the same, write them in one way in the file": "如果是同一个意思，请在文件里统一写法",
    # --- repeated rows ---
    "rows that are equal to training rows are scored: {parts}; their scores may flatter": (
        "用来评分的行有些与训练集的行相同：{parts}；分数可能偏高"
    ),
    "{count:,} in {part}": "{part} 有 {count:,} 行",
    "leave repeated rows out of the file": "从文件里去掉重复的行",
    "leave repeated rows out of the file, or keep what belongs together in one part: data.split.method=group "
    "data.split.column=COLUMN": (
        "从文件里去掉重复的行，或者把属于同一组的行放在同一部分：data.split.method=group data.split.column=COLUMN"
    ),
    # --- groups ---
    "looks like a group: {count:,} values with about {size:,} rows each; rows of the same one train and are scored, "
    "which flatters the scores": (
        "看来是分组：{count:,} 个值，每个约 {size:,} 行；同一组的行既用来训练又用来评分，分数会偏高"
    ),
    "look like groups of which rows both train and are scored": "看来是分组，同一组的行既用来训练又用来评分",
    "to predict for others than these: {overrides}": "如果要预测这些之外的组：{overrides}",
    "1 training row repeats another one": "训练集有 1 行与别的行重复",
    "{count:,} training rows repeat another one": "训练集有 {count:,} 行与别的行重复",
}
"""English template to Chinese template."""
