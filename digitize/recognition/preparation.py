"""Makes the image that is recognized out of the page as scanned: upright, straight, evenly lit, without red ink.

The page itself stays as scanned; only its rotation is set. What is found on the prepared image is mapped back
(``Prepared.mapping``). Every step is taken only where a cheap look at a small image says that it is needed.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from digitize.ingestion.turns import CLOCKWISE
from digitize.inspection.quality import Measures, measure
from digitize.recognition.api import PageImage, Recognizer
from digitize.recognition.direction import Direction, Mask, Turn, find_direction
from digitize.recognition.ink import InkMap, map_ink
from digitize.recognition.light import even_light
from digitize.recognition.mapping import Mapping, coefficients, identity, straighten
from digitize.recognition.trial import settle

_LOOK_LONG_SIDE_PX = 1_240
"""A page is looked at with about 110 to 150 dpi."""
_SURROUNDINGS_PX = 20
_MARK_BELOW, _MARK_MARGIN = 0.82, 4
"""A mark is darker than this share of its surroundings' mean, less a few levels against the scanner's noise."""
_FAINT_BELOW, _FAINT_MARGIN = 0.95, 2
"""The same on a page that seems blank."""
_SKEW_FROM_DEG = 2.5
"""Tesseract follows lines that fall by less, and turning an image costs it tone marks: on 29 real pages skewed by up
to 1.95 degrees, straightening from 0.2 degrees lost six right fields of 63 and had two wrong ones accepted."""
_BLANK_MARKS_MAX = 60
"""Pixels at 150 dpi: a few specks of dust. A full stop has 4, a page number 40 to 80."""
_BARE_MARKS_MAX = 600
"""The same for a back with punched holes, stains and a little of the front shining through: one real back has 334,
a line of print has 2,000 and more."""
_DARK_BELOW = 60
"""Middle grey level of a page on which nothing could be seen: a lid left open, a lamp that failed."""
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
    measures: Measures | None
    """None where the page bears too little print to be measured."""
    blank: bool = False
    """Nothing on the page is worth recognizing."""
    dark: bool = False
    """The same, but of black: nobody knows what was on the paper."""


def prepare(image: PageImage, recognizer: Recognizer, folder: Path) -> Prepared:
    """Write the image to recognize into ``folder``.

    The recognizer is asked only where it is in doubt which way up the page lies. Raises what it raises.
    """
    with Image.open(image.path) as scanned:
        scanned.load()
        grey = without_red(scanned)
        ink = map_ink(scanned)
    small = shrink(grey)
    evened = even_light(grey, small)
    if evened is not grey:
        grey, small = evened, shrink(evened)
    marks = find_marks(small)
    direction = find_direction(marks)
    count = int(np.count_nonzero(marks))
    bare = False
    if count <= _BARE_MARKS_MAX and not direction.has_lines:
        marks = find_marks(small, _FAINT_BELOW, _FAINT_MARGIN)
        faint = find_direction(marks)
        bare = not (faint.has_lines and faint.lined)
        direction = direction if bare else faint
    if not direction.sure:
        direction = settle(image, grey, marks, direction, recognizer, folder)
    measures = None if bare else measure(grey, marks, image.dpi)
    prepared = _write(image, grey, ink, measures, direction, folder)
    blank = bare and count <= _BLANK_MARKS_MAX
    dark = blank and float(np.median(np.asarray(small))) < _DARK_BELOW
    return replace(prepared, blank=blank, dark=dark)


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


def _write(
    image: PageImage, grey: Image.Image, ink: InkMap, measures: Measures | None, direction: Direction, folder: Path
) -> Prepared:
    if direction.turn:
        grey = grey.transpose(CLOCKWISE[direction.turn])
        ink = ink.turned(CLOCKWISE[direction.turn])
    mapping = identity(grey.size)
    if abs(direction.skew_deg) >= _SKEW_FROM_DEG:
        mapping = straighten(grey.size, direction.skew_deg)
        grey = _warp(grey, mapping)
        ink = ink.warped(mapping)
    path = folder / f"{image.number:06d}_prepared.bmp"
    grey.save(path)
    width_px, height_px = grey.size
    return Prepared(
        replace(
            image, path=path, width_px=width_px, height_px=height_px, rotation=(image.rotation + direction.turn) % 360
        ),
        mapping,
        direction.turn,
        direction.skew_deg,
        ink,
        measures,
    )


def _warp(grey: Image.Image, mapping: Mapping) -> Image.Image:
    return grey.transform(
        mapping.recognized_px,
        Image.Transform.PERSPECTIVE,
        coefficients(mapping.matrix),
        Image.Resampling.BICUBIC,
        fillcolor=_WHITE,
    )
