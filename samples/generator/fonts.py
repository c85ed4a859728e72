"""Where the letters come from: free families with every Vietnamese letter, as wide as Times, Arial and Courier."""

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
    Path("/usr/share/fonts/truetype/freefont"),
)


class Style(StrEnum):
    REGULAR = "Tinos-Regular"
    BOLD = "Tinos-Bold"
    ITALIC = "Tinos-Italic"
    BOLD_ITALIC = "Tinos-BoldItalic"
    SANS = "Arimo-Regular"
    SANS_BOLD = "Arimo-Bold"
    SANS_ITALIC = "Arimo-Italic"
    SANS_BOLD_ITALIC = "Arimo-BoldItalic"
    MONO = "Cousine-Regular"
    TYPED = "FreeMonoBold"
    """A typewriter's: no zero of these has a dot, as Cousine's has."""


@cache
def find_font(style: Style) -> Path:
    """Raises FileNotFoundError with the package to install."""
    for directory in CANDIDATE_DIRS:
        path = directory / f"{style}.ttf"
        if path.is_file():
            return path
    raise FileNotFoundError(f"{style}.ttf: install fonts-croscore and fonts-freefont-ttf")


@cache
def register_font(style: Style) -> str:
    """Name under which reportlab measures and embeds the font."""
    name = str(style)
    pdfmetrics.registerFont(TTFont(name, str(find_font(style))))
    return name


@cache
def load_font(style: Style, size_px: float) -> ImageFont.FreeTypeFont:
    # The basic layout engine: the bytes must not hang on which shaping library the machine has.
    return ImageFont.truetype(str(find_font(style)), size_px, layout_engine=ImageFont.Layout.BASIC)


def measure_mm(text: str, style: Style, size_pt: float) -> float:
    width_pt: float = pdfmetrics.stringWidth(text, register_font(style), size_pt)
    return width_pt / PT_PER_INCH * MM_PER_INCH
