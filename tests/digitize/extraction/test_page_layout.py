"""Columns that the recognizer joined stand apart again, skew is taken out, rows are put together."""

import math
from dataclasses import replace

import pytest

from digitize.extraction.layout import MAX_WORDS_PER_PAGE, Sheet, lay_out
from digitize.recognition.api import Line, RecognizedPage
from tests.digitize.extraction.pages import DECISION, HEAD, HEIGHT, WIDTH, Look, line, page


def texts(sheet: Sheet) -> list[str]:
    return [segment.text for segment in sheet.segments]


def test_a_wide_gap_separates_two_columns() -> None:
    sheet = lay_out([page(*HEAD)])[0]
    assert "ỦY BAN NHÂN DÂN" in texts(sheet)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in texts(sheet)


def test_the_motto_begins_a_column_even_without_a_gap() -> None:
    merged = line("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 260)
    assert texts(lay_out([page(merged)])[0])[0] == "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"


def test_justified_text_is_one_segment() -> None:
    wide = line("Căn cứ Luật Tổ chức chính quyền địa phương", 350, 600, Look(gap=55))
    assert len(lay_out([page(wide)])[0].segments) == 1


@pytest.mark.parametrize(
    ("printed", "parts"),
    [("Số:542", ["Số:", "542"]), ("10:21:11", ["10:21:11"]), ("https://a.vn", ["https://a.vn"])],
)
def test_a_label_ends_at_its_colon(printed: str, parts: list[str]) -> None:
    sheet = lay_out([page(line(printed, 400, 500))])[0]
    assert [token.text for token in sheet.segments[0].tokens] == parts


def test_skew_does_not_mix_rows() -> None:
    tilt = math.tan(math.radians(1.6))

    def turned(one: Line) -> Line:
        words = []
        for word in one.words:
            drop = tilt * word.box[0] * WIDTH / HEIGHT
            words.append(replace(word, box=(word.box[0], word.box[1] + drop, word.box[2], word.box[3] + drop)))
        return Line(tuple(words), one.block)

    straight = lay_out([page(*DECISION)])[0]
    tilted = lay_out([page(*(turned(one) for one in DECISION))])[0]
    assert texts(tilted) == texts(straight)


def test_an_empty_page_has_no_rows() -> None:
    assert lay_out([RecognizedPage(1, WIDTH, HEIGHT, 300, ())]) == ()


def test_no_more_words_are_looked_at_than_a_page_can_hold() -> None:
    one = line("a b c d e f g h i j", 100, 100)
    sheet = lay_out([page(*[one] * (MAX_WORDS_PER_PAGE // 10 + 50))])[0]
    assert sum(len(segment.tokens) for segment in sheet.segments) <= MAX_WORDS_PER_PAGE
