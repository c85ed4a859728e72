"""Each page of a document comes back upright, with what is wrong with it."""

import random
from pathlib import Path

from PIL import Image, ImageDraw

from digitize.config import Limits, Recognition
from digitize.inspection.inspect import inspect
from digitize.recognition.api import RecognizedPage
from digitize.recognition.document import recognize_document
from digitize.recognition.tesseract import TesseractRecognizer
from samples.generator.degradations import noise
from tests.digitize.recognition.papers import draw_print
from tests.papers import write_jpeg

LIMITS = Limits()
RECOGNITION = Recognition(pages_in_parallel=1)


def recognize(page: Image.Image, folder: Path) -> RecognizedPage:
    inspected = inspect(write_jpeg(folder / "scan.jpg", page), LIMITS, RECOGNITION)
    recognizer = TesseractRecognizer(RECOGNITION, LIMITS)
    (recognized,) = recognize_document(inspected, recognizer, RECOGNITION, LIMITS, folder)
    return recognized.page


def test_a_page_ruined_by_noise_is_told_as_such(tmp_path: Path) -> None:
    page = recognize(noise(150)(draw_print(1), random.Random(1)), tmp_path)
    assert "noisy" in page.problems
    assert not page.blank


def test_a_page_that_was_read_has_no_problems(tmp_path: Path) -> None:
    page = recognize(draw_print(1), tmp_path)
    assert page.problems == ()
    assert "Văn hóa và Thông tin" in page.text


def test_a_blank_page_is_not_recognized(tmp_path: Path) -> None:
    page = recognize(Image.new("L", (1240, 1754), 250), tmp_path)
    assert page.blank
    assert page.lines == ()
    assert page.problems == ()


def test_a_back_with_stains_is_not_refused(tmp_path: Path) -> None:
    back = Image.new("L", (1240, 1754), 250)
    pen = ImageDraw.Draw(back)
    for number in range(9):
        pen.ellipse((60, 150 + 170 * number, 66, 156 + 170 * number), fill=90)
    page = recognize(back, tmp_path)
    assert page.problems == ()
    assert not page.blank


def test_a_black_page_is_refused_rather_than_called_blank(tmp_path: Path) -> None:
    page = recognize(Image.new("L", (1240, 1754), 8), tmp_path)
    assert page.problems == ("too_dark",)
    assert not page.blank
