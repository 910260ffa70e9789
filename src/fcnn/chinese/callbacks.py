"""Chinese of what is said about Keras callbacks and about TensorBoard."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "callbacks are given as a list": "回调要放在列表里给出",
    "this is a class, not a callback": "这是一个类，不是回调对象",
    "this is no callback of Keras": "这不是 Keras 的回调",
    "BackupAndRestore cannot work here: it knows weights, not where the whole training stood": (
        "BackupAndRestore 在这里用不了：它只记得权重，不知道整个训练进行到哪里"
    ),
    "leave it out; ModelCheckpoint saves the weights of epochs": "去掉它；ModelCheckpoint 会保存每轮的权重",
    "ModelCheckpoint saves after so many batches here, and callbacks are called once an epoch": (
        "这里的 ModelCheckpoint 每隔若干批次保存，而回调每轮只调用一次"
    ),
    "{name} has {hooks}, which will not be called: callbacks are called at the beginning and end of epochs": (
        "{name} 的 {hooks} 不会被调用：回调只在每轮的开始和结束时调用"
    ),
    "a callback set the learning rate, which the schedule of the config sets again before each epoch": (
        "有回调改了学习率，但配置里的学习率计划会在每轮之前重新设定它"
    ),
    "training.learning_rate_schedule=null leaves it to callbacks": (
        "training.learning_rate_schedule=null 就把学习率交给回调"
    ),
}
