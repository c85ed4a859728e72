"""The whole of extraction: states, what needs review, validity, unknown papers."""

from digitize.config import Extraction
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.engine import UNKNOWN, extract, validity_of
from digitize.model import FieldRecord
from digitize.recognition.api import RecognizedPage
from tests.digitize.extraction.pages import BIRTH, BODY, DECISION, HEIGHT, WIDTH, line, page, swap, without

TYPES = load_document_types()
LENIENT = Extraction(accepted_error_rate_max=0.05)
"""What becomes of a paper is asked here, not how sure its letters are."""
LENIENT = Extraction(accepted_error_rate_max=0.05)
"""So that what is tested does not hang on how sure one word of a name is."""


def test_an_unknown_paper_has_no_fields_and_nothing_to_review() -> None:
    extracted = extract([page(*BODY)], TYPES, LENIENT)
    assert extracted == UNKNOWN
    assert extracted.document_type.code == "unknown"
    assert extracted.needs_review == ()


def test_no_pages_are_unknown() -> None:
    assert extract([], TYPES, LENIENT) == UNKNOWN
    assert extract([RecognizedPage(1, WIDTH, HEIGHT, 300, (), blank=True)], TYPES, LENIENT) == UNKNOWN


def test_blank_pages_do_not_hide_the_first_printed_one() -> None:
    blank = RecognizedPage(1, WIDTH, HEIGHT, 300, (), blank=True)
    extracted = extract([blank, page(*DECISION, number=2)], TYPES, LENIENT)
    assert extracted.document_type.code == "administrative_document"
    assert extracted.fields["document_number"].page == 2


def test_a_clean_paper_needs_no_review() -> None:
    assert extract([page(*BIRTH)], TYPES, LENIENT).needs_review == ()


def test_a_required_field_that_is_missing_needs_review() -> None:
    lines = without(BIRTH, "tên: TRẦN THỊ HOA")
    assert "full_name" in extract([page(*lines)], TYPES, LENIENT).needs_review


def test_an_optional_field_that_is_not_printed_does_not() -> None:
    lines = without(BIRTH, "Số định danh cá nhân")
    extracted = extract([page(*lines)], TYPES, LENIENT)
    assert "personal_id" not in extracted.fields
    assert "owner_id" not in extracted.fields
    assert extracted.needs_review == ()


def test_a_label_without_value_needs_review() -> None:
    lines = swap(BIRTH, "Số định danh cá nhân", line("Số định danh cá nhân:", 350, 1180))
    extracted = extract([page(*lines)], TYPES, LENIENT)
    assert extracted.fields["personal_id"].value is None
    assert extracted.needs_review == ("personal_id",)


def test_what_needs_review_comes_in_form_order_and_names_owners_once() -> None:
    lines = swap(BIRTH, "tên: TRẦN THỊ HOA", line("Họ, chữ đệm, tên: TRẦN TH1 HOA", 350, 700))
    lines = swap(lines, "Giới tính", line("Giới tính: Nứ Dân tộc: Tày Quốc tịch: Việt Nam", 350, 940))
    extracted = extract([page(*lines)], TYPES, LENIENT)
    assert extracted.needs_review == ("full_name",)
    assert extracted.fields["owner_name"].value is None


def test_sex_is_not_guessed() -> None:
    lines = swap(BIRTH, "Giới tính", line("Giới tính: Nũa Dân tộc: Tày Quốc tịch: Việt Nam", 350, 940))
    extracted = extract([page(*lines)], TYPES, LENIENT)
    assert extracted.fields["sex"].value is None
    assert extracted.needs_review == ("sex",)


def test_the_day_of_issue_is_valid_only_once_it_is_settled() -> None:
    held = FieldRecord(value="2026-03-07", text=None, confidence=0.5, state="review")
    settled = FieldRecord(value="2026-03-07", text=None, confidence=1.0, state="corrected")
    assert validity_of({"issue_date": held}).issued is None
    assert validity_of({"issue_date": settled}).issued == "2026-03-07"
    assert extract([page(*DECISION)], TYPES, LENIENT).validity.issued == "2026-03-07"


def test_fields_carry_page_box_text_and_method() -> None:
    field = extract([page(*BIRTH)], TYPES, LENIENT).fields["date_of_birth"]
    assert (field.text, field.page, field.method) == ("07/3/2019", 1, "ocr")
    assert field.box is not None
    assert all(0.0 <= edge <= 1.0 for edge in field.box)
    assert field.checks == ("matches_words", "matches_personal_id")
