"""Chinese of what ``fcnn export`` says."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- where it goes ---
    "--format is needed: one of {formats}": "需要 --format，可以是：{formats}",
    "{path} has no ending: it is to be a file": "{path} 没有扩展名，而要写的是一个文件",
    "is there already": "已经存在",
    "choose another with -o, or delete it": "用 -o 另选一个，或者把它删掉",
    "this Keras writes {ending} files": "这个 Keras 写的是 {ending} 文件",
    "the package onnx is needed to write this format": "写这种格式需要 onnx 这个包",
    # --- what a format cannot hold ---
    "formats that can: {others}": "可以的格式：{others}",
    "a graph cannot read dates that are written {format}": "计算图读不了写成 {format} 的日期",
    "ONNX has one name for one thing, and this is the name of an output: rename the column": (
        "ONNX 里一个名字只能指一样东西，而这是一个输出的名字：请给这一列改名"
    ),
    "it varies so little that Keras's Normalization would take it for constant": (
        "它的变化太小，Keras 的 Normalization 会把它当成常数"
    ),
    "Keras has no layers for text: the file takes the encoded columns that fcnn.json in it lists": (
        "Keras 没有处理文本的层：这个文件接受编码后的列，文件里的 fcnn.json 列出了它们"
    ),
    "--format savedmodel or onnx takes the columns of the table as they are": (
        "--format savedmodel 或 onnx 直接接受表格里原来的列"
    ),
    "ONNX cannot read dates: give days since 1970-01-01, as numbers, of {names}": (
        "ONNX 读不了日期：{names} 请给出自 1970-01-01 起的天数（数字）"
    ),
    "ONNX cannot take blanks away: give text without blanks around it of {names}": (
        "ONNX 不能去掉空格：{names} 的文本前后请不要有空格"
    ),
    # --- what a script cannot repeat ---
    "the script reads CSV alone": "脚本只能读 CSV",
    "the script has no sample weights": "脚本里没有样本权重",
    "the training started from the weights of another run": "训练是从另一次运行的权重开始的",
    "the run is one of several trainings": "这次运行是多次训练中的一次",
    "the training was cut short": "训练中途被停止了",
    "Keras 2.4 has no AdamW": "Keras 2.4 没有 AdamW",
    "pandas reads {found:,} rows of the table, fcnn {rows:,}": (
        "pandas 从表格里读到 {found:,} 行，fcnn 读到 {rows:,} 行"
    ),
    "pandas alone cannot read how column {name!r} is written": "单靠 pandas 读不了列 {name!r} 的写法",
}
"""English template to Chinese template."""
