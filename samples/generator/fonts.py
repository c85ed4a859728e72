"""Where the letters come from: one Times-like family that covers every Vietnamese letter."""

from enum import StrEnum
from functools import cache
from pathlib import Path

from PIL import ImageFont
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]

MM_PER_INCH = 25.4
PT_PER_INCH = 72

CANDIDATE_DIRS = (
    Path("/usr/share/fonts/truetype/croscore"),
    Path("/usr/share/fonts/truetype/tinos"),
    Path("/usr/share/fonts/google-croscore"),
)


class Style(StrEnum):
    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"
    BOLD_ITALIC = "BoldItalic"


@cache
def find_font(style: Style) -> Path:
    """Raises FileNotFoundError with the package to install."""
    for directory in CANDIDATE_DIRS:
        path = directory / f"Tinos-{style}.ttf"
        if path.is_file():
            return path
    raise FileNotFoundError(f"Tinos-{style}.ttf: install fonts-croscore")


@cache
def register_font(style: Style) -> str:
    """Name under which reportlab measures and embeds the font."""
    name = f"Tinos-{style}"
    pdfmetrics.registerFont(TTFont(name, str(find_font(style))))
    return name


@cache
def load_font(style: Style, size_px: float) -> ImageFont.FreeTypeFont:
    # The basic layout engine: the bytes must not hang on which shaping library the machine has.
    return ImageFont.truetype(str(find_font(style)), size_px, layout_engine=ImageFont.Layout.BASIC)


def measure_mm(text: str, style: Style, size_pt: float) -> float:
    width_pt: float = pdfmetrics.stringWidth(text, register_font(style), size_pt)
    return width_pt / PT_PER_INCH * MM_PER_INCH
