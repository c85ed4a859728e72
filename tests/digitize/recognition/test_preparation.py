"""The image that is recognized is upright, straight and free of red ink; the page stays as it was."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from digitize.config import Limits, Recognition
from digitize.recognition.api import Line, PageImage, RecognizedPage, Recognizer, Word
from digitize.recognition.direction import find_direction
from digitize.recognition.look import find_marks, without_red
from digitize.recognition.placing import place
from digitize.recognition.preparation import Prepared, prepare
from digitize.recognition.tesseract import TesseractRecognizer
from signing.fonts import find_stamp_font
from tests.digitize.recognition.papers import DPI, draw_print, skewed

PEN_BLUE, SEAL_RED, TONER = (32, 48, 150), (214, 38, 46), (28, 28, 32)


class Unasked:
    """A recognizer that must not be needed."""

    def recognize(self, image: PageImage) -> RecognizedPage:
        raise AssertionError(image.number)

    def diagnostics(self) -> dict[str, str]:
        return {}


def prepare_page(page: Image.Image, folder: Path, recognizer: Recognizer | None = None) -> Prepared:
    path = folder / "page.png"
    page.save(path)
    image = PageImage(1, path, page.width, page.height, DPI)
    return prepare(image, recognizer or Unasked(), folder)


def test_an_upright_straight_page_is_recognized_as_it_is(tmp_path: Path) -> None:
    page = draw_print()
    prepared = prepare_page(page, tmp_path)
    assert prepared.mapping.is_identity
    with Image.open(prepared.image.path) as image:
        assert image.tobytes() == page.tobytes()


def test_a_skewed_page_is_recognized_straight(tmp_path: Path) -> None:
    prepared = prepare_page(skewed(draw_print(), 3.5), tmp_path)
    assert prepared.skew_deg == pytest.approx(3.5, abs=0.1)
    with Image.open(prepared.image.path) as image:
        assert image.size == (prepared.image.width_px, prepared.image.height_px)
        assert abs(find_direction(find_marks(image)).skew_deg) <= 0.1


def test_a_page_hardly_skewed_is_left_as_sharp_as_it_is(tmp_path: Path) -> None:
    prepared = prepare_page(skewed(draw_print(), 1.5), tmp_path)
    assert prepared.skew_deg == pytest.approx(1.5, abs=0.1)
    assert prepared.mapping.is_identity


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_lying_or_upside_down_is_recognized_upright(tmp_path: Path, turn: int) -> None:
    recognizer = TesseractRecognizer(Recognition(), Limits())
    prepared = prepare_page(draw_print(1).rotate(turn, expand=True), tmp_path, recognizer)
    assert prepared.turn == prepared.image.rotation == turn
    page = recognizer.recognize(prepared.image)
    assert "thành lập tổ công tác" in page.text


def test_a_few_words_stay_upright(tmp_path: Path) -> None:
    page = Image.new("L", (1240, 1754), "white")
    page.paste(draw_print().crop((0, 0, 1240, 300)))
    prepared = prepare_page(page, tmp_path, TesseractRecognizer(Recognition(), Limits()))
    assert prepared.turn == 0
    assert not prepared.blank


def test_seals_fade_and_print_and_pens_stay() -> None:
    page = Image.new("RGB", (30, 10), "white")
    for x, colour in ((0, TONER), (10, SEAL_RED), (20, PEN_BLUE)):
        page.paste(colour, (x, 0, x + 10, 10))
    toner, seal, pen = (without_red(page).getpixel((x, 5)) for x in (5, 15, 25))
    assert (toner, seal, pen) == (TONER[0], SEAL_RED[0], PEN_BLUE[0])


def test_print_below_a_seal_is_read(tmp_path: Path) -> None:
    page = draw_print(1, mode="RGB", ink=TONER)
    film = Image.new("RGB", page.size, "white")
    ImageDraw.Draw(film).rectangle((100, 220, 900, 420), fill=SEAL_RED)
    sealed = Image.fromarray((np.asarray(page) / 255 * np.asarray(film)).astype(np.uint8))
    recognizer = TesseractRecognizer(Recognition(), Limits())
    prepared = prepare_page(sealed, tmp_path, recognizer)
    text = recognizer.recognize(prepared.image).text
    assert "Theo đề nghị của Trưởng phòng" in text
    assert "thành lập tổ công tác" in text


def test_the_share_of_coloured_ink_is_that_of_the_page_as_scanned(tmp_path: Path) -> None:
    page = draw_print(1, mode="RGB", ink=TONER)
    page.paste(draw_print(1, mode="RGB", ink=PEN_BLUE).crop((0, 305, 1240, 355)), (0, 305))
    recognizer = TesseractRecognizer(Recognition(), Limits())
    prepared = prepare_page(skewed(page, 3).rotate(180), tmp_path, recognizer)
    assert prepared.turn == 180
    placed = place(recognizer.recognize(prepared.image), prepared)
    printed = [w.ink for line in placed.lines if "nghị của Trưởng" in line.text for w in line.words]
    assert printed
    assert all(ink is not None and ink < 0.1 for ink in printed)
    line = np.array([(150.0, 325.0), (900.0, 345.0)])  # of the written line, on the page before it was skewed
    width, height = prepared.mapping.recognized_px
    shift = np.array([width - page.width, height - page.height]) / 2
    (x0, y0), (x1, y1) = (line + shift) / (width, height)
    assert (prepared.ink.share((x0, y0, x1, y1)) or 0) > 0.5


def test_a_number_beside_handwriting_counts_as_written(tmp_path: Path) -> None:
    page = Image.new("RGB", (1240, 400), "white")
    font = ImageFont.truetype(str(find_stamp_font(None)), 32)
    draw = ImageDraw.Draw(page)
    draw.text((100, 100), "Số: 54", TONER, font)
    end = draw.textlength("Số: 54", font)
    draw.text((104 + end, 100), "73", PEN_BLUE, font)
    draw.text((600, 100), "Năm 2026", TONER, font)
    image = prepare_page(page, tmp_path, TesseractRecognizer(Recognition(), Limits()))
    box = (140 / 1240, 0.25, (100 + end) / 1240, 0.33)
    far = (670 / 1240, 0.25, 750 / 1240, 0.33)
    found = RecognizedPage(1, 1240, 400, DPI, (Line((Word("54", box, 0.96), Word("2026", far, 0.96)), 1),))
    ((beside, apart),) = (line.words for line in place(found, image).lines)
    assert (beside.ink or 0) > 0.3
    assert apart.ink == pytest.approx(0, abs=0.01)


def test_a_shadow_over_half_the_page_leaves_print_on_even_paper(tmp_path: Path) -> None:
    page = draw_print()
    shade = Image.fromarray(np.linspace(255, 60, page.width).astype(np.uint8)[None, :]).resize(page.size)
    prepared = prepare_page(ImageChops.multiply(page, shade), tmp_path)
    with Image.open(prepared.image.path) as image:
        seen = np.asarray(image)
        left, right = (np.percentile(seen[:, columns], 60) for columns in (slice(0, 300), slice(-300, None)))
    assert right == pytest.approx(left, abs=25)


def test_even_light_is_left_alone(tmp_path: Path) -> None:
    page = draw_print().point(lambda level: level * 200 // 255)
    prepared = prepare_page(page, tmp_path)
    with Image.open(prepared.image.path) as image:
        assert image.tobytes() == page.tobytes()


def test_words_are_placed_on_the_page_as_scanned(tmp_path: Path) -> None:
    straight, turned = draw_print(1), skewed(draw_print(1), 4).rotate(180)
    recognizer = TesseractRecognizer(Recognition(), Limits())

    def boxes(page: Image.Image, folder: str) -> dict[str, tuple[float, ...]]:
        (tmp_path / folder).mkdir()
        prepared = prepare_page(page, tmp_path / folder, recognizer)
        placed = place(recognizer.recognize(prepared.image), prepared)
        assert (placed.width_px, placed.height_px) == page.size
        return {word.text: word.box for line in placed.lines for word in line.words}

    level, slanted = boxes(straight, "straight"), boxes(turned, "turned")
    upright = turned.rotate(180)
    marks = np.asarray(upright) < 128
    for word in ("Luật", "Theo", "danh"):
        x0, y0, x1, y1 = slanted[word]
        assert x1 - x0 == pytest.approx(level[word][2] - level[word][0], abs=0.005)
        rows = slice(int(y0 * upright.height), int(y1 * upright.height))
        assert marks[rows, int(x0 * upright.width) : int(x1 * upright.width)].mean() > 0.1


@pytest.mark.parametrize("specks", [0, 3])
def test_a_page_with_dust_alone_is_blank(tmp_path: Path, specks: int) -> None:
    page = Image.new("L", (1240, 1754), 250)
    for place_ in range(specks):
        page.paste(60, (300 + 200 * place_, 400, 303 + 200 * place_, 403))
    assert prepare_page(page, tmp_path).blank


def test_a_page_with_a_line_of_faint_print_is_not_blank(tmp_path: Path) -> None:
    page = Image.new("L", (1240, 1754), 240)
    page.paste(draw_print(1).crop((0, 150, 1240, 200)).point(lambda level: 170 + level * 70 // 255), (0, 150))
    assert not prepare_page(page, tmp_path, TesseractRecognizer(Recognition(), Limits())).blank
