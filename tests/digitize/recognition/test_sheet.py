"""A photographed sheet is found and seen from above; what fills the scanner's glass is no such sheet."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from digitize.config import Limits, Recognition
from digitize.recognition.api import PageImage
from digitize.recognition.mapping import transform
from digitize.recognition.placing import place
from digitize.recognition.preparation import prepare
from digitize.recognition.sheet import find_sheet
from digitize.recognition.tesseract import TesseractRecognizer
from samples.generator.degradations import Corners, dark_lid, degrade, dim_towards, photograph
from tests.digitize.recognition.papers import DPI, draw_print, skewed

HELD: Corners = ((0.09, 0.07), (0.93, 0.03), (0.97, 0.95), (0.04, 0.98))
SLANTED: Corners = ((0.12, 0.04), (0.9, 0.1), (0.94, 0.93), (0.06, 0.9))


def corners_found(photo: Image.Image) -> np.ndarray:
    sheet = find_sheet(photo)
    assert sheet is not None
    width, height = sheet.recognized_px
    corners = transform(sheet.matrix, np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64))
    return corners / photo.size


@pytest.mark.parametrize("corners", [HELD, SLANTED])
@pytest.mark.parametrize("darkest", [1.0, 0.55])
def test_the_corners_of_a_photographed_sheet_are_found(corners: Corners, darkest: float) -> None:
    photo = degrade(draw_print(mode="RGB"), (dim_towards((0, 1), darkest), photograph(corners)), 1)
    assert corners_found(photo) == pytest.approx(np.array(corners), abs=0.004)


def test_a_thumb_over_the_edge_hides_no_sheet() -> None:
    photo = degrade(draw_print(mode="RGB"), (photograph(HELD),), 1)
    ImageDraw.Draw(photo).ellipse((20, 700, 180, 900), fill=(150, 110, 90))
    assert corners_found(photo) == pytest.approx(np.array(HELD), abs=0.006)


@pytest.mark.parametrize(
    "page",
    [
        draw_print(),
        skewed(draw_print(), 3),
        degrade(draw_print(), (dark_lid(8),), 1),
        Image.new("L", (1240, 1754), "black"),
        Image.new("RGB", (1, 1)),
        Image.new("1", (30, 4000)),
    ],
    ids=["scan", "skewed scan", "lid", "black", "pixel", "strip"],
)
def test_a_scan_is_no_photograph(page: Image.Image) -> None:
    assert find_sheet(page) is None


def test_a_frame_printed_on_the_paper_is_not_the_sheet() -> None:
    page = draw_print()
    corners = [(60, 80), (1180, 60), (1190, 1700), (50, 1690)]
    ImageDraw.Draw(page).polygon(corners, outline=0, width=14)
    assert find_sheet(page) is None


def test_words_of_a_photograph_are_placed_where_they_stand(tmp_path: Path) -> None:
    photo = degrade(draw_print(1), (photograph(HELD),), 1)
    path = tmp_path / "photo.png"
    photo.save(path)
    recognizer = TesseractRecognizer(Recognition(), Limits())
    prepared = prepare(PageImage(1, path, *photo.size, DPI), recognizer, tmp_path)
    page = place(recognizer.recognize(prepared.image), prepared)
    assert (page.width_px, page.height_px) == photo.size
    assert "thành lập tổ công tác" in page.text
    marks = np.asarray(photo) < 40
    for text in ("Luật", "Trưởng", "danh"):
        box = next(word.box for line in page.lines for word in line.words if word.text == text)
        left, top, right, bottom = (int(box[side] * photo.size[side % 2]) for side in range(4))
        assert marks[top:bottom, left:right].mean() > 0.1
    slope = np.degrees(np.arctan2((0.03 - 0.07) * photo.height, (0.93 - 0.09) * photo.width))
    assert slope < page.skew < 1.5  # between that of the upper edge and of the lower
