"""The assemble stage: the page as scanned, invisible text under it, the record inside, PDF/A-3b.

The last step but signing that writes the document's bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pikepdf

from digitize.assembly.pages import open_pages
from digitize.assembly.pdfa import PRODUCER, claim, find_obstacles
from digitize.assembly.text_layer import lay_text, make_font
from digitize.errors import DamagedInputError
from digitize.ingestion.foreign import PDF_ERRORS
from digitize.inspection.api import Inspected
from digitize.model import Record
from digitize.recognition.api import RecognizedPage

RECORD_ATTACHMENT = "record.json"


@dataclass(frozen=True, slots=True)
class Assembled:
    path: Path
    record: Record
    """As embedded: with ``pdfa`` telling what the file claims."""


def assemble(
    inspected: Inspected,
    pages: Sequence[RecognizedPage],
    record: Record,
    made_at: datetime,
    folder: Path,
) -> Assembled:
    """Write the archive PDF, unsigned, into ``folder``.

    ``pages``: as recognized; those with a text layer of their own keep it, and those that are not among them are
    left without text, as they lie. Raises DamagedInputError. The input must not be signed already.
    """
    target = folder / "assembled.pdf"
    try:
        with open_pages(inspected, folder) as pdf:
            font = make_font(pdf)
            recognized = {page.number: page for page in pages if page.method == "ocr"}
            for page, plan in zip(pdf.pages, inspected.pages, strict=True):
                if plan.number in recognized:
                    found = recognized[plan.number]
                    _set_upright(page, found.rotation - plan.rotation)
                    lay_text(page, found, record.fields.values(), font)
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
