"""PDF/A-3b is claimed where the standard is kept and nowhere else; `make conformance` shows veraPDF the same papers."""

from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from digitize.assembly.document import Assembled, assemble
from digitize.config import Limits, Recognition
from digitize.inspection.inspect import inspect
from digitize.model import Record, Source, Status
from tests.awkward_papers import BEYOND_MENDING, MENDED, write_images, write_pdfs

LIMITS = Limits()
MADE_AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def build(path: Path, folder: Path) -> Assembled:
    inspected = inspect(path, LIMITS, Recognition())
    source = Source(filename=path.name, sha256="0" * 64, media_type=inspected.media_type, size=path.stat().st_size)
    record = Record(document_id="0" * 26, status=Status.PUBLISHED, source=source)
    return assemble(inspected, {}, record, MADE_AT, folder)


def claimed(path: Path) -> str | None:
    with pikepdf.open(path) as pdf:
        part = pdf.open_metadata().get("pdfaid:part")
        return None if part is None else f"{part}{pdf.open_metadata()['pdfaid:conformance'].lower()}"


def test_every_form_of_scan_can_be_archived(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    claims = {path.name: build(path, folder).record.pdfa for path in write_images(tmp_path)}
    assert set(claims.values()) == {"3b"}, claims


def test_a_claim_is_made_where_it_is_true(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    wrong = {}
    for path, right in write_pdfs(tmp_path):
        assembled = build(path, folder)
        if not assembled.record.pdfa == claimed(assembled.path) == right:
            wrong[path.stem] = assembled.record.pdfa
    assert wrong == {}


@pytest.mark.parametrize("name", ["junk-profile", "outline-with-script", "layers", "foreign-metadata"])
def test_mending_leaves_the_scan_as_it_was(tmp_path: Path, name: str) -> None:
    path = next(path for path, _ in write_pdfs(tmp_path) if path.stem == name)
    folder = tmp_path / "work"
    folder.mkdir()
    with pikepdf.open(path) as before, pikepdf.open(build(path, folder).path) as after:
        one, other = (pdf.pages[0].Resources.XObject.Im0 for pdf in (before, after))
        assert one.read_raw_bytes() == other.read_raw_bytes()


def test_the_two_lists_share_no_name() -> None:
    assert not MENDED.keys() & BEYOND_MENDING.keys()
