"""Values beside labels, in several forms of the birth certificate."""

import pytest

from digitize.config import Extraction
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.engine import extract
from digitize.model import FieldRecord
from digitize.recognition.api import Line
from tests.digitize.extraction.pages import BIRTH, Look, line, page, swap, without

OLD = (
    line("Tỉnh: Hòa Sơn | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 350, 260),
    line("Xã: Suối Mưa | Độc lập - Tự do - Hạnh phúc", 350, 330),
    line("Số: 102", 1800, 430),
    line("Quyển số: 01/2008", 1800, 500),
    line("GIẤY KHAI SINH", 1050, 600),
    line("Họ và tên: Trương Gia Huy | Giới tính: Nam", 350, 700),
    line("Ngày, tháng, năm sinh: 08/05/2008", 350, 780),
    line("(Bằng chữ: Ngày tám tháng năm năm hai nghìn không trăm linh tám)", 350, 860),
    line("Nơi sinh: Bệnh viện đa khoa huyện Suối Mưa", 350, 940),
    line("Dân tộc: Kinh | Quốc tịch: Việt Nam", 350, 1020),
    line("Quê quán: Xã Suối Mưa, tỉnh Hòa Sơn", 350, 1100),
    line("Họ và tên cha: Trương Hữu Đạt", 350, 1180),
    line("Dân tộc: Kinh Quốc tịch: Việt Nam Năm sinh: 1979", 350, 1260),
    line("Nơi thường trú/tạm trú: Xã Suối Mưa", 350, 1340),
    line("Họ và tên mẹ: Lưu Thị Cẩm Tú", 350, 1420),
    line("Dân tộc: Tày Quốc tịch: Việt Nam Năm sinh: 1984", 350, 1500),
    line("Nơi đăng ký: Ủy ban nhân dân xã Suối Mưa", 350, 1580),
    line("Ngày, tháng, năm đăng ký: 20/05/2008", 350, 1660),
)


def fields_of(*lines: Line) -> dict[str, FieldRecord]:
    return extract([page(*lines)], load_document_types(), Extraction()).fields


def values_of(*lines: Line) -> dict[str, object]:
    return {name: field.value for name, field in fields_of(*lines).items()}


def test_every_field_of_the_present_form_is_read() -> None:
    assert values_of(*BIRTH) == {
        "full_name": "TRẦN THỊ HOA",
        "date_of_birth": "2019-03-07",
        "date_of_birth_words": "Ngày bảy tháng ba năm hai nghìn không trăm mười chín",
        "sex": "female",
        "ethnicity": "Tày",
        "nationality": "Việt Nam",
        "place_of_birth": "Trạm Y tế xã Suối Mưa, tỉnh Hòa Sơn",
        "hometown": "Xã Suối Mưa, tỉnh Hòa Sơn",
        "personal_id": "004319000127",
        "mother_name": "HOÀNG THỊ HÀ",
        "mother_birth_year": "1990",
        "father_name": "TRẦN VĂN THẠCH",
        "father_birth_year": "1987",
        "document_number": "31/2019",
        "issue_date": "2019-03-15",
        "issuing_agency": "Ủy ban nhân dân xã Suối Mưa, tỉnh Hòa Sơn",
        "signer_position": "CHỦ TỊCH",
        "signer_name": "Bế Văn Toản",
        "owner_id": "004319000127",
        "owner_name": "TRẦN THỊ HOA",
    }


def test_the_form_before_2016_is_read() -> None:
    values = values_of(*OLD)
    assert values["full_name"] == "Trương Gia Huy"
    assert values["sex"] == "male"
    assert values["ethnicity"] == "Kinh"
    assert (values["father_name"], values["father_birth_year"]) == ("Trương Hữu Đạt", "1979")
    assert (values["mother_name"], values["mother_birth_year"]) == ("Lưu Thị Cẩm Tú", "1984")
    assert values["document_number"] == "102"
    assert values["issue_date"] == "2008-05-20"
    assert values["issuing_agency"] == "Ủy ban nhân dân xã Suối Mưa"
    assert "personal_id" not in values


def test_an_extract_has_a_head_of_its_own() -> None:
    lines = (
        line("ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 350, 260),
        line("XÃ SUỐI MƯA | Độc lập - Tự do - Hạnh phúc", 420, 330),
        line("Số: 128/TLKS-BS | Suối Mưa, ngày 06 tháng 11 năm 2026", 400, 400),
        line("TRÍCH LỤC KHAI SINH", 1000, 480),
        line("(BẢN SAO)", 1130, 540),
        *without(BIRTH, "CỘNG HÒA", "Độc lập", "GIẤY KHAI SINH", "Số: 31/2019"),
    )
    values = values_of(*lines)
    assert values["document_number"] == "128/TLKS-BS"
    assert values["issue_date"] == "2026-11-06"
    assert values["issue_place"] == "Suối Mưa"
    assert values["issuing_agency"] == "ỦY BAN NHÂN DÂN XÃ SUỐI MƯA"


@pytest.mark.parametrize("label", ["Họ, chử đệm, tên:", "Ho, chu dem, ten:", "Họ,chữ đệm,tên:", "Họ, chữ đệm, tên"])
def test_a_label_may_be_misread(label: str) -> None:
    lines = swap(BIRTH, "Họ, chữ đệm, tên: TRẦN THỊ HOA", line(f"{label} TRẦN THỊ HOA", 350, 700))
    assert values_of(*lines)["full_name"] == "TRẦN THỊ HOA"


def test_the_longer_label_wins() -> None:
    assert values_of(*without(BIRTH, "tên: TRẦN THỊ HOA")).get("full_name") is None


def test_a_value_may_stand_below_its_label() -> None:
    lines = swap(BIRTH, "tên: TRẦN THỊ HOA", line("Họ, chữ đệm, tên:", 350, 660), line("TRẦN THỊ HOA", 350, 720))
    assert values_of(*lines)["full_name"] == "TRẦN THỊ HOA"


def test_a_long_place_goes_on_in_the_next_row() -> None:
    first = "Nơi sinh: Khoa Phụ sản, Bệnh viện đa khoa khu vực phía nam tỉnh Hòa Sơn, số 12 đường"
    lines = swap(BIRTH, "Nơi sinh", line(first, 350, 1000, Look(gap=12)), line("Bản Hạ, xã Suối Mưa", 350, 1055))
    value = values_of(*lines)["place_of_birth"]
    assert value == f"{first.removeprefix('Nơi sinh: ')} Bản Hạ, xã Suối Mưa"


def test_a_dotted_line_is_no_value() -> None:
    lines = swap(BIRTH, "Quê quán", line("Quê quán: .................................", 350, 1100))
    field = fields_of(*lines)["hometown"]
    assert (field.value, field.text, field.state) == (None, None, "review")


def test_dots_around_a_value_go() -> None:
    lines = swap(BIRTH, "Quê quán", line("Quê quán: .....Xã Suối Mưa, tỉnh Hòa Sơn......", 350, 1100))
    assert values_of(*lines)["hometown"] == "Xã Suối Mưa, tỉnh Hòa Sơn"


def test_words_behind_a_gap_are_left_to_a_reviewer() -> None:
    lines = swap(BIRTH, "Quê quán", line("Quê quán: Xã Suối Mưa, | tỉnh Hòa Sơn", 350, 1100))
    field = fields_of(*lines)["hometown"]
    assert field.state == "review"
    assert "doubt:gap" in field.checks


def test_fields_come_in_form_order_with_the_owner_last() -> None:
    assert list(fields_of(*BIRTH))[:3] == ["full_name", "date_of_birth", "date_of_birth_words"]
    assert list(fields_of(*BIRTH))[-2:] == ["owner_id", "owner_name"]


def test_a_copy_is_issued_on_its_own_day() -> None:
    copied = line("Suối Mưa, ngày 17 tháng 10 năm 2014", 1500, 1800)
    assert values_of(*OLD)["issue_date"] == "2008-05-20"
    assert values_of(*OLD, copied, line("CHỦ TỊCH", 1700, 1900))["issue_date"] == "2014-10-17"


def test_another_item_behind_a_gap_is_no_part_of_the_value() -> None:
    beside = swap(OLD, "Họ và tên cha: Trương Hữu Đạt", line("Họ và tên cha: Trương Hữu Đạt | Nghề: Nông", 350, 1180))
    assert "doubt:gap" not in fields_of(*beside)["father_name"].checks
    going_on = swap(OLD, "Họ và tên cha: Trương Hữu Đạt", line("Họ và tên cha: Trương Hữu | Đạt", 350, 1180))
    assert "doubt:gap" in fields_of(*going_on)["father_name"].checks
