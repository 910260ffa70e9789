"""Chinese of what is said about runs that were killed, and that go on."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- what was kept ---
    "what was trained so far is kept": "已经训练的部分保留下来了",
    "to go on with it: fcnn train --resume {run}": "要接着训练：fcnn train --resume {run}",
    "another process is writing this run": "另一个进程正在写入这次运行",
    "nothing keeps a second process from going on with this run: the file system knows no locks": (
        "这个文件系统不支持文件锁：没有什么能阻止另一个进程同时接着这次运行"
    ),
    # --- which run ---
    "there is no run that was killed": "没有被强行终止的运行",
    "is no run folder, and there is no {partial}": "不是运行文件夹，旁边也没有 {partial}",
    "the run is complete already; nothing is left to do": "这次运行已经完成，没有要做的了",
    "a run that goes on has its folder and its name already": "接着进行的运行已经有文件夹和名字",
    "leave that out": "去掉它",
    "--dry-run does not go with --resume": "--dry-run 不能与 --resume 一起用",
    "--target goes with a CSV": "--target 要与 CSV 一起用",
    "there is no config": "没有配置",
    "a config, or a run to go on with": "一份配置，或者一次要接着进行的运行",
    "the run was killed before it had written its config": "这次运行在写下配置之前就被终止了",
    "say which: fcnn train CONFIG --resume RUN": "请写明配置：fcnn train CONFIG --resume RUN",
    # --- what must be the same ---
    "is not what the run was begun with": "与这次运行开始时不同",
    "leave the config out, or train without --resume": "不写配置，或者不用 --resume 重新训练",
    "was changed since the run began": "在运行开始以后被改动了",
    "the config of a run that goes on stays as it is; for another one train without --resume": (
        "接着进行的运行，配置不能改动；要用另一份配置，就不用 --resume 重新训练"
    ),
    "the run was begun with {repeats}": "这次运行开始时用的是 {repeats}",
    "neither --seeds nor --folds": "既没有 --seeds 也没有 --folds",
    "with another table, train without --resume": "换了表格，就不用 --resume 重新训练",
    "the run was begun with another generation of Keras": "这次运行开始时用的是另一代 Keras",
    "go on with the environment that it was begun in, or train without --resume": (
        "用开始时的环境接着训练，或者不用 --resume 重新训练"
    ),
    "the run was begun with {package} {then}, and goes on with {now}: its last digits may differ": (
        "这次运行开始时用的是 {package} {then}，现在是 {now}：结果的最后几位可能不同"
    ),
    # --- checkpoints ---
    "is damaged: {reason}": "已损坏：{reason}",
    "delete {files}: the training whose checkpoints they are then starts over": (
        "删掉 {files}：这些检查点所属的那次训练就会从头开始"
    ),
    "the checkpoint before it is taken: the epochs since then are trained again": (
        "改用它前面的那个检查点：此后的各轮重新训练"
    ),
    "what was trained cannot be used: delete {folder}, and train again": (
        "已经训练的部分不能用了：删掉 {folder}，重新训练"
    ),
    "the generation of Keras differs": "Keras 的代不同",
    "the mode of compiling differs": "编译方式不同",
    "the seed differs": "种子不同",
    "the weights are those of another network": "权重属于另一个网络",
    "the best weights are those of another network": "最好的权重属于另一个网络",
    "the state of the optimizer is that of another one": "优化器的状态属于另一个优化器",
    "the dropout layers are those of another network": "dropout 层属于另一个网络",
    # --- while it goes on ---
    "it goes on after epoch {epoch}": "接着第 {epoch} 轮继续",
    "it had ended before the run was killed": "它在运行被终止之前已经结束",
}
"""English template to Chinese template."""
