"""The committed sample documents: what their expected.json says, and that the files are what they are for."""

import ast
import io
import json
import re
import subprocess
import unicodedata
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageSequence
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from digitize.errors import DamagedInputError
from digitize.model import Status
from samples.generator.catalogue.samples import SAMPLES
from samples.generator.sample import Sample

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "samples" / "documents"
MAX_BYTES = 12 * 1024 * 1024

COMMON = {
    "document_number", "issue_date", "issue_place", "issuing_agency", "signer_name", "signer_position",
    "owner_name", "owner_id", "valid_until",
}  # fmt: skip
FIELDS = {
    "administrative_document": COMMON | {"document_kind", "subject", "parent_agency"},
    "birth_certificate": COMMON
    | {
        "full_name", "date_of_birth", "date_of_birth_words", "sex", "ethnicity", "nationality",
        "place_of_birth", "hometown", "personal_id", "mother_name", "mother_birth_year", "father_name",
        "father_birth_year",
    },
    "marriage_certificate": COMMON
    | {"wife_name", "wife_date_of_birth", "wife_id", "husband_name", "husband_date_of_birth", "husband_id"},
    "marital_status_certificate": COMMON
    | {"full_name", "date_of_birth", "personal_id", "residence", "marital_status", "purpose"},
    "death_extract": COMMON
    | {"full_name", "date_of_birth", "personal_id", "date_of_death", "place_of_death", "cause_of_death"},
    "citizen_card": COMMON
    | {
        "personal_id", "full_name", "date_of_birth", "sex", "nationality", "hometown", "residence", "expiry_date",
        "old_id",
    },
    "driving_licence": COMMON
    | {"licence_number", "full_name", "date_of_birth", "nationality", "residence", "licence_class", "expiry_date"},
    "land_use_certificate": COMMON
    | {
        "serial_number", "register_number", "parcel_number", "map_sheet", "address", "area_m2", "land_use_purpose",
        "land_use_term",
    },
    "enterprise_registration": COMMON
    | {
        "enterprise_code", "enterprise_name", "head_office", "charter_capital", "legal_representative",
        "first_registered",
    },
    "household_business_registration": COMMON
    | {"household_business_code", "business_name", "business_address", "capital", "full_name", "personal_id"},
    "diploma": COMMON
    | {
        "full_name", "date_of_birth", "place_of_birth", "major", "graduation_year", "classification",
        "diploma_number", "register_number",
    },
    "application_form": COMMON
    | {"addressee", "full_name", "date_of_birth", "personal_id", "residence", "phone", "request"},
    "unknown": set(),
}  # fmt: skip

OWNER_NUMBER = r"\d{12}|\d{9}|\d{10}|\d{2}[A-Z]\d{7}"
"""Of persons today and on the old card, of enterprises, of household businesses."""

each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


def find(name: str) -> Sample:
    return next(sample for sample in SAMPLES if sample.name == name)


def input_file(sample: Sample) -> Path:
    return DOCUMENTS / sample.name / sample.file_name


def expected(sample: Sample) -> dict[str, object]:
    return json.loads((DOCUMENTS / sample.name / "expected.json").read_text())


def read_pdf_text(path: Path, page: int) -> str:
    command = ["pdftotext", "-raw", "-f", str(page), "-l", str(page), str(path), "-"]
    text = subprocess.run(command, check=True, capture_output=True, timeout=30).stdout.decode()
    return " ".join(unicodedata.normalize("NFC", text).split())


def test_the_folders_are_the_catalogue() -> None:
    assert {folder.name for folder in DOCUMENTS.iterdir()} == {sample.name for sample in SAMPLES}
    assert len(SAMPLES) >= 14


@each_sample
def test_a_folder_holds_one_input_and_its_expectation(sample: Sample) -> None:
    held = {path.name for path in (DOCUMENTS / sample.name).iterdir()}
    assert held == {sample.file_name, "expected.json"}


def test_all_samples_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in DOCUMENTS.rglob("*") if path.is_file()) <= MAX_BYTES


@each_sample
def test_expectation_names_known_types_fields_and_places(sample: Sample) -> None:
    told = expected(sample)
    fields = told["fields"]
    assert isinstance(fields, dict)
    assert set(fields) <= FIELDS[str(told["document_type"])]
    assert set(told["handwritten"]) <= set(fields)  # type: ignore[call-overload]
    assert Status(str(told["status"])) in {Status.PUBLISHED, Status.NEEDS_REVIEW, Status.REJECTED}
    assert told["held"] == (told["status"] == Status.NEEDS_REVIEW)
    assert (told["code"] is not None) == (told["status"] == Status.REJECTED)
    assert re.fullmatch(r"H99\.\d\d", str(told["unit"]))
    assert re.fullmatch(rf"{re.escape(str(told['unit']))}-\d{{6}}-\d{{4}}", str(told["dossier"]))
    assert re.fullmatch(r"(TP|KQ)\d+", str(told["component"]))


@each_sample
def test_values_are_normalised_as_the_record_wants_them(sample: Sample) -> None:
    for name, value in list_values(sample):
        assert value == unicodedata.normalize("NFC", " ".join(value.split()))
        if name in {"issue_date", "date_of_birth"}:
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", value)
        if name in {"owner_id", "personal_id"}:
            assert re.fullmatch(OWNER_NUMBER, value)
    assert sample.paper.fields.get("sex", "male") in {"male", "female"}


def list_values(sample: Sample) -> list[tuple[str, str]]:
    """Name and value of every field, one for each of several owners."""
    return [
        (name, value)
        for name, found in sample.paper.fields.items()
        for value in (found if isinstance(found, list) else [found])
    ]


def test_personal_ids_agree_with_sex_and_birth_and_belong_to_nobody() -> None:
    checked = 0
    for sample in SAMPLES:
        fields = sample.paper.fields
        if not {"personal_id", "sex"} <= fields.keys():
            continue
        number, born = fields["personal_id"], fields["date_of_birth"]
        century = (int(born[:2]) - 19) * 2
        assert number[3] == str(century + (fields["sex"] == "female"))
        assert number[4:6] == born[2:4]
        assert int(number[6:]) >= 990_000
        assert fields["owner_id"] == number
        checked += 1
    assert checked >= 3


def test_one_owner_has_papers_in_two_units() -> None:
    units: dict[str, set[str]] = {}
    for sample in SAMPLES:
        for name, value in list_values(sample) if sample.ends != "rejected" else ():
            if name == "owner_id":
                units.setdefault(value, set()).add(sample.unit)
    assert max(len(found) for found in units.values()) == 2


@pytest.mark.parametrize("name", ["notice-born-digital", "decision-signed-pdf", "report-mixed-pdf"])
def test_born_digital_text_holds_every_value(name: str) -> None:
    sample = find(name)
    text = read_pdf_text(input_file(sample), page=1)
    for field, value in sample.paper.fields.items():
        if field == "issue_date":
            year, month, day = value.split("-")
            assert re.search(rf"ngày {day} tháng 0?{int(month)} năm {year}", text)
        else:
            assert value in text, field


@pytest.mark.parametrize("name", ["notice-born-digital", "decision-signed-pdf", "report-mixed-pdf"])
def test_born_digital_pages_embed_every_font(name: str) -> None:
    # PDF/A cannot be claimed for a page that leans on a font of the reader's machine.
    with pikepdf.open(input_file(find(name))) as pdf:
        fonts = pdf.pages[0].resources["/Font"]
        assert len(fonts) >= 3
        for font in fonts.values():
            assert "/FontFile2" in font["/FontDescriptor"]


def test_the_mixed_pdf_has_a_page_without_text() -> None:
    path = input_file(find("report-mixed-pdf"))
    assert read_pdf_text(path, page=1)
    assert read_pdf_text(path, page=2) == ""


def test_scanned_pdfs_hold_one_jpeg_a_page_and_no_text() -> None:
    for name, pages in (("decision-scanned-pdf", 2), ("birth-extract", 1)):
        path = input_file(find(name))
        with pikepdf.open(path) as pdf:
            filters = [str(image.Filter) for page in pdf.pages for image in page.get_images().values()]
        assert filters == ["/DCTDecode"] * pages
        assert read_pdf_text(path, page=1) == ""


def test_the_tiff_is_bilevel_with_two_pages() -> None:
    with Image.open(input_file(find("letter-bilevel-tiff"))) as image:
        pages = [(page.mode, page.info["compression"]) for page in ImageSequence.Iterator(image)]
    assert pages == [("1", "group4"), ("1", "group4")]


def test_the_rotated_jpeg_lies_on_its_side() -> None:
    with Image.open(input_file(find("notice-exif-rotated"))) as image:
        assert image.getexif()[0x0112] == 6
        assert image.width > image.height


def test_the_damaged_jpeg_cannot_be_decoded() -> None:
    sample = find("damaged-jpeg")
    with Image.open(input_file(sample)) as image, pytest.raises(OSError, match="truncated"):
        image.load()
    assert sample.code == DamagedInputError.code


def test_the_signed_pdf_carries_one_sound_pades_signature() -> None:
    reader = PdfFileReader(io.BytesIO(input_file(find("decision-signed-pdf")).read_bytes()))
    (signature,) = reader.embedded_regular_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    trust = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(signature, trust)
    assert status.intact
    assert status.valid
    assert status.coverage.name == "ENTIRE_FILE"


def test_production_code_never_imports_samples() -> None:
    sources = [
        path
        for package in ("digitize", "signing", "storage", "workers", "service")
        for path in (ROOT / package).rglob("*.py")
    ]
    assert len(sources) > 20
    for path in sources:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] == "samples"], path
