"""The pages of the archive PDF before text is laid under them: as scanned, without what an archive forbids."""

from pathlib import Path

import pikepdf
from PIL import Image

from digitize.assembly.images import write_image_page
from digitize.assembly.mending import mend
from digitize.ingestion.foreign import IMAGE_ERRORS, PDF_ERRORS, blame
from digitize.inspection.api import Inspected, PagePlan
from digitize.inspection.page_image import find_page_image


def open_pages(inspected: Inspected, folder: Path) -> pikepdf.Pdf:
    """A PDF with the document's pages, unsaved; the caller closes it. Raises DamagedInputError."""
    try:
        if inspected.media_type == "application/pdf":
            return _clean(pikepdf.open(inspected.path), inspected)
        return _from_images(inspected, folder)
    except (*PDF_ERRORS, *IMAGE_ERRORS) as error:
        raise blame(error) from error


def _clean(pdf: pikepdf.Pdf, inspected: Inspected) -> pikepdf.Pdf:
    """Mend what can be; reduce a scanned page to its image, since an earlier invisible text layer would double
    every word we add.
    """
    for page, plan in zip(pdf.pages, inspected.pages, strict=True):
        if plan.source == "image":
            _reduce_to_image(pdf, page)
    mend(pdf)
    return pdf


def _reduce_to_image(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    found = find_page_image(page)
    if found is None:
        return
    numbers = " ".join(f"{value:.6f}" for value in found.matrix)
    page.Contents = pdf.make_stream(f"q {numbers} cm {found.name} Do Q\n".encode())
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({found.name: found.stream}))


def _from_images(inspected: Inspected, folder: Path) -> pikepdf.Pdf:
    """Joined on disk: pikepdf would hold every page taken from another file in memory."""
    with Image.open(inspected.path) as image:
        pages = [_write_page(image, inspected.path, plan, folder) for plan in inspected.pages]
    joined = folder / "pages.pdf"
    pikepdf.Job(["pikepdf", "--empty", "--deterministic-id", "--pages", *map(str, pages), "--", str(joined)]).run()
    for page in pages:
        page.unlink()
    return pikepdf.open(joined)


def _write_page(image: Image.Image, path: Path, plan: PagePlan, folder: Path) -> Path:
    image.seek(plan.number - 1)
    return write_image_page(image, path, plan, folder)
