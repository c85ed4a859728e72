"""A small grey copy of the page, and where it bears marks: what every step is decided by."""

import numpy as np
from PIL import Image, ImageFilter

from digitize.recognition.direction import Mask

_LOOK_LONG_SIDE_PX = 1_240
"""A page is looked at with about 110 to 150 dpi."""
_SURROUNDINGS_PX = 20
_MARK_BELOW, _MARK_MARGIN = 0.82, 4
"""A mark is darker than this share of its surroundings' mean, less a few levels against the scanner's noise."""


def without_red(image: Image.Image) -> Image.Image:
    """Grey levels (mode L) in which red ink fades: the red channel.

    Seals fade to hardly more than paper there, and words below them are read; black print and blue pens stay as dark as
    they were. Measured on 12 real papers, fields right of 96: as scanned 53, brightest of the channels 63 (pens fade
    too, and what is left of them is read as letters), every colour faded 60 to 62, red channel 64; none of them had a
    wrong one accepted.
    """
    return image.getchannel("R") if image.mode == "RGB" else image.convert("L")


def shrink(grey: Image.Image) -> Image.Image:
    """The page at 110 to 150 dpi, where it has more."""
    factor = max(1, round(max(grey.size) / _LOOK_LONG_SIDE_PX))
    return grey.reduce(factor) if factor > 1 else grey


def find_marks(small: Image.Image, below: float = _MARK_BELOW, margin: int = _MARK_MARGIN) -> Mask:
    """True where a pixel is darker than ``below`` times its surroundings' mean, less ``margin`` levels.

    Shadows are no marks.
    """
    around = np.asarray(small.filter(ImageFilter.BoxBlur(_SURROUNDINGS_PX)), np.float32)
    marks: Mask = np.asarray(small) < around * np.float32(below) - np.float32(margin)
    return marks
