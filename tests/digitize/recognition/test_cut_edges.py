"""A page whose print runs over the edge of the scan is marked, a whole one never."""

from pathlib import Path

import pytest
from PIL import Image

from digitize.config import Limits, Recognition
from digitize.inspection.inspect import inspect
from digitize.recognition.api import Line, RecognizedPage, Word
from digitize.recognition.cut_edges import is_cut_off
from digitize.recognition.document import recognize_document
from digitize.recognition.tesseract import TesseractRecognizer
from tests.digitize.recognition.papers import SIZE, draw_print, skewed
from tests.papers import write_jpeg

WIDTH, HEIGHT = SIZE
LAST_LINE = 160 + 50 * 7


def recognize(page: Image.Image, folder: Path) -> RecognizedPage:
    limits, recognition = Limits(), Recognition(pages_in_parallel=1)
    inspected = inspect(write_jpeg(folder / "scan.jpg", page), limits, recognition)
    recognizer = TesseractRecognizer(recognition, limits)
    (recognized,) = recognize_document(inspected, recognizer, recognition, limits, folder)
    return recognized.page


@pytest.mark.parametrize(
    "box",
    [(175, 0, WIDTH, HEIGHT), (0, 0, 700, HEIGHT), (0, 175, WIDTH, HEIGHT), (0, 0, WIDTH, LAST_LINE + 18)],
    ids=["left", "right", "top", "bottom"],
)
def test_print_cut_by_the_edge_is_told_and_not_refused(box: tuple[int, int, int, int], tmp_path: Path) -> None:
    page = recognize(draw_print(1).crop(box), tmp_path)
    assert page.cut_off
    assert page.problems == ()


@pytest.mark.parametrize("degrees", [0.0, 3.0])
def test_a_whole_page_is_not_cut_off(degrees: float, tmp_path: Path) -> None:
    assert not recognize(skewed(draw_print(1), degrees), tmp_path).cut_off


def test_bars_read_out_of_a_shadow_are_no_print() -> None:
    lines = tuple(Line((Word("|", (0.0, y, 0.01, y + 0.02), 0.9), *_print(y)), 1) for y in (0.1, 0.2, 0.3, 0.4))
    assert not is_cut_off(RecognizedPage(1, WIDTH, HEIGHT, 150, lines))


def _print(y: float) -> tuple[Word, ...]:
    return tuple(Word("chữ", (0.2 + x / 10, y, 0.28 + x / 10, y + 0.02), 0.95) for x in range(4))
