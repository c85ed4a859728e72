"""Columns side by side are read one after the other; rows of tables and forms across."""

from digitize.recognition.api import Line, Word
from digitize.recognition.reading_order import order_lines

LETTER, HEIGHT, PITCH = 0.009, 0.01, 0.02
ASPECT = 210 / 297


def line(row: int, *parts: tuple[float, str]) -> Line:
    """One line as Tesseract gives it: each part begins at x and runs on with narrow spaces."""
    words = []
    for start, text in parts:
        x, y = start, 0.05 + row * PITCH
        for word in text.split():
            words.append(Word(word, (x, y, x + LETTER * len(word), y + HEIGHT), 0.95))
            x += LETTER * (len(word) + 0.6)
    return Line(tuple(words), row)


HEAD = (
    line(0, (0.18, "ỦY BAN NHÂN DÂN"), (0.5, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
    line(1, (0.2, "XÃ SUỐI MÂY"), (0.55, "Độc lập - Tự do - Hạnh phúc")),
    line(3, (0.2, "Số: 15/QĐ-UBND"), (0.52, "Suối Mây, ngày 07 tháng 11 năm 2026")),
    line(5, (0.15, "Theo đề nghị của Trưởng phòng Tư pháp và Chánh Văn phòng, ủy ban nhân dân xã quyết định như sau")),
)
FOOT = (
    line(20, (0.12, "Nơi nhận:"), (0.62, "KT. CHỦ TỊCH")),
    line(21, (0.12, "- Như Điều 3;"), (0.62, "PHÓ CHỦ TỊCH")),
    line(22, (0.12, "- Lưu: VT.")),
    line(27, (0.62, "Lò Văn Khương")),
)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [found.text for found in order_lines(lines, ASPECT)]


def test_the_agency_is_read_before_the_motto() -> None:
    assert texts(HEAD)[:5] == [
        "ỦY BAN NHÂN DÂN",
        "XÃ SUỐI MÂY",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 15/QĐ-UBND Suối Mây, ngày 07 tháng 11 năm 2026",
    ]


def test_a_motto_misread_in_a_letter_or_two_is_known_all_the_same() -> None:
    misread = line(0, (0.18, "ỦY BAN NHÂN DÂN"), (0.5, "CỘNG HOÀ XÃ HÔI CHỦ NGHĨA VIÊT NAM"))
    assert texts((misread, *HEAD[1:]))[:2] == ["ỦY BAN NHÂN DÂN", "XÃ SUỐI MÂY"]


def test_an_agency_of_three_lines_is_read_whole() -> None:
    third = line(2, (0.2, "VÀ MÔI TRƯỜNG"))
    assert texts((*HEAD[:2], third, *HEAD[2:]))[:3] == ["ỦY BAN NHÂN DÂN", "XÃ SUỐI MÂY", "VÀ MÔI TRƯỜNG"]


def test_recipients_are_read_before_the_signature_beside_them() -> None:
    found = texts((*HEAD, *FOOT))[-6:]
    assert found == [
        "Nơi nhận:", "- Như Điều 3;", "- Lưu: VT.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lò Văn Khương",
    ]  # fmt: skip


def test_a_signature_that_begins_a_little_above_the_recipients_stays_whole() -> None:
    above = line(19, (0.58, "TM. ỦY BAN NHÂN DÂN"))
    found = texts((*HEAD, above, *FOOT))
    assert found[-4:-2] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"]


def test_rows_of_forms_and_tables_are_read_across() -> None:
    rows = (
        line(8, (0.12, "Năm sinh: 1990"), (0.4, "Dân tộc: Tày"), (0.7, "Quốc tịch: Việt Nam")),
        line(9, (0.12, "Hộ tịch"), (0.5, "812"), (0.8, "264")),
        line(10, (0.12, "Đất đai"), (0.5, "431"), (0.8, "197")),
    )
    assert order_lines((*HEAD[3:], *rows), ASPECT) == (*HEAD[3:], *rows)


def test_what_follows_the_foot_across_both_columns_stays_below_it() -> None:
    note = line(30, (0.12, "Ghi chú: " + "hồ sơ lưu tại bộ phận một cửa của ủy ban nhân dân xã " * 2))
    assert texts((*FOOT, note))[-1].startswith("Ghi chú")


def test_no_word_is_lost_or_changed() -> None:
    page = (*HEAD, *TWINS, *SIGNED, *FOOT)
    before = sorted((w.text, w.box) for found in page for w in found.words)
    assert sorted((w.text, w.box) for found in order_lines(page, ASPECT) for w in found.words) == before
    assert order_lines((), ASPECT) == ()


TWINS = (
    line(6, (0.1, "Họ, chữ đệm, tên vợ: Lê Thị Nhi"), (0.52, "Họ, chữ đệm, tên chồng: Tạ Duy Toán")),
    line(7, (0.1, "Ngày, tháng, năm sinh: 17/05/1990"), (0.52, "Ngày, tháng, năm sinh: 30/04/1995")),
    line(8, (0.1, "Dân tộc: Kinh"), (0.52, "Dân tộc: Mường")),
    line(9, (0.1, "Nơi cư trú: Đội 7, xã Phước Dinh,"), (0.52, "Nơi cư trú: Số 1 đường Trần Phú")),
    line(10, (0.1, "tỉnh Ninh Thuận"), (0.52, "Giấy tờ tùy thân: CCCD")),
    line(11, (0.1, "Giấy tờ tùy thân: CCCD")),
    line(13, (0.11, "Nơi đăng ký kết hôn: Ủy ban nhân dân xã Nậm Khắt, huyện Mù Cang Chải, tỉnh Yên Bái")),
)


def test_two_people_side_by_side_are_read_one_after_the_other() -> None:
    assert texts((*HEAD, *TWINS))[-12:] == [
        "Họ, chữ đệm, tên vợ: Lê Thị Nhi",
        "Ngày, tháng, năm sinh: 17/05/1990",
        "Dân tộc: Kinh",
        "Nơi cư trú: Đội 7, xã Phước Dinh,",
        "tỉnh Ninh Thuận",
        "Giấy tờ tùy thân: CCCD",
        "Họ, chữ đệm, tên chồng: Tạ Duy Toán",
        "Ngày, tháng, năm sinh: 30/04/1995",
        "Dân tộc: Mường",
        "Nơi cư trú: Số 1 đường Trần Phú",
        "Giấy tờ tùy thân: CCCD",
        TWINS[-1].text,
    ]


def test_a_row_that_bears_one_label_twice_is_a_table() -> None:
    rows = tuple(line(8 + n, (0.1, f"Số tờ: {n}"), (0.52, f"Số tờ: {n + 3}")) for n in range(4))
    assert order_lines((*HEAD[3:], *rows), ASPECT) == (*HEAD[3:], *rows)


SIGNED = (
    line(30, (0.55, "Lào Cai, ngày 06 tháng 12 năm 2018")),
    line(31, (0.1, "Số hiệu: 6073825"), (0.6, "HIỆU TRƯỞNG")),
    line(32, (0.1, "Số vào sổ gốc: 741/2018")),
    line(35, (0.6, "Nguyễn Thiện Vượng")),
)


def test_a_signature_beside_notes_is_read_whole() -> None:
    assert texts((*HEAD[3:], *SIGNED))[1:] == [
        "Lào Cai, ngày 06 tháng 12 năm 2018", "HIỆU TRƯỞNG", "Nguyễn Thiện Vượng",
        "Số hiệu: 6073825", "Số vào sổ gốc: 741/2018",
    ]  # fmt: skip


def test_a_date_in_a_table_is_no_signature() -> None:
    rows = (
        line(30, (0.1, "Cấp lần đầu"), (0.55, "ngày 06 tháng 12 năm 2018")),
        line(31, (0.1, "Lần hai"), (0.55, "Không")),
    )
    assert order_lines((*HEAD[3:], *rows), ASPECT) == (*HEAD[3:], *rows)
