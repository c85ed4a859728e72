"""What holds for any text and any page: no crash, NFC, idempotence, and nothing accepted without a value."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.config import Extraction
from digitize.extraction import numerals
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.engine import extract
from digitize.extraction.letters import fold, is_syllable, squeeze
from digitize.extraction.normalisers import NORMALISERS
from digitize.extraction.paper import clean
from digitize.model import FieldRecord
from digitize.recognition.api import Line, RecognizedPage, Word

PIECES = st.sampled_from(
    ["Số:", "12/QĐ-UBND", "ngày", "07", "tháng", "3", "năm", "2026", "CỘNG", "HÒA", "XÃ", "Độc", "lập", "QUYẾT",
     "ĐỊNH", "GIẤY", "KHAI", "SINH", "Họ,", "chữ", "đệm,", "tên:", "V/v", "Kính", "gửi:", "TM.", "CHỦ", "TỊCH",
     "Nơi", "nhận:", "Giới", "tính:", "Nữ", "ỦY", "BAN", ":", "/", "…", "…….", "Trần", "Hoa", "Hòa", "Sơn,"]
)  # fmt: skip
VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯ\u0300\u0301\u0303\u0309\u0323 .,/-0123456789", max_size=60)
ANY_TEXT = st.one_of(st.text(max_size=80), VIETNAMESE, st.lists(PIECES, max_size=12).map(" ".join))
TYPES = load_document_types()
SHARES = st.floats(0, 1, allow_nan=False)


@pytest.mark.parametrize("name", NORMALISERS)
@given(text=ANY_TEXT)
def test_normalisers_give_nfc_and_are_idempotent(name: str, text: str) -> None:
    value = NORMALISERS[name](text)
    if value is not None:
        assert value
        assert unicodedata.is_normalized("NFC", value)
        assert NORMALISERS[name](value) == value


@given(text=ANY_TEXT)
def test_both_ways_to_write_a_letter_give_one_value(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    for normalise in NORMALISERS.values():
        assert normalise(composed) == normalise(decomposed)


@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_printed_form_of_a_date_is_the_same_date(day: date) -> None:
    forms = (
        f"{day.day:02}/{day.month}/{day.year}",
        f"{day.day}-{day.month:02}-{day.year}",
        f"ngày {day.day:02} tháng {day.month} năm {day.year}",
        day.isoformat(),
    )
    assert {NORMALISERS["date"](form) for form in forms} == {day.isoformat()}


@given(text=ANY_TEXT)
def test_folding_and_cleaning_settle(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert squeeze(squeeze(text)) == squeeze(text)
    assert clean(clean(text)) == clean(text)
    assert is_syllable(text) in {True, False}


@given(text=ANY_TEXT)
def test_words_of_a_date_are_a_date_or_nothing(text: str) -> None:
    said = numerals.read_date(text)
    assert said is None or isinstance(said, date)


@st.composite
def words(draw: st.DrawFn) -> Word:
    left, top = draw(SHARES), draw(SHARES)
    right, bottom = min(1.0, left + draw(SHARES) / 4), min(1.0, top + draw(SHARES) / 20)
    text = draw(st.one_of(PIECES, st.text(min_size=1, max_size=12)))
    return Word(text, (left, top, right, bottom), draw(SHARES), draw(st.one_of(st.none(), SHARES)))


LINES = st.lists(words(), max_size=8).map(lambda found: Line(tuple(found), 1))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(LINES, max_size=12), max_size=3), st.sampled_from(["ocr", "text_layer"]))
def test_no_page_stops_extraction(pages: list[list[Line]], method: str) -> None:
    recognized = [
        RecognizedPage(number, 1000, 1400, 120, tuple(lines), "ocr" if method == "ocr" else "text_layer")
        for number, lines in enumerate(pages, 1)
    ]
    extracted = extract(recognized, TYPES, Extraction())
    required = {f.name for t in TYPES.values() if t.code == extracted.document_type.code for f in t.fields}
    assert set(extracted.needs_review) <= required
    for name, field in extracted.fields.items():
        _is_sound(field)
        assert field.state == "accepted" or name in extracted.needs_review or name.startswith("owner_")


def _is_sound(field: FieldRecord) -> None:
    assert 0.0 <= field.confidence < 1.0
    assert field.state in {"accepted", "review"}
    if field.state == "accepted":
        assert field.value
        assert field.confidence > 0.5
        assert not [said for said in field.checks if said.startswith("failed:")]
    if isinstance(field.value, str):
        assert unicodedata.is_normalized("NFC", field.value)
