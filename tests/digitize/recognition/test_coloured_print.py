"""Print that coloured ink hides is read again, and put where it stands."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from digitize.config import Limits, Recognition
from digitize.recognition.api import Line, PageImage, RecognizedPage, Word
from digitize.recognition.coloured_print import read_coloured
from digitize.recognition.preparation import Prepared, prepare
from digitize.recognition.tesseract import TesseractRecognizer
from signing.fonts import find_stamp_font
from tests.digitize.recognition.papers import DPI, SIZE, draw_print

PEN, RED, SEAL, BLACK = (32, 48, 150), (200, 30, 40), (214, 38, 46), (20, 20, 24)
RECOGNIZER = TesseractRecognizer(Recognition(), Limits())
FONT = ImageFont.truetype(str(find_stamp_font(None)), 16 * DPI // 72)


def draw_paper() -> Image.Image:
    page = Image.new("RGB", SIZE, (250, 249, 246))
    page.paste(draw_print(1, mode="RGB", ink=BLACK).crop((0, 0, 1240, 600)))
    return page


def read_page(page: Image.Image, folder: Path) -> tuple[RecognizedPage, RecognizedPage]:
    """As recognized, and with what was read again."""
    path = folder / "page.png"
    page.save(path)
    prepared = prepare(PageImage(1, path, page.width, page.height, DPI), RECOGNIZER, folder)
    first = RECOGNIZER.recognize(prepared.image)
    return first, read_coloured(first, prepared, RECOGNIZER, folder)


def test_a_number_printed_in_red_stands_behind_its_label(tmp_path: Path) -> None:
    page = draw_paper()
    pen = ImageDraw.Draw(page)
    pen.text((160, 800), "Số giấy phép:", BLACK, FONT)
    pen.text((390, 800), "790123456789", RED, FONT)
    _, again = read_page(page, tmp_path)
    assert "Số giấy phép: 790123456789" in again.text
    (word,) = [word for line in again.lines for word in line.words if word.text == "790123456789"]
    assert abs(word.box[0] - 390 / 1240) < 0.01
    assert abs(word.box[3] - 832 / 1754) < 0.02


def test_a_name_crossed_by_a_signature_is_read(tmp_path: Path) -> None:
    page = draw_paper()
    pen = ImageDraw.Draw(page)
    for shift in (0, 60, 120, 180):  # first, as black print stays dark below a pen
        pen.line([(680 + shift, 1000), (720 + shift, 890), (740 + shift, 1000)], PEN, 5)
    pen.text((700, 900), "GIÁM ĐỐC", BLACK, FONT)
    pen.text((660, 960), "Nguyễn Minh Khang", BLACK, FONT)
    first, again = read_page(page, tmp_path)
    assert "Nguyễn Minh Khang" not in first.text
    assert "Nguyễn Minh Khang" in again.text


def test_a_page_without_colour_is_not_read_again(tmp_path: Path) -> None:
    first, again = read_page(draw_print(1), tmp_path)
    assert again is first


def test_a_round_seal_is_not_read(tmp_path: Path) -> None:
    page = draw_paper()
    ImageDraw.Draw(page).ellipse((600, 900, 820, 1120), outline=SEAL, width=8)
    first, again = read_page(page, tmp_path)
    assert again is first


class Rereader:
    """A recognizer that says the same of whatever it is shown."""

    def __init__(self, *words: Word) -> None:
        self.words = words

    def recognize(self, image: PageImage) -> RecognizedPage:
        return RecognizedPage(1, image.width_px, image.height_px, image.dpi, (Line(self.words, 1),))

    def diagnostics(self) -> dict[str, str]:
        return {}


def prepare_red_line(folder: Path) -> Prepared:
    page = draw_paper()
    ImageDraw.Draw(page).text((390, 800), "790123456789", RED, FONT)
    path = folder / "page.png"
    page.save(path)
    return prepare(PageImage(1, path, page.width, page.height, DPI), RECOGNIZER, folder)


def test_what_was_read_as_well_stays(tmp_path: Path) -> None:
    prepared = prepare_red_line(tmp_path)
    stood = Word("790123456789", (380 / 1240, 800 / 1754, 620 / 1240, 840 / 1754), 0.85)
    page = RecognizedPage(1, *SIZE, DPI, (Line((stood,), 1),))
    for text, confidence, result in (
        ("790123456780", 0.86, "790123456789"),
        ("790123456780", 0.5, "790123456789"),
        ("790123456780", 0.95, "790123456780"),
    ):
        again = read_coloured(page, prepared, Rereader(Word(text, (0.2, 0.3, 0.8, 0.7), confidence)), tmp_path)
        assert again.text == result
