"""What all parts of the config are made of."""

import sys

from msgspec import Meta, Struct

if sys.version_info >= (3, 9):
    from typing import Annotated, Literal
else:
    from typing import Literal

    from typing_extensions import Annotated

__all__ = ["Annotated", "Fraction", "Literal", "Meta", "NonNegative", "Positive", "PositiveFloat", "Section"]

Positive = Annotated[int, Meta(ge=1)]
PositiveFloat = Annotated[float, Meta(gt=0)]
NonNegative = Annotated[float, Meta(ge=0)]
Fraction = Annotated[float, Meta(ge=0, lt=1)]


class Section(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of every part of the config: immutable, and an unknown key is an error.

    The parts repeat `frozen`, which mypy does not see otherwise.
    """
