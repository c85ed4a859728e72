import unicodedata

import pytest

from digitize.extraction import normalisers


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("07/3/2019", "2019-03-07"),
        ("07 - 03 - 2019", "2019-03-07"),
        ("07.03.2019.", "2019-03-07"),
        ("ngày 07 tháng 3 năm 2019", "2019-03-07"),
        ("Ngày 7, tháng 3, năm 2019", "2019-03-07"),
        ("3/2019", "2019-03"),
        ("tháng 3 năm 2019", "2019-03"),
        ("1958", "1958"),
        ("năm 1958", "1958"),
        ("2019-03-07", "2019-03-07"),
        ("31/02/2019", None),
        ("ngày tháng 01 năm 2025", None),
        ("ngày 3| tháng 12 năm 2024", None),
        ("07/3/20190", None),
        ("0000", None),
        ("", None),
    ],
)
def test_dates(printed: str, value: str | None) -> None:
    assert normalisers.day(printed) == value


def test_years_come_from_years_and_dates() -> None:
    assert normalisers.year("1990") == "1990"
    assert normalisers.year("05/6/1990") == "1990"
    assert normalisers.year("199O") is None


@pytest.mark.parametrize(
    ("printed", "value"),
    [("Nam", "male"), ("NỮ", "female"), ("Nữ.", "female"), ("male", "male"), ("Nam nữ", None), ("", None)],
)
def test_sexes(printed: str, value: str | None) -> None:
    assert normalisers.sex(printed) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("004319000127", "004319000127"),
        ("004 319 000 127", "004319000127"),
        ("012345678", "012345678"),
        ("00431900012", None),
        ("00431900012O", None),
        ("٠٠٤٣١٩٠٠٠١٢٧", None),
    ],
)
def test_personal_ids(printed: str, value: str | None) -> None:
    assert normalisers.personal_id(printed) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("84 /QĐ-UBND", "84/QĐ-UBND"),
        ("239/TTr-UBND", "239/TTr-UBND"),
        ("12/2021/QĐ-UBND", "12/2021/QĐ-UBND"),
        ("31/2019", "31/2019"),
        ("102", "102"),
        ("đ#/QĐ-UBND", None),
        ("/CT-UBND", None),
        ("6§0_/TB-UBND", None),
    ],
)
def test_document_numbers_are_never_repaired(printed: str, value: str | None) -> None:
    assert normalisers.document_number(printed) == value


def test_names_keep_their_case() -> None:
    assert normalisers.name("TRẦN  THỊ   HOA") == "TRẦN THỊ HOA"
    assert normalisers.name("Y Blơk Niê-kdăm") == "Y Blơk Niê-kdăm"
    assert normalisers.name("Trần 3 Hoa") is None


def test_two_spellings_of_one_letter_are_one_value() -> None:
    decomposed = unicodedata.normalize("NFD", "Hòa Sơn")
    assert normalisers.text(decomposed) == "Hòa Sơn"
