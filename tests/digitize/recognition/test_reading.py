"""Forms are read whole: rows of dots do not hide what is written on them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from digitize.config import Limits, Recognition
from digitize.recognition.api import Line, PageImage, Word
from digitize.recognition.leaders import without_leaders
from digitize.recognition.look import find_marks, shrink
from digitize.recognition.preparation import Prepared, prepare
from digitize.recognition.reading import read, share_in_words
from digitize.recognition.tesseract import TesseractRecognizer
from digitize.recognition.trial import weigh
from samples.generator.corpus import draw
from samples.generator.raster import draw_page
from tests.digitize.recognition.papers import DPI, draw_print

FORM_DPI = 200


RECOGNIZER = TesseractRecognizer(Recognition(), Limits())


def prepare_page(page: Image.Image, dpi: int, folder: Path) -> Prepared:
    path = folder / "page.png"
    page.save(path)
    return prepare(PageImage(1, path, page.width, page.height, dpi), RECOGNIZER, folder)


def test_a_form_with_dotted_lines_is_read_whole(tmp_path: Path) -> None:
    form = draw_page(draw("death_extract", "B", 10).pages[0], FORM_DPI)
    first, again = read(prepare_page(form, FORM_DPI, tmp_path), RECOGNIZER)
    assert weigh(again) > 2 * weigh(first)
    for text in ("Số định danh cá nhân: 042065992555", "Đã chết vào lúc: 14 giờ 50 phút"):
        assert text in again.text


def test_print_is_recognized_once(tmp_path: Path) -> None:
    (page,) = read(prepare_page(draw_print(1), DPI, tmp_path), RECOGNIZER)
    assert "Văn hóa và Thông tin" in page.text


def test_dots_in_a_row_go_and_stops_tones_and_print_stay() -> None:
    page = draw_print()
    dotted = page.copy()
    pen = ImageDraw.Draw(dotted)
    for x in range(150, 1000, 6):
        pen.ellipse((x, 1650, x + 2, 1652), fill=0)
    cleared = without_leaders(dotted, DPI)
    assert np.asarray(cleared)[1640:1660].min() > 200
    assert np.array_equal(np.asarray(cleared)[:1600], np.asarray(page)[:1600])


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (2000, 3)])
def test_any_shape_can_be_cleared(size: tuple[int, int]) -> None:
    assert without_leaders(Image.new("L", size), DPI).size == size


def test_marks_in_words_are_told_from_those_passed_over() -> None:
    marks = find_marks(shrink(draw_print()))
    whole = Line((Word("x", (0.0, 0.0, 1.0, 1.0), 0.9),), 1)
    first = Line((Word("x", (0.1, 160 / 1754, 0.9, 190 / 1754), 0.9),), 1)  # of 24
    assert share_in_words(marks, [whole]) == 1
    assert share_in_words(marks, [first]) == pytest.approx(1 / 24, abs=0.02)
    assert share_in_words(marks, []) == 0
    assert share_in_words(np.zeros((9, 9), np.bool_), []) == 1
