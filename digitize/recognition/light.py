"""Evens out the light of photographed pages and shadowed scans."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Levels = NDArray[np.uint8]

_BLOCK_PX = 16
"""At about 150 dpi: larger than a letter, so that every block of print holds some paper."""
_UNEVEN_BELOW = 0.8
"""Brightness of the darker tenth of the paper over that of the brighter tenth; even scans have 0.95 to 1."""
_TARGET = 245
_GAIN_MAX = 5.0
"""Darker paper than this holds no print that could be told from it; black lids stay black."""
_ROWS_AT_ONCE = 256
_DARK_PAPER = 30


def even_light(grey: Image.Image, small: Image.Image) -> Image.Image:
    """The page as under even light; itself where its light is even.

    ``small``: the same page at about 150 dpi. Every pixel is divided by the brightness of the paper around it, which
    costs about 100 ms a page, so that Tesseract's one threshold for the whole page fits everywhere.
    """
    paper = _paper(small)
    lit = np.asarray(paper)[np.asarray(paper) >= _DARK_PAPER]
    if not lit.size:
        return grey
    dark, bright = np.percentile(lit, (10, 90))
    if dark >= _UNEVEN_BELOW * bright:
        return grey
    gain = np.minimum(_TARGET / np.maximum(np.asarray(paper, np.float32), 1), _GAIN_MAX)
    gains = Image.fromarray(gain).resize(grey.size, Image.Resampling.BILINEAR)
    evened = np.empty((grey.height, grey.width), np.uint8)
    for top in range(0, grey.height, _ROWS_AT_ONCE):  # in the processor's cache
        box = (0, top, grey.width, min(grey.height, top + _ROWS_AT_ONCE))
        rows = np.asarray(grey.crop(box), np.float32) * np.asarray(gains.crop(box))
        evened[box[1] : box[3]] = np.minimum(rows, 255)
    return Image.fromarray(evened)


def _paper(small: Image.Image) -> Image.Image:
    """Brightness of the paper by block, print taken out."""
    rows, columns = max(1, small.height // _BLOCK_PX), max(1, small.width // _BLOCK_PX)
    fitted = small.resize((columns * _BLOCK_PX, rows * _BLOCK_PX), Image.Resampling.NEAREST)
    blocks: Levels = np.asarray(fitted).reshape(rows, _BLOCK_PX, columns, _BLOCK_PX)
    brightest = Image.fromarray(np.ascontiguousarray(blocks.max(axis=(1, 3))))
    return brightest.filter(ImageFilter.MaxFilter(3)).filter(ImageFilter.BoxBlur(1))
