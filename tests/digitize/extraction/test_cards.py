"""Cards: bilingual labels, values below them, no expiry, nothing but small print."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from digitize.config import Extraction
from digitize.extraction.api import Extracted
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.engine import extract
from digitize.recognition.api import Line
from tests.digitize.extraction.pages import line, page, swap, without

FRONT = (
    line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 900, 200),
    line("CĂN CƯỚC CÔNG DÂN", 1000, 420),
    line("Citizen Identity Card", 1050, 500),
    line("Số / No.: 004192000127", 700, 640),
    line("Họ và tên / Full name:", 700, 740),
    line("TRẦN THỊ HOA", 700, 820),
    line("Ngày sinh / Date of birth: 07/03/1992", 700, 900),
    line("Giới tính / Sex: Nữ _ Quốc tịch / Nationality: Việt Nam", 700, 980),
    line("Quê quán / Place of origin:", 700, 1060),
    line("Suối Mưa, Hòa Sơn", 700, 1140),
    line("Nơi thường trú / Place of residence:", 760, 1220),
    line("Bản Hạ thôn Đồi Thông, xã Suối Mưa, huyện Mây Ngàn,", 760, 1300),
    Line((*line("Có giá trị đến: 07/03/2032", 20, 1380).words, *line("tỉnh Hòa Sơn", 760, 1380).words), 1),
)
BACK = (
    line("Đặc điểm nhận dạng / Personal identification:", 200, 200),
    line("Nốt ruồi C: 1 cm dưới sau mắt phải", 200, 280),
    line("Ngày, tháng, năm / Date, month, year: 10/05/2022", 200, 360),
)
LICENCE = (
    line("BỘ GTVT | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 200),
    line("GIẤY PHÉP LÁI XE/DRIVER'S LICENSE", 900, 420),
    line("Số/No: 240199000127", 1200, 520),
    line("Họ tên/Full name: TRẦN THỊ HOA", 700, 620),
    line("Ngày sinh/Date of Birth: 07/03/1992", 700, 700),
    line("Quốc tịch/Nationality: VIỆT NAM", 700, 780),
    line("Nơi cư trú/Address: Bản Hạ, thôn Đồi Thông, xã Suối Mưa, huyện", 700, 860),
    line("Mây Ngàn, tỉnh Hòa Sơn", 700, 940),
    line("Hòa Sơn, ngày/date 12 tháng/month 06 năm/year 2021", 1100, 1020),
    line("Hạng/Class:B2", 100, 1100),
    line("Có giá trị đến/Expires:", 100, 1180),
    line("12I06I2031", 100, 1260),
)


def read(*pages: Sequence[Line]) -> Extracted:
    sheets = [page(*lines, number=number) for number, lines in enumerate(pages, start=1)]
    return extract([replace(sheet, dpi=700) for sheet in sheets], load_document_types(), Extraction())


def values_of(*pages: Sequence[Line]) -> dict[str, object]:
    return {name: field.value for name, field in read(*pages).fields.items()}


def test_a_citizen_s_card_is_read_from_both_sides() -> None:
    assert values_of(FRONT, BACK) == {
        "personal_id": "004192000127",
        "full_name": "TRẦN THỊ HOA",
        "date_of_birth": "1992-03-07",
        "sex": "female",
        "nationality": "Việt Nam",
        "hometown": "Suối Mưa, Hòa Sơn",
        "residence": "Bản Hạ thôn Đồi Thông, xã Suối Mưa, huyện Mây Ngàn, tỉnh Hòa Sơn",
        "expiry_date": "2032-03-07",
        "issue_date": "2022-05-10",
        "valid_until": "2032-03-07",
        "owner_name": "TRẦN THỊ HOA",
        "owner_id": "004192000127",
    }


def test_a_label_keeps_its_translation_however_that_is_read() -> None:
    broken = swap(LICENCE, "Ngày sinh/Date", line("Ngày sinh / Date of binh", 700, 700), line("07/03/1992", 700, 740))
    assert values_of(broken)["date_of_birth"] == "1992-03-07"


def test_labels_beside_each_other_have_their_values_below() -> None:
    foot = (
        line("Hạng / Class | Có giá trị đến / Expires | Ngày cấp / Issued", 100, 1100),
        Line(
            (*line("B2", 100, 1170).words, *line("12062031", 740, 1170).words, *line("12I06I2021", 1660, 1170).words), 1
        ),
    )
    found = values_of((*without(LICENCE, "Hạng", "Có giá trị", "12I06I2031", "Hòa Sơn, ngày"), *foot))
    assert (found["licence_class"], found["expiry_date"], found["issue_date"]) == ("B2", "2031-06-12", "2021-06-12")


def test_strokes_of_a_seal_beside_a_label_are_no_value() -> None:
    stroke = Line((*line("Có giá trị đến/Expires:", 100, 1180).words, *line("Ệ", 1200, 1180).words), 1)
    assert values_of(swap(LICENCE, "Có giá trị", stroke))["expiry_date"] == "2031-06-12"


def test_a_card_names_the_ministry_at_its_foot() -> None:
    assert values_of((*FRONT, line("BỘ CÔNG AN", 900, 1460)), BACK)["issuing_agency"] == "BỘ CÔNG AN"


def test_the_back_may_lie_first() -> None:
    assert values_of(BACK, FRONT)["full_name"] == "TRẦN THỊ HOA"


def test_the_validity_of_a_card_ends_with_it() -> None:
    fields = read(FRONT, BACK).fields
    assert fields["valid_until"] == fields["expiry_date"]


def test_a_card_that_says_so_has_no_expiry() -> None:
    last = Line((*line("Có giá trị đến: Không thời hạn", 20, 1380).words, *line("tỉnh Hòa Sơn", 960, 1380).words), 1)
    moved = (line("Nơi thường trú / Place of residence:", 960, 1220), line("Bản Hạ, xã Suối Mưa,", 960, 1300), last)
    extracted = read((*without(FRONT, "Nơi thường trú", "Bản Hạ", "Có giá trị"), *moved), BACK)
    said = extracted.fields["expiry_date"]
    assert (said.value, said.state, said.checks) == (None, "accepted", ("says_none",))
    assert said.text is not None
    assert said.text.startswith("Không thời hạn")
    assert extracted.fields["valid_until"] == said
    assert extracted.needs_review == read(FRONT, BACK).needs_review
    assert extracted.validity.valid_until is None
    assert extracted.fields["residence"].value == "Bản Hạ, xã Suối Mưa, tỉnh Hòa Sơn"


def test_a_number_is_known_by_its_shape_where_its_label_is_lost() -> None:
    front = swap(FRONT, "Số / No.", line("5ö 004192000127", 700, 640))
    assert values_of(front)["personal_id"] == "004192000127"
    twice = (*front, line("004192000131", 700, 1500))
    assert read(twice).fields.get("personal_id") is None


@pytest.mark.parametrize("printed", ["Số / No.: 0041920 27", "Số / No.: 04192000127"])
def test_a_number_that_lost_digits_is_none(printed: str) -> None:
    assert read(swap(FRONT, "Số / No.", line(printed, 700, 640))).fields["personal_id"].value is None


def test_an_expiry_before_the_issue_waits() -> None:
    late = swap(BACK, "Ngày, tháng, năm /", line("Ngày, tháng, năm / Date, month, year: 10/05/2033", 200, 360))
    field = read(FRONT, late).fields["expiry_date"]
    assert field.state == "review"
    assert "failed:expiry_date" in field.checks


def test_a_driving_licence_is_read() -> None:
    assert values_of(LICENCE) == {
        "licence_number": "240199000127",
        "full_name": "TRẦN THỊ HOA",
        "date_of_birth": "1992-03-07",
        "nationality": "VIỆT NAM",
        "residence": "Bản Hạ, thôn Đồi Thông, xã Suối Mưa, huyện Mây Ngàn, tỉnh Hòa Sơn",
        "licence_class": "B2",
        "expiry_date": "2031-06-12",
        "issue_date": "2021-06-12",
        "issue_place": "Hòa Sơn",
        "issuing_agency": "BỘ GTVT",
        "valid_until": "2031-06-12",
        "owner_name": "TRẦN THỊ HOA",
    }


@pytest.mark.parametrize(("printed", "value", "held"), [("B2", "B2", True), ("D2E", "D2E", True), ("F3", None, False)])
def test_a_class_is_one_of_the_law(printed: str, value: str | None, *, held: bool) -> None:
    field = read(swap(LICENCE, "Hạng", line(f"Hạng/Class: {printed}", 100, 1100))).fields["licence_class"]
    assert field.value == value
    assert ("licence_class" in field.checks) is held


def test_a_licence_for_good_has_no_expiry() -> None:
    lines = swap(without(LICENCE, "12I06I2031"), "Expires", line("Có giá trị đến/Expires: Không thời hạn", 100, 1180))
    said = read(lines).fields["expiry_date"]
    assert (said.value, said.state) == (None, "accepted")


def _with_pen(lines: Sequence[Line], text: str) -> tuple[Line, ...]:
    """As a bold number looks to who tells pens by their shape."""
    return tuple(
        replace(one, words=tuple(replace(w, handwritten=0.7) if text in w.text else w for w in one.words))
        for one in lines
    )


def test_a_plastic_card_is_filled_in_by_no_pen() -> None:
    number = read(_with_pen(LICENCE, "240199000127")).fields["licence_number"]
    assert "doubt:handwriting" not in number.checks
    old = tuple(swap(LICENCE, "Số/No: 240199000127", line("Số/No: AK 998773", 1200, 520)))
    assert "doubt:handwriting" in read(_with_pen(old, "998773")).fields["licence_number"].checks


def test_an_identity_card_of_twelve_digits_is_known_by_its_marks() -> None:
    card = (
        line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 900, 200),
        line("GIẤY CHỨNG MINH NHÂN DÂN", 1000, 420),
        line("Số: 004192000127", 900, 560),
        line("Họ và tên khai sinh: TRẦN THỊ HOA", 700, 640),
        line("Họ và tên gọi khác:", 700, 720),
        line("Ngày, tháng, năm sinh: 07/03/1992", 700, 800),
        line("Quê quán: Suối Mưa, Hòa Sơn", 700, 880),
        line("Nơi thường trú: Bản Hạ, xã Suối Mưa, tỉnh Hòa Sơn", 700, 960),
        line("Có giá trị đến: 07/03/2027", 100, 1040),
    )
    found = values_of(card)
    assert (found["personal_id"], found["full_name"]) == ("004192000127", "TRẦN THỊ HOA")
    of_nine_digits = [one for one in card if not one.text.startswith(("Số", "Có giá trị", "Quê quán"))]
    assert read(of_nine_digits).document_type.code == "unknown"
