"""The assemble stage: the page as scanned, invisible text under it, the record inside, PDF/A-3b.

The last step but signing that writes the document's bytes.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pikepdf

from digitize.assembly.pages import open_pages
from digitize.assembly.pdfa import PRODUCER, claim, find_obstacles
from digitize.assembly.text_fonts import SharedFonts
from digitize.errors import DamagedInputError
from digitize.ingestion.foreign import PDF_ERRORS
from digitize.inspection.api import Inspected
from digitize.inspection.pdf import page_rotation, page_size_pt
from digitize.model import Record

RECORD_ATTACHMENT = "record.json"
_TEXT_NAME = "/DigitizeText"


@dataclass(frozen=True, slots=True)
class Assembled:
    path: Path
    record: Record
    """As embedded: with ``pdfa`` telling what the file claims."""


def assemble(
    inspected: Inspected,
    text_pdfs: Mapping[int, bytes],
    record: Record,
    made_at: datetime,
    folder: Path,
) -> Assembled:
    """Write the archive PDF, unsigned, into ``folder``.

    ``text_pdfs``: per page number one page of invisible text of the upright page's shape; pages without one
    keep their own text. ``record.pages`` tells how each stands upright. Raises DamagedInputError. The input must
    not be signed already.
    """
    target = folder / "assembled.pdf"
    try:
        with open_pages(inspected, folder) as pdf:
            fonts = SharedFonts()
            rotations = {page.number: page.rotation for page in record.pages}
            for page, plan in zip(pdf.pages, inspected.pages, strict=True):
                _set_upright(page, rotations.get(plan.number, plan.rotation) - plan.rotation)
                if plan.number in text_pdfs:
                    _lay_text(pdf, page, text_pdfs[plan.number], fonts)
            obstacles = find_obstacles(pdf)
            finished = record.model_copy(update={"pdfa": None if obstacles else "3b"})
            _embed(pdf, finished, made_at)
            claim(pdf, made_at, title=f"{PRODUCER} {record.document_id}", conforming=not obstacles)
            pdf.remove_unreferenced_resources()
            pdf.save(
                target,
                force_version="1.7",
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
            )
    except PDF_ERRORS as error:
        raise DamagedInputError from error
    return Assembled(target, finished)


def read_embedded_record(path: Path) -> Record | None:
    """The record an archive PDF carries; None where it carries none."""
    with pikepdf.open(path) as pdf:
        if RECORD_ATTACHMENT not in pdf.attachments:
            return None
        return Record.from_json(pdf.attachments[RECORD_ATTACHMENT].get_file().read_bytes())


def _set_upright(page: pikepdf.Page, turn: int) -> None:
    """Turn the page by ``turn`` degrees clockwise as it is shown; its image stays as scanned."""
    if turn % 360:
        page.rotate(turn % 360, relative=True)


def _lay_text(pdf: pikepdf.Pdf, page: pikepdf.Page, text_pdf: bytes, fonts: SharedFonts) -> None:
    with pikepdf.open(io.BytesIO(text_pdf)) as source:
        text_page = source.pages[0]
        x0, y0, x1, y1 = (float(v) for v in text_page.mediabox)
        form = pdf.copy_foreign(text_page.as_form_xobject())
    fonts.share(form)
    width_pt, height_pt = page_size_pt(page)
    matrix = _upright_matrix(page, width_pt / (x1 - x0), height_pt / (y1 - y0))
    name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(_TEXT_NAME))
    numbers = " ".join(f"{value:.6f}" for value in matrix)
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ q {numbers} cm {name} Do Q\n".encode())
    page.contents_coalesce()


def _upright_matrix(page: pikepdf.Page, sx: float, sy: float) -> Sequence[float]:
    """From upright coordinates, scaled by ``sx`` and ``sy``, to the default user space of a turned page."""
    x0, y0, x1, y1 = (float(v) for v in page.cropbox)
    return {
        0: (sx, 0, 0, sy, x0, y0),
        90: (0, sx, -sy, 0, x1, y0),
        180: (-sx, 0, 0, -sy, x1, y1),
        270: (0, -sx, sy, 0, x0, y1),
    }[page_rotation(page)]


def _embed(pdf: pikepdf.Pdf, record: Record, made_at: datetime) -> None:
    """Attach the record as an associated file (PDF/A-3, 6.8)."""
    specification = pikepdf.AttachedFileSpec(
        pdf,
        record.to_json(),
        description="digitize record, schema 1",
        filename=RECORD_ATTACHMENT,
        mime_type="application/json",
        creation_date=made_at.strftime("D:%Y%m%d%H%M%SZ"),
        mod_date=made_at.strftime("D:%Y%m%d%H%M%SZ"),
    )
    specification.obj.AFRelationship = pikepdf.Name.Data
    pdf.attachments[RECORD_ATTACHMENT] = specification
    pdf.Root.AF = pikepdf.Array([specification.obj])
