"""Chinese of what is said about calibration and thresholds."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "calibration and threshold are chosen on validation rows, and there are none": (
        "校准和阈值要在验证行上选定，而这里没有验证行"
    ),
    "data.split.validation=0.15, or --folds 5": "data.split.validation=0.15，或者 --folds 5",
    "a regression has no probabilities to calibrate": "回归没有可校准的概率",
    "a threshold decides between two classes, and this is {task}": "阈值在两个类别之间做决定，而这里是{task}",
    "{format} has no place for the temperature or the threshold of this run": "{format} 放不下这次运行的温度或阈值",
}
"""Every English template to the Chinese one."""
