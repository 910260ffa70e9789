"""Chinese of what is said about label smoothing, cyclic schedules and averaged weights."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- label smoothing ---
    "`label_smoothing` smooths classes, and the task is regression": "`label_smoothing` 平滑的是类别标签，而任务是回归",
    "training.label_smoothing=0, or delete the key": "training.label_smoothing=0，或者删掉这个键",
    "label smoothing is left out, as in validation": "不计标签平滑，和验证时一样",
    "the script has no label smoothing": "脚本没有标签平滑",
    # --- schedules ---
    "early stopping with a patience of {patience} may end the training in the middle of a cycle of coslog4: the loss "
    "often rises with the learning rate and falls at the end, and the last cycle takes {cycle} epochs": (
        "早停的 patience 为 {patience}，训练可能在 coslog4 的一个周期中间就结束了：损失常随学习率上升，到末尾才下降，"
        "而最后一个周期有 {cycle} 轮"
    ),
    # --- averaged weights ---
    "the averaged weights are those of another training": "平均权重属于另一次训练",
    "the script has no averaged weights": "脚本不对权重做平均",
}
