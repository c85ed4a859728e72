import pytest

from digitize.extraction.letters import bare_letters, fold, is_abbreviation, is_syllable, squeeze


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Quyết định", "quyet dinh"), ("ĐẶNG", "dang"), ("HOÀ", "hoa"), ("HÒA", "hoa"), ("Ươm", "uom")],
)
def test_folding_takes_every_mark_away(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_squeezing_keeps_letters_and_digits_only() -> None:
    assert squeeze("Họ, chữ đệm, tên: (1)") == "hochudemten1"


@pytest.mark.parametrize(
    "word",
    ["nguyễn", "nghiêng", "quyết", "quốc", "giữ", "gì", "gìn", "yên", "thuở", "khuỷu", "xoong", "Ất", "ủy", "uỷ",
     "hoà", "hòa", "đặng", "ngoằn", "qua", "quý", "giêng", "ý", "oanh", "khuya", "buộc"],
)  # fmt: skip
def test_words_of_the_language_are_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["xuât", "quyêt", "nøãi", "tich", "guyễnn", "wan", "bhó", "raần", "ngk", "", "đ#", "kếét", "cap"]
)
def test_what_spelling_does_not_allow_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_abbreviations_are_capitals_that_no_mouth_can_say() -> None:
    assert is_abbreviation("UBND")
    assert is_abbreviation("NQ-HĐND")
    assert not is_abbreviation("BAN")
    assert not is_abbreviation("Tỉnh")


def test_punctuation_at_the_ends_goes() -> None:
    assert bare_letters("“Đặng,") == "Đặng"
    assert bare_letters("…") == ""
