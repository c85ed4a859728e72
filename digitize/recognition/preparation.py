"""Makes the image that is recognized out of the page as scanned: upright, straight, evenly lit, without red ink, a
photographed sheet seen straight from above, and no larger than it takes to read it.

The page itself stays as scanned; only its rotation is set. What is found on the prepared image is mapped back
(``Prepared.mapping``). Every step is taken only where a cheap look at a small image says that it is needed.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from digitize.ingestion.turns import CLOCKWISE
from digitize.inspection.quality import Measures, measure
from digitize.recognition.api import PageImage, RecognizedPage, Recognizer
from digitize.recognition.direction import Direction, Mask, Turn, find_direction
from digitize.recognition.ink import InkMap, map_ink
from digitize.recognition.leaders import find_leaders, without_leaders
from digitize.recognition.light import even_light
from digitize.recognition.look import find_marks, shrink, without_red
from digitize.recognition.mapping import Mapping, coefficients, reduced, straighten
from digitize.recognition.sheet import find_sheet
from digitize.recognition.trial import reads_well, settle
from digitize.recognition.working_size import load_to_read

_FAINT_BELOW, _FAINT_MARGIN = 0.95, 2
"""How marks are told on a page that seems blank."""
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
    """To be recognized; its ``rotation`` counts the turn, its ``dpi`` is its own."""
    grey: Image.Image
    """The same, as pixels."""
    dpi: int
    """Of the page as scanned."""
    mapping: Mapping
    """From the recognized image to the upright page."""
    turn: Turn
    """Degrees clockwise by which the page was turned beyond what its file says."""
    skew_deg: float
    """By how much lines fall to the right on the upright page."""
    colours: Image.Image | None
    """The page as scanned; None where it has no colour."""
    ink: InkMap
    """Of the recognized image, from the colours as scanned."""
    marks: Mask
    """Of a small copy of the recognized image."""
    measures: Measures | None
    """None where the page bears too little print to be measured."""
    reading: RecognizedPage | None = None
    """What was read on the image already, to see which way up it lies."""
    blank: bool = False
    """Nothing on the page is worth recognizing."""
    dark: bool = False
    """The same, but of black: nobody knows what was on the paper."""


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """The page as it is seen so far."""

    grey: Image.Image
    ink: InkMap
    mapping: Mapping
    dpi: int

    def turned(self, turn: Turn) -> "_View":
        if not turn:
            return self
        way = CLOCKWISE[turn]
        return _View(self.grey.transpose(way), self.ink.turned(way), self.mapping.turned(turn), self.dpi)

    def warped(self, step: Mapping) -> "_View":
        """``step``: from the new image to this one."""
        grey = self.grey.transform(
            step.recognized_px,
            Image.Transform.PERSPECTIVE,
            coefficients(step.matrix),
            Image.Resampling.BICUBIC,
            fillcolor=_WHITE,
        )
        return _View(grey, self.ink.warped(step), self.mapping.after(step), self.dpi)


def prepare(image: PageImage, recognizer: Recognizer, folder: Path) -> Prepared:
    """Write the image to recognize into ``folder``.

    The recognizer is asked only where it is in doubt which way up the page lies. Raises what it raises.
    """
    view, colours = _take(image)
    small = shrink(view.grey)
    evened = even_light(view.grey, small)
    if evened is not view.grey:
        view, small = replace(view, grey=evened), shrink(evened)
    marks = find_marks(small)
    direction = find_direction(marks)
    count = int(np.count_nonzero(marks))
    bare = False
    if count <= _BARE_MARKS_MAX and not direction.has_lines:
        marks = find_marks(small, _FAINT_BELOW, _FAINT_MARGIN)
        faint = find_direction(marks)
        bare = not (faint.has_lines and faint.lined)
        direction = direction if bare else faint
    measures = None if bare else measure(view.grey, marks, _describe(image, view).dpi)
    blank = bare and count <= _BLANK_MARKS_MAX
    prepared = Prepared(
        image=image,
        grey=view.grey,
        dpi=image.dpi,
        mapping=view.mapping,
        turn=0,
        skew_deg=0.0,
        colours=colours,
        ink=view.ink,
        marks=marks,
        measures=measures,
        blank=blank,
        dark=blank and float(np.median(np.asarray(small))) < _DARK_BELOW,
    )
    if direction.sure:
        return _set_upright(prepared, view, direction, folder)
    return _settle(prepared, view, direction, recognizer, folder)


def _settle(prepared: Prepared, view: _View, direction: Direction, recognizer: Recognizer, folder: Path) -> Prepared:
    """A page that may lie as it should is read as it is: mostly that was all the doubt, and nothing was read twice."""
    as_is = None
    if direction.turn in (0, 180):
        as_is = _set_upright(prepared, view, replace(direction, turn=0), folder)
        as_is = replace(as_is, reading=recognizer.recognize(as_is.image))
        if as_is.reading and reads_well(as_is.reading):
            return as_is
    seen = _describe(prepared.image, view)
    settled = settle(seen, view.grey, prepared.marks, direction, recognizer, folder)
    return as_is if as_is and settled.turn == 0 else _set_upright(prepared, view, settled, folder)


def _take(image: PageImage) -> tuple[_View, Image.Image | None]:
    """The page without red ink and, where it was photographed, without the table around it; and its colours."""
    scanned = load_to_read(image.path, image.dpi)
    grey, ink = without_red(scanned), map_ink(scanned)
    mapping = reduced(grey.size, (image.width_px, image.height_px))
    view = _View(grey, ink, mapping, max(1, round(image.dpi * grey.width / image.width_px)))
    sheet = find_sheet(scanned)
    return view.warped(sheet) if sheet else view, scanned if ink.levels else None


def _set_upright(prepared: Prepared, view: _View, direction: Direction, folder: Path) -> Prepared:
    """The page to recognize, in a file."""
    looked_at, view = view, view.turned(direction.turn)
    left_deg = direction.skew_deg
    if abs(left_deg) >= _SKEW_FROM_DEG:
        view, left_deg = view.warped(straighten(view.grey.size, left_deg)), 0.0
    marks = prepared.marks if view is looked_at else find_marks(shrink(view.grey))
    seen = _describe(prepared.image, view)
    leaders = find_leaders(marks)
    if leaders.any():
        view = replace(view, grey=without_leaders(view.grey, seen.dpi, leaders))
    seen = replace(
        seen,
        path=folder / f"{seen.number:06d}_prepared.bmp",
        rotation=(prepared.image.rotation + direction.turn) % 360,
    )
    view.grey.save(seen.path)
    return replace(
        prepared,
        image=seen,
        grey=view.grey,
        mapping=view.mapping,
        turn=direction.turn,
        skew_deg=view.mapping.tilt_deg + left_deg,
        ink=view.ink,
        marks=marks,
    )


def _describe(image: PageImage, view: _View) -> PageImage:
    width_px, height_px = view.grey.size
    return replace(image, width_px=width_px, height_px=height_px, dpi=view.dpi)
