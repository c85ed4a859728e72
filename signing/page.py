"""The visible area of a page, and where a rectangle named as a reader sees it lies in user space."""

import math
from dataclasses import dataclass
from decimal import Decimal

from pyhanko.pdf_utils import generic

from digitize.errors import SigningError
from signing.lookup import look_up

_DEPTH_MAX = 64
"""Levels of the page tree climbed for an inherited value; more is a loop."""

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageFrame:
    """Visible box of a page in default user space, and how the page is turned when shown."""

    box: Rectangle
    rotation: int
    """Clockwise, 0, 90, 180 or 270 degrees."""
    unit: float = 1.0
    """Points in one unit of user space (/UserUnit)."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points as shown."""
        x0, y0, x1, y1 = self.box
        width, height = (x1 - x0) * self.unit, (y1 - y0) * self.unit
        return (height, width) if self.rotation in {90, 270} else (width, height)

    def place(self, left: float, bottom: float, width: float, height: float) -> Rectangle:
        """User-space rectangle of a rectangle given in points as shown, origin bottom left."""
        x0, y0, x1, y1 = self.box
        left, bottom, width, height = (value / self.unit for value in (left, bottom, width, height))
        right, top = left + width, bottom + height
        if self.rotation == 90:  # noqa: PLR2004 - degrees
            return (x1 - top, y0 + left, x1 - bottom, y0 + right)
        if self.rotation == 180:  # noqa: PLR2004
            return (x1 - right, y1 - top, x1 - left, y1 - bottom)
        if self.rotation == 270:  # noqa: PLR2004
            return (x0 + bottom, y1 - right, x0 + top, y1 - left)
        return (x0 + left, y0 + bottom, x0 + right, y0 + top)

    @property
    def matrix(self) -> tuple[int, int, int, int, int, int]:
        """Form matrix that keeps the stamp upright on the page as shown."""
        return {
            0: (1, 0, 0, 1, 0, 0),
            90: (0, 1, -1, 0, 0, 0),
            180: (-1, 0, 0, -1, 0, 0),
            270: (0, -1, 1, 0, 0, 0),
        }[self.rotation]


def read_page_frame(page: generic.DictionaryObject) -> PageFrame:
    """Crop box within media box, rotation and unit of a page, inherited values included.

    Raises SigningError where the page has no visible area.
    """
    media = _read_box(_inherited(page, "/MediaBox"))
    if media is None:
        raise SigningError(reason="page_without_media_box")
    crop = _read_box(_inherited(page, "/CropBox")) or media
    box = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    if box[2] <= box[0] or box[3] <= box[1]:
        box = media  # ISO 32000-1, 14.11.2: a crop box off the medium means nothing
    if box[2] <= box[0] or box[3] <= box[1]:
        raise SigningError(reason="page_without_area")
    rotate = _inherited(page, "/Rotate")
    rotation = int(_to_float(rotate) or 0) % 360 // 90 * 90
    unit = _to_float(look_up(page, "/UserUnit"))
    return PageFrame(box, rotation, unit if unit is not None and unit > 0 else 1.0)


def _inherited(page: generic.DictionaryObject, key: str) -> object:
    node: object = page
    for _ in range(_DEPTH_MAX):
        if not isinstance(node, generic.DictionaryObject):
            return None
        if key in node:
            return look_up(node, key)
        node = look_up(node, "/Parent")
    return None


def _read_box(value: object) -> Rectangle | None:
    if not isinstance(value, generic.ArrayObject) or len(value) != 4:  # noqa: PLR2004 - two corners
        return None
    numbers = [_to_float(value[index]) for index in range(4)]
    if any(number is None for number in numbers):
        return None
    x0, y0, x1, y1 = (number or 0.0 for number in numbers)
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _to_float(value: object) -> float | None:
    number = float(value) if isinstance(value, int | float | Decimal) else math.nan
    return number if math.isfinite(number) else None
