"""What a TensorFlow graph can do, for :func:`fcnn.export.graph.predict_in`."""

from typing import Any, Mapping, Sequence

import numpy as np

from fcnn.data.scalers import EDGE
from fcnn.export.calendar import days_since_1970
from fcnn.export.date_fields import MONTHS, WEEKDAYS, DateFields, date_fields
from fcnn.export.graph import Ops
from fcnn.export.steps import ColumnSteps
from fcnn.inference.blocks import FoldedLayer
from fcnn.inference.numeric_embedding import Cosines, Embedded
from fcnn.network import backend
from fcnn.network.backend import tf

_BLANK = r"[\t-\r\x1c-\x20\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"
"""What Python's ``str.strip`` takes away, for RE2."""
SECONDS = 86_400.0


class TensorFlowOps(Ops):
    """Of a TensorFlow graph."""

    def is_nan(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return tf.math.is_nan(x)

    def is_finite(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return tf.reduce_all(tf.math.is_finite(x), axis=1)

    def floor(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return tf.floor(x)

    def sqrt(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return tf.sqrt(x)

    def to_normal(self, x: Any, quantiles: Sequence[float]) -> Any:
        """See :class:`Ops`."""
        knots, last = tf.constant(quantiles, tf.float64), len(quantiles) - 1
        first = tf.searchsorted(knots, x)  # of those that are not below
        after = tf.searchsorted(knots, x, side="right")
        place = tf.clip_by_value(after - 1, 0, last - 1)
        left, right = tf.gather(knots, place), tf.gather(knots, place + 1)
        between = tf.cast(place, tf.float64) + (x - left) / (right - left)
        ties = tf.cast(first + after - 1, tf.float64) / 2.0
        share = tf.where(after > first, ties, between) / last
        share = tf.where(x >= quantiles[-1], _float64(1), tf.where(x <= quantiles[0], _float64(0), share))
        return tf.clip_by_value(tf.math.ndtri(share), -EDGE, EDGE)

    def where(self, condition: Any, yes: Any, no: Any) -> Any:
        """See :class:`Ops`."""
        return tf.where(condition, _float64(yes), _float64(no))

    def equals_any(self, x: Any, numbers: Sequence[float]) -> Any:
        """See :class:`Ops`."""
        return tf.reduce_any(tf.equal(x[:, None], tf.constant([numbers], tf.float64)), axis=1)

    def text(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return tf.strings.regex_replace(x, f"^{_BLANK}+|{_BLANK}+$", "")

    def is_any(self, text: Any, texts: Sequence[str]) -> Any:
        """See :class:`Ops`."""
        return tf.reduce_any(_equal(text, texts), axis=1)

    def look_up(self, text: Any, numbers: Mapping[str, float]) -> Any:
        """See :class:`Ops`."""
        found = _equal(text, list(numbers))
        chosen = tf.gather(tf.constant(list(numbers.values()), tf.float64), tf.argmax(tf.cast(found, tf.int32), axis=1))
        return tf.where(tf.reduce_any(found, axis=1), chosen, _float64(np.nan))

    def one_hot(self, text: Any, levels: Sequence[str]) -> Any:
        """See :class:`Ops`."""
        return tf.cast(_equal(text, levels), tf.float32)

    def days(self, raw: Any, column: ColumnSteps) -> Any:
        """See :class:`Ops`."""
        text = self.text(raw)
        fields = date_fields(column.format)
        assert fields is not None  # else it was refused
        days = _days(text, fields)
        if column.is_bad_missing:
            return tf.where(self.is_any(text, column.missing), _float64(np.nan), days)
        bad = tf.where(tf.math.is_nan(days), _float64(np.inf), days)
        return tf.where(self.is_any(text, column.missing), _float64(np.nan), bad)

    def float32(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return tf.cast(x, tf.float32)[:, None]

    def float64(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return tf.cast(x, tf.float64)

    def row_sums(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return tf.reduce_sum(x, axis=1, keepdims=True)

    def beside(self, parts: Sequence[Any]) -> Any:
        """See :class:`Ops`."""
        return tf.concat(list(parts), axis=1)

    def embedded(self, x: Any, embedding: Embedded) -> Any:
        """See :class:`Ops`."""
        numbers, encoding = tf.gather(x, tf.constant(embedding.columns), axis=1)[:, :, None], embedding.encoding
        if isinstance(encoding, Cosines):
            values = tf.cos(numbers * tf.constant(encoding.turned) + tf.constant(encoding.phase))
        else:
            left, inverse, lowest, highest = map(tf.constant, encoding)
            values = tf.minimum(tf.maximum((numbers - left) * inverse, lowest), highest)
        made = tf.matmul(tf.transpose(values, [1, 0, 2]), tf.constant(embedding.kernel))
        made = tf.transpose(made, [1, 0, 2]) + tf.constant(embedding.bias)
        return tf.reshape(made, [-1, embedding.made])

    def dense(self, a: Any, layer: FoldedLayer) -> Any:
        """See :class:`Ops`."""
        return tf.matmul(a, tf.constant(layer.kernel)) + tf.constant(layer.bias)

    def activation(self, z: Any, record: Mapping[str, Any]) -> Any:
        """See :class:`Ops`."""
        return backend.activation(record)(z)

    def first_column(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return x[:, 0]

    def second_column(self, x: Any) -> Any:
        """See :class:`Ops`."""
        return x[:, 1:]

    def power(self, x: Any, exponent: float) -> Any:
        """See :class:`Ops`."""
        return tf.pow(x, _float64(exponent))

    def where_rows(self, condition: Any, x: Any) -> Any:
        """See :class:`Ops`."""
        return tf.where(condition[:, None], x, _float64(np.nan))

    def names(self, probabilities: Any, names: Sequence[str], known: Any) -> Any:
        """See :class:`Ops`."""
        chosen = tf.gather(tf.constant(list(names)), tf.argmax(probabilities, axis=1))
        return tf.where(known, chosen, tf.constant(""))


def _float64(value: Any) -> Any:
    return tf.constant(value, tf.float64) if isinstance(value, (int, float)) else value


def _equal(text: Any, texts: Sequence[str]) -> Any:
    """(rows, texts) bool."""
    return tf.equal(text[:, None], tf.constant([list(texts)], tf.string))


def _days(text: Any, fields: DateFields) -> Any:
    """(rows,) float64 days since 1970 of texts, NaN where one is no date in the format."""
    there = tf.strings.regex_full_match(text, fields.pattern)

    def field(directive: str) -> Any:
        position = fields.groups.index(directive) + 1
        found = tf.strings.regex_replace(text, f"^{fields.pattern}$", rf"\{position}", replace_global=False)
        return tf.where(there, found, tf.constant("0"))

    def number(directive: str, absent: float = 0.0) -> Any:
        if directive not in fields.groups:
            return tf.fill(tf.shape(text), _float64(absent))
        return tf.strings.to_number(field(directive), tf.float64)

    def name(directive: str, names: Sequence[str]) -> Any:
        known = {name[:3] if directive in "ab" else name: float(place) for place, name in enumerate(names, 1)}
        return TensorFlowOps().look_up(tf.strings.lower(field(directive)), known)

    for directive in {"a", "A"} & set(fields.groups):
        there &= ~tf.math.is_nan(name(directive, WEEKDAYS))
    year, hour = number("Y"), number("H")
    if "y" in fields.groups:
        short = number("y")
        year = short + tf.where(short < 69.0, _float64(2000), _float64(1900))
    month = number("m")
    for directive in {"b", "B"} & set(fields.groups):
        month = name(directive, MONTHS)
    day, minute, second = number("d", 1), number("M"), number("S")
    if "I" in fields.groups:
        half = number("I")
        there &= (half >= 1.0) & (half <= 12.0)
        is_late = tf.equal(tf.strings.lower(field("p")), "pm")
        hour = half % 12.0 + tf.where(is_late, _float64(12), _float64(0))
    fraction = tf.zeros_like(second)
    if "f" in fields.groups:
        fraction = tf.strings.to_number(tf.strings.join(["0.", field("f")]), tf.float64)
    there &= (year >= 1.0) & (month >= 1.0) & (month <= 12.0) & (hour <= 23.0) & (minute <= 59.0) & (second <= 59.0)
    whole = days_since_1970(year, month, day, tf.floor, tf.where)
    next_month = tf.where(month > 11.0, _float64(1), month + 1.0)
    end = days_since_1970(year + tf.cast(month > 11.0, tf.float64), next_month, tf.ones_like(day), tf.floor, tf.where)
    there &= (day >= 1.0) & (whole < end)
    clock = hour * 3600.0 + minute * 60.0 + second
    micros = (whole * SECONDS + clock) * 1e6 + tf.round(fraction * 1e6)
    return tf.where(there, micros / 1e6 / SECONDS, _float64(np.nan))
