"""Chinese of what :mod:`fcnn.cli` says itself."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- usage ---
    "there is no command {name!r}: {hint}": "没有命令 {name!r}：{hint}",
    "`fcnn train` takes a config": "配置要交给 `fcnn train`",
    "there is no option {option}": "没有选项 {option}",
    "to change a value of the config, leave the dashes out: {key}=VALUE": (
        "要修改配置里的值，去掉前面的横线：{key}=VALUE"
    ),
    "{text!r} is not below `data`: change it in the config that comes out": (
        "{text!r} 不属于 `data`：请在写出的配置里修改"
    ),
    "{config} is there already: choose another with -o, or delete it": "{config} 已经存在：用 -o 另选一个，或者删掉它",
    "--target goes with a CSV; for a config say data.target={target}": (
        "--target 是配合 CSV 用的；配置请写 data.target={target}"
    ),
    "--encoding: there is no encoding {name!r}": "--encoding：没有 {name!r} 这种编码",
    "{path} is a folder: name a file in it": "{path} 是文件夹：请写出其中的文件名",
    "{path} is the table itself: it would be lost": "{path} 就是表格本身：写进去它就丢了",
    "--resolved prints YAML: choose it or --json": "--resolved 打印的是 YAML：它和 --json 只能选一个",
    # --- a table without a config ---
    "which column is to be predicted?": "要预测哪一列？",
    "--target COLUMN": "--target 列名",
    "no --target; there are the columns {names}": "没有 --target；表格里有这些列：{names}",
    "perhaps: --target {name}": "也许是：--target {name}",
    # --- results ---
    "{config} is valid": "{config} 没有问题",
    "{rows:,} predictions in {path}": "{rows:,} 个预测已写入 {path}",
    "no runs in {folder}": "{folder} 里没有运行结果",
    "there is not enough memory": "内存不够",
    "the output cannot be written: {error}": "无法写出结果：{error}",
    "{stopped}; epoch {best} of {epochs} kept; {seconds:.1f} s": (
        "{stopped}；共 {epochs} 轮，保留第 {best} 轮；用时 {seconds:.1f} 秒"
    ),
    "all epochs done": "各轮全部完成",
    "stopped early: no improvement": "没有进步，提前停止",
    "the time limit was reached": "到了时间限制",
    "a callback ended it": "由回调结束",
    "interrupted": "已中断",
    "terminated": "已终止",
    "stopping after the steps under way; the best epoch so far is kept": "做完当前几步就停止；保留目前最好的一轮",
    "the training is over and the run folder is being written; once more gives it up": (
        "训练已经结束，正在写入运行文件夹；再按一次就放弃"
    ),
}
"""English template to Chinese template."""
