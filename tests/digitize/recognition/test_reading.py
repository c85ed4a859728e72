"""Forms are read whole: rows of dots do not hide what is written on them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from digitize.config import Limits, Recognition
from digitize.recognition.api import PageImage
from digitize.recognition.leaders import find_leaders, without_leaders
from digitize.recognition.look import find_marks, shrink
from digitize.recognition.preparation import prepare
from digitize.recognition.tesseract import TesseractRecognizer
from samples.generator.corpus import draw
from samples.generator.raster import draw_page
from tests.digitize.recognition.papers import DPI, draw_print

FORM_DPI = 200
RECOGNIZER = TesseractRecognizer(Recognition(), Limits())


def draw_dotted_line(page: Image.Image) -> Image.Image:
    dotted = page.copy()
    pen = ImageDraw.Draw(dotted)
    for y in (1610, 1650, 1690, 1730):
        for x in range(150, 1000, 6):
            pen.ellipse((x, y, x + 2, y + 2), fill=0)
    return dotted


def test_a_form_with_dotted_lines_is_read_whole(tmp_path: Path) -> None:
    form = draw_page(draw("death_extract", "B", 10).pages[0], FORM_DPI)
    path = tmp_path / "page.png"
    form.save(path)
    prepared = prepare(PageImage(1, path, form.width, form.height, FORM_DPI), RECOGNIZER, tmp_path)
    page = RECOGNIZER.recognize(prepared.image)
    for text in ("Số định danh cá nhân: 042065992555", "Đã chết vào lúc: 14 giờ 50 phút"):
        assert text in page.text


def test_only_dotted_lines_are_taken_for_such() -> None:
    assert not find_leaders(find_marks(shrink(draw_print()))).any()
    found = find_leaders(find_marks(draw_dotted_line(draw_print())))
    assert all(found[y : y + 3].any() for y in (1610, 1650, 1690, 1730))


def test_dots_in_a_row_go_and_stops_tones_and_print_stay() -> None:
    page = draw_print()
    dotted = draw_dotted_line(page)
    cleared = np.asarray(without_leaders(dotted, DPI, find_leaders(find_marks(dotted))))
    assert cleared[1600:].min() > 200
    assert np.array_equal(cleared[:1590], np.asarray(page)[:1590])


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (2000, 3)])
def test_any_shape_can_be_cleared(size: tuple[int, int]) -> None:
    whole = np.ones((max(1, size[1] // 2), size[0]), np.bool_)
    assert without_leaders(Image.new("L", size), DPI, whole[:, 0]).size == size
    assert not find_leaders(whole).any()
