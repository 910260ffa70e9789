"""Chinese of what is said about training on a Ray cluster."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- what was asked for ---
    "a number, 1 or more, is needed": "需要不小于 1 的整数",
    "say which Ray: --ray auto, --ray local or --ray host:{port}": (
        "请指明用哪个 Ray：--ray auto、--ray local 或 --ray host:{port}"
    ),
    "it goes with --ray": "它要和 --ray 一起用",
    "it does not go with --ray": "它不能和 --ray 一起用",
    "Ray itself starts and numbers the workers: --ray-workers N": "工作进程由 Ray 启动并编号：--ray-workers N",
    "this is no address of a Ray cluster": "这不是 Ray 集群的地址",
    "auto, local, host:{port} or ray://host:{client}": "auto、local、host:{port} 或 ray://host:{client}",
    # --- connecting ---
    "Ray is not installed": "没有安装 Ray",
    'pip install "fcnn[ray]"': '安装：pip install "fcnn[ray]"',
    "no Ray answers at {address}": "{address} 上没有 Ray 应答",
    "the head node listens on port {port} for its nodes, and on port {client} for ray://; is it running?": (
        "头节点在端口 {port} 上等待它的节点，在端口 {client} 上等待 ray://；它在运行吗？"
    ),
    "cannot connect to Ray at {address}": "无法连接到 {address} 的 Ray",
    "the cluster has another Ray, or another Python": "集群的 Ray 或 Python 版本不同",
    "use the same environment on all machines": "所有机器上请用相同的环境",
    "is it the port of Ray's client server, {port} by default? does it ask for a token: RAY_AUTH_MODE=token?": (
        "这是 Ray 客户端服务的端口吗（默认 {port}）？它要令牌吗（RAY_AUTH_MODE=token）？"
    ),
    "start a Ray on this machine with `ray start --head`, or let fcnn start one: --ray local": (
        "在这台机器上用 `ray start --head` 启动 Ray，或者让 fcnn 启动一个：--ray local"
    ),
    "is this machine its node? --ray ray://HEAD:{port} needs none; does it ask for a token: RAY_AUTH_MODE=token?": (
        "这台机器是它的节点吗？--ray ray://HEAD:{port} 不需要是节点；它要令牌吗（RAY_AUTH_MODE=token）？"
    ),
    # --- nodes, and what workers get of them ---
    "node {node}": "节点 {node}",
    "1 node": "1 个节点",
    "{count} nodes": "{count} 个节点",
    "1 worker": "1 个工作进程",
    "{count} workers": "{count} 个工作进程",
    "1 CPU": "1 个 CPU",
    "{count} CPUs": "{count} 个 CPU",
    "1 GPU": "1 个 GPU",
    "{count} GPUs": "{count} 个 GPU",
    "{cpus} and {gpus}": "{cpus}和 {gpus}",
    "{node}: {share}": "{node}：{share}",
    "Ray: {workers} with {each} each, on {nodes}": "Ray：{workers}，每个有{each}，在{nodes}上",
    "the Ray cluster has no CPU to train on": "Ray 集群没有可用来训练的 CPU",
    "give its nodes some: ray start --address=HEAD:{port} --num-cpus=4": (
        "给它的节点一些：ray start --address=HEAD:{port} --num-cpus=4"
    ),
    "the Ray cluster has no room for so many workers": "Ray 集群容不下这么多工作进程",
    "fewer workers, or fewer CPUs for each: --ray-workers {room}": (
        "减少工作进程，或者减少每个的 CPU：--ray-workers {room}"
    ),
    "fewer CPUs for each: --ray-cpus {cpus}": "减少每个的 CPU：--ray-cpus {cpus}",
    "the nodes of the Ray cluster do not answer": "Ray 集群的节点没有应答",
    "see what `ray status` says": "看看 `ray status` 的输出",
    "has no fcnn": "没有 fcnn",
    "has another version of fcnn": "的 fcnn 版本不同",
    "install the same version there, in the environment that Ray was started from": (
        "在启动 Ray 的那个环境里安装相同的版本"
    ),
    "cannot be read on {node}: {error}": "在 {node} 上无法读取：{error}",
    "put it where every node has it under this path, such as on a shared disk": (
        "放到每个节点都能用这个路径读到的地方，例如共享磁盘"
    ),
    # --- while it goes on ---
    "Ray has not started all workers in the time that they have": "Ray 没有在规定时间内启动所有工作进程",
    "is the cluster busy? see `ray status`; --workers-timeout says how long to wait": (
        "集群忙吗？看看 `ray status`；--workers-timeout 规定等多久"
    ),
    "the connection to Ray was lost, or the node that it went to": "与 Ray 的连接断了，或者所连的节点没了",
    "Ray lost a worker, or could not start it": "Ray 失去了一个工作进程，或者没能启动它",
    "Ray lost a worker and started it once more, which cannot go on where the others are": (
        "Ray 失去了一个工作进程又重新启动了它，它无法从其他进程所在的地方继续"
    ),
    "start it again": "重新开始",
}
