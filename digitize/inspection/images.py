"""Inspection of TIFF, JPEG and PNG."""

from pathlib import Path

from PIL import Image

from digitize.config import Limits
from digitize.errors import InputBombError, TooManyPagesError
from digitize.ingestion.foreign import IMAGE_ERRORS, blame
from digitize.inspection.api import Inspected, PagePlan

EXIF_ORIENTATION = 0x0112
CLOCKWISE_OF_ORIENTATION = {1: 0, 2: 0, 3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}

_A4_SHORT_SIDE_IN, _A4_LONG_SIDE_IN = 8.27, 11.69
_STRIP_FROM = 2.5
"""Long side over short side from which a page is no sheet: a till receipt, pages pasted below each other."""
_PLAUSIBLE_LONG_SIDE_IN = (3.0, 17.0)  # from a card to A3; outside it the file's dpi is a camera's default
_POINTS_PER_IN = 72

# Pillow only warns up to twice its own limit; ours is stricter and is checked on every frame before decoding.
Image.MAX_IMAGE_PIXELS = None


def inspect_image(path: Path, media_type: str, limits: Limits) -> Inspected:
    """Plan one page per frame. Raises DamagedInputError, InputBombError, TooManyPagesError."""
    try:
        with Image.open(path) as image:
            # What follows the first picture of a JPEG (MPF) is its preview or gain map, no further page.
            count = 1 if media_type == "image/jpeg" else getattr(image, "n_frames", 1)
            if count > limits.max_pages:
                raise TooManyPagesError(pages=count, limit=limits.max_pages)
            pages = []
            for index in range(count):
                image.seek(index)
                pages.append(_plan(image, index + 1, limits))
    except IMAGE_ERRORS as error:
        raise blame(error) from error
    return Inspected(path=path, media_type=media_type, pages=tuple(pages))


def _plan(image: Image.Image, number: int, limits: Limits) -> PagePlan:
    width, height = image.size
    megapixels = width * height / 1e6
    if megapixels > limits.max_page_megapixels:
        raise InputBombError(megapixels=round(megapixels), limit=limits.max_page_megapixels)
    # Pillow itself turns the frames of a TIFF, and gives their size as turned.
    rotation = 0 if image.format == "TIFF" else CLOCKWISE_OF_ORIENTATION.get(_orientation(image), 0)
    dpi = image_dpi(image)
    if rotation in (90, 270):
        width, height = height, width
    return PagePlan(
        number=number,
        source="image",
        width_pt=width / dpi * _POINTS_PER_IN,
        height_pt=height / dpi * _POINTS_PER_IN,
        dpi=dpi,
        rotation=rotation,
    )


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(EXIF_ORIENTATION, 1))
    except (SyntaxError, ValueError, TypeError, OSError, KeyError):  # damaged EXIF says nothing
        return 1


def image_dpi(image: Image.Image) -> int:
    """The file's own resolution where it gives a plausible paper size, else a guess."""
    try:
        declared = float(image.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, ZeroDivisionError, IndexError):
        declared = 0.0
    return credible_dpi(image.size, declared)


def credible_dpi(size_px: tuple[int, int], declared: float) -> int:
    """``declared`` where it gives a plausible paper size, else that of an A4 sheet, or of a strip as wide as one."""
    short_px, long_px = sorted(size_px)
    shortest_in, longest_in = _PLAUSIBLE_LONG_SIDE_IN
    if declared > 0 and shortest_in <= long_px / declared <= longest_in:
        return max(1, round(declared))
    strip = long_px > _STRIP_FROM * short_px
    return max(1, round(short_px / _A4_SHORT_SIDE_IN if strip else long_px / _A4_LONG_SIDE_IN))
