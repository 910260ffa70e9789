"""Pictures of the page: SVG written by hand, in the page's colours, light or dark, with its texts as text."""

import math
import unicodedata
from typing import Callable, List, NamedTuple, Optional, Sequence, Set, Tuple

import numpy as np
from markupsafe import Markup, escape

from fcnn.report.page.tables import short

WIDTH, HEIGHT = 480, 270
LEFT, RIGHT, TOP, BOTTOM = 58, 22, 12, 42
MOST_POINTS = 240
"""Of a line; of more, the lowest and the highest of each stretch are drawn."""
LOG_RANGE = 30.0
"""Values that span more than this factor get a logarithmic scale."""


Tell = Callable[[str], str]
"""Turns a sentence into one of the page's language."""


class Chart(NamedTuple):
    """A picture with what stands above it."""

    title: str
    svg: Markup
    key: Sequence[Tuple[int, str]] = ()
    """Kind and name of each line, where there are several."""
    is_wide: bool = False
    """Whether it keeps its size, and is scrolled where there is less room."""


class Line(NamedTuple):
    """A line of a chart."""

    x: np.ndarray
    """(points,) float64."""
    y: np.ndarray
    """(points,) float64; gaps where it is not finite."""
    kind: int
    """Which colour and dashes it has: 1 to 6."""


class Scale(NamedTuple):
    """From values to places along one side of a picture."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False

    def place(self, value: float) -> float:
        """Where a value lies."""
        low, high, value = (math.log10(each) if self.is_log else each for each in (self.low, self.high, value))
        return self.start + (value - low) / (high - low) * (self.end - self.start)

    def ticks(self) -> List[float]:
        """Round values to be written beside it."""
        if self.is_log:
            powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
            steps = (1,) if len(powers) > 4 else (1, 2, 5)
            found = [step * 10.0**power for power in powers for step in steps]
            inside = [tick for tick in found if self.low <= tick <= self.high * 1.0000001]
            return inside[:: 1 + len(inside) // 8]
        return round_steps(self.low, self.high)


def round_steps(low: float, high: float, most: int = 6) -> List[float]:
    """Round values from the one to the other, about `most` of them."""
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    return [step * count for count in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def scale_of(values: np.ndarray, start: float, end: float, may_be_log: bool = False, zero: bool = False) -> Scale:
    """A scale that holds some values, (n,) float64, with a little room beside them."""
    there = values[np.isfinite(values)]
    if not len(there):
        return Scale(0.0, 1.0, start, end)
    low, high = float(there.min()), float(there.max())
    if may_be_log and 0 < LOG_RANGE * low < high:
        return Scale(low / 1.2, high * 1.2, start, end, True)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    room = 0.04 * (high - low) or 0.5 * abs(high) or 0.5
    return Scale(low - (0 if zero and low == 0 else room), high + room, start, end)


def thinned(x: np.ndarray, y: np.ndarray, most: int = MOST_POINTS) -> Tuple[np.ndarray, np.ndarray]:
    """At most about so many points of a line: the lowest and the highest of each stretch."""
    if len(x) <= most:
        return x, y
    chosen: Set[int] = set()
    for part in np.array_split(np.arange(len(x)), most // 2):
        there = part[np.isfinite(y[part])]
        if len(there):
            chosen.update((int(there[np.argmin(y[there])]), int(there[np.argmax(y[there])])))
    kept = sorted(chosen)
    return x[kept], y[kept]


def picture(label: str, parts: Sequence[str], width: float = WIDTH, height: float = HEIGHT) -> Markup:
    """An SVG with what it shows in words."""
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}" style="--w:{}px">{}</svg>').format(
        _at(width), _at(height), label, _at(width), Markup("".join(parts))
    )


def line_chart(
    label: str,
    lines: Sequence[Line],
    x_title: str,
    y_title: str,
    mark: Optional[Tuple[float, float]] = None,
    epochs: bool = True,
) -> Markup:
    """Lines over epochs, or over shares.

    Args:
        label: what it shows, in words.
        lines: at least one.
        x_title: below the horizontal axis.
        y_title: above the vertical one.
        mark: a point to be ringed, with a line down to the axis.
        epochs: whether the horizontal axis has whole numbers only, and the vertical one may be logarithmic.
    """
    y = scale_of(np.concatenate([line.y for line in lines]), HEIGHT - BOTTOM, TOP + 14, may_be_log=epochs)
    whole = np.concatenate([line.x for line in lines])
    room = 0.5 if epochs else 0.02
    x = Scale(float(whole.min()) - room, float(whole.max()) + room, LEFT, WIDTH - RIGHT)
    parts = _axes(x, y, x_title, y_title, only_whole=epochs)
    if mark is not None:
        place = _at(x.place(mark[0]))
        parts.append(f'<path class="mark" d="M{place} {_at(y.end)}V{_at(y.start)}"/>')
    for line in lines:
        xs, ys = thinned(line.x, np.where((line.y > 0) | (not y.is_log), line.y, np.nan))
        parts.append(f'<path class="line s{line.kind}" d="{_path(x, y, xs, ys)}"/>')
        if epochs and len(xs) <= 12:
            points = ((x.place(a), y.place(b)) for a, b in zip(xs, ys) if math.isfinite(b))
            parts += [f'<circle class="point s{line.kind}" cx="{_at(a)}" cy="{_at(b)}" r="3"/>' for a, b in points]
    if mark is not None and math.isfinite(mark[1]):
        parts.append(f'<circle class="ring" cx="{_at(x.place(mark[0]))}" cy="{_at(y.place(mark[1]))}" r="5"/>')
    return picture(label, parts)


def scatter(label: str, x_values: np.ndarray, y_values: np.ndarray, x_title: str, y_title: str) -> Markup:
    """Points beside the diagonal on which both values are equal: (points,) float64 each."""
    both = np.concatenate([x_values, y_values])
    height = 400
    x, y = scale_of(both, LEFT, WIDTH - RIGHT), scale_of(both, height - BOTTOM, TOP + 14)
    parts = _axes(x, y, x_title, y_title)
    parts.append(f'<path class="mark" d="M{_at(x.start)} {_at(y.start)}L{_at(x.end)} {_at(y.end)}"/>')
    points = (f"M{_at(x.place(a))} {_at(y.place(b))}h0" for a, b in zip(x_values.tolist(), y_values.tolist()))
    parts.append(f'<path class="dots" d="{"".join(points)}"/>')
    return picture(label, parts, height=height)


def histogram(label: str, values: np.ndarray, x_title: str, y_title: str, bins: int = 41) -> Markup:
    """How many values, (n,) float64, lie where; the outermost bars have all that lies beyond."""
    reach = float(np.percentile(np.abs(values), 99)) or 1.0
    counts, edges = np.histogram(np.clip(values, -reach, reach), bins=bins, range=(-reach, reach))
    x = Scale(-reach, reach, LEFT, WIDTH - RIGHT)
    y = scale_of(counts.astype(np.float64), HEIGHT - BOTTOM, TOP + 14, zero=True)
    bars = "".join(
        f"M{_at(x.place(left) + 0.5)} {_at(y.start)}V{_at(y.place(count))}H{_at(x.place(right) - 0.5)}V{_at(y.start)}z"
        for left, right, count in zip(edges, edges[1:], counts)
        if count
    )
    parts = _axes(x, y, x_title, y_title)
    zero = _at(x.place(0))
    return picture(
        label, [*parts, f'<path class="bars" d="{bars}"/><path class="mark" d="M{zero} {y.start}V{y.end}"/>']
    )


class Estimate(NamedTuple):
    """A value with its name, and perhaps the ends of an interval."""

    name: str
    value: float
    ends: Optional[Sequence[float]] = None


def estimates(label: str, rows: Sequence[Estimate], x_title: str, zero: bool = False) -> Markup:
    """Values below each other, with their intervals; as bars from 0 where they are amounts.

    Args:
        label: what it shows, in words.
        rows: from above.
        x_title: below the axis.
        zero: whether they are drawn as bars.
    """
    left, pitch = 178, 24 if len(rows) > 6 else 32
    height = TOP + pitch * len(rows) + BOTTOM
    values = [value for row in rows for value in (row.value, *(row.ends or ()))]
    x = scale_of(np.array(values), left, WIDTH - 46, zero=zero)
    parts = _axes(x, Scale(0, 1, height - BOTTOM, TOP), x_title, "", sides=False)
    for number, row in enumerate(rows):
        middle = TOP + pitch * (number + 0.5)
        place = _at(x.place(row.value))
        parts.append(f'<text class="name" x="{left - 10}" y="{_at(middle + 4)}">{escape(_fitting(row.name))}</text>')
        if zero:
            start = _at(x.place(0))
            parts.append(f'<path class="bars" d="M{start} {_at(middle - 7)}H{place}V{_at(middle + 7)}H{start}z"/>')
        if row.ends is not None:
            low, high = (_at(x.place(end)) for end in row.ends)
            parts.append(f'<path class="whisker{" over" if zero else ""}" d="M{low} {_at(middle)}H{high}"/>')
        if not zero:
            parts.append(
                f'<circle class="estimate{" own" if row.ends else ""}" cx="{place}" cy="{_at(middle)}" r="5"/>'
            )
        end = max(x.place(each) for each in (row.value, *(row.ends or ()), *((0.0,) if zero else ())))
        parts.append(f'<text class="value" x="{_at(end + 8)}" y="{_at(middle + 4)}">{short(row.value, 3)}</text>')
    return picture(label, parts, height=height)


def _axes(x: Scale, y: Scale, x_title: str, y_title: str, only_whole: bool = False, sides: bool = True) -> List[str]:
    """Grid, ticks and titles."""
    parts = []
    across = [tick for tick in x.ticks() if not only_whole or float(tick).is_integer()]
    parts.append(f'<path class="grid" d="{"".join(f"M{_at(x.place(tick))} {y.start}V{y.end}" for tick in across)}"/>')
    parts += [
        f'<text class="tick middle" x="{_at(x.place(tick))}" y="{_at(y.start + 16)}">{short(_round(tick))}</text>'
        for tick in across
    ]
    if sides:
        up = y.ticks()
        parts.append(f'<path class="grid" d="{"".join(f"M{x.start} {_at(y.place(tick))}H{x.end}" for tick in up)}"/>')
        parts += [
            f'<text class="tick" x="{LEFT - 7}" y="{_at(y.place(tick) + 4)}">{short(_round(tick))}</text>'
            for tick in up
        ]
        parts.append(f'<text class="title" x="0" y="11">{escape(y_title)}</text>')
    middle = _at((x.start + x.end) / 2)
    parts.append(f'<text class="title middle" x="{middle}" y="{_at(y.start + 36)}">{escape(x_title)}</text>')
    return parts


def _path(x: Scale, y: Scale, xs: np.ndarray, ys: np.ndarray) -> str:
    """A line with gaps where there is no value."""
    parts, down = [], False
    for a, b in zip(xs.tolist(), ys.tolist()):
        if math.isfinite(b):
            parts.append(f"{'L' if down else 'M'}{_at(x.place(a))} {_at(y.place(b))}")
        down = math.isfinite(b)
    return "".join(parts)


def _fitting(name: str, most: int = 24) -> str:
    """A name that has room beside a bar; letters of East Asian scripts take the room of two."""
    room = most
    for place, letter in enumerate(name):
        room -= 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if room < 0:
            return f"{name[: max(1, place - 1)]}…"
    return name


def _round(value: float) -> float:
    """Without the dust of a product."""
    return float(f"{value:.10g}")


def _at(value: float) -> str:
    """A place, to a tenth of a pixel."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
