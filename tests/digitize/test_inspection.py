"""What is refused before a page is decoded, and how each page will be read."""

import struct
import zlib
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from digitize.config import Limits, Recognition
from digitize.errors import (
    DamagedInputError,
    DigitizeError,
    EmptyFileError,
    EncryptedInputError,
    InputBombError,
    InputTooLargeError,
    TooManyPagesError,
    UnsupportedTypeError,
)
from digitize.inspection.inspect import inspect
from digitize.inspection.scan_signs import looks_scanned
from digitize.inspection.text_layer import is_honest
from tests.papers import draw_page, write_jpeg, write_scanned_pdf

LIMITS = Limits()


def refusal(path: Path, limits: Limits = LIMITS) -> type[DigitizeError]:
    with pytest.raises(DigitizeError) as caught:
        inspect(path, limits, Recognition())
    return type(caught.value)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    assert refusal(tmp_path / "empty.pdf") is EmptyFileError


def test_text_called_pdf_is_refused_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_text("Kính gửi ủy ban")
    assert refusal(tmp_path / "letter.pdf") is UnsupportedTypeError


@pytest.mark.parametrize("passwords", [{"user": "secret"}, {"owner": "secret"}])
def test_an_encrypted_pdf_is_refused(tmp_path: Path, passwords: dict[str, str]) -> None:
    path = tmp_path / "locked.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(**{"owner": "o", "user": "", **passwords}))
    assert refusal(path) is EncryptedInputError


def test_a_pdf_cut_short_is_refused(tmp_path: Path) -> None:
    whole = write_scanned_pdf(tmp_path / "whole.pdf")
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(whole.read_bytes()[:200])
    assert refusal(cut) is DamagedInputError


def test_too_many_pages_are_refused_with_both_numbers(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    with pikepdf.new() as pdf:
        for _ in range(10_000):
            pdf.add_blank_page()
        pdf.save(path)
    with pytest.raises(TooManyPagesError) as caught:
        inspect(path, LIMITS, Recognition())
    assert caught.value.values == {"pages": 10_000, "limit": LIMITS.max_pages}


def test_a_png_that_claims_ten_billion_pixels_is_held_without_being_decoded(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    path = tmp_path / "bomb.png"
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + data)
    assert refusal(path) is InputBombError


def test_a_pdf_image_that_claims_too_many_pixels_is_held(tmp_path: Path) -> None:
    path = write_scanned_pdf(tmp_path / "scan.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Resources.XObject.Im0.Width = 100_000
        pdf.pages[0].Resources.XObject.Im0.Height = 100_000
        pdf.save(path)
    assert refusal(path) is InputBombError


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    path.write_bytes(b"%PDF-" + bytes(2 << 20))
    assert refusal(path, Limits(max_input_mib=1)) is InputTooLargeError


def test_a_scanned_page_is_taken_as_its_image_at_its_own_resolution(tmp_path: Path) -> None:
    inspected = inspect(write_scanned_pdf(tmp_path / "scan.pdf", pages=2), LIMITS, Recognition())
    assert [(page.source, page.dpi) for page in inspected.pages] == [("image", 150), ("image", 150)]


def test_a_page_that_draws_more_than_its_image_is_rendered(tmp_path: Path) -> None:
    drawn_over = write_scanned_pdf(tmp_path / "scan.pdf", extra_content=b"0 0 200 200 re f\n")
    inspected = inspect(drawn_over, LIMITS, Recognition(render_dpi=200))
    assert [(page.source, page.dpi) for page in inspected.pages] == [("render", 200)]


def test_a_huge_page_is_rendered_at_a_resolution_within_the_pixel_limit(tmp_path: Path) -> None:
    path = tmp_path / "poster.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(14_400, 14_400))
        pdf.save(path)
    (page,) = inspect(path, LIMITS, Recognition()).pages
    pixels = (page.width_pt / 72 * page.dpi) * (page.height_pt / 72 * page.dpi)
    assert 0 < pixels <= LIMITS.max_page_megapixels * 1e6


def test_an_image_without_a_plausible_resolution_is_taken_for_a4(tmp_path: Path) -> None:
    path = tmp_path / "phone.jpg"
    draw_page(size=(3000, 4000)).save(path, "JPEG", dpi=(72, 72))
    (page,) = inspect(path, LIMITS, Recognition()).pages
    assert page.height_pt == pytest.approx(842, rel=0.01)


def test_exif_orientation_becomes_a_rotation(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = write_jpeg(tmp_path / "turned.jpg", draw_page().rotate(90, expand=True), exif=exif)
    (page,) = inspect(path, LIMITS, Recognition()).pages
    assert page.rotation == 90
    assert page.height_pt > page.width_pt


def test_each_frame_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "many.tiff"
    page = draw_page().convert("1")
    page.save(path, compression="group4", save_all=True, append_images=[page, page], dpi=(150, 150))
    assert len(inspect(path, LIMITS, Recognition()).pages) == 3


HONEST = "Ủy ban nhân dân xã Suối Mây thông báo kết quả giải quyết hồ sơ của công dân trong tháng này".split()  # noqa: SIM905 - reads as a sentence


def test_some_pages_are_planned_as_they_are_among_all(tmp_path: Path) -> None:
    pdf = write_scanned_pdf(tmp_path / "scan.pdf", pages=5)
    tiff = tmp_path / "fax.tiff"
    frames = [draw_page(size=(900 + number, 1300)) for number in range(5)]
    frames[0].save(tiff, save_all=True, append_images=frames[1:], dpi=(150, 150))
    for path in (pdf, tiff):
        whole = inspect(path, LIMITS, Recognition())
        assert inspect(path, LIMITS, Recognition(), range(2, 5)).pages == whole.pages[1:4]


def test_vietnamese_text_is_honest() -> None:
    assert is_honest(HONEST)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("a few words of a signing annotation", HONEST[:8]),
        (
            "TCVN3 letters shown as Latin-1",
            ["Uû", "ban", "nh©n", "d©n", "x·", "Suèi", "M©y", "th«ng", "b¸o", "kÕt"] * 3,
        ),
        ("VNI letters shown as Latin-1", ["UÛY", "BAN", "NHAÂN", "DAÂN", "XAÕ", "SUOÁI", "MAÂY", "THOÂNG", "BAÙO"] * 3),
        ("replacement characters", ["\ufffd\ufffd", *HONEST[:12], *["\ufffd"] * 6]),
        ("no accent anywhere", ["Uy", "ban", "nhan", "dan", "xa", "Suoi", "May"] * 4),
    ],
)
def test_a_bad_text_layer_is_found_out(reason: str, words: list[str]) -> None:
    assert not is_honest(words), reason


@pytest.mark.parametrize("hides", ["a footer", "a margin", "a form"])
def test_text_laid_over_a_scan_is_never_taken_for_the_pages_own(tmp_path: Path, hides: str) -> None:
    """Given a scan with an earlier recognition's words, When it is no plain image, Then it is recognized anew."""
    path = write_scanned_pdf(tmp_path / "scan.pdf")
    show = " ".join(f"1 0 0 1 20 {20 + 9 * n} Tm (Uy ban nhan dan xa) Tj" for n in range(20))
    text = f"BT 3 Tr /F1 8 Tf {show} ET\n".encode()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        if hides == "a form":
            form = pdf.make_stream(text, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 500, 700])
            page.Resources.XObject.Fm0 = form
            page.contents_add(b"/Fm0 Do\n")
        else:
            page.contents_add(text)
        if hides == "a footer":
            page.contents_add(b"BT 0 Tr /F1 8 Tf 1 0 0 1 20 5 Tm (Scanned) Tj ET\n")
        if hides == "a margin":
            x0, y0, x1, y1 = (float(v) for v in page.mediabox)
            page.MediaBox = [x0 - 30, y0 - 30, x1 + 30, y1 + 30]
        pdf.save(path)
    with pikepdf.open(path) as pdf:
        assert looks_scanned(pdf.pages[0])
    (plan,) = inspect(path, LIMITS, Recognition()).pages
    assert plan.source == "render"


def test_a_page_of_its_own_text_with_an_emblem_does_not_look_scanned(tmp_path: Path) -> None:
    path = write_scanned_pdf(tmp_path / "letter.pdf")
    with pikepdf.open(path) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(b"BT /F1 8 Tf (Uy ban) Tj ET q 60 0 0 60 20 500 cm /Im0 Do Q")
        assert not looks_scanned(pdf.pages[0])
