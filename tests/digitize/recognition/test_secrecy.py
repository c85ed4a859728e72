"""A page that bears a secrecy mark is refused; one that speaks of secrets, or lists secret papers, is not."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from digitize.config import Limits, Recognition
from digitize.errors import SecretPaperError
from digitize.inspection.inspect import inspect
from digitize.recognition.api import Line, RecognizedPage, Word
from digitize.recognition.choice import open_recognizer
from digitize.recognition.document import recognize_document
from digitize.recognition.secrecy import is_mark, refuse_secret_words
from samples.generator.catalogue.samples import SAMPLES
from samples.generator.degradations import degrade, grey, jpeg, skew
from samples.generator.fonts import Style
from samples.generator.paper import BLACK, SEAL_RED, Colour, Item, Page, Rule, Text
from samples.generator.raster import draw_page
from signing.fonts import find_stamp_font
from tests.digitize.recognition.papers import draw_print
from tests.papers import draw_page as draw_words
from tests.papers import stamp

LIMITS = Limits()
RECOGNITION = Recognition(pages_in_parallel=1)
HEAD = next(sample for sample in SAMPLES if sample.name == "submission-png").paper.pages[0]
DPI = 150


def read(path: Path) -> RecognizedPage:
    recognizer = open_recognizer(RECOGNITION, LIMITS)
    inspected = inspect(path, LIMITS, RECOGNITION)
    (recognized,) = recognize_document(inspected, recognizer, RECOGNITION, LIMITS, path.parent)
    return recognized.page


def write(image: Image.Image, folder: Path) -> Path:
    path = folder / "scan.png"
    image.save(path, dpi=(DPI, DPI))
    return path


def mark(text: str, x: float, y: float, width: float, colour: Colour) -> tuple[Item, ...]:
    """As Circular 24/2020/TT-BCA draws it: a box 8 mm high, 20 to 40 mm wide."""
    corners = ((x, y, x + width, y), (x, y + 8, x + width, y + 8), (x, y, x, y + 8), (x + width, y, x + width, y + 8))
    frame = tuple(Rule(*ends, 0.5, colour) for ends in corners)
    return (*frame, Text(x + 3, y + 6.3, text, 16, Style.BOLD, colour))


def with_items(page: Page, *items: Item) -> Page:
    return replace(page, items=(*page.items, *items))


MARKED = {
    "a red stamp below the number": (mark("MẬT", 45, 49, 20, SEAL_RED), ()),
    "a red stamp over the number": (mark("TỐI MẬT", 42, 42, 32, SEAL_RED), ()),
    "a red stamp on a skewed scan": (mark("TUYỆT MẬT", 45, 49, 42, SEAL_RED), (skew(3.5), jpeg(40))),
    "a printed frame": (mark("TỐI MẬT", 45, 49, 32, BLACK), ()),
    "a red stamp scanned in grey": (mark("MẬT", 45, 49, 20, SEAL_RED), (grey(),)),
    "a word below the number": ((Text(48, 55, "MẬT", 14, Style.BOLD),), ()),
}


@pytest.mark.parametrize("case", MARKED)
def test_a_mark_is_noticed(case: str, tmp_path: Path) -> None:
    items, steps = MARKED[case]
    page = degrade(draw_page(with_items(HEAD, *items), DPI), steps, 1)
    with pytest.raises(SecretPaperError):
        read(write(page, tmp_path))


def test_a_cover_with_nothing_but_a_red_stamp_is_not_taken_for_blank(tmp_path: Path) -> None:
    cover = stamp(Image.new("RGB", (1240, 1754), "white"), "TUYỆT MẬT", "red", (80, 120))
    with pytest.raises(SecretPaperError):
        read(write(cover, tmp_path))


def table(*cells: str) -> tuple[Item, ...]:
    """One row of cells, 40 mm wide, ruled like a table of two rows."""
    rules: list[Item] = [Rule(30, y, 30 + 40 * len(cells), y, 0.4) for y in (60.0, 70.0, 80.0)]
    rules += [Rule(30 + 40 * n, 60, 30 + 40 * n, 80, 0.4) for n in range(len(cells) + 1)]
    return (*rules, *(Text(33 + 40 * n, 67, text, 13) for n, text in enumerate(cells)))


LOOKALIKES: dict[str, tuple[Item, ...]] = {
    "a title on one line": (Text(40, 66, "DANH MỤC BÍ MẬT NHÀ NƯỚC", 14, Style.BOLD),),
    "a title over two lines": (
        Text(80, 62, "QUY CHẾ BẢO", 14, Style.BOLD),
        Text(95, 69, "MẬT", 14, Style.BOLD),
    ),
    "a label and its value": (Text(40, 66, "Độ mật: MẬT", 14),),
    "a table of secret papers": table("01/BC-UBND", "Báo cáo năm", "MẬT"),
    "another stamp": mark("SAO Y", 45, 62, 26, SEAL_RED),
    "a specimen's stamp": mark("MẪU", 45, 62, 22, SEAL_RED),
}


@pytest.mark.parametrize("case", LOOKALIKES)
def test_what_only_looks_like_a_mark_is_read(case: str, tmp_path: Path) -> None:
    heading = Page(tuple(item for item in HEAD.items if not isinstance(item, Text) or item.y < 50))
    page = with_items(heading, Text(30, 100, "Giữ bảo mật, bí mật thông tin của người dân.", 14), *LOOKALIKES[case])
    assert "người dân" in read(write(draw_page(page, DPI), tmp_path)).text


def test_the_marks_own_words_in_running_text_are_read() -> None:
    words = tuple(
        Word(text, (0.1 + 0.08 * n, 0.2, 0.17 + 0.08 * n, 0.21), 0.99) for n, text in enumerate(("TỐI", "MẬT", "là"))
    )
    refuse_secret_words(RecognizedPage(1, 1240, 1754, 150, (Line(words, 0),)))


def test_a_name_stamped_low_on_the_page_is_no_mark() -> None:
    name = Line((Word("MẬT", (0.6, 0.8, 0.7, 0.815), 0.96),), 0)
    refuse_secret_words(RecognizedPage(1, 1240, 1754, 150, (name,)))


@pytest.mark.parametrize("text", ["MẬT", "|MẬT|", "MÂT", "MÂẬT", "TOI MẠI", "TUYÊT MÂT", "[TỐI MẬT]"])
def test_a_stamp_is_known_with_lost_tones_and_its_frame_for_letters(text: str) -> None:
    assert is_mark(text)


@pytest.mark.parametrize("text", ["", "MẪU", "BẢO MẬT", "MẬT ONG", "Mật", "ĐÃ THU TIỀN", "MAY", "TỐI", "SAO Y"])
def test_other_stamps_are_no_marks(text: str) -> None:
    assert not is_mark(text)


def test_a_mark_in_an_honest_text_layer_is_noticed(tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("Serif", str(find_stamp_font(None))))
    path = tmp_path / "born.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.setFont("Serif", 13)
    lines = (
        "ỦY BAN NHÂN DÂN XÃ SUỐI MÂY",
        "Số: 12/BC-UBND",
        "MẬT",
        "",
        "BÁO CÁO",
        "Tình hình trật tự sáu tháng đầu năm",
    )
    for row, text in enumerate((*lines, *("Nội dung báo cáo được trình bày dưới đây.",) * 4)):
        canvas.drawString(90, 780 - 22 * row, text)
    canvas.save()
    with pytest.raises(SecretPaperError):
        read(path)


def test_nothing_of_the_page_stands_in_the_refusal(tmp_path: Path) -> None:
    page = stamp(draw_words(size=(1240, 1754)), "MẬT", "red", (30, 20))
    with pytest.raises(SecretPaperError) as caught:
        read(write(page, tmp_path))
    problem = caught.value.problem()
    assert problem.code == "secret_paper"
    assert "Đơn vị" not in problem.vi + problem.en + repr(caught.value.values)


def test_a_page_without_stamps_is_not_read_twice(tmp_path: Path) -> None:
    """Stamps are looked for on every page; only what has a stamp's shape may cost a recognition."""
    calls = []
    recognizer = open_recognizer(RECOGNITION, LIMITS)

    class Counting:
        def recognize(self, image: object) -> RecognizedPage:
            calls.append(image)
            return recognizer.recognize(image)  # type: ignore[arg-type]

        def diagnostics(self) -> dict[str, str]:
            return recognizer.diagnostics()

    inspected = inspect(write(draw_print(2, mode="RGB"), tmp_path), LIMITS, RECOGNITION)
    list(recognize_document(inspected, Counting(), RECOGNITION, LIMITS, tmp_path))
    assert len(calls) == 1
