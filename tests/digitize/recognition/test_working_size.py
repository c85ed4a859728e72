"""Huge scans are read at about 300 dpi, whatever their files say of themselves."""

from pathlib import Path

import pytest
from PIL import Image

from digitize.config import Limits, Recognition
from digitize.inspection.images import credible_dpi
from digitize.inspection.inspect import inspect
from digitize.recognition.api import RecognizedPage
from digitize.recognition.document import recognize_document
from digitize.recognition.tesseract import TesseractRecognizer
from digitize.recognition.working_size import load_to_read
from tests.awkward_papers import write_huge_pages
from tests.digitize.recognition.papers import DPI, draw_print


def recognize(path: Path, folder: Path) -> RecognizedPage:
    limits, recognition = Limits(), Recognition(pages_in_parallel=1)
    recognizer = TesseractRecognizer(recognition, limits)
    (page,) = recognize_document(inspect(path, limits, recognition), recognizer, recognition, limits, folder)
    return page.page


def test_a_huge_scan_is_read_and_keeps_its_size(tmp_path: Path) -> None:
    for path in write_huge_pages(tmp_path):
        with Image.open(path) as scan:
            size = scan.size
        page = recognize(path, tmp_path)
        assert "Đơn vị thử nghiệm" in page.text, path.name
        assert page.problems == ()
        assert (page.width_px, page.height_px) == size
        word = next(word for line in page.lines for word in line.words if word.text == "Đơn")
        assert 0.05 < word.box[0] < 0.2, path.name


@pytest.mark.parametrize("suffix", ["jpg", "png", "pgm"])
@pytest.mark.parametrize(("dpi", "factor"), [(300, 1), (400, 1), (600, 2), (1_200, 4)])
def test_print_at_many_dpi_is_reduced_to_about_300(suffix: str, dpi: int, factor: int, tmp_path: Path) -> None:
    page = draw_print(1).crop((100, 120, 500, 400))
    path = tmp_path / f"page.{suffix}"
    large = page.resize((page.width * dpi // DPI, page.height * dpi // DPI), Image.Resampling.BICUBIC)
    large.save(path)
    assert load_to_read(path, dpi).width == pytest.approx(large.width / factor, abs=1)


@pytest.mark.parametrize("said", [600, 4_800])
def test_a_page_said_to_have_more_dpi_than_it_has_stays_as_it_is(said: int, tmp_path: Path) -> None:
    page = draw_print(1).resize((2_480, 3_508), Image.Resampling.BICUBIC)  # 300 dpi
    page.save(tmp_path / "page.png")
    assert load_to_read(tmp_path / "page.png", said).size == page.size


@pytest.mark.parametrize(
    ("size_px", "declared", "dpi"),
    [
        ((2_480, 3_508), 300, 300),
        ((2_480, 3_508), 72, 300),  # a PDF page of 88 x 124 cm
        ((2_480, 3_508), 0, 300),
        ((4_900, 30_000), 0, 593),
        ((1, 1), 0, 1),
    ],
)
def test_a_resolution_nobody_can_believe_is_guessed_anew(size_px: tuple[int, int], declared: float, dpi: int) -> None:
    assert credible_dpi(size_px, declared) == dpi
