"""The pages of the archive PDF before text is laid under them: as scanned, without what an archive forbids."""

from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image

from digitize.errors import DamagedInputError
from digitize.ingestion.foreign import IMAGE_ERRORS, PDF_ERRORS
from digitize.ingestion.page_images import normalise
from digitize.inspection.api import Inspected, PagePlan
from digitize.inspection.page_image import find_page_image

_POINTS_PER_IN = 72
_ROOT_KEYS_KEPT = frozenset({"/Type", "/Pages", "/AcroForm", "/OCProperties", "/Lang", "/Names", "/Dests", "/Outlines"})
_ACTIVE_NAMES = ("/JavaScript", "/URLS", "/AlternatePresentations")


def open_pages(inspected: Inspected, folder: Path) -> pikepdf.Pdf:
    """A PDF with the document's pages, unsaved; the caller closes it. Raises DamagedInputError."""
    try:
        if inspected.media_type == "application/pdf":
            return _clean(pikepdf.open(inspected.path), inspected)
        return _from_images(inspected, folder)
    except (*PDF_ERRORS, *IMAGE_ERRORS) as error:
        raise DamagedInputError from error


def _clean(pdf: pikepdf.Pdf, inspected: Inspected) -> pikepdf.Pdf:
    """Drop scripts, actions and the scanner's own metadata; reduce a scanned page to its image, since an
    earlier invisible text layer would double every word we add.
    """
    for key in list(pdf.Root.keys()):
        if key not in _ROOT_KEYS_KEPT:
            del pdf.Root[key]
    for name in _ACTIVE_NAMES:
        if name in pdf.Root.get("/Names", pikepdf.Dictionary()):
            del pdf.Root.Names[name]
    if "/AcroForm" in pdf.Root:
        for key in ("/XFA", "/NeedAppearances"):
            if key in pdf.Root.AcroForm:
                del pdf.Root.AcroForm[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for page, plan in zip(pdf.pages, inspected.pages, strict=True):
        for key in ("/AA", "/Metadata", "/PieceInfo", "/Thumb"):
            if key in page:
                del page[key]
        for annotation in page.get("/Annots", pikepdf.Array()):
            for key in ("/AA", "/A"):
                if key in annotation and _is_active(annotation[key]):
                    del annotation[key]
        if plan.source == "image":
            _reduce_to_image(pdf, page)
    return pdf


def _is_active(action: object) -> bool:
    """Anything but following a link inside the document or to an address (PDF/A-3, 6.5.1)."""
    return not (isinstance(action, pikepdf.Dictionary) and str(action.get("/S")) in {"/GoTo", "/URI"})


def _reduce_to_image(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    found = find_page_image(page)
    if found is None:
        return
    numbers = " ".join(f"{value:.6f}" for value in found.matrix)
    page.Contents = pdf.make_stream(f"q {numbers} cm {found.name} Do Q\n".encode())
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({found.name: found.stream}))


def _from_images(inspected: Inspected, folder: Path) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for plan in inspected.pages:
        page_pdf = folder / f"{plan.number:06d}_page.pdf"
        _write_page(inspected, plan, page_pdf)
        pdf.pages.extend(pikepdf.open(page_pdf).pages)
    return pdf


def _write_page(inspected: Inspected, plan: PagePlan, target: Path) -> None:
    """One image as one page, by img2pdf: JPEG, PNG and CCITT bytes pass through unchanged."""
    source = inspected.path
    with Image.open(inspected.path) as image:
        image.seek(plan.number - 1)
        passes_through = (
            inspected.media_type in {"image/jpeg", "image/png"}
            and image.mode in {"1", "L", "RGB"}
            and "transparency" not in image.info
        )
        if not passes_through:
            source = _save_lossless(image, plan, target.with_suffix(""))
    upright_dpi = (plan.dpi, plan.dpi)
    with target.open("wb") as file:
        img2pdf.convert(
            str(source),
            outputstream=file,
            layout_fun=img2pdf.get_fixed_dpi_layout_fun(upright_dpi),
            rotation=_rotation(plan),
            nodate=True,
        )


def _save_lossless(image: Image.Image, plan: PagePlan, base: Path) -> Path:
    upright = normalise(image)
    if upright.mode == "1":
        path = base.with_suffix(".tiff")
        upright.save(path, compression="group4", dpi=(plan.dpi, plan.dpi))
    else:
        path = base.with_suffix(".png")
        upright.save(path, dpi=(plan.dpi, plan.dpi), compress_level=6)
    return path


def _rotation(plan: PagePlan) -> img2pdf.Rotation:
    return {
        0: img2pdf.Rotation.none,
        90: img2pdf.Rotation["90"],
        180: img2pdf.Rotation["180"],
        270: img2pdf.Rotation["270"],
    }[plan.rotation]
