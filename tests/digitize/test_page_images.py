"""Every bit depth and colour model becomes a page a recognizer reads, and JPEG bytes are never repacked."""

from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from digitize.config import Limits, Recognition
from digitize.errors import DamagedInputError
from digitize.ingestion.foreign import blame
from digitize.ingestion.page_images import make_page_image
from digitize.inspection.inspect import inspect
from digitize.machine_errors import MachineFullError
from digitize.recognition.api import PageImage
from tests.papers import draw_page, write_jpeg, write_scanned_pdf

LIMITS = Limits()


def first_page(path: Path, folder: Path) -> PageImage:
    inspected = inspect(path, LIMITS, Recognition())
    return make_page_image(inspected, inspected.pages[0], folder, LIMITS)


def darkness(path: Path) -> float:
    """Share of dark pixels: the words drawn cover a few percent of the page, never none and never most of it."""
    with Image.open(path) as image:
        histogram = image.convert("L").histogram()
    return sum(histogram[:128]) / sum(histogram)


def test_the_jpeg_of_a_scanned_pdf_is_taken_out_byte_for_byte(tmp_path: Path) -> None:
    path = write_scanned_pdf(tmp_path / "scan.pdf")
    with pikepdf.open(path) as pdf:
        scanned = pdf.pages[0].Resources.XObject.Im0.read_raw_bytes()
    assert first_page(path, tmp_path).path.read_bytes() == scanned


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_is_set_upright(tmp_path: Path, rotate: int) -> None:
    upright = first_page(write_scanned_pdf(tmp_path / "upright.pdf"), tmp_path)
    folder = tmp_path / "turned"
    folder.mkdir()
    turned = first_page(write_scanned_pdf(tmp_path / "turned.pdf", rotate=rotate), folder)
    assert (turned.width_px, turned.height_px) == (upright.width_px, upright.height_px)
    with Image.open(turned.path) as image:
        top, bottom = (image.convert("L").crop((0, y, image.width, y + 400)) for y in (100, image.height - 400))
    assert top.getextrema()[0] < 50  # the words
    assert bottom.getextrema()[0] > 200  # blank paper


@pytest.mark.parametrize(
    ("name", "mode", "options"),
    [
        ("grey.jpg", "L", {}),
        ("cmyk.jpg", "CMYK", {}),
        ("palette.png", "P", {}),
        ("transparent.png", "RGBA", {}),
        ("grey-alpha.png", "LA", {}),
        ("bilevel.png", "1", {}),
        ("sixteen.png", "I;16", {}),
        ("lab.tiff", "LAB", {}),
        ("bilevel.tiff", "1", {"compression": "group4"}),
        ("lzw.tiff", "RGB", {"compression": "tiff_lzw"}),
    ],
)
def test_every_colour_model_keeps_black_words_on_white(
    tmp_path: Path, name: str, mode: str, options: dict[str, str]
) -> None:
    page = draw_page()
    if mode == "I;16":
        image = page.convert("L").convert("I").point(lambda sample: sample * 257).convert("I;16")
    elif mode == "LAB":
        from PIL import ImageCms  # noqa: PLC0415

        to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
        image = ImageCms.applyTransform(page, to_lab)
    else:
        image = page.convert(mode)
    path = tmp_path / name
    image.save(path, dpi=(150, 150), **options)
    folder = tmp_path / "pages"
    folder.mkdir()
    assert 0.001 < darkness(first_page(path, folder).path) < 0.2


def test_an_inverted_bilevel_tiff_is_read_as_it_looks(tmp_path: Path) -> None:
    path = tmp_path / "inverted.tiff"
    draw_page().convert("1").save(path, tiffinfo={262: 0}, dpi=(150, 150))  # photometric: white is zero
    folder = tmp_path / "pages"
    folder.mkdir()
    with Image.open(path) as image:
        looks = sum(image.convert("L").histogram()[:128]) / (image.width * image.height)
    assert darkness(first_page(path, folder).path) == pytest.approx(looks, abs=0.01)


def test_a_jpeg_cut_short_is_damaged(tmp_path: Path) -> None:
    whole = write_jpeg(tmp_path / "whole.jpg").read_bytes()
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DamagedInputError):
        first_page(cut, tmp_path)


def test_a_full_disk_is_not_the_fault_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="space") as full, Path("/dev/full").open("wb") as file:
        file.write(bytes(1 << 20))
    assert isinstance(blame(full.value), MachineFullError)
    cut = write_jpeg(tmp_path / "scan.jpg")
    cut.write_bytes(cut.read_bytes()[:2_000])
    with pytest.raises(OSError, match="truncated") as damaged, Image.open(cut) as image:
        image.load()
    assert isinstance(blame(damaged.value), DamagedInputError)
