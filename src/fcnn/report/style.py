"""What all plots have in common: colours, sizes, and the way into a PNG file.

Figures are made without pyplot: no display, no window, no list of open figures. What matplotlib keeps
globally (``rcParams``) is set for the time of drawing only, under a lock, so a user's own ``matplotlibrc``
neither changes our plots nor is changed by them.
"""

import math
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import Formatter, MaxNLocator

from fcnn.files import atomic_write
from fcnn.report.language import ENGLISH, labels_in, letters_of, letters_of_labels
from fcnn.report.names import LATIN_FONT, can_draw, fonts_for

PathLike = Union[str, Path]

# Okabe and Ito's palette, which colour-blind readers can tell apart; without its yellow, too pale on white.
BLUE, VERMILLION, GREEN = "#0072B2", "#D55E00", "#009E73"
PURPLE, ORANGE, SKY = "#CC79A7", "#E69F00", "#56B4E9"
INK, GREY = "#1A1A1A", "#6E6E6E"
COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY)
# Lines differ in their dashes too, for a printout in grey: 6 colours and 5 dashes make 30 different lines.
DASHES: Tuple[Any, ...] = ("-", (0, (5, 1.5)), (0, (1, 1)), (0, (6, 1.5, 1, 1.5)), (0, (3, 1, 1, 1, 1, 1)))
DOTTED: Any = (0, (2, 2))
DASHED: Any = (0, (4, 2))

DOTS_PER_INCH = 150
LONG_NUMBER = 9
"""Characters of an axis' number: longer ones need more room than there is between six of them."""

STYLE: Dict[Any, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": GREY,
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.labelsize": 9.5,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10.5,
    "axes.titleweight": "bold",
    "figure.dpi": DOTS_PER_INCH,
    "font.size": 9.0,
    "grid.color": "#E6E6E6",
    "grid.linewidth": 0.7,
    "legend.fontsize": 8.5,
    "legend.frameon": False,
    "legend.handlelength": 2.6,
    "legend.title_fontsize": 8.5,
    "lines.linewidth": 1.6,
    "savefig.dpi": DOTS_PER_INCH,
    "text.color": INK,
    "xtick.color": GREY,
    "xtick.labelcolor": INK,
    "xtick.labelsize": 8.5,
    "ytick.color": GREY,
    "ytick.labelcolor": INK,
    "ytick.labelsize": 8.5,
}

_LOCK = threading.RLock()


class Picture(Figure):
    """A figure that knows the fonts its texts need, drawn by Agg."""

    def __init__(
        self,
        width: float,
        height: float,
        families: Optional[Sequence[str]] = None,
        arranged: bool = True,
        trimmed: bool = False,
    ) -> None:
        """Make an empty figure.

        Args:
            width: inches.
            height: inches.
            families: the fonts that its texts need, first choice first; without them those of the labels.
            arranged: whether matplotlib is to place the axes so that their labels stay inside and apart.
            trimmed: whether the file is cut, or widened, to what is drawn; it costs a second drawing.
        """
        super().__init__(figsize=(width, height), dpi=DOTS_PER_INCH)
        FigureCanvasAgg(self)
        self.families = list(families or _families_of_labels())
        self.trimmed = trimmed
        if not arranged:
            return
        if hasattr(self, "set_layout_engine"):
            self.set_layout_engine("constrained")
        else:  # matplotlib 3.4
            self.set_constrained_layout(True)  # type: ignore[attr-defined]


@contextmanager
def speaking(texts: Mapping[str, str]) -> Iterator[bool]:
    """Have the labels of pictures in another language while the block runs, in this thread.

    Args:
        texts: English templates and what they are in the other language, as :func:`fcnn.wording.translated` takes them;
            empty for English.

    Yields:
        Whether that language is spoken: where no font here has its letters, the labels are English, and no boxes.
    """
    drawable = can_draw(letters_of(texts))
    with labels_in(texts if drawable else ENGLISH):
        yield drawable


def _families_of_labels() -> List[str]:
    return fonts_for(letters_of_labels())[0]


@contextmanager
def drawing(families: Optional[Sequence[str]] = None) -> Iterator[None]:
    """Have matplotlib's own defaults, our style and these fonts, or those of the labels, while the block runs."""
    families = list(families or _families_of_labels())
    with _LOCK, matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(STYLE)
        matplotlib.rcParams["font.family"] = families
        # The true minus (U+2212) is missing in some Chinese fonts; a hyphen is in all.
        matplotlib.rcParams["axes.unicode_minus"] = families == [LATIN_FONT]
        yield


def save(picture: Picture, path: PathLike) -> Path:
    """Write a picture as PNG, 150 dots an inch, never half of it; gives the path back.

    Raises:
        OSError: where the file cannot be written.
    """
    with atomic_write(path, "wb") as file:
        write(picture, file)
    return Path(path)


def write(picture: Picture, file: IO[bytes]) -> None:
    """Write a picture as PNG, 150 dots an inch, into an open file."""
    edges: Dict[str, Any] = {"bbox_inches": "tight", "pad_inches": 0.12} if picture.trimmed else {}
    with drawing(picture.families):
        picture.savefig(file, format="png", dpi=DOTS_PER_INCH, **edges)


def title(axes: Axes, text: str, below: str) -> None:
    """Write a title, and below it in small letters what the picture shows; a legend has room to its right."""
    axes.set_title(text, pad=18)
    axes.annotate(below, (0, 1), (0, 5), xycoords="axes fraction", textcoords="offset points", fontsize=8.5, color=GREY)


def legend_above(axes: Axes, columns: int) -> None:
    """Put the legend on the title's line, at the right, where it covers no data."""
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncol=columns, borderaxespad=0.15, columnspacing=1.4)


def number(value: float, _position: Optional[int] = None) -> str:
    """Write a number of an axis: 53,940 and 0.25; with a power of ten only where it is huge or tiny."""
    if abs(value) >= 1e7 or (value != 0 and abs(value) < 1e-4):
        return f"{value:.3g}"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.6g}"


class Numbers(Formatter):
    """Writes the numbers of an axis as :func:`number` does, with more digits where they would not differ else."""

    def __call__(self, value: float, _position: Optional[int] = None) -> str:
        """One number by itself."""
        return number(value)

    def format_ticks(self, values: Sequence[float]) -> List[str]:
        """The numbers of an axis: each is right within a hundredth of the distance to the next."""
        texts = [number(value) for value in values]
        distance = float(np.diff(np.unique(values)).min()) if len(np.unique(values)) > 1 else math.inf
        for digits in range(4, 18):
            wrong = (abs(float(text.replace(",", "")) - value) for text, value in zip(texts, values))
            if max(wrong, default=0.0) < distance / 100:
                break
            texts = [f"{value:,.{digits}g}" for value in values]
        return texts


def number_axis(axis: Axis, bins: int, **options: Any) -> None:
    """Have few enough numbers along an axis, whose ends are set, that they do not touch each other.

    Args:
        axis: of a plot with a linear scale.
        bins: as many intervals at most; half of them where the numbers have many digits.
        options: of matplotlib's ``MaxNLocator``.
    """
    locator, numbers = MaxNLocator(nbins=bins, **options), Numbers()
    if max(map(len, numbers.format_ticks(locator.tick_values(*axis.get_view_interval())))) > LONG_NUMBER:
        locator = MaxNLocator(nbins=(bins + 1) // 2, **options)
    axis.set_major_locator(locator)
    axis.set_major_formatter(numbers)


def finite(values: Sequence[Optional[float]]) -> np.ndarray:
    """(values,) float64 with NaN for what cannot be drawn: None, NaN, infinity."""
    numbers = np.array([np.nan if value is None else float(value) for value in values], np.float64)
    numbers[~np.isfinite(numbers)] = np.nan
    return numbers
