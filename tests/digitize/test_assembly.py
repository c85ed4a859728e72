"""The archive PDF: page as scanned, words findable where they stand, record inside, PDF/A-3b only where true."""

import subprocess
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from digitize.assembly.document import RECORD_ATTACHMENT, Assembled, assemble, read_embedded_record
from digitize.config import Limits, Recognition
from digitize.inspection.api import Inspected
from digitize.inspection.inspect import inspect
from digitize.model import FieldRecord, Record, Source, Status
from digitize.recognition.api import RecognizedPage
from digitize.recognition.document import recognize_document
from digitize.recognition.tesseract import TesseractRecognizer
from tests.digitize.recognition.papers import draw_print, skewed
from tests.papers import draw_page, write_jpeg, write_scanned_pdf

LIMITS = Limits()
RECOGNITION = Recognition(pages_in_parallel=1)
MADE_AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
RECORD = Record(
    document_id="0" * 26,
    status=Status.PUBLISHED,
    source=Source(filename="giấy.pdf", sha256="0" * 64, media_type="application/pdf", size=1),
)


def recognize(inspected: Inspected, folder: Path) -> list[RecognizedPage]:
    recognizer = TesseractRecognizer(RECOGNITION, LIMITS)
    return [each.page for each in recognize_document(inspected, recognizer, RECOGNITION, LIMITS, folder)]


def build(path: Path, folder: Path, *, text: bool = True) -> Assembled:
    inspected = inspect(path, LIMITS, RECOGNITION)
    return assemble(inspected, recognize(inspected, folder) if text else [], RECORD, MADE_AT, folder)


def words_with_places(path: Path, *, lies: bool) -> dict[str, tuple[float, float, float, float]]:
    """Word to box as fractions of the page as shown, as another program (Poppler) finds them."""
    done = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True)
    space = "{http://www.w3.org/1999/xhtml}"
    page = next(ET.fromstring(done.stdout).iter(f"{space}page"))
    width, height = float(page.attrib["width"]), float(page.attrib["height"])
    if lies:  # Poppler gives the size of the unturned page, but places on the turned one
        width, height = height, width
    found = {}
    for word in page.iter(f"{space}word"):
        x0, y0, x1, y1 = (float(word.attrib[name]) for name in ("xMin", "yMin", "xMax", "yMax"))
        found[word.text or ""] = (x0 / width, y0 / height, x1 / width, y1 / height)
    return found


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_words_are_found_where_they_stand_on_a_turned_page(tmp_path: Path, rotate: int) -> None:
    path = write_scanned_pdf(tmp_path / "scan.pdf", rotate=rotate)
    (recognized,) = recognize(inspect(path, LIMITS, RECOGNITION), tmp_path)
    seen = {word.text: word.box for line in recognized.lines for word in line.words}
    found = words_with_places(build(path, tmp_path).path, lies=rotate in (90, 270))
    for word in ("CỘNG", "nghiệm", "hai"):
        assert found[word] == pytest.approx(seen[word], abs=0.01)


@pytest.mark.parametrize(("degrees", "lies"), [(90, 0.0), (180, 4.0)])
def test_a_page_scanned_lying_or_askew_is_set_upright_with_its_words_in_place(
    tmp_path: Path, degrees: int, lies: float
) -> None:
    scan = skewed(draw_print(1), lies).rotate(degrees, expand=True)
    inspected = inspect(write_jpeg(tmp_path / "scan.jpg", scan), LIMITS, RECOGNITION)
    (recognized,) = recognize(inspected, tmp_path)
    assert recognized.rotation == degrees
    assert recognized.skew == pytest.approx(lies, abs=0.1)
    made = assemble(inspected, [recognized], RECORD, MADE_AT, tmp_path)
    with pikepdf.open(made.path) as pdf:
        assert pdf.pages[0].rotation % 360 == degrees
    found = words_with_places(made.path, lies=degrees == 90)
    seen = {word.text: word.box for line in recognized.lines for word in line.words}
    for word in ("Luật", "Theo", "danh"):
        assert found[word][0] == pytest.approx(seen[word][0], abs=0.02)
        middle, wanted = (found[word][1] + found[word][3]) / 2, (seen[word][1] + seen[word][3]) / 2
        assert middle == pytest.approx(wanted, abs=0.012)


def test_what_a_person_corrected_is_found_in_place_of_what_was_misread(tmp_path: Path) -> None:
    inspected = inspect(write_scanned_pdf(tmp_path / "scan.pdf"), LIMITS, RECOGNITION)
    (recognized,) = recognize(inspected, tmp_path)
    boxes = {word.text: word.box for line in recognized.lines for word in line.words}
    corrected, confirmed = (
        FieldRecord(value=value, text=word, confidence=1, state=state, page=1, box=boxes[word], method="manual")
        for value, word, state in (("2019-03-07", "nghiệm", "corrected"), ("hai", "hai", "accepted"))
    )
    record = RECORD.model_copy(update={"fields": {"issue_date": corrected, "subject": confirmed}})
    found = words_with_places(assemble(inspected, [recognized], record, MADE_AT, tmp_path).path, lies=False)
    assert "nghiệm" not in found
    assert found["07/03/2019"] == pytest.approx(boxes["nghiệm"], abs=0.004)
    assert found["hai"] == pytest.approx(boxes["hai"], abs=0.004)


def test_the_scan_is_kept_byte_for_byte(tmp_path: Path) -> None:
    jpeg = write_jpeg(tmp_path / "scan.jpg")
    with pikepdf.open(build(jpeg, tmp_path).path) as pdf:
        (image,) = (x for x in pdf.objects if isinstance(x, pikepdf.Stream) and x.get("/Subtype") == "/Image")
        assert image.read_raw_bytes() == jpeg.read_bytes()


def test_a_jpeg_grows_by_little(tmp_path: Path) -> None:
    jpeg = write_jpeg(tmp_path / "scan.jpg", draw_page(size=(1748, 2480)))
    assert build(jpeg, tmp_path).path.stat().st_size < jpeg.stat().st_size + 12_000


def test_an_earlier_invisible_text_layer_does_not_double_the_words(tmp_path: Path) -> None:
    stale = b"BT 3 Tr /F1 12 Tf 1 0 0 1 50 50 Tm (STALE) Tj ET\n"
    path = write_scanned_pdf(tmp_path / "scan.pdf", extra_content=stale)
    done = subprocess.run(["pdftotext", build(path, tmp_path).path, "-"], capture_output=True, check=True, text=True)
    assert "STALE" not in done.stdout
    assert "nghiệm" in done.stdout


def test_the_record_is_an_associated_file(tmp_path: Path) -> None:
    assembled = build(write_jpeg(tmp_path / "scan.jpg"), tmp_path, text=False)
    assert read_embedded_record(assembled.path) == assembled.record
    with pikepdf.open(assembled.path) as pdf:
        (associated,) = pdf.Root.AF
        assert associated.AFRelationship == "/Data"
        assert str(associated.UF) == RECORD_ATTACHMENT


def test_a_scan_claims_pdfa_3b(tmp_path: Path) -> None:
    assembled = build(write_scanned_pdf(tmp_path / "scan.pdf"), tmp_path)
    assert assembled.record.pdfa == "3b"
    with pikepdf.open(assembled.path) as pdf:
        xmp = pdf.open_metadata()
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "B")
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_a_page_with_a_font_that_is_not_embedded_claims_nothing(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(400, 600))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(b"BT /F1 12 Tf 50 500 Td (Hello) Tj ET")
        pdf.save(path)
    assembled = build(path, tmp_path, text=False)
    assert assembled.record.pdfa is None
    with pikepdf.open(assembled.path) as pdf:
        assert "pdfaid:part" not in pdf.open_metadata()


def test_scripts_and_actions_do_not_reach_the_archive(tmp_path: Path) -> None:
    path = write_scanned_pdf(tmp_path / "scan.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        script = pikepdf.Array(["x", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(2)")])
        pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=script))
        pdf.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch))
        pdf.save(path)
    with pikepdf.open(build(path, tmp_path, text=False).path) as pdf:
        assert "/OpenAction" not in pdf.Root
        assert "/JavaScript" not in pdf.Root.Names
        assert "/AA" not in pdf.pages[0]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    jpeg = write_jpeg(tmp_path / "scan.jpg")
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    one, two = (build(jpeg, folder).path.read_bytes() for folder in folders)
    assert one == two
