"""Values as typed and as kept."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.console.formats import age, percent
from service.console.values import ValueRefusedError, kind_of, read_typed, shown
from service.negotiation import preferred_language
from tests.service.conftest import Clock


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("issue_date", "07/03/2019", "2019-03-07"),
        ("issue_date", "7-3-2019", "2019-03-07"),
        ("issue_date", "7 / 3 / 2019", "2019-03-07"),
        ("issue_date", "2019-03-07", "2019-03-07"),
        ("date_of_birth", "3/2019", "2019-03"),
        ("wife_date_of_birth", "1950", "1950"),
        ("valid_until", "29/02/2028", "2028-02-29"),
        ("date_of_birth_words", "Ngày bảy tháng ba", "Ngày bảy tháng ba"),
        ("mother_birth_year", "1990", "1990"),
        ("personal_id", "001 319 012 345", "001319012345"),
        ("old_id", "012345678", "012345678"),
        ("sex", "female", "female"),
        ("document_number", " 12-34 ", "12-34"),
        ("subject", "Về việc\tcấp", "Về việc cấp"),
        ("full_name", unicodedata.normalize("NFD", "Nguyễn"), "Nguyễn"),
        ("full_name", "  ", None),
        ("issue_date", " — ", None),
    ],
)
def test_typed_becomes_kept(name: str, typed: str, kept: str | None) -> None:
    assert read_typed(name, typed, several=False) == kept


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("issue_date", "29/02/2027"),
        ("issue_date", "2027-13-01"),
        ("issue_date", "hôm nay"),
        ("issue_date", "1/1/0001"),
        ("issue_date", "٠١/٠١/٢٠٢٠"),
        ("father_birth_year", "90"),
        ("personal_id", "12345678"),
        ("personal_id", "٠٠١٣١٩٠١٢٣٤٥"),
        ("sex", "Nữ"),
        ("full_name", "một\nhai"),
        ("full_name", "a\u0007"),
    ],
)
def test_typed_is_refused(name: str, typed: str) -> None:
    with pytest.raises(ValueRefusedError):
        read_typed(name, typed, several=False)


@settings(max_examples=50)
@given(st.dates(date(1800, 1, 1), date(2200, 12, 31)))
def test_date_shown_and_typed_back_is_the_same(day: date) -> None:
    kept = str(day)
    assert read_typed("issue_date", shown("issue_date", kept), several=False) == kept


@settings(max_examples=50)
@given(st.sampled_from(["full_name", "subject", "document_number", "residence"]), st.text(max_size=60))
def test_text_shown_and_typed_back_is_the_same(name: str, typed: str) -> None:
    try:
        kept = read_typed(name, typed, several=False)
    except ValueRefusedError:
        return
    assert read_typed(name, shown(name, kept), several=False) == kept


def test_number_that_looks_like_a_date_is_shown_as_it_is() -> None:
    assert kind_of("document_number") == "text"
    assert shown("document_number", "2019-03") == "2019-03"


def test_confidence_is_never_rounded_up() -> None:
    assert (percent(0.999), percent(0.58), percent(1.0)) == ("99\u00a0%", "58\u00a0%", "100\u00a0%")


def test_age_is_in_whole_units() -> None:
    clock = Clock()
    assert age(clock.now, clock.now, "vi") == "0 giây"
    assert age(clock.now.replace(year=clock.now.year - 1), clock.now, "en").endswith(" d 0 h")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "vi"),
        ("en", "en"),
        ("fr, en;q=0.5", "en"),
        ("en;q=0.5, vi;q=0.7", "vi"),
        ("en;q=0", "vi"),
        ("en;q=x", "vi"),
        ("en" * 9_999, "vi"),
    ],
)
def test_language_negotiation(header: str | None, language: str) -> None:
    assert preferred_language(header) == language
