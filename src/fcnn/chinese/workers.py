"""Chinese of what is said about several workers and several devices."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "the checkpoint of worker 0": "工作进程 0 的检查点",
    # --- addresses ---
    "worker {index} ({address})": "工作进程 {index}（{address}）",
    "host:port, such as node1:2222 or [2001:db8::1]:2222": "主机名和端口，例如 node1:2222 或 [2001:db8::1]:2222",
    "a port from 1 to {largest}": "1 到 {largest} 的端口",
    "there is no such port": "没有这个端口",
    "several workers on one machine need a port each": "同一台机器上的几个工作进程各要一个端口",
    "two workers have the same address": "两个工作进程的地址相同",
    "the address of a worker is empty": "有一个工作进程的地址是空的",
    "there is a space in the address of a worker": "工作进程的地址里有空格",
    "an IPv6 address stands in brackets": "IPv6 地址要写在方括号里",
    "this is no address of a worker": "这不是工作进程的地址",
    # --- options and variables ---
    "name the addresses of all workers: --workers host1:2222,host2:2222": (
        "写出所有工作进程的地址：--workers host1:2222,host2:2222"
    ),
    "there is an index, but no workers": "有序号，却没有工作进程",
    "leave {option} out": "去掉 {option}",
    "SLURM itself numbers the workers": "工作进程由 SLURM 自己编号",
    "the variable TF_CONFIG names other workers, or another index": "变量 TF_CONFIG 里是别的工作进程，或别的序号",
    "use one of them: unset TF_CONFIG": "只用其中一个：unset TF_CONFIG",
    "a number from 0 to {last}": "0 到 {last} 的整数",
    "each worker is started with the same --workers and a number of its own; 0 writes the run folder": (
        "每个工作进程启动时 --workers 相同，序号各不相同；序号 0 写运行目录"
    ),
    "which of the workers is this one?": "这是第几个工作进程？",
    "there is no such worker": "没有这个工作进程",
    "repair it, or unset TF_CONFIG": "改正它，或者 unset TF_CONFIG",
    "this is no JSON: {error}": "这不是 JSON：{error}",
    "this is no mapping": "这不是映射",
    "`cluster` and `task` are mappings": "`cluster` 和 `task` 应该是映射",
    "this training has no task {kind!r}: all of them are workers": "这里没有 {kind!r} 任务：全都是 worker",
    "the addresses are texts": "地址应该是文本",
    "`task.index` is no number of a task of type {kind!r}": "`task.index` 不是 {kind!r} 任务的序号",
    "start it with srun, or name the workers: --workers host1:2222,host2:2222 --index I": (
        "用 srun 启动，或者写出工作进程：--workers host1:2222,host2:2222 --index I"
    ),
    "this process is no task of SLURM's srun": "这个进程不是 SLURM 的 srun 启动的任务",
    "name the workers: --workers host1:2222,host2:2222 --index I": (
        "写出工作进程：--workers host1:2222,host2:2222 --index I"
    ),
    "what SLURM says of its nodes is not understood": "看不懂 SLURM 给出的节点",
    "the tasks of this step are not dealt out node after node": "这一步的任务不是按节点依次分配的",
    "one process is enough to see what would be trained": "要看会训练什么，一个进程就够了",
    # --- coming together ---
    "waiting for {workers}": "正在等待{workers}",
    "refused a worker from {address}: {reason}": "拒绝了来自 {address} 的工作进程：{reason}",
    "does another process listen there? choose another port, the same in all --workers": (
        "是不是有别的进程占用了它？换一个端口，所有 --workers 都要改"
    ),
    "cannot listen on port {port}: {error}": "不能监听端口 {port}：{error}",
    "worker 0 has another version of fcnn": "工作进程 0 的 fcnn 版本不同",
    "worker 0 was started with other --workers": "工作进程 0 启动时的 --workers 不同",
    "there is a worker of this number already": "已经有这个序号的工作进程",
    "it has ended, or what answers there is none of fcnn": "它已经结束，或者那里应答的不是 fcnn",
    "gave up waiting for {workers}": "不再等待{workers}",
    "was it started, and can it be reached at this address? --workers-timeout says how long to wait": (
        "它启动了吗？这个地址连得上吗？--workers-timeout 指定等多久"
    ),
    "TensorFlow's server of each worker listens on all addresses and asks for no password": (
        "每个工作进程的 TensorFlow 服务都监听所有地址，并且不要密码"
    ),
    "trusted networks only": "只能用于可信的网络",
    "{worker} of {count}: all are there": "{worker}，共 {count} 个：都到了",
    "{name} is not what worker 0 has": "{name} 与工作进程 0 的不同",
    # --- how it ends ---
    "{worker} has ended: {reason}": "{worker}已经结束：{reason}",
    "{worker} was lost": "{worker}失去了联系",
    "start all workers again with --resume": "用 --resume 重新启动所有工作进程",
    "it failed": "出错了",
    "done; worker 0 has written the run folder": "完成；运行目录由工作进程 0 写好",
    # --- devices ---
    "several workers train in graph mode": "多个工作进程一起训练时用 graph 模式",
    "each of several workers uses one device": "多个工作进程各用一个设备",
    "start a worker for each GPU, CUDA_VISIBLE_DEVICES chooses which": (
        "为每个 GPU 启动一个工作进程，用 CUDA_VISIBLE_DEVICES 指定是哪个"
    ),
    "this is no name of a device": "这不是设备的名字",
    "the device is named twice": "设备写了两次",
    "without a device nothing can be computed": "没有设备就无法计算",
    "named or several devices work in graph mode": "指定了设备或有多个设备时用 graph 模式",
    "there is no device {name}": "没有设备 {name}",
    "there is one GPU that TensorFlow can use": "TensorFlow 能用的 GPU 有一个",
    "there are {count} GPUs that TensorFlow can use": "TensorFlow 能用的 GPU 有 {count} 个",
}
"""English template to Chinese template."""
