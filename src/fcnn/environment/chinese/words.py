"""Chinese of the words that the rendering itself says."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    # --- signs ---
    ".": "。",
    ":": "：",
    ": ": "：",
    ", ": "，",
    "; ": "；",
    # --- severities and verdicts ---
    "error": "错误",
    "warning": "警告",
    "note": "提示",
    "broken": "不可用",
    "warnings": "有警告",
    "ok": "正常",
    "1 {severity}": "1 个{severity}",
    "{number} {severity}s": "{number} 个{severity}",
    "nothing found": "没有发现问题",
    "Verdict: {verdict} ({counts})": "结论：{verdict}（{counts}）",
    "; this is {stack}.": "；这是{stack}。",
    "; this is neither stack of fcnn.": "；这不是 fcnn 两套环境中的任何一套。",
    "the pinned stack": "固定版环境（pinned）",
    "the current stack": "当前版环境（current）",
    # --- what there is ---
    "Environment: {source} (read from disk, nothing in it was run)": (
        "环境：{source}（只读磁盘上的信息，没有运行其中任何东西）"
    ),
    "List: {source} (complete: what is not listed is absent)": "清单：{source}（完整清单：没有列出的就是没有安装）",
    "List: {source} (what is still to be installed)": "清单：{source}（尚待安装的包）",
    "Python": "Python",
    "TensorFlow stack": "TensorFlow 相关",
    "Scientific stack": "科学计算",
    "Other packages": "其他包",
    "Machine": "机器",
    "Working folder": "工作文件夹",
    "python": "Python",
    "machine": "机器",
    "gpu": "GPU",
    "environment": "环境",
    "working folder": "工作文件夹",
    "Python {version}": "Python {version}",
    " ({why})": "（{why}）",
    ", {bits} bit": "，{bits} 位",
    "conda environment": "conda 环境",
    "virtual environment": "虚拟环境",
    "not in an environment of its own": "不在独立的环境里",
    "translated from another processor's code": "代码由另一种处理器的指令翻译而来",
    "NVIDIA driver {version}": "NVIDIA 驱动 {version}",
    "no file in it hides a module": "其中没有文件遮住任何模块",
    "{file} hides {module}": "{file} 遮住了 {module}",
    "{package} is not there": "没有 {package}",
    "left open: {packages}": "清单没有指定版本：{packages}",
    "brought by TensorFlow, in a version that the installer chooses: {packages}": (
        "由 TensorFlow 带来、版本由安装工具决定：{packages}"
    ),
    "not installed: {packages}": "没有安装：{packages}",
    "of unknown version": "（版本未知）",
    "(any version)": "（任意版本）",
    # --- findings ---
    "{undecided} is left open; where the installer takes {taken}: {why}": (
        "清单没有指定 {undecided} 的版本；如果安装工具选了 {taken}：{why}"
    ),
    ", {line}": "，{line}",
    "{package}, which the list leaves open": "{package}（清单没有指定版本）",
    "{package}, which is not there": "没有 {package}",
    "What you would see:": "会看到这样的报错：",
    "Repair:": "修复：",
    "Repair, if you like:": "可以修复，也可以不管：",
    # --- repair ---
    "To repair it:": "修复方法：",
    "To repair all of it at once:": "一次全部修复：",
    "The same as changes to the list:": "或者这样修改清单：",
    "remove {requirement}": "删掉 {requirement}",
    "add: {requirement}": "添加：{requirement}",
    "To be done by hand:": "需要自己动手：",
    "What stays after that:": "之后仍会留下：",
    "After it the rules find no error and no warning": "之后按规则检查，不再有错误和警告",
    # --- the list of rules ---
    "When:": "条件：",
    "Known: {evidence}": "依据：{evidence}",
    "any version": "任意版本",
    "always": "总是",
    "{version} or later": "{version} 及以上",
    "later than {version}": "高于 {version}",
    "up to {version}": "不高于 {version}",
    "before {version}": "低于 {version}",
    "other than {version}": "{version} 以外",
    "{version} or a later one of its line": "{version} 或同一版本线上更新的",
    "{first} to {last}": "{first} 到 {last}",
    "{package} {first}": "{package} {first}",
    "{package} {first} to {last}": "{package} {first} 到 {last}",
    "TensorFlow's line": "TensorFlow 的版本线",
    "the line after TensorFlow's": "TensorFlow 的下一条版本线",
    "without {package}": "没有 {package}",
    "a processor without {flag}": "处理器没有 {flag}",
    "where it is as said above": "情况如上所述时",
    "where fcnn itself is to run": "要在其中运行 fcnn 的环境",
    "where fcnn itself is not to run": "不运行 fcnn 的环境",
    "in a list of what is still to be installed": "尚待安装的清单",
    "known by its text alone": "只凭报错文字识别",
    # --- the report ---
    "not there": "没有安装",
    "Installer": "安装工具",
    "{number} packages": "{number} 个包",
    # --- the explanation ---
    "The text tells of {versions}": "文中提到的版本：{versions}",
    "The environment that was looked at has this": "所检查的环境里确实有这个问题",
    "Known by:": "依据文中这些行：",
    "line {number}: {text}": "第 {number} 行：{text}",
    "It may also be:": "也可能是：",
    "No rule knows this text": "没有规则认得这段文字",
    "The last error in it: line {number}": "其中最后一个错误在第 {number} 行",
    "Please report it, together with what this prints:": "请把它连同下面命令的输出一起反馈：",
    # --- the trial ---
    "TensorFlow was imported and trained two steps in {seconds} s": (
        "成功导入 TensorFlow 并训练了两步，用时 {seconds} 秒"
    ),
    "TensorFlow was imported for a trial, and it failed": "试着导入 TensorFlow，失败了",
    "it was not done after {seconds} seconds and was ended": "{seconds} 秒后仍未完成，已终止",
    "Python was ended by {signal}": "Python 被 {signal} 终止",
    "Python ended with exit code {code}": "Python 以退出码 {code} 结束",
    "The last of what it printed:": "它最后打印的内容：",
    # --- the guide ---
    "{stack} on this machine: Python {version}": "在这台机器上得到{stack}：Python {version}",
    "The pinned stack": "固定版环境（pinned）",
    "The current stack": "当前版环境（current）",
    "None of these ways can work on this machine as it is": "这台机器现在的情况下，以下办法都行不通",
    "{tool}": "{tool}",
    "{tool}: recommended": "{tool}：推荐",
    "{tool}: cannot work here": "{tool}：在这里行不通",
    "Make an environment in the folder {name}": "在文件夹 {name} 里建一个环境",
    "Make an environment in the folder {name}; uv fetches Python {version} for it": (
        "在文件夹 {name} 里建一个环境；uv 会自动下载 Python {version}"
    ),
    "Make an environment called {name} with Python {version}": "建一个名为 {name} 的环境，用 Python {version}",
    "Enter it; again in every new terminal": "进入这个环境；以后每打开一个新终端都要再做一次",
    "Bring its pip up to date": "把其中的 pip 升到最新",
    "Install the packages": "安装各个包",
    "See whether it works: this prints the version of TensorFlow": "试一试：应当打印出 TensorFlow 的版本",
    "Python {version} is not on this machine": "这台机器上没有 Python {version}",
    "uv is not on this machine": "这台机器上没有 uv",
    "conda is not on this machine": "这台机器上没有 conda",
    "Docker is not on this machine": "这台机器上没有 Docker",
    "Get Python {version} (64 bit), then open a new terminal": "安装 Python {version}（64 位），然后打开一个新终端",
    "Build Python {version}; it takes minutes, and a C compiler": "编译 Python {version}；需要几分钟，还要有 C 编译器",
    "Get Python {version} from your system's packages, or take another way below, which brings it": (
        "用系统的软件包管理器安装 Python {version}，或者改用下面会自带它的办法"
    ),
    "Get uv, into a folder of its own": "把 uv 装进一个单独的文件夹",
    "Install Miniforge, which brings conda, and open a new terminal": "安装自带 conda 的 Miniforge，然后打开一个新终端",
    "Install Docker and start it": "安装 Docker 并启动它",
    "Start a container that sees this folder as /work": "启动一个容器，当前文件夹在其中是 /work",
    "In it, install the packages": "在容器里安装各个包",
    "To come back to it later": "以后要回到这个容器",
    "protobuf is named because TensorFlow 2.4 does not limit it and fails on import with 4 or later": (
        "之所以写明 protobuf，是因为 TensorFlow 2.4 没有限制它的版本，而配上 4 或更高版本一导入就失败"
    ),
    "This processor has no AVX2, which TensorFlow 2.4.0 alone of all needs; 2.4.4 is the same without": (
        "这台机器的处理器没有 AVX2，只有 TensorFlow 2.4.0 需要它；2.4.4 与它相同，但不需要 AVX2"
    ),
    "Where the import ends with `DLL load failed`, Microsoft's Visual C++ Redistributable (x64) is missing": (
        "如果导入时报 `DLL load failed`，说明缺少 Microsoft Visual C++ Redistributable（x64）"
    ),
    "Where PowerShell refuses to run Activate.ps1, `{command}` allows it in this window": (
        "如果 PowerShell 拒绝运行 Activate.ps1，先执行 `{command}`，即可在这个窗口里允许"
    ),
    "This Python is one of 32 bits, for which there is no TensorFlow: take one of 64 bits": (
        "这个 Python 是 32 位的，没有给它用的 TensorFlow：请换成 64 位的"
    ),
    "No TensorFlow {version} was published for {system} {machine}": (
        "TensorFlow {version} 没有为 {system} {machine} 发布过"
    ),
    "No TensorFlow {version} was published for musl, the C library of this system": (
        "这个系统的 C 库是 musl，TensorFlow {version} 没有为它发布过"
    ),
    "TensorFlow {version} needs {needed} or later; this system has {libc}": (
        "TensorFlow {version} 需要 {needed} 或更高版本，而这个系统是 {libc}"
    ),
    "This Python's code is translated for another processor, and the translation may have no AVX": (
        "这个 Python 的代码要翻译给另一种处理器运行，翻译时可能没有 AVX"
    ),
    "This processor has no AVX, which every published TensorFlow needs: only another machine helps": (
        "这台机器的处理器没有 AVX，而所有发布的 TensorFlow 都需要它：只能换一台机器"
    ),
    "No image with TensorFlow runs on {machine}": "没有能在 {machine} 上运行 TensorFlow 的镜像",
    "The processor is emulated, which is slow; where Python ends with `Illegal instruction`, the emulation has no AVX, "
    "and only another machine (or QEMU 7.2 and later) helps": (
        "处理器是模拟的，会比较慢；如果 Python 以 `Illegal instruction` 结束，说明模拟的处理器没有 AVX，"
        "只能换一台机器（或用 QEMU 7.2 及以上）"
    ),
}
"""English template to Chinese template."""
