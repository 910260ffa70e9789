"""Chinese of the page of `fcnn serve`."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

SERVE_TEXTS: Mapping[str, str] = {
    "Try a model": "试用模型",
    "Skip to the content": "跳到正文",
    "This page needs JavaScript. Without it, POST /predict answers the same.": (
        "本页需要 JavaScript。没有它，POST /predict 给出同样的回答。"
    ),
    "Models": "模型",
    "A fully connected network that predicts {target}: one of {count} classes.": (
        "一个全连接网络，预测 {target}：{count} 个类别之一。"
    ),
    "A fully connected network that predicts {target}, a number.": "一个全连接网络，预测 {target}，一个数值。",
    "Token": "令牌",
    "This server asks for a token. It is kept in this page only, until it is closed.": (
        "本服务器需要令牌。令牌只保存在本页中，关闭页面即失效。"
    ),
    "Continue": "继续",
    "One row": "一行",
    "A row that is copied from a spreadsheet can be pasted into any field: it fills in all of them.": (
        "从电子表格复制的一行可以粘贴到任一输入框：所有输入框都会填好。"
    ),
    "Predict": "预测",
    "Usual values": "常见值",
    "Clear": "清空",
    "(no value)": "（无值）",
    "{minimum} to {maximum} in training": "训练中为 {minimum} 到 {maximum}",
    "{first} to {last} in training, such as {example}": "训练中为 {first} 到 {last}，例如 {example}",
    "{count} known values": "{count} 个已知值",
    "Prediction": "预测结果",
    "{target}: {prediction}": "{target}：{prediction}",
    "Probability of each class": "各类别的概率",
    "class": "类别",
    "probability": "概率",
    "What moved it most": "影响最大的输入",
    "Mostly {column}: with its usual value, {typical}, the probability of {prediction} would be {then}, not {now}.": (
        "主要是 {column}：若取其常见值 {typical}，{prediction} 的概率将是 {then}，而不是 {now}。"
    ),
    "Mostly {column}: with its usual value, {typical}, it would be {then}, not {now}.": (
        "主要是 {column}：若取其常见值 {typical}，结果将是 {then}，而不是 {now}。"
    ),
    "No input moves it: with the usual value in place of any of them it stays the same.": (
        "没有输入影响它：任何一个换成常见值，结果都不变。"
    ),
    "Each input in turn is replaced by its usual value (the median, or the most frequent one), and the network is "
    "asked again; inputs that only act together hide behind each other.": (
        "依次把每个输入换成其常见值（中位数或最常见的值），再让网络预测一次；只共同起作用的输入会互相掩盖。"
    ),
    "input": "输入",
    "value": "值",
    "usual value": "常见值",
    "moves it by": "影响",
    "Many rows": "多行",
    "Drop a CSV anywhere on this page, choose one, or paste rows of a spreadsheet with the names of their columns.": (
        "把 CSV 文件拖到本页任意位置、选择文件，或粘贴带列名的电子表格行。"
    ),
    "CSV file": "CSV 文件",
    "Rows, with the names of the columns first": "数据行，首行为列名",
    "Predict the rows": "预测这些行",
    "{count} rows predicted": "已预测 {count} 行",
    "The first {count} predictions": "前 {count} 个预测",
    "row": "行",
    "Save all predictions as CSV": "将全部预测存为 CSV",
    "Working": "计算中",
    "That did not work": "没有成功",
    "Worth knowing": "提示",
    "expected: ": "应为：",
    "received: ": "实为：",
    "hint: ": "建议：",
    "The server does not answer. Is it still running?": "服务器没有响应。它还在运行吗？",
    "The pasted row has {count} cells, and the model has {expected} columns: copy the line with the names, too.": (
        "粘贴的行有 {count} 个单元格，而模型有 {expected} 列：请连同列名一行一起复制。"
    ),
    "A row was pasted into the fields.": "已将一行粘贴到输入框中。",
}
"""Each text of :data:`fcnn.serve.page.words.WORDS` and what it is in Chinese."""
