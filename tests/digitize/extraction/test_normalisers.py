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
        ("130112034", "2034-01-13"),  # a stroke lost, one read as 1
        ("15I032029", "2029-03-15"),
        ("23I01I12032", "2032-01-23"),
        ("230112019", "2019-01-23"),
        ("151012019", None),  # 15/01 or 15/10 of 2019
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
        ("0|3|6|1|9|1[9|9|913|3]2", "036191999332"),  # in boxes
        ("0|3|6|1|9|1[9|9|933|3]2", None),
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


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1.234,5 m²", "1234.5"),
        ("120,5m2 (Một trăm hai mươi phẩy năm mét vuông)", "120.5"),
        ("120.5 m2", "120.5"),
        ("85,3 m ?", "85.3"),
        ("1.234 m²", "1234"),
        ("1 234 567,25 mét vuông", "1234567.25"),
        ("12,345", None),
        ("1,234.5", None),
        ("120,5 ha", None),
        ("khoảng 120 m2", None),
        ("", None),
    ],
)
def test_areas(printed: str, value: str | None) -> None:
    assert normalisers.area(printed) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("10.000.000.000 đồng", "10000000000"),
        ("10,000,000,000 VNĐ", "10000000000"),
        ("10 000 000 000 đồng (Mười tỷ đồng)", "10000000000"),
        ("9.000.000 đồng/tháng", "9000000"),
        ("500 triệu đồng", None),
        ("12,5", None),
        ("10.000 USD", None),
    ],
)
def test_sums_of_money(printed: str, value: str | None) -> None:
    assert normalisers.money(printed) == value


@pytest.mark.parametrize(
    ("normalise", "printed", "value"),
    [
        (normalisers.tax_code, "0123 456 789", "0123456789"),
        (normalisers.tax_code, "0123456789 - 001", "0123456789-001"),
        (normalisers.tax_code, "01234567", None),
        (normalisers.registration_code, "60A8322849.", "60A8322849"),
        (normalisers.registration_code, "60 a 8322849", "60A8322849"),
        (normalisers.registration_code, "0123456789", "0123456789"),
        (normalisers.registration_code, "A8322849", None),
        (normalisers.phone, "+84 912 345 678", "0912345678"),
        (normalisers.phone, "0912.345.678", "0912345678"),
        (normalisers.phone, "0912", None),
        (normalisers.land_serial, "CH 01234567", "CH 01234567"),
        (normalisers.land_serial, "aa01234567.", "AA 01234567"),
        (normalisers.land_serial, "CH 0123", None),
    ],
)
def test_codes(normalise: normalisers.Normaliser, printed: str, value: str | None) -> None:
    assert normalise(printed) == value
