"""A paper as a value: what is printed where, and what a reader should find on it.

Lengths are millimetres, the origin is the top left corner, a text hangs on its baseline. The same value
is drawn as an image (``raster``) or as a born-digital PDF (``vector``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from samples.generator.fonts import Style

A4_WIDTH_MM = 210.0
A4_HEIGHT_MM = 297.0

Colour = tuple[int, int, int]

BLACK: Colour = (28, 28, 32)
"""Toner is never quite black on a scan."""
PEN_BLUE: Colour = (32, 48, 150)
SEAL_RED: Colour = (214, 38, 46)
WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Text:
    x: float
    y: float
    text: str
    size_pt: float
    style: Style = Style.REGULAR
    colour: Colour = BLACK


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line; ``dotted`` for the leaders of a form."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.25
    colour: Colour = BLACK
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Waves:
    """Fine wavy lines behind the text of a certificate, over the box given by two corners."""

    x0: float
    y0: float
    x1: float
    y1: float
    pitch: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Seal:
    """Round agency seal; ``ring`` runs along the rim, ``core`` is set in the middle."""

    x: float
    y: float
    diameter: float
    ring: str
    core: tuple[str, ...]
    turn: float = 0.0
    """Degrees clockwise: nobody sets a stamp down quite straight."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A scrawl in blue pen, centred on x and y; ``seed`` decides its form."""

    x: float
    y: float
    width: float
    seed: int


@dataclass(frozen=True, slots=True)
class Handwriting:
    """Words written by pen; x and y are the left end of the baseline, ``height`` that of a digit."""

    x: float
    y: float
    text: str
    height: float
    seed: int
    colour: Colour = PEN_BLUE


@dataclass(frozen=True, slots=True)
class Barcode:
    """QR code; x and y are the top left corner of its light margin, ``size`` the side with it."""

    x: float
    y: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """A filled box: a ribbon, a chip, the plain figure that stands where a card has its photograph."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: Colour
    portrait: bool = False


Item = Text | Rule | Waves | Seal | Signature | Handwriting | Barcode | Box


@dataclass(frozen=True, slots=True)
class Page:
    items: tuple[Item, ...]
    tint: Colour = WHITE
    width: float = A4_WIDTH_MM
    height: float = A4_HEIGHT_MM


@dataclass(frozen=True, slots=True)
class Paper:
    """``fields``: every printed field of the type, normalised as the record wants it."""

    pages: tuple[Page, ...]
    document_type: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    handwritten: tuple[str, ...] = ()
    """Names of the fields that are written by pen, wholly or in part."""
    printed: Mapping[str, str] = field(default_factory=dict)
    """What the paper shows, for the fields whose normalised value reads otherwise."""
    places: Mapping[str, int] = field(default_factory=dict)
    """Page, from 1, of the fields that are not on the first."""
