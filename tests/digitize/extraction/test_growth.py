"""Work grows with the paper and no faster: counted in steps of the interpreter, and read off every pattern.

What runs inside one step is bounded too: the patterns by ``test_every_pattern_is_bounded``, comparisons of titles and
labels by the length of what is compared.
"""

import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

import pytest

import digitize.extraction
from digitize.config import Extraction
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.engine import extract
from digitize.recognition.api import Line, RecognizedPage, Word

TYPES = load_document_types()
ROWS = 60
GROWTH_MAX = 2.3
"""Twice the rows may take this many times the steps: a part that goes by squares would take 4."""
REPEATS_MAX = 2_000
LONG_WORD = 1 << 15

TITLES = {
    "land": "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT",
    "enterprise": "GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP",
    "application": "TỜ KHAI ĐĂNG KÝ KHAI SINH",
    "marriage": "GIẤY CHỨNG NHẬN KẾT HÔN",
}
BODIES = {
    "a": "aaaaaa aaaaaa aaaaaa aaaaaa aaaaaa aaaaaa",
    "empty labels": "Ông: Bà: Số: Địa chỉ: Họ và tên: Ngày sinh:",
    "almost labels": "Họ và tân; Ngay sinb. Địa chí, Thửa đắt sồ. Vốn điêu lê Kính gữi",
    "labels and full lines": "Địa chỉ: Thôn Nà Lọm, xã Suối Mưa, huyện Mây Ngàn, tỉnh Hòa Bình, thôn Nà",
    "amounts in words": "Bằng chữ: Một trăm Vốn điều lệ: 1.000 đồng Diện tích: 12 m²",
    "dates": "Đăng ký thay đổi lần thứ 1, ngày 01 tháng 01 năm 2020",
    "capitals": "TỜ KHAI GIẤY CHỨNG NHẬN TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
}


def print_line(text: str, top: float) -> Line:
    words = text.split()
    step = 0.9 / max(1, len(words))
    boxes = [(0.05 + i * step, top, 0.05 + (i + 0.9) * step, top + 0.003) for i in range(len(words))]
    return Line(tuple(Word(word, box, 0.96, 0.0) for word, box in zip(words, boxes, strict=True)), 1)


def paper(title: str, body: str, rows: int) -> RecognizedPage:
    lines = [print_line(f"{body} {number}", 0.1 + number * 0.005) for number in range(rows)]
    return RecognizedPage(1, 2480, 3508, 300, (print_line(title, 0.05), *lines))


def steps(work: Callable[[], object]) -> int:
    """Lines the interpreter goes through, each turn of a loop counted."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("body", BODIES)
def test_twice_the_rows_take_twice_the_steps(title: str, body: str) -> None:
    once, twice = (paper(TITLES[title], BODIES[body], rows) for rows in (ROWS, 2 * ROWS))
    for page in (once, twice):
        extract([page], TYPES, Extraction())  # what is remembered of words is remembered for both
    counted = [steps(lambda page=page: extract([page], TYPES, Extraction())) for page in (once, twice)]  # type: ignore[misc]
    assert counted[1] < GROWTH_MAX * counted[0]


def test_twice_the_pages_take_twice_the_steps() -> None:
    pages = [paper(TITLES["land"], BODIES["empty labels"], ROWS) for _ in range(8)]
    numbered = [RecognizedPage(number, 2480, 3508, 300, page.lines) for number, page in enumerate(pages, 1)]
    extract(numbered, TYPES, Extraction())
    once, twice = (steps(lambda n=n: extract(numbered[:n], TYPES, Extraction())) for n in (4, 8))  # type: ignore[misc]
    assert twice < GROWTH_MAX * once


def test_a_word_twice_as_long_takes_twice_the_steps() -> None:
    once, twice = (paper(TITLES["land"], f"Địa chỉ: {'a' * size}", 3) for size in (LONG_WORD, 2 * LONG_WORD))
    for page in (once, twice):
        extract([page], TYPES, Extraction())
    counted = [steps(lambda page=page: extract([page], TYPES, Extraction())) for page in (once, twice)]  # type: ignore[misc]
    assert counted[1] < GROWTH_MAX * counted[0]


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.walk_packages(digitize.extraction.__path__, "digitize.extraction."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value


def most_repeats(tree: Any) -> int:
    """The largest number of times that anything in a parsed pattern may repeat."""
    most = 1
    for code, argument in tree:
        if code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
            most = max(most, int(argument[1]), most_repeats(argument[2]))
        elif code == codes.SUBPATTERN:
            most = max(most, most_repeats(argument[-1]))
        elif code == codes.BRANCH:
            most = max([most, *map(most_repeats, argument[1])])
        elif code in {codes.ASSERT, codes.ASSERT_NOT}:
            most = max(most, most_repeats(argument[1]))
    return most


@pytest.mark.parametrize("pattern", [pytest.param(found, id=name) for name, found in patterns()])
def test_every_pattern_is_bounded(pattern: re.Pattern[str]) -> None:
    assert most_repeats(parser.parse(pattern.pattern, pattern.flags)) <= REPEATS_MAX


def test_an_unbounded_pattern_would_be_found() -> None:
    assert most_repeats(parser.parse(r"(?:a|b(?=c+))d{1,3}")) > REPEATS_MAX
