"""Names from a user's table, made safe to draw: fonts with their letters, a length that fits, no formulas."""

import functools
import unicodedata
from pathlib import Path
from typing import FrozenSet, Iterable, List, Optional, Tuple

import matplotlib
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from fcnn.report.language import letters_of_labels
from fcnn.wording import say

LATIN_FONT = "DejaVu Sans"  # comes with matplotlib
NAME_WIDTH = 24
"""Columns of text (a Chinese character takes two) that a class or column name may fill."""
BOX = "\u25a1"
"""Stands for a character that no font here can draw."""

# Fonts with Chinese, Japanese and Korean glyphs by the names that systems give them, the likeliest first.
WIDE_FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Noto Sans CJK JP", "Source Han Sans SC", "Source Han Sans CN",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Microsoft YaHei", "SimHei", "DengXian", "SimSun",
    "PingFang SC", "Hiragino Sans GB", "Heiti SC", "Heiti TC", "STHeiti", "Songti SC", "Arial Unicode MS",
    "Droid Sans Fallback", "Noto Sans CJK TC", "Noto Sans CJK KR", "Microsoft JhengHei", "Yu Gothic",
    "Malgun Gothic", "AR PL UMing CN", "AR PL UKai CN", "Noto Serif CJK SC", "Noto Serif CJK JP",
)  # fmt: skip
# How the files of such fonts are named, for one that was installed after matplotlib made its list.
WIDE_FONT_FILES = (
    "cjk", "wqy", "sourcehan", "notosanssc", "msyh", "simhei", "pingfang", "hiragino", "droidsansfallback",
)  # fmt: skip

# matplotlib falls back from font to font, glyph by glyph, since 3.6; before, the first font draws everything.
_FALLS_BACK = tuple(int(part) for part in matplotlib.__version__.split(".")[:2]) >= (3, 6)


class Names:
    """Names ready to be drawn, and the fonts that draw them."""

    def __init__(self, names: Iterable[object], width: int = NAME_WIDTH, of: Optional[str] = None) -> None:
        """Choose the fonts for all `names` together, and cut each at `width` columns of text.

        Args:
            names: what is drawn.
            width: columns of text.
            of: whose rows are drawn: a part, or the name of a file.
        """
        raw = [plain(name) for name in names]
        self.families, drawable = fonts_for("".join([*raw, of or "", letters_of_labels()]))
        """Font families that have the letters of all this and of the labels, first choice first."""
        self.of = None if of is None else escape(shorten(_with_boxes(plain(of), drawable), width, middle=True))
        """The same, drawable."""
        marked = []
        for position, name in enumerate(raw):
            visible = _with_boxes(name, drawable)
            # Boxes alone would make all such names one: the position tells them apart.
            marked.append(visible if visible == name or len(raw) == 1 else f"#{position} {visible}")
        short = [shorten(name, width) for name in marked]
        texts = [
            # Where the difference was cut away, both ends are kept.
            shorten(name, width, middle=True) if short.count(cut) > 1 else cut
            for name, cut in zip(marked, short)
        ]
        self.texts: List[str] = [escape(text) for text in texts]
        """What to draw, in the order of the names."""


def _with_boxes(text: str, drawable: FrozenSet[int]) -> str:
    return "".join(letter if ord(letter) in drawable else BOX for letter in text)


def plain(name: object) -> str:
    """One line of text without control characters; something visible where the name is empty.

    A leading underscore gets a space before it: matplotlib leaves such labels out of its legends.
    """
    hidden = ("Cc", "Cf", "Cs", "Zl", "Zp")
    text = "".join(" " if unicodedata.category(letter) in hidden else letter for letter in str(name)).strip()
    return f" {text}" if text.startswith("_") else text or "(empty)"


def escape(text: str) -> str:
    r"""Keep matplotlib from reading ``$...$`` as a formula."""
    return text.replace("$", r"\$")


def shorten(text: str, width: int = NAME_WIDTH, middle: bool = False) -> str:
    """Cut `text` to `width` columns, an ellipsis included.

    Args:
        text: one line.
        width: columns to fill, at least 2.
        middle: whether to cut in the middle instead of at the end.
    """
    if columns(text) <= width:
        return text
    if not middle:
        return _beginning(text, width - 1).rstrip() + "\u2026"
    end = _beginning(text[::-1], (width - 1) // 2)[::-1]
    return _beginning(text, width // 2).rstrip() + "\u2026" + end.lstrip()


def _beginning(text: str, width: int) -> str:
    """The longest beginning of `text` that fills at most `width` columns."""
    return next((text[:end] for end in range(len(text), 0, -1) if columns(text[:end]) <= width), "")


def columns(text: str) -> int:
    """How many columns `text` fills: a wide (Chinese, ...) character takes two, a combining accent none."""
    letters = (letter for letter in text if not unicodedata.combining(letter))
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in letters)


# --- fonts ------------------------------------------------------------------------------------------------


def missing_font_note(names: Iterable[object]) -> Optional[str]:
    """Say which characters of `names` the plots cannot show, and what to install; None where all are shown."""
    text = "".join(plain(name) for name in names)
    drawable = fonts_for(text)[1]
    missing = sorted({letter for letter in text if ord(letter) not in drawable})
    if not missing:
        return None
    shown = "".join(missing[:10]) + ("..." if len(missing) > 10 else "")
    return say(
        "no installed font can draw {letters}: the plots show boxes with numbers instead; install one that can (for "
        "Chinese e.g. `apt-get install fonts-noto-cjk` on Debian or Ubuntu) and draw again",
        letters=shown,
    )


def can_draw(text: str) -> bool:
    """Whether an installed font has all letters of `text`."""
    return {ord(letter) for letter in text} <= fonts_for(text)[1]


def fonts_for(text: str) -> Tuple[List[str], FrozenSet[int]]:
    """Choose the font families that draw `text`, first choice first, and the code points they can draw."""
    latin = _code_points(font_manager.findfont(LATIN_FONT))
    needed = {ord(letter) for letter in text}
    families, drawable = [LATIN_FONT], latin
    if needed <= latin:
        return families, drawable
    for family, path in _wide_fonts():
        covered = _with_latin(path) if _FALLS_BACK else _code_points(path)
        if len(needed & covered) > len(needed & drawable):
            families, drawable = [family, LATIN_FONT], covered
        if needed <= drawable:
            break
    return families, drawable


def _wide_fonts() -> List[Tuple[str, str]]:
    """The installed fonts with Chinese, Japanese or Korean glyphs: family and file."""
    found = _listed_wide_fonts()
    if not found:
        for path in _wide_font_files():
            font_manager.fontManager.addfont(path)
        found = _listed_wide_fonts()
    return found


def _listed_wide_fonts() -> List[Tuple[str, str]]:
    listed = {entry.name: entry.fname for entry in reversed(font_manager.fontManager.ttflist)}
    # matplotlib's list is kept on disk, and may name a font that was removed since.
    return [(name, listed[name]) for name in WIDE_FONTS if name in listed and Path(listed[name]).exists()]


@functools.lru_cache(maxsize=1)
def _wide_font_files() -> List[str]:
    """Look at the disk: matplotlib makes its list once, and misses what was installed later."""
    files = font_manager.findSystemFonts()
    return [path for path in files if any(part in Path(path).name.lower() for part in WIDE_FONT_FILES)]


@functools.lru_cache(maxsize=32)
def _with_latin(path: str) -> FrozenSet[int]:
    return _code_points(path) | _code_points(font_manager.findfont(LATIN_FONT))


@functools.lru_cache(maxsize=32)
def _code_points(path: str) -> FrozenSet[int]:
    return frozenset(FT2Font(path).get_charmap())
