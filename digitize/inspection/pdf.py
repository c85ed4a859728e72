"""Inspection of PDF: limits, signatures, and how each page is to be read."""

from pathlib import Path

import pikepdf

from digitize.config import Limits, Recognition
from digitize.errors import DamagedInputError, EncryptedInputError, InputBombError, TooManyPagesError
from digitize.ingestion.foreign import PDF_ERRORS
from digitize.inspection.api import Inspected, PagePlan
from digitize.inspection.page_image import find_page_image
from digitize.inspection.scan_signs import looks_scanned
from digitize.inspection.signatures import has_signature
from digitize.inspection.text_layer import has_honest_text

_POINTS_PER_IN = 72
_PAGE_SIDE_LIMITS_PT = (3, 14_400)  # ISO 32000-1, annex C.2


def inspect_pdf(path: Path, limits: Limits, recognition: Recognition, numbers: range | None = None) -> Inspected:
    """Plan every page of the PDF, or those of these ``numbers``: to look for an honest text costs 40 ms a page.

    Raises EncryptedInputError, DamagedInputError, TooManyPagesError, InputBombError.
    """
    try:
        with pikepdf.open(path) as pdf:
            # An owner password alone still encrypts: qpdf opens it, but PDF/A and signing forbid encryption
            # and saving it would silently drop the owner's restrictions.
            if pdf.is_encrypted:
                raise EncryptedInputError
            count = len(pdf.pages)
            if count == 0:
                raise DamagedInputError
            if count > limits.max_pages:
                raise TooManyPagesError(pages=count, limit=limits.max_pages)
            pages = tuple(
                _plan(path, pdf.pages[number - 1], number, limits, recognition)
                for number in numbers or range(1, count + 1)
            )
            signed = has_signature(pdf)
    except pikepdf.PasswordError as error:
        raise EncryptedInputError from error
    except PDF_ERRORS as error:
        raise DamagedInputError from error
    return Inspected(path=path, media_type="application/pdf", pages=pages, signed=signed)


def page_size_pt(page: pikepdf.Page) -> tuple[float, float]:
    """Width and height of the crop box as shown, in points."""
    x0, y0, x1, y1 = (float(v) for v in page.cropbox)
    width, height = abs(x1 - x0), abs(y1 - y0)
    return (height, width) if page_rotation(page) in (90, 270) else (width, height)


def page_rotation(page: pikepdf.Page) -> int:
    """/Rotate, inherited or not, as 0, 90, 180 or 270 degrees clockwise."""
    return int(page.rotation) % 360 // 90 * 90


def _plan(path: Path, page: pikepdf.Page, number: int, limits: Limits, recognition: Recognition) -> PagePlan:
    width_pt, height_pt = page_size_pt(page)
    shortest, longest = _PAGE_SIDE_LIMITS_PT
    if not (shortest <= min(width_pt, height_pt) and max(width_pt, height_pt) <= longest):
        raise DamagedInputError
    image = find_page_image(page)
    if image is not None:
        megapixels = image.width_px * image.height_px / 1e6
        if megapixels > limits.max_page_megapixels:
            raise InputBombError(megapixels=round(megapixels), limit=limits.max_page_megapixels)
        rotation = page_rotation(page)
        upright_width_px = image.height_px if rotation in (90, 270) else image.width_px
        dpi = round(upright_width_px / (width_pt / _POINTS_PER_IN))
        if image.readable and dpi > 0:
            return PagePlan(number, "image", width_pt, height_pt, dpi, rotation)
    elif not looks_scanned(page) and has_honest_text(path, number, limits):
        return PagePlan(number, "text", width_pt, height_pt, recognition.render_dpi)
    return PagePlan(number, "render", width_pt, height_pt, _render_dpi(width_pt, height_pt, limits, recognition))


def _render_dpi(width_pt: float, height_pt: float, limits: Limits, recognition: Recognition) -> int:
    """The configured resolution, or the highest that keeps a huge page within the pixel limit."""
    square_in = width_pt * height_pt / _POINTS_PER_IN**2
    fitting = (limits.max_page_megapixels * 1e6 / square_in) ** 0.5
    return max(1, min(recognition.render_dpi, int(fitting)))
