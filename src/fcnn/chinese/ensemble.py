"""Chinese of what is said about several networks that predict together."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- what was asked for ---
    "one training makes no ensemble": "只训练一次不能组成集成",
    "for example --folds 5 --ensemble; a run that goes on with --resume is what it was begun as": (
        "例如 --folds 5 --ensemble；用 --resume 继续的运行保持开始时的方式"
    ),
    # --- what came of it ---
    "{trainings}, which predict together": "{trainings}，一起预测",
    "out of fold": "折外",
    "ensemble": "集成",
    "shows one network of the ensemble, number {number} of {count}": (
        "这里是集成里的一个网络：第 {number} 个，共 {count} 个"
    ),
    "verdicts, curves and importance": "诊断结论、曲线和重要性",
    "networks that predict together": "一起预测的网络数",
    # --- exports ---
    "{format} holds one network, and this run predicts with {count}": (
        "{format} 只能放一个网络，而这次运行用 {count} 个网络预测"
    ),
}
"""Every English template to the Chinese one."""
