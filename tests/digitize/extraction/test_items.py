"""Values end where something new begins, also on editions of a form whose labels nobody listed."""

from dataclasses import replace

import pytest

from digitize.config import Extraction
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.engine import extract
from digitize.extraction.gazetteer import is_listed
from digitize.extraction.items import begins_anew
from digitize.extraction.layout import lay_out
from digitize.model import FieldRecord
from digitize.recognition.api import Line
from tests.digitize.extraction.pages import BIRTH, line, page, swap, without

RIGHT = 2120.0


def anew(above: str, below: str, left: float = 300) -> bool | None:
    (sheet,) = lay_out([page(line(above, left, 500), line(below, 300, 580))])
    first, second = sheet.rows
    tokens = [tuple(token for segment in row.segments for token in segment.tokens) for row in (first, second)]
    return begins_anew(*tokens, RIGHT)


LONG = "xã Bến Lau, huyện Mây Ngàn, tỉnh Hòa Sơn, khu vực giáp ranh với xã Khau"


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("tỉnh Hòa Sơn", "Giấy này cấp cho đương sự để làm thủ tục: vay vốn", True),
        ("tỉnh Hòa Sơn", "8. Thời điểm chết", True),
        ("tỉnh Hòa Sơn", "CHỮ KÝ CỦA NGƯỜI CHỒNG", True),
        ("NGUYỄN VĂN", "AN", None),
        ("huyện Mây Ngàn, tỉnh", "Hòa Sơn", False),
        ("Thôn 4, xã Ông Đình,", "Huyện Khoái Châu", False),
        ("chưa đăng ký kết hôn", "với ai", False),
        ("tỉnh Hòa Sơn", "Phần khai về cha", None),
        ("với ai.", "Giấy có giá trị trong sáu tháng", None),
        (LONG, "Phìn", False),
    ],
)
def test_what_begins_anew(above: str, below: str, *, expected: bool | None) -> None:
    assert anew(above, below) is expected


def fields_of(*lines: Line) -> dict[str, FieldRecord]:
    return extract([page(*lines)], load_document_types(), Extraction()).fields


def test_a_value_does_not_run_into_a_heading_nobody_listed() -> None:
    home = "xã Bến Lau, huyện Mây Ngàn, tỉnh Hòa Sơn"
    lines = swap(BIRTH, "Quê quán", line(f"Quê quán: {home}", 350, 1100))
    heading = line("PHẦN GHI CHÉP KHÁC", 350, 1180)
    field = fields_of(*swap(without(lines, "Nơi đăng ký", "Ghi bằng chữ"), "Số định danh", heading))["hometown"]
    assert field.value == home
    assert "doubt:incomplete" not in field.checks


def test_a_line_more_than_a_value_may_have_waits_for_a_person() -> None:
    lines = without(BIRTH, "Họ, chữ đệm, tên: ")
    name = line("Họ, chữ đệm, tên: NGUYỄN HOÀNG PHƯƠNG LAN QUỲNH ANH CHI", 350, 640)
    field = fields_of(*lines, name, line("TUYẾT HOA", 350, 700))["full_name"]
    assert field.state == "review"


@pytest.mark.parametrize(
    ("name", "district", "expected"),
    [
        ("Ba Bể", True, True),
        ("BA BỂ", True, True),
        ("BA BẾ", True, False),
        ("Mây Ngàn", True, None),
        ("Hoà Thuận Tây", False, True),
        ("Ba Bể", False, True),
    ],
)
def test_a_place_is_compared_with_the_gazetteer(name: str, *, district: bool, expected: bool | None) -> None:
    assert is_listed(name, district=district) is expected


def test_an_open_sheet_of_two_pages_is_read_page_by_page() -> None:
    """Of the second page on: the title of the first may stand over one half only."""
    spread = [line(f"Dòng bên trái số {n} | | | dòng bên phải số {n}", 100, 300 + 80 * n) for n in range(8)]
    wide = replace(page(*spread, number=2), width_px=2480, height_px=1754)
    first, left, right = lay_out([page(line("BÌA", 1000, 400)), wide])
    assert [sheet.page for sheet in (first, left, right)] == [1, 2, 2]
    assert [sheet.number for sheet in (first, left, right)] == [1, 2, 3]
    assert all("trái" in segment.text for segment in left.segments)
    assert all("phải" in segment.text and segment.left < right.width for segment in right.segments)


def test_a_label_nobody_listed_within_a_value_is_a_reason_to_look() -> None:
    lines = swap(BIRTH, "Quê quán", line("Quê quán: Địa chỉ: xã Suối Mưa, tỉnh Hòa Sơn", 350, 1100))
    field = fields_of(*lines)["hometown"]
    assert (field.state, "doubt:incomplete" in field.checks) == ("review", True)
