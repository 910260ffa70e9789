"""Chinese of the rules in :mod:`fcnn.environment.rules.science`."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

from typing import Mapping

TEXTS: Mapping[str, str] = {
    **{
        f"{package} {{{package}}} refuses NumPy below {numpy}; {{numpy}} is there": (
            f"{package} {{{package}}} 不接受低于 {numpy} 的 NumPy，而现在装的是 {{numpy}}"
        )
        for package, numpy in (
            ("pandas", "1.20.3"),
            ("pandas", "1.22.4"),
            ("matplotlib", "1.20"),
            ("matplotlib", "1.21"),
            ("matplotlib", "1.23"),
            ("matplotlib", "1.25"),
        )
    },
    "Pillow {pillow} uses numpy.typing.NDArray, which NumPy {numpy} does not have yet, and matplotlib imports Pillow": (
        "Pillow {pillow} 要用 numpy.typing.NDArray，NumPy {numpy} 还没有它，而 matplotlib 会导入 Pillow"
    ),
    "matplotlib needs Pillow, and a current one does not work beside NumPy {numpy}": (
        "matplotlib 需要 Pillow，而新版的 Pillow 不能与 NumPy {numpy} 一起用"
    ),
    **{
        f"{package} {{{package}}} was compiled for NumPy 1 and cannot be loaded by NumPy {{numpy}}": (
            f"{package} {{{package}}} 是为 NumPy 1 编译的，在 NumPy {{numpy}} 下无法加载"
        )
        for package in ("pandas", "scikit-learn", "scipy", "h5py", "matplotlib")
    },
    "pandas {pandas} needs NumPy 2.0.2 or later; {numpy} is there": (
        "pandas {pandas} 需要 NumPy 2.0.2 或更高版本，而现在装的是 {numpy}"
    ),
    "SciPy {scipy} uses numpy.exceptions, which NumPy {numpy} does not have yet": (
        "SciPy {scipy} 要用 numpy.exceptions，NumPy {numpy} 还没有它"
    ),
    "the package `sklearn` is empty; the one that can be imported under this name is scikit-learn": (
        "`sklearn` 是个空包；能用这个名字导入的包叫 scikit-learn"
    ),
    "the package `sklearn` is empty and deprecated; ask for scikit-learn": (
        "`sklearn` 是个已废弃的空包；应当安装 scikit-learn"
    ),
    "pandas {pandas} uses numpy.random.BitGenerator, which NumPy {numpy} does not have yet": (
        "pandas {pandas} 要用 numpy.random.BitGenerator，NumPy {numpy} 还没有它"
    ),
    "pandas {pandas} uses np.bool, which NumPy removed in 1.24": (
        "pandas {pandas} 要用 np.bool，NumPy 从 1.24 起删掉了它"
    ),
    "SciPy {scipy} uses numpy.random.bit_generator, which NumPy {numpy} has under another name": (
        "SciPy {scipy} 要用 numpy.random.bit_generator，它在 NumPy {numpy} 里叫别的名字"
    ),
}
"""English template to Chinese template."""
