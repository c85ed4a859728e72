"""Makes the image that is recognized out of the page as scanned: upright, straight, without coloured ink.

The page itself stays as scanned; only its rotation is set. What is found on the prepared image is mapped back
(``Prepared.mapping``). Every step is taken only where a cheap look at a small image says that it is needed.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from digitize.ingestion.turns import CLOCKWISE
from digitize.recognition.api import PageImage, Recognizer
from digitize.recognition.direction import Direction, Mask, Turn, find_direction
from digitize.recognition.ink import InkMap, map_ink
from digitize.recognition.mapping import Mapping, coefficients, identity, straighten
from digitize.recognition.trial import settle

_LOOK_LONG_SIDE_PX = 1_240
"""A page is looked at with about 110 to 150 dpi."""
_SURROUNDINGS_PX = 20
_MARK_BELOW = 0.82
_MARK_MARGIN = 4
"""A mark is darker than this share of its surroundings' mean, less a few levels against the scanner's noise."""
_SKEW_FROM_DEG = 2.5
"""Tesseract follows lines that fall by less, and turning an image costs it tone marks: on 29 real pages skewed by up
to 1.95 degrees, straightening from 0.2 degrees lost six right fields of 63 and had two wrong ones accepted."""
_BLANK_MARKS_MAX = 60
"""Pixels at 150 dpi: a few specks of dust. A full stop has 4, a page number 40 to 80."""
_WHITE = 255


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    image: PageImage
    """To be recognized; its ``rotation`` counts the turn."""
    mapping: Mapping
    """From the recognized image to the upright page."""
    turn: Turn
    """Degrees clockwise by which the page was turned beyond what its file says."""
    skew_deg: float
    ink: InkMap
    """Of the recognized image, from the colours as scanned."""
    blank: bool
    """Nothing on the page is worth recognizing."""


def prepare(image: PageImage, recognizer: Recognizer, folder: Path) -> Prepared:
    """Write the image to recognize into ``folder``.

    The recognizer is asked only where it is in doubt which way up the page lies. Raises what it raises.
    """
    with Image.open(image.path) as scanned:
        scanned.load()
        grey = without_colour(scanned)
        ink = map_ink(scanned)
    marks = find_marks(grey)
    direction = find_direction(marks)
    blank = not direction.has_lines and int(np.count_nonzero(marks)) <= _BLANK_MARKS_MAX
    if not direction.sure:
        direction = settle(image, grey, marks, direction, recognizer, folder)
    return replace(_write(image, grey, ink, direction, folder), blank=blank)


def without_colour(image: Image.Image) -> Image.Image:
    """Grey levels (mode L) in which coloured ink fades: the brightest channel of each pixel.

    Seals and pens are dark in one or two channels, print in all three; recognition of the words below a seal
    gains more than handwriting, which Tesseract cannot read anyway, loses.
    """
    if image.mode != "RGB":
        return image.convert("L")
    red, green, blue = image.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def find_marks(grey: Image.Image) -> Mask:
    """True where a pixel is darker than its surroundings, at about 150 dpi at most; shadows are no marks."""
    factor = max(1, round(max(grey.size) / _LOOK_LONG_SIDE_PX))
    small = grey.reduce(factor) if factor > 1 else grey
    around = np.asarray(small.filter(ImageFilter.BoxBlur(_SURROUNDINGS_PX)), np.float32)
    marks: Mask = np.asarray(small) < around * np.float32(_MARK_BELOW) - np.float32(_MARK_MARGIN)
    return marks


def _write(image: PageImage, grey: Image.Image, ink: InkMap, direction: Direction, folder: Path) -> Prepared:
    if direction.turn:
        grey = grey.transpose(CLOCKWISE[direction.turn])
        ink = ink.turned(CLOCKWISE[direction.turn])
    mapping = identity(grey.size)
    if abs(direction.skew_deg) >= _SKEW_FROM_DEG:
        mapping = straighten(grey.size, direction.skew_deg)
        grey = _warp(grey, mapping)
        ink = ink.warped(mapping)
    path = folder / f"{image.number:06d}_prepared.pgm"
    grey.save(path, format="PPM")
    width_px, height_px = grey.size
    return Prepared(
        replace(
            image, path=path, width_px=width_px, height_px=height_px, rotation=(image.rotation + direction.turn) % 360
        ),
        mapping,
        direction.turn,
        direction.skew_deg,
        ink,
        blank=False,
    )


def _warp(grey: Image.Image, mapping: Mapping) -> Image.Image:
    return grey.transform(
        mapping.recognized_px,
        Image.Transform.PERSPECTIVE,
        coefficients(mapping.matrix),
        Image.Resampling.BICUBIC,
        fillcolor=_WHITE,
    )
