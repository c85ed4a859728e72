"""What a recognizer loses is restored where one thing only can have been printed, and never in silence."""

import pytest

from digitize.config import Extraction
from digitize.extraction.clues import WEIGHED_DOUBTS
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.engine import extract
from digitize.extraction.restoring import mend, restore
from digitize.extraction.schema import FieldSpec
from tests.digitize.extraction.certificates import SINGLE
from tests.digitize.extraction.pages import Look, line, page

POSITION = FieldSpec(name="signer_position", strategies=("signer_position",))
NAME = FieldSpec(name="full_name", strategies=("label",), labels=("Họ và tên",), normaliser="name")
AGENCY = FieldSpec(name="issuing_agency", strategies=("issuing_agency",), checks=("agency_words", "known_place"))
PLACE = FieldSpec(name="residence", strategies=("label",), labels=("Nơi cư trú",), checks=("known_place",))
CAUSE = FieldSpec(name="cause_of_death", strategies=("label",), labels=("Nguyên nhân",), checks=("known_cause",))
NUMBER = FieldSpec(name="document_number", strategies=("number",), normaliser="document_number")


@pytest.mark.parametrize(
    ("field", "read", "printed"),
    [
        (POSITION, "CHU TỊCH", "CHỦ TỊCH"),
        (POSITION, "KT. CHỦ TỊCH _.PHO CHỦ TỊCH", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"),
        (POSITION, "TRƯỜNG PHÒNG", "TRƯỞNG PHÒNG"),
        (POSITION, "IÁM ĐỌC", "GIÁM ĐỐC"),
        (NAME, "NGUYÊN THỊ HOA", "NGUYỄN THỊ HOA"),
        (POSITION, "GLAM ĐỌC", "GIÁM ĐỐC"),
        (NAME, "Vu Văn An", "Vũ Văn An"),
        (NAME, "Bùi Vẫn Hưởng", "Bùi Văn Hưởng"),
        (PLACE, "Tố dân phố số 2, phường Đồi Chè, tỉnh Hòa Sơn", "Tổ dân phố số 2, phường Đồi Chè, tỉnh Hòa Sơn"),
        (PLACE, "Số 9I201 đường Hạ, tỉnh Đông Tháp", "Số 9/201 đường Hạ, tỉnh Đồng Tháp"),
        (AGENCY, "UY BẠN NHÂN DÂN XÃ SUỐI MƯA", "ỦY BAN NHÂN DÂN XÃ SUỐI MƯA"),
        (PLACE, "Bản Hạ, xã la Dom, tỉnh Gia Lai", "Bản Hạ, xã Ia Dom, tỉnh Gia Lai"),
        (PLACE, "Buôn Ko ĐĐung, tỉnh Đắk NÑông", "Buôn Ko Đung, tỉnh Đắk Nông"),
        (AGENCY, "SỞGTVT LONG AN", "SỞ GTVT LONG AN"),
        (NAME, "NNinh Văn Phát", "Ninh Văn Phát"),
        (CAUSE, "Ủng thư phổi", "Ung thư phổi"),
    ],
)
def test_what_can_be_one_thing_only_is_restored(field: FieldSpec, read: str, printed: str) -> None:
    assert restore(field, read, 0.6) == (printed, "restored")
    assert restore(field, printed, 0.6) is None


@pytest.mark.parametrize(
    ("field", "read"),
    [
        (POSITION, "CHỦ NHIỆM LỚP"),
        (POSITION, "TRƯỞNG"),
        (POSITION, ""),
        (NAME, "Lù Thị Hoa"),  # a family of its own, not a Lư that lost its mark
        (NAME, "Trân"),
        (NAME, "Lễ Thu Hoa"),
        (NAME, "Nguyễn Vân Anh"),
        (PLACE, "xã Suối Mưa, tỉnh Đắc Lắc"),
        (PLACE, "Khu la cà, tỉnh Hòa Sơn"),
    ],
)
def test_what_may_be_right_stays_as_read(field: FieldSpec, read: str) -> None:
    assert restore(field, read, 0.6) is None


@pytest.mark.parametrize(
    ("read", "offered"),
    [
        ("Tổ 2, huyện Cấm Thủy, tỉnh Thanh Hóa", "Tổ 2, huyện Cẩm Thủy, tỉnh Thanh Hóa"),
        ("Tổ 2, huyện Cẩm Thủy, tỉnh Thanh Hóa", None),
        ("Tổ 2, huyện Krông Búk, tỉnh Đắk Lắk", None),  # listed so
        ("Tổ 2, huyện Đăk Glong, tỉnh Đắk Nông", None),  # spelled in several ways
    ],
)
def test_a_place_listed_with_other_tones_is_offered_and_never_accepted(read: str, offered: str | None) -> None:
    field = FieldSpec(name="residence", strategies=("label",), labels=("Nơi cư trú",), checks=("listed_place",))
    assert restore(field, read, 0.99) == (None if offered is None else (offered, "respelled"))
    assert "respelled" not in WEIGHED_DOUBTS


@pytest.mark.parametrize(
    ("field", "read", "printed"),
    [
        (NUMBER, "336UBND-XNTTHN", "336/UBND-XNTTHN"),
        (NUMBER, "336A-XNTTHN", None),
        (NAME, "„Phan Ngọc Thế 92222", "Phan Ngọc Thế"),
        (NAME, "Phan Ngọc Thế", None),
    ],
)
def test_what_is_no_value_as_read_is_mended_where_one_can_have_been_printed(
    field: FieldSpec, read: str, printed: str | None
) -> None:
    assert mend(field, read) == printed


def test_a_family_name_read_surely_stays() -> None:
    assert restore(NAME, "Trấn Văn An", 0.96) is None
    assert restore(NAME, "Trấn Văn An", 0.6) == ("Trần Văn An", "restored")


def test_a_restored_value_says_so_beside_what_was_read() -> None:
    paper = [one for one in SINGLE if one.text != "CHỦ TỊCH"]
    read = extract([page(*paper, line("CHU TỊCH", 1700, 2970, Look(0.8)))], load_document_types(), Extraction())
    field = read.fields["signer_position"]
    assert (field.value, field.text) == ("CHỦ TỊCH", "CHU TỊCH")
    assert "doubt:restored" in field.checks


def test_two_papers_on_one_page_are_reported_and_nothing_of_them_is_accepted() -> None:
    second = (line("GIẤY KHAI SINH", 1000, 1900), line("Họ, chữ đệm, tên: TRẦN VĂN TÂM", 350, 2000))
    read = extract([page(*SINGLE[:10], *second)], load_document_types(), Extraction())
    assert read.fields
    assert all(field.state == "review" and "doubt:two_papers" in field.checks for field in read.fields.values())
    one = extract([page(*SINGLE)], load_document_types(), Extraction())
    assert not any("doubt:two_papers" in field.checks for field in one.fields.values())
