"""Which words find which text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.errors import UnsearchableError
from digitize.extraction.letters import fold
from digitize.model import FieldRecord, PageRecord, Record, Source, Status
from digitize.search_terms import WORDS_MAX, index_terms, query_terms

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"


def paper(text: str, **fields: FieldRecord) -> Record:
    return Record(
        document_id="0" * 26,
        status=Status.PUBLISHED,
        source=Source(filename="a.pdf", sha256="0" * 64, media_type="application/pdf", size=1),
        pages=(PageRecord(number=1, text=text, dpi=300),),
        fields=fields,
    )


def finds(query: str, text: str) -> bool:
    return query_terms(query) <= index_terms(paper(text))


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("nguyen", "Họ tên: NGUYỄN VĂN AN", True),
        ("NGUYỄN", "Nguyễn Văn An", True),
        ("nguyễn", "Nguyên Văn An", False),
        ("nguyên", "NGUYEN VAN AN", False),
        ("da nang", "Đà Nẵng", True),
        ("đà", "Da", False),
        ("hòa", "hoà giải", True),
        ("thuỷ khoẻ", "Thủy, KHỎE", True),
        ("hoá", "hoà", False),
        ("an nguyễn", "Nguyễn Văn An", True),
        ('"nguyễn an"', "Nguyễn Văn An", False),
        ('"nguyen văn"', "Nguyễn\nVăn An", True),
        ("“văn an”", "Nguyễn Văn An", True),
        ('"nguyễn', "Nguyễn", True),
        ("123/QĐ-UBND", "Số: 123 / QĐ - UBND", True),
        ("123/QĐ-UBND", "Số: 123/TB-UBND theo QĐ", False),
        ("07.03.2019", "ngày 07.03.2019", True),
        ("hạ", "Hạnh", False),
    ],
)
def test_rules(query: str, text: str, found: bool) -> None:
    assert finds(query, text) == found


@given(st.lists(st.text(VIETNAMESE, min_size=1, max_size=7), min_size=1, max_size=8))
def test_every_word_of_a_text_finds_it_with_marks_and_without_in_any_unicode_form(words: list[str]) -> None:
    text = " ".join(words)
    terms = index_terms(paper(unicodedata.normalize("NFD", text).upper()))
    for query in (text, fold(text), f'"{text}"', unicodedata.normalize("NFD", text)):
        assert query_terms(query) <= terms


@given(st.text(max_size=60))
def test_whatever_is_typed_finds_a_text_that_says_so_or_is_refused(text: str) -> None:
    try:
        terms = query_terms(text)
    except UnsearchableError:
        return
    assert terms <= index_terms(paper(text)) | query_terms(text)
    assert terms


@pytest.mark.parametrize(
    "number", ["12345678", "001319012345", "0013 1901 2345", "0013.1901.2345", "0 0 1 3 1 9 0 1 2"]
)
def test_numbers_of_persons_are_neither_indexed_nor_searched(number: str) -> None:
    assert index_terms(paper(f"số {number} cấp")) == index_terms(paper("số cấp"))
    with pytest.raises(UnsearchableError):
        query_terms(f"nguyễn {number}")


@pytest.mark.parametrize("query", ["", " ", "!?", '""', "a " * (WORDS_MAX + 1)])
def test_nothing_to_search_for_is_refused(query: str) -> None:
    with pytest.raises(UnsearchableError):
        query_terms(query)


def test_what_a_reviewer_wrote_is_found_beside_what_was_read() -> None:
    name = FieldRecord(value="Lê Thị Bốn", text="Lê Thị Bôn", confidence=1.0, state="corrected")
    terms = index_terms(paper("Lê Thị Bôn", owner_name=name))
    assert query_terms('"lê thị bốn"') <= terms
    assert query_terms("bôn") <= terms
