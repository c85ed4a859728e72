from datetime import date
from decimal import Decimal

import pytest

from digitize.extraction.numerals import read_amount, read_date, read_small_number, read_year


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Ngày bảy tháng ba năm hai nghìn không trăm mười chín", date(2019, 3, 7)),
        ("ngày tám tháng năm năm hai nghìn không trăm linh tám", date(2008, 5, 8)),
        ("Ngày mồng một tháng giêng năm một nghìn chín trăm tám mươi lăm", date(1985, 1, 1)),
        ("ngày hai mươi mốt, tháng mười hai, năm hai ngàn không trăm lẻ năm", date(2005, 12, 21)),
        ("Ngày ba mươi tháng tư năm hai nghìn", date(2000, 4, 30)),
        ("Ngày mười lăm tháng chạp năm một nghìn chín trăm chín mươi tư.", date(1994, 12, 15)),
        ("NGÀY HAI MƯƠI LĂM THÁNG MƯỜI MỘT NĂM HAI NGHÌN KHÔNG TRĂM HAI MƯƠI", date(2020, 11, 25)),
    ],
)
def test_dates_in_words(words: str, said: date) -> None:
    assert read_date(words) == said


@pytest.mark.parametrize(
    "words",
    [
        "",
        "tháng",
        "ngày ba mươi tháng hai năm hai nghìn",
        "ngày bảy tháng ba",
        "ngày tháng năm",
        "ngày bảy tháng mười ba năm hai nghìn",
        "năm hai nghìn tháng ba ngày bảy",
    ],
)
def test_words_that_say_no_date(words: str) -> None:
    assert read_date(words) is None


def test_small_numbers_and_years() -> None:
    assert read_small_number(["hai", "muoi", "mot"]) == 21
    assert read_small_number(["muoi"]) == 10
    assert read_small_number(["hai", "ba"]) is None
    assert read_small_number([]) is None
    assert read_year(["hai", "nghin"]) == 2000
    assert read_year(["nghin", "hai"]) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Một trăm hai mươi phẩy năm mét vuông", "120.5"),
        ("bằng chữ: Hai tỷ ba trăm triệu không trăm linh năm nghìn đồng", "2300005000"),
        ("Một nghìn hai trăm tỷ đồng", "1200000000000"),
        ("một trăm linh một phẩy không năm mét vuông", "101.05"),
        ("chín trăm sáu mươi bảy phẩy hai mươi lăm", "967.25"),
        ("Năm trăm triệu đồng chẵn", "500000000"),
        ("mười nghìn một trăm hai mươi tư mét vuông", "10124"),
        ("không", "0"),
    ],
)
def test_amounts_in_words(words: str, said: str) -> None:
    assert read_amount(words) == Decimal(said)


@pytest.mark.parametrize("words", ["", "sử dụng riêng", "hai ba", "ba nghìn hai triệu", "một phẩy", "đồng"])
def test_words_that_say_no_amount(words: str) -> None:
    assert read_amount(words) is None
