"""Loads a page no larger than it takes to read it: about 300 dpi, where a scanner made four or sixteen times as much.

What a file says of its resolution may be wrong by any factor (a plan of A1 that does not say is taken for A4 at
1,200 dpi), so strokes have to stay as wide as print has them at 300 dpi.
"""

import math
from pathlib import Path

import numpy as np
from PIL import Image

from digitize.inspection.quality import find_densest
from digitize.recognition.look import find_marks, shrink, without_red
from digitize.recognition.strokes import measure_strokes

_READ_DPI = 300
_STROKE_MIN_PX = 2.5
"""Print of 8 pt has strokes of 3 px at 300 dpi, that of 13 pt 5."""


def load_to_read(path: Path, dpi: int) -> Image.Image:
    """The page in the mode it was written in; bilevel pages as grey where they are reduced. Raises OSError."""
    halvings = max(0, round(math.log2(dpi / _READ_DPI)))
    while halvings:
        page = _load(path, 2**halvings)
        if _is_wide_enough(page):
            return page
        halvings -= 1
    return _load(path, 1)


def _load(path: Path, factor: int) -> Image.Image:
    opened: Image.Image
    with Image.open(path) as opened:
        size = opened.size
        if factor > 1:  # a JPEG is unpacked at an eighth, a quarter or half of its size
            opened.draft(opened.mode, (size[0] // factor, size[1] // factor))
        opened.load()
    page = opened.convert("L") if factor > 1 and opened.mode == "1" else opened
    left = factor // max(1, round(size[0] / page.width))
    return page.reduce(left) if left > 1 else page


def _is_wide_enough(page: Image.Image) -> bool:
    """Whether the strokes where the page has most marks can still be read; where it has none, nothing is lost."""
    grey = without_red(page)
    box = find_densest(find_marks(shrink(grey)), grey.size)
    stroke_px, _ = measure_strokes(np.asarray(grey.crop(box)))
    return not 0 < stroke_px < _STROKE_MIN_PX
