"""A number written in by hand is told from a printed one by its shape, on pages without colour too."""

from pathlib import Path

import pytest
from PIL import Image

from digitize.config import Limits, Recognition
from digitize.model import Box
from digitize.recognition.api import HANDWRITTEN_FROM, Line, PageImage, Word
from digitize.recognition.handwriting import judge_handwriting
from digitize.recognition.tesseract import TesseractRecognizer
from samples.generator.degradations import Degradation, bilevel, blur, degrade, grey, noise
from samples.generator.paper import A4_HEIGHT_MM, A4_WIDTH_MM, Handwriting, Item, Page, Text
from samples.generator.raster import draw_page

DPI = 300
PRINTED: tuple[Item, ...] = (
    Text(30, 40, "Số: 47/QĐ-UBND", 13),
    Text(100, 40, "Suối Mây, ngày 17 tháng 11 năm 2026", 13),
    Text(30, 55, "Căn cứ Nghị quyết số 12/NQ-HĐND ngày 25 tháng 10 năm 2026", 14),
)


def judge(items: tuple[Item, ...], steps: tuple[Degradation, ...], folder: Path) -> dict[str, float | None]:
    image = degrade(draw_page(Page(items), DPI), steps, 3).convert("L").crop((0, 0, 2480, 900))
    path = folder / "page.pgm"
    image.save(path)
    page = PageImage(1, path, image.width, image.height, DPI)
    lines = TesseractRecognizer(Recognition(), Limits()).recognize(page).lines
    found = judge_handwriting(image, lines)
    pairs = zip((w for line in lines for w in line.words), (h for line in found for h in line), strict=True)
    return {word.text: likelihood for word, likelihood in pairs}


FORMS = pytest.mark.parametrize(
    "steps", [(grey(), noise(3)), (blur(0.6), noise(6), bilevel())], ids=["grey", "bilevel"]
)


@FORMS
def test_printed_numbers_are_not_taken_for_handwriting(steps: tuple[Degradation, ...], tmp_path: Path) -> None:
    judged = judge(PRINTED, steps, tmp_path)
    numbers = [likelihood for text, likelihood in judged.items() if any(c.isdigit() for c in text)]
    assert len(numbers) >= 6
    assert all(likelihood is not None and likelihood < HANDWRITTEN_FROM for likelihood in numbers)
    assert judged["ngày"] is None


@FORMS
@pytest.mark.parametrize("digits", ["26", "38", "90"])
def test_a_day_written_in_by_pen_is_found_out(digits: str, steps: tuple[Degradation, ...], tmp_path: Path) -> None:
    print_ = (*PRINTED[::2], Text(100, 40, "Suối Mây, ngày", 13), Text(141, 40, "tháng 11 năm 2026", 13))
    judged = judge((*print_, Handwriting(131, 40.3, digits, 4.4, seed=int(digits))), steps, tmp_path)
    printed = {"47/QĐ-UBND", "12/NQ-HĐND", "2026", "11", "25", "10"}
    taken = {text: h for text, h in judged.items() if any(c.isdigit() for c in text) and text not in printed}
    assert all(likelihood is not None and likelihood >= HANDWRITTEN_FROM for likelihood in taken.values()), taken


def test_strokes_wider_and_digits_taller_than_print_are_enough() -> None:
    """Given a day the recognizer does not doubt at all, When its shape is a pen's, Then it counts as handwritten."""
    image = draw_page(
        Page((*PRINTED[::2], Text(100, 40, "Suối Mây, ngày", 13), Handwriting(131, 40.3, "26", 5.4, 1))), DPI
    )
    print_ = Word("ngày", _box(118, 36, 129, 41), 0.96)
    day = Word("26", _box(130, 33.5, 140, 41.5), 0.96)
    number = Word("12", _box(73.4, 51, 78.3, 55.3), 0.96)
    ((_, judged), _) = judge_handwriting(image.convert("L"), (Line((print_, day), 1), Line((number,), 2)))
    assert judged is not None
    assert judged >= HANDWRITTEN_FROM


def _box(x0: float, y0: float, x1: float, y1: float) -> Box:
    return (x0 / A4_WIDTH_MM, y0 / A4_HEIGHT_MM, x1 / A4_WIDTH_MM, y1 / A4_HEIGHT_MM)


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_word_on_a_spot_without_marks_is_judged_all_the_same(level: int) -> None:
    page = Image.new("L", (200, 80), level)
    lines = (Line((Word("47", (0.1, 0.1, 0.2, 0.3), 0.2), Word("48", (0.99, 0.9, 1.0, 1.0), 0.9)), 1),)
    assert all(h is not None and 0 <= h <= 1 for line in judge_handwriting(page, lines) for h in line)
