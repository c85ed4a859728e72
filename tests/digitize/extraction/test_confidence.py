"""What makes a value wait for a person, however sure the recognizer is."""

from dataclasses import replace

import pytest

from digitize.config import Extraction
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.engine import extract
from digitize.model import FieldRecord
from digitize.recognition.api import Line
from tests.digitize.extraction.pages import BIRTH, DECISION, PRINT, Look, line, page, swap


def field_of(lines: tuple[Line, ...], name: str) -> FieldRecord:
    return extract([page(*lines)], load_document_types(), Extraction()).fields[name]


def relook(lines: tuple[Line, ...], text: str, **changes: object) -> tuple[Line, ...]:
    """The lines with every word ``text`` changed."""
    return tuple(
        Line(tuple(replace(w, **changes) if w.text == text else w for w in one.words), one.block) for one in lines
    )


def test_clean_print_is_accepted() -> None:
    assert field_of(DECISION, "document_number").state == "accepted"
    assert field_of(BIRTH, "full_name").state == "accepted"


def test_coloured_ink_is_looked_at() -> None:
    number = field_of(relook(DECISION, "15/QĐ-UBND", ink=0.6), "document_number")
    assert number.state == "review"
    assert "doubt:ink" in number.checks


def test_a_seal_that_touches_a_word_does_not_stop_it() -> None:
    assert field_of(relook(DECISION, "15/QĐ-UBND", ink=0.1), "document_number").state == "accepted"


def test_without_colour_a_field_often_written_by_pen_is_looked_at() -> None:
    grey = relook(DECISION, "15/QĐ-UBND", ink=None)
    assert field_of(grey, "document_number").state == "review"
    assert field_of(relook(DECISION, "07", ink=None), "issue_date").state == "review"


def test_without_colour_other_fields_are_accepted() -> None:
    assert field_of(relook(BIRTH, "HOA", ink=None), "full_name").state == "accepted"


def test_the_least_sure_word_decides() -> None:
    name = field_of(relook(BIRTH, "HOA", confidence=0.45), "full_name")
    assert name.confidence <= 0.8 < field_of(BIRTH, "full_name").confidence
    assert name.state == "review"
    assert "doubt:faint" in name.checks


def test_more_unsure_words_make_a_value_less_sure() -> None:
    one = field_of(relook(BIRTH, "HOA", confidence=0.8), "full_name")
    two = field_of(relook(relook(BIRTH, "HOA", confidence=0.8), "THỊ", confidence=0.8), "full_name")
    assert two.confidence < one.confidence


@pytest.mark.parametrize(("rate", "state"), [(0.3, "accepted"), (0.0002, "review")])
def test_an_office_that_bears_more_errors_has_more_accepted(rate: float, state: str) -> None:
    lines = relook(BIRTH, "HOA", confidence=0.8)
    extracted = extract([page(*lines)], load_document_types(), Extraction(accepted_error_rate_max=rate))
    assert extracted.fields["full_name"].state == state


@pytest.mark.parametrize("rate", [0.0, 0.00001])
def test_nothing_read_is_accepted_where_no_error_may_be(rate: float) -> None:
    extracted = extract([page(*BIRTH)], load_document_types(), Extraction(accepted_error_rate_max=rate))
    assert {field.state for field in extracted.fields.values()} == {"review"}


def test_pen_is_looked_at_whatever_error_rate_is_accepted() -> None:
    inked = relook(DECISION, "15/QĐ-UBND", ink=0.6)
    extracted = extract([page(*inked)], load_document_types(), Extraction(accepted_error_rate_max=1.0))
    assert extracted.fields["document_number"].state == "review"
    assert extracted.fields["issue_place"].state == "accepted"


@pytest.mark.parametrize("word", ["quyêt", "Nøãi", "raần"])
def test_what_no_spelling_allows_is_looked_at(word: str) -> None:
    lines = swap(DECISION, "Về việc", line(f"Về việc phê duyệt {word} sửa chữa cầu treo", 650, 640))
    subject = field_of(lines, "subject")
    assert subject.state == "review"
    assert "doubt:spelling" in subject.checks


def test_a_phrase_that_is_another_one_without_its_tone_is_looked_at() -> None:
    lines = swap(DECISION, "Về việc", line("Về việc hướng dân hội nghị sửa chữa cầu treo", 650, 640))
    subject = field_of(lines, "subject")
    assert subject.state == "review"
    assert "doubt:lost_tone" in subject.checks


@pytest.mark.parametrize(
    ("lost", "phrase"), [("tô chức hội nghị", "tổ chức hội nghị"), ("quyên sử dụng", "quyền sử dụng")]
)
def test_a_word_that_may_have_lost_its_tone_makes_a_value_less_sure(lost: str, phrase: str) -> None:
    read, printed = (
        field_of(swap(DECISION, "Về việc", line(f"Về việc {words} sửa chữa cầu treo", 650, 640)), "subject")
        for words in (lost, phrase)
    )
    assert "doubt:toneless" in read.checks
    assert read.confidence < printed.confidence


@pytest.mark.parametrize(("name", "state"), [("Lưu Thị Cẩm Tú", "accepted"), ("Lưu Thị Cấm Tú", "review")])
def test_a_name_that_differs_from_a_usual_one_by_a_mark_is_looked_at(name: str, state: str) -> None:
    lines = swap(BIRTH, "tên: TRẦN THỊ HOA", line(f"Họ, chữ đệm, tên: {name}", 350, 700))
    assert extract([page(*lines)], load_document_types(), Extraction()).fields["full_name"].state == state


def test_a_name_nobody_listed_is_no_reason_to_look() -> None:
    lines = swap(BIRTH, "tên: TRẦN THỊ HOA", line("Họ, chữ đệm, tên: Trần Thị Xoe", 350, 700))
    assert not [check for check in field_of(lines, "full_name").checks if check.startswith("doubt:")]


def test_bare_capitals_in_an_agency_are_looked_at() -> None:
    agency = field_of(
        swap(DECISION, "XÃ SUỐI MƯA", line("XÃ QUANG NGAI | Độc lập - Tự do", 420, 330)), "issuing_agency"
    )
    assert agency.state == "review"
    assert "doubt:lost_tone" in agency.checks


def test_the_same_word_in_small_letters_settles_it() -> None:
    lines = swap(DECISION, "XÃ SUỐI MƯA", line("XÃ BẢN KHAU | Độc lập - Tự do - Hạnh phúc", 420, 330))
    assert field_of(lines, "issuing_agency").state == "review"
    confirmed = swap(lines, "Điều 1", line("Điều 1. Giao xã Bản Khau thực hiện.", 460, 1040))
    assert field_of(confirmed, "issuing_agency").state == "accepted"


def test_another_spelling_between_the_same_words_contests() -> None:
    lines = swap(DECISION, "Về việc", line("Về việc ứng phó sự có tràn dầu", 650, 640))
    lines = swap(lines, "Điều 1", line("Điều 1. Kế hoạch ứng phó sự cố tràn dầu.", 460, 1040))
    subject = field_of(lines, "subject")
    assert subject.state == "review"
    assert "doubt:contested" in subject.checks


@pytest.mark.parametrize(
    ("name", "other"),
    [("Nguyễn Thị Hiến", "Nguyễn Thị Hoa"), ("Thiện Quang Khánh", "Trần Quang Khánh"), ("Lê Văn Thị", "Lê Văn Thi")],
    ids=["read for Hiển", "without a family", "no given name"],
)
def test_a_name_that_is_often_another_is_less_sure(name: str, other: str) -> None:
    first, second = (
        field_of(swap(BIRTH, "tên: TRẦN THỊ HOA", line(f"Họ, chữ đệm, tên: {one}", 350, 700)), "full_name")
        for one in (name, other)
    )
    assert first.confidence < second.confidence


def test_a_word_too_tall_for_its_line_is_told_and_makes_no_name_surer() -> None:
    signed = line("Hoàng Thị", 1650, 1850)
    stroke = line("Thúy", 1920, 1850, Look(scale=1.6))
    lines = swap(DECISION, "Hoàng Thị Thúy", Line((*signed.words, *stroke.words), 1))
    name = field_of(lines, "signer_name")
    assert "doubt:height" in name.checks
    assert name.confidence <= field_of(DECISION, "signer_name").confidence


def test_a_failed_check_holds_a_value_back() -> None:
    lines = swap(BIRTH, "Ngày, tháng, năm sinh", line("Ngày, tháng, năm sinh: 01/3/2019", 350, 780))
    born = field_of(lines, "date_of_birth")
    assert (born.value, born.state) == ("2019-03-01", "review")
    assert "failed:matches_words" in born.checks
    assert born.confidence <= 0.5


def test_a_text_layer_is_believed() -> None:
    lines = swap(DECISION, "Về việc", line("Về việc tô chức hội nghị", 650, 640, replace(PRINT, ink=None)))
    extracted = extract([page(*lines, text_layer=True)], load_document_types(), Extraction())
    assert {field.state for field in extracted.fields.values()} == {"accepted"}
    assert {field.method for field in extracted.fields.values()} == {"text_layer"}
