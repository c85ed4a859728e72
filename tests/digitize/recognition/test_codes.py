"""QR codes and barcodes are read off pages as scanned: turned, skewed, small, and among noise made to cost time."""

import random
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from digitize.config import Limits, Recognition
from digitize.inspection.inspect import inspect
from digitize.recognition.codes import read_codes
from digitize.recognition.document import recognize_document
from digitize.recognition.mapping import identity
from digitize.recognition.tesseract import TesseractRecognizer
from samples.generator.degradations import noise
from tests.digitize.recognition.papers import draw_print, skewed
from tests.papers import write_jpeg

CARD = "001099990001|012345678|Nguyễn Thị Ỷ Lan|01021999|Nữ|Thôn Hạ, xã Suối Mưa, tỉnh Hòa Sơn|10052021"
QR, CODE128 = zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128


def draw_code(text: str, width_px: int, kind: zxingcpp.BarcodeFormat = QR) -> Image.Image:
    modules = Image.fromarray(np.array(zxingcpp.create_barcode(text, kind).to_image(scale=1)))
    height = width_px if kind == QR else width_px // 4
    return modules.resize((width_px, height), Image.Resampling.NEAREST)


def with_code(page: Image.Image, code: Image.Image, at: tuple[int, int] = (900, 1200)) -> Image.Image:
    page.paste(code, at)
    return page


def texts(page: Image.Image, dpi: int = 150) -> list[str]:
    return [code.text for code in read_codes(page, dpi, identity(page.size))]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_citizen_card_s_code_is_read_whichever_way_it_lies(turn: int) -> None:
    page = with_code(draw_print(2), draw_code(CARD, 190)).rotate(turn, expand=True)
    assert texts(page) == [CARD]


def test_a_skewed_noisy_code_is_read() -> None:
    page = noise(12)(skewed(with_code(draw_print(2), draw_code(CARD, 220)), 4), random.Random(1)).convert("L")
    assert texts(page) == [CARD]


def test_a_barcode_is_read_with_its_kind_and_place() -> None:
    page = with_code(draw_print(1), draw_code("H99.01-261122-0001", 500, CODE128), (300, 1300))
    (code,) = read_codes(page, 150, identity(page.size))
    assert (code.text, code.format) == ("H99.01-261122-0001", "code128")
    x0, y0, x1, y1 = code.box
    assert 300 <= x0 * page.width <= 400
    assert 700 <= x1 * page.width <= 800
    assert 1300 <= y0 * page.height <= y1 * page.height <= 1425


def test_print_alone_has_no_codes() -> None:
    assert texts(draw_print(3)) == []


def test_a_damaged_code_is_not_guessed() -> None:
    page = with_code(draw_print(2), draw_code(CARD, 190))
    page.paste(255, (960, 1260, 1060, 1360))
    assert texts(page) == []


def test_many_codes_on_one_page_are_cut_to_a_few() -> None:
    code = draw_code("X", 84)
    page = Image.new("L", (2480, 3508), 255)
    for x in range(40, 2380, 120):
        for y in range(40, 3400, 120):
            page.paste(code, (x, y))
    assert len(texts(page, 300)) == 32


def test_the_page_carries_its_codes_where_they_stand_upright(tmp_path: Path) -> None:
    page = with_code(draw_print(3), draw_code(CARD, 190)).rotate(180)
    limits, recognition = Limits(), Recognition(pages_in_parallel=1)
    inspected = inspect(write_jpeg(tmp_path / "scan.jpg", page), limits, recognition)
    (recognized,) = recognize_document(
        inspected, TesseractRecognizer(recognition, limits), recognition, limits, tmp_path
    )
    (code,) = recognized.page.codes
    assert code.text == CARD
    assert code.box == pytest.approx((900 / 1240, 1200 / 1754, 1090 / 1240, 1390 / 1754), abs=0.02)
