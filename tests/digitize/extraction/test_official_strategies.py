"""The boxes of an official paper: agency, number, place, date, kind, subject, signature."""

import pytest

from digitize.config import Extraction
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.engine import extract
from digitize.model import FieldRecord
from digitize.recognition.api import Line
from tests.digitize.extraction.pages import BODY, DECISION, HEAD, SIGNATURE, Look, line, page, swap, without


def fields_of(*lines: Line) -> dict[str, FieldRecord]:
    return extract([page(*lines)], load_document_types(), Extraction()).fields


def test_every_box_of_a_decision_is_read() -> None:
    values = {name: field.value for name, field in fields_of(*DECISION).items()}
    assert values == {
        "document_kind": "QUYẾT ĐỊNH",
        "document_number": "15/QĐ-UBND",
        "issue_date": "2026-03-07",
        "issue_place": "Suối Mưa",
        "issuing_agency": "ỦY BAN NHÂN DÂN XÃ SUỐI MƯA",
        "subject": "Về việc phê duyệt kế hoạch sửa chữa cầu treo Suối Mưa trong quý II năm 2026",
        "signer_position": "KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        "signer_name": "Hoàng Thị Thúy",
    }


def test_the_box_is_where_the_words_are() -> None:
    box = fields_of(*DECISION)["document_number"].box
    number = next(word for word in HEAD[2].words if word.text == "15/QĐ-UBND")
    assert box == number.box


def test_a_parent_agency_stands_above_the_issuing_one() -> None:
    head = (
        line("ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 350, 260),
        line("TỈNH HÒA SƠN | Độc lập - Tự do - Hạnh phúc", 420, 330),
        line("SỞ NÔNG NGHIỆP", 400, 400),
        line("VÀ MÔI TRƯỜNG", 400, 470),
        line("Số: 15/QĐ-SNNMT | Hòa Sơn, ngày 07 tháng 3 năm 2026", 400, 540),
    )
    fields = fields_of(*head, line("QUYẾT ĐỊNH", 1110, 660), *BODY)
    assert fields["parent_agency"].value == "ỦY BAN NHÂN DÂN TỈNH HÒA SƠN"
    assert fields["issuing_agency"].value == "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"


def test_the_subject_of_a_letter_stands_under_its_number() -> None:
    letter = (
        *HEAD,
        line("V/v lấy ý kiến về vị trí", 350, 500),
        line("xây dựng cầu dân sinh", 350, 565),
        line("Kính gửi: Sở Xây dựng tỉnh Hòa Sơn", 900, 700),
        *BODY,
        *SIGNATURE,
    )
    fields = fields_of(*swap(letter, "Số:", line("Số: 15/UBND-KT | Suối Mưa, ngày 07 tháng 3 năm 2026", 400, 430)))
    assert fields["document_kind"].value == "CÔNG VĂN"
    assert fields["document_kind"].text is None
    assert fields["subject"].value == "V/v lấy ý kiến về vị trí xây dựng cầu dân sinh"


def test_the_year_alone_on_the_last_line_belongs_to_the_subject() -> None:
    notice = (
        *HEAD,
        line("THÔNG BÁO", 1130, 560),
        line("Về việc kiện toàn danh sách hộ nghèo, hộ cận nghèo năm", 700, 630),
        line("2025", 1210, 695),
        *BODY,
    )
    subject = fields_of(*notice)["subject"]
    assert subject.value == "Về việc kiện toàn danh sách hộ nghèo, hộ cận nghèo năm 2025"


def test_a_letter_with_the_symbol_of_a_printed_kind_is_looked_at() -> None:
    letter = (*HEAD, line("V/v sửa chữa cầu treo", 350, 500), *BODY)
    kind = fields_of(*letter)["document_kind"]
    assert (kind.value, kind.state) == ("CÔNG VĂN", "review")


def test_a_kind_misread_by_its_marks_is_the_one_of_the_list() -> None:
    kind = fields_of(*swap(DECISION, "QUYẾT ĐỊNH", line("QUYÉT ĐỊNH", 1110, 560)))["document_kind"]
    assert (kind.value, kind.text) == ("QUYẾT ĐỊNH", "QUYÉT ĐỊNH")


def test_the_subject_ends_where_the_body_begins() -> None:
    close = without(DECISION, "Căn cứ")
    fields = fields_of(*swap(close, "Xét đề nghị", line("Căn cứ kế hoạch năm 2026;", 460, 780)))
    assert fields["subject"].value == "Về việc phê duyệt kế hoạch sửa chữa cầu treo Suối Mưa trong quý II năm 2026"


def test_a_symbol_broken_at_the_line_end_is_joined() -> None:
    lines = swap(DECISION, "Về việc", line("Về việc bãi bỏ Nghị quyết số 24/2013/NQ-", 650, 640))
    fields = fields_of(*swap(lines, "Suối Mưa trong", line("HĐND ngày 10/12/2013", 900, 710)))
    assert fields["subject"].value == "Về việc bãi bỏ Nghị quyết số 24/2013/NQ-HĐND ngày 10/12/2013"


def test_a_number_whose_symbol_stands_apart_is_read_from_a_text_layer() -> None:
    lines = swap(
        DECISION,
        "Số:",
        line("Số: 15", 400, 430),
        line("/QĐ-UBND", 650, 430),
        line("Suối Mưa, ngày 07 tháng 3 năm 2026", 1500, 430),
    )
    extracted = extract([page(*lines, text_layer=True)], load_document_types(), Extraction())
    number = extracted.fields["document_number"]
    assert (number.value, number.state, number.method) == ("15/QĐ-UBND", "accepted", "text_layer")


@pytest.mark.parametrize(
    "date",
    [
        "Suối Mưa, ngày tháng 3 năm 2026",
        "Suối Mưa, ngày 3| tháng 3 năm 2026",
        "Suối Mưa, ngày{5 tháng 3 năm 2026",
        "Suối Mưa, ngày 47 tháng 3 năm 2026",
    ],
)
def test_a_day_that_cannot_be_read_is_never_guessed(date: str) -> None:
    field = fields_of(*swap(DECISION, "Số:", line(f"Số: 15/QĐ-UBND | {date}", 400, 430)))["issue_date"]
    assert (field.value, field.state) == (None, "review")
    assert field.text is not None


def test_a_number_that_cannot_be_read_keeps_its_text_and_place() -> None:
    lines = swap(DECISION, "Số:", line("Số: đ# /QĐ-UBND | Suối Mưa, ngày 07 tháng 3 năm 2026", 400, 430))
    field = fields_of(*lines)["document_number"]
    assert (field.value, field.text, field.state) == (None, "đ# /QĐ-UBND", "review")
    assert field.box is not None


def test_a_receivers_stamp_is_not_the_number() -> None:
    stamp = line("Số: 2352", 200, 760)
    assert fields_of(*DECISION, stamp)["document_number"].value == "15/QĐ-UBND"


def test_the_signer_is_on_the_last_page_that_has_one() -> None:
    first = page(*without(DECISION, "Nơi nhận", "Như Điều", "Lưu", "Hoàng Thị"))
    last = page(*SIGNATURE, number=2)
    extracted = extract([first, last, page(number=3)], load_document_types(), Extraction())
    assert extracted.fields["signer_name"].value == "Hoàng Thị Thúy"
    assert extracted.fields["signer_name"].page == 2


@pytest.mark.parametrize(
    ("position", "state"),
    [
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "accepted"),
        (("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"), "accepted"),
        (("KT. CHỦ TỊCH", "CHỦ TỊCH"), "review"),
        (("TM. ỦY BAN NHÂN DÂN",), "review"),
        (("KT. CHỦ TỊCH",), "review"),
        (("TL. CHỦ TỊCH", "VĂN PHÒNG"), "review"),
    ],
)
def test_a_position_that_lost_a_line_is_looked_at(position: tuple[str, ...], state: str) -> None:
    lines = without(DECISION, "Nơi nhận", "Như Điều")
    block = (line("Nơi nhận:", 350, 1400), *(line(p, 1600, 1400 + 70 * i) for i, p in enumerate(position)))
    field = fields_of(*lines, *block)["signer_position"]
    assert (field.value, field.state) == (" ".join(position), state)


def test_a_position_that_starts_below_the_recipients_is_looked_at() -> None:
    lines = without(DECISION, "Nơi nhận", "Như Điều")
    field = fields_of(*lines, line("Nơi nhận:", 350, 1400), line("CHỦ TỊCH", 1650, 1520))["signer_position"]
    assert field.state == "review"
    assert "doubt:incomplete" in field.checks


def test_the_holder_of_a_licence_owns_it() -> None:
    holder = line("1. Ông Lò Văn Hải, số định danh cá nhân 004085000418, thường trú tại xã", 460, 1110)
    fields = fields_of(*DECISION, holder)
    assert fields["owner_name"].value == "Lò Văn Hải"
    assert fields["owner_id"].value == "004085000418"


def test_of_two_people_nobody_is_the_owner() -> None:
    first = line("1. Ông Lò Văn Hải, số định danh cá nhân 004085000418", 460, 1110)
    second = line("2. Bà Vi Thị Hà, số định danh cá nhân 004185000419", 460, 1180)
    assert "owner_id" not in fields_of(*DECISION, first, second)


def test_pen_is_taller_than_print() -> None:
    number = line("Số: 15/QĐ-UBND", 400, 430)
    date = line("Suối Mưa, ngày", 1500, 430)
    pen = line("07", 2000, 430, Look(scale=1.35))
    rest = line("tháng 3 năm 2026", 2080, 430)
    merged = Line((*date.words, *pen.words, *rest.words), 1)
    field = fields_of(*swap(DECISION, "Số:", number, merged))["issue_date"]
    assert (field.value, field.state) == ("2026-03-07", "review")
    assert "doubt:height" in field.checks
