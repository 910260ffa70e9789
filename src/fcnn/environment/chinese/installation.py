"""The texts of rules/installation.py in Chinese."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "{kept} and {other} both bring the module `{module}`: the one installed last wins, and uninstalling "
    "either takes files of both": (
        "{kept} 和 {other} 都提供模块 `{module}`：后安装的会覆盖先安装的，卸载其中任何一个都会删掉两者共有的文件"
    ),
    "name only one of {kept} and {other} in the list": ("清单里只保留 {kept} 和 {other} 中的一个"),
    "remove the one that pip installed with `{remove}`, then unpack the other anew with `{again}`": (
        "先用 `{remove}` 卸载 pip 安装的那一个，再用 `{again}` 重新安装另一个"
    ),
    "{missing} of {total} files of {name} that were looked for are gone from the disk, {first} among them": (
        "检查了 {name} 的 {total} 个文件，其中 {missing} 个已不在磁盘上，例如 {first}"
    ),
    "pip was interrupted while it replaced a package and left {paths} behind; pip warns of it, and Python's "
    "own list of packages may have the old version a second time": (
        "pip 在替换某个包时被中断，留下了 {paths}；pip 会因此给出警告，Python 的包列表里也可能多出一份旧版本"
    ),
    "delete what was left: `{command}`": ("删除残留：`{command}`"),
    "{paths} should tell name and version of a package and does not: a removed or interrupted installation "
    "left it behind": ("{paths} 本应记录某个包的名称和版本，但里面没有：这是卸载不彻底或安装中断留下的"),
    "conda and pip both installed {name}, one over the other ({versions}): its files are a mixture of both": (
        "conda 和 pip 先后在同一位置安装了 {name}（{versions}），它的文件已经混在一起"
    ),
    "remove both with `{remove}`, repeated until nothing is left to remove, then install one with `{again}`": (
        "反复执行 `{remove}`，直到没有可卸载的为止，然后用 `{again}` 只安装一份"
    ),
    "pip replaced conda's {name} {conda} by {found}, and conda does not know: the next `conda install` may "
    "put its own version back": (
        "pip 把 conda 安装的 {name} {conda} 换成了 {found}，而 conda 并不知道：下一次 `conda install` 可能会换回它"
        "自己的版本"
    ),
    "Python imports {name} {found} from your own folder {used}, and not {version} of the environment in {place}": (
        "Python 导入的是你的用户目录 {used} 里的 {name} {found}，而不是环境目录 {place} 里的 {version}"
    ),
    "leave out your own folder: `{command}` before Python is started": (
        "不使用用户目录：启动 Python 之前先执行 `{command}`"
    ),
    "Python imports {name} {found} from {used}, which is in PYTHONPATH, and not {version} of the environment "
    "in {place}": ("Python 导入的是 PYTHONPATH 中 {used} 里的 {name} {found}，而不是环境目录 {place} 里的 {version}"),
    "leave out the folders of PYTHONPATH: `{command}` before Python is started": (
        "不使用 PYTHONPATH 中的目录：启动 Python 之前先执行 `{command}`"
    ),
    "metadata of packages is damaged or not yours to read, so that nothing is known of what they require: {files}": (
        "有些包的元数据已损坏或无权读取，因此无法知道它们依赖什么：{files}"
    ),
    "{name} has the metadata of several versions in one folder ({versions}): an upgrade was not finished, and "
    "the files may be a mixture": (
        "{name} 在同一目录里有多个版本的元数据（{versions}）：某次升级没有完成，文件可能新旧混杂"
    ),
    "PYTHONHOME is set ({value}): every Python that starts looks for its standard library there, those of "
    "other versions and of environments too": (
        "设置了 PYTHONHOME（{value}）：之后启动的每个 Python 都会到那里找标准库，其他版本和虚拟环境里的 Python 也不例外"
    ),
    "tensorflow {tensorflow} and tensorflow-intel {tensorflow-intel} differ in version; on Windows the module "
    "`tensorflow` is that of tensorflow-intel": (
        "tensorflow {tensorflow} 与 tensorflow-intel {tensorflow-intel} 版本不同；"
        "在 Windows 上，`tensorflow` 模块其实来自 tensorflow-intel"
    ),
    "take tensorflow-intel out of the environment: it is for Windows": (
        "请从环境或清单里去掉 tensorflow-intel：它只用于 Windows"
    ),
    "remove it: `{command}`": ("取消这个设置：`{command}`"),
    "PYTHONPATH puts packages of another place before those of the environment, for every Python that starts: "
    "{folders}": ("PYTHONPATH 让每个启动的 Python 都先使用别处的包，而不是环境自己的包：{folders}"),
}
