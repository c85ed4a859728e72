"""What inspection finds out before any page is decoded."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PageSource = Literal["image", "render", "text"]
"""image: the page is one image, taken out as it is; render: Poppler draws it; text: its own text is honest."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    number: int
    """1-based."""
    source: PageSource
    width_pt: float
    height_pt: float
    """Of the page as shown, in points (1/72 in)."""
    dpi: int
    """Of the image, or at which the page will be rendered."""
    rotation: int = 0
    """Degrees clockwise that set the image upright (PDF /Rotate or EXIF orientation)."""


@dataclass(frozen=True, slots=True)
class Inspected:
    path: Path
    media_type: str
    pages: tuple[PagePlan, ...]
    signed: bool = False
    """Carries a signature already: its bytes are never rewritten."""
