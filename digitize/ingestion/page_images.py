"""Makes one page into a file a recognizer reads: the scan's own bytes where possible, else pixels unpacked."""

import shutil
from pathlib import Path

import pikepdf
from pdf2image import convert_from_path
from pdf2image.exceptions import PDFPageCountError, PDFPopplerTimeoutError
from PIL import Image

from digitize.config import Limits
from digitize.confinement import COMMANDS_DIR
from digitize.errors import DamagedInputError, DocumentTimeoutError
from digitize.ingestion.foreign import IMAGE_ERRORS, PDF_ERRORS, blame
from digitize.ingestion.turns import CLOCKWISE
from digitize.inspection.api import Inspected, PagePlan
from digitize.inspection.images import credible_dpi
from digitize.inspection.page_image import find_page_image
from digitize.recognition.api import PageImage

_MODES_READ_AS_THEY_ARE = frozenset({"1", "L", "RGB"})
_SIXTEEN_BIT_WHITE = 65_535


def make_page_image(inspected: Inspected, plan: PagePlan, folder: Path, limits: Limits) -> PageImage:
    """Write page ``plan.number``, upright, into ``folder``.

    Raises DamagedInputError, DocumentTimeoutError.
    """
    if inspected.media_type != "application/pdf":
        path = _from_image_file(inspected, plan, folder)
    elif plan.source == "image":
        path = _from_pdf_image(inspected.path, plan, folder)
    else:
        path = render_page(inspected.path, plan.number, plan.dpi, folder, limits)
    try:
        with Image.open(path) as image:
            width_px, height_px = image.size
    except IMAGE_ERRORS as error:
        raise blame(error) from error
    # A PDF made of photographs often has a point for every pixel, and pages of a metre.
    dpi = credible_dpi((width_px, height_px), plan.dpi)
    return PageImage(plan.number, path, width_px, height_px, dpi, plan.rotation)


def render_page(pdf: Path, number: int, dpi: int, folder: Path, limits: Limits) -> Path:
    """Have Poppler draw the page into a PPM file. Raises DamagedInputError, DocumentTimeoutError."""
    try:
        paths = convert_from_path(
            pdf,
            dpi=dpi,
            first_page=number,
            last_page=number,
            output_folder=folder,
            output_file=f"{number:06d}_page",
            paths_only=True,
            use_cropbox=True,
            poppler_path=COMMANDS_DIR,
            timeout=limits.page_time_limit_s,
        )
    except PDFPopplerTimeoutError as error:
        raise DocumentTimeoutError(limit_s=limits.page_time_limit_s) from error
    except (PDFPageCountError, *IMAGE_ERRORS) as error:
        raise blame(error) from error
    if len(paths) != 1:
        raise DamagedInputError
    return Path(str(paths[0]))


def normalise(image: Image.Image) -> Image.Image:
    """Bilevel, grey or RGB with 8 bits a channel on white: what recognizers and PDF/A both take.

    Transparent parts become white, 16-bit samples are scaled rather than clipped, palettes, CMYK and Lab
    become RGB.
    """
    if image.mode in _MODES_READ_AS_THEY_ARE and "transparency" not in image.info:
        return image
    if image.mode.startswith("I;16"):
        image = image.convert("I")
    if image.mode in {"I", "F"}:
        _, highest = image.getextrema()
        white = _SIXTEEN_BIT_WHITE if float(str(highest)) > 255 else 255  # noqa: PLR2004 - largest 8-bit sample
        return image.point(lambda sample: sample * (255 / white)).convert("L")
    if image.mode in {"LA", "La", "PA", "RGBA", "RGBa"} or "transparency" in image.info:
        rgba = image.convert("RGBA")
        on_white = Image.new("RGB", image.size, "white")
        on_white.paste(rgba, mask=rgba.getchannel("A"))
        return on_white
    return image.convert("RGB")


def check_jpeg(image: Image.Image) -> None:
    """Read to the end, so that a file cut short shows here and not inside the recognizer; at an eighth of the
    size, which costs a third of a whole decoding. Raises OSError.
    """
    image.draft(image.mode, (image.width // 8, image.height // 8))
    image.load()


def _from_image_file(inspected: Inspected, plan: PagePlan, folder: Path) -> Path:
    try:
        with Image.open(inspected.path) as image:
            image.seek(plan.number - 1)
            if inspected.media_type == "image/jpeg" and image.mode in {"L", "RGB"} and plan.rotation == 0:
                check_jpeg(image)
                path = folder / f"{plan.number:06d}_page.jpg"
                shutil.copyfile(inspected.path, path)
                return path
            image.load()
            return _save(normalise(image), plan, folder)
    except IMAGE_ERRORS as error:
        raise blame(error) from error


def _from_pdf_image(pdf_path: Path, plan: PagePlan, folder: Path) -> Path:
    try:
        with pikepdf.open(pdf_path) as pdf:
            found = find_page_image(pdf.pages[plan.number - 1])
            if found is None:
                raise DamagedInputError
            if found.is_jpeg and plan.rotation == 0:
                path = folder / f"{plan.number:06d}_page.jpg"
                path.write_bytes(found.stream.read_raw_bytes())
                with Image.open(path) as image:
                    check_jpeg(image)
                return path
            return _save(normalise(pikepdf.PdfImage(found.stream).as_pil_image()), plan, folder)
    except (*PDF_ERRORS, *IMAGE_ERRORS) as error:
        raise blame(error) from error


def _save(image: Image.Image, plan: PagePlan, folder: Path) -> Path:
    """As PNM, which costs neither packing nor unpacking (a PNG written for Tesseract trebles its time)."""
    upright = image.transpose(CLOCKWISE[plan.rotation]) if plan.rotation else image
    path = folder / f"{plan.number:06d}_page.pnm"
    upright.save(path, format="PPM", dpi=(plan.dpi, plan.dpi))
    return path
