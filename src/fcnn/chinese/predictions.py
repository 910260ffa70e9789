"""Chinese of what is said about ``predictions.csv``; the page itself has a module of its own."""

from typing import Mapping

TEXTS: Mapping[str, str] = {
    "{some:,} of {count:,} scored rows, chosen at random by the seed": (
        "评分的 {count:,} 行中由种子随机选出的 {some:,} 行"
    ),
    "{cell!r} is no class of this run": "{cell!r} 不是这次运行的类别",
}
"""Every English template to the Chinese one."""
