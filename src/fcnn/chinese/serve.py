"""Chinese of what `fcnn serve` says on the command line and over HTTP; the page has texts of its own."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "--token-file FILE, and a proxy in front of it that speaks HTTPS": (
        "--token-file FILE，并在前面放一个使用 HTTPS 的代理"
    ),
    "everybody who reaches this machine can use it, and read what is sent: there is no token": (
        "能访问本机的任何人都可以使用它，并能读到传输的内容：没有令牌"
    ),
    "let a proxy in front of it speak HTTPS": "请在前面放一个使用 HTTPS 的代理",
    "other machines can reach it, and what they send and get is not encrypted": (
        "其他机器可以访问它，收发的内容没有加密"
    ),
    "stopped before every request was answered": "停止时仍有请求未得到回答",
    "{name}: {address}": "{name}：{address}",
    "{path} cannot be read: {reason}": "{path} 无法读取：{reason}",
    "{place}: a token has {count} characters or more, without blanks": "{place}：令牌至少 {count} 个字符，且不含空白",
    "/openapi.json has all addresses": "所有地址见 /openapi.json",
    "at most {count:,} bytes": "最多 {count:,} 字节",
    "its log has the reason": "原因在服务器日志中",
    "send fewer rows at a time, or start it with a larger --max-bytes": "请每次少发一些行，或用更大的 --max-bytes 启动",
    "the body is too long": "请求体太长",
    "the request cannot be read": "请求无法读取",
    "the server failed": "服务器出错",
    "there is no run {name!r}": "没有名为 {name!r} 的运行",
    "there is nothing at this address": "此地址没有内容",
    "this address knows other methods": "此地址只支持其他方法",
    "the token is missing or wrong": "令牌缺失或错误",
    "this server answers its own machine only": "本服务器只回答本机的请求",
    "to answer other machines, start it with --host": "要回答其他机器，请用 --host 启动",
    "at most {count:,}": "最多 {count:,}",
    "send fewer rows at a time": "请每次少发一些行",
    "send fewer rows at a time, or start it with a larger --max-rows": "请每次少发一些行，或用更大的 --max-rows 启动",
    "send it as a CSV": "请以 CSV 发送",
    "the request takes longer than it may": "请求用时超过限制",
    "the table is no text": "该表不是文本",
    "there are too many rows": "行数太多",
    "a number or a text": "数值或文本",
    "a row is an object by column: {one} or {several}; schema has an example": (
        "一行是按列名的对象：{one} 或 {several}；schema 中有示例"
    ),
    "a table as text/csv; rows as JSON go to predict": "text/csv 格式的表；JSON 行请发到 predict",
    "rows as JSON; a CSV goes to predict.csv": "JSON 格式的行；CSV 请发到 predict.csv",
    "has another value": "值不在允许之列",
    "has no {name!r}": "缺少 {name!r}",
    "is a truth value": "是真假值",
    "is of another type": "类型不符",
    "is there more than once": "出现了不止一次",
    "not so many rows can be explained at once": "一次不能解释这么多行",
    "null stands for a missing value": "缺失值写作 null",
    "the body is no JSON: {error}": "请求体不是 JSON：{error}",
    "the body is not what it should be: {error}": "请求体不符合要求：{error}",
    "the body needs either `row` or `rows`": "请求体需要 `row` 或 `rows` 之一",
    "the content is of another type": "内容类型不符",
    "the content is packed": "内容经过压缩",
    "there is no parameter {name!r}": "没有参数 {name!r}",
    "there is no row": "没有任何行",
    "give it another name: {code}": "请给它另取名称：{code}",
    "give one of them another name: {code}": "请给其中一个另取名称：{code}",
    "is no name for an address": "不能用作地址中的名称",
    "there are two runs of this name": "有两个同名的运行",
    "127.0.0.1 for this machine alone, 0.0.0.0 for all that can reach it": (
        "只供本机用 127.0.0.1，供所有能访问的机器用 0.0.0.0"
    ),
    "another one, such as --port {port}, or --port 0 for any that is free": (
        "换一个，例如 --port {port}，或用 --port 0 取任一空闲端口"
    ),
    "another program has this port": "此端口已被其他程序占用",
    "nothing can listen there: {reason}": "无法在此监听：{reason}",
    "ports below 1024 are often for administrators only: --port 8000": "1024 以下的端口常常只许管理员使用：--port 8000",
    "there is no such address": "没有这个地址",
    "this is no address of this machine": "这不是本机的地址",
    "this port is not for you": "无权使用此端口",
}
