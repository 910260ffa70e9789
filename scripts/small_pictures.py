"""Makes the pictures of the documentation small: what decides on their colours and their size is here."""

import io
from pathlib import Path

LARGEST = 100_000
"""Bytes of a file."""
COLOURS = 256
"""Of a picture: as many as a byte for each point can tell apart. It takes a third of what plots have."""


def small(picture: Path) -> bytes:
    """A PNG with few colours and without anything but the picture in it.

    Raises:
        ValueError: it is still too large.
    """
    from PIL import Image

    with Image.open(str(picture)) as image:
        whole = image.convert("RGB")
    # The colours that lie furthest apart keep thin lines and dots as they were; the means of what each stands for
    # (kmeans) then keep the tints of areas.
    few = whole.quantize(COLOURS, method=Image.MAXCOVERAGE, kmeans=3, dither=Image.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    if len(file.getvalue()) > LARGEST:
        raise ValueError(f"{picture.name} has more than {LARGEST:,} bytes with {COLOURS} colours, too")
    return file.getvalue()
