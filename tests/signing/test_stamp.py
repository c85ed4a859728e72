"""The stamp is where the decree wants it, whole, black, readable by machine, and sound PDF/A."""

import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image

from digitize.config import Signing
from digitize.errors import SigningError
from signing.api import Stamp
from signing.fonts import KNOWN_FONTS, VIETNAMESE_LETTERS, embed_font, find_stamp_font, stamp_font_coverage
from signing.page import PageFrame
from signing.signer import PdfDocumentSigner, open_signer
from signing.stamp import DEVELOPMENT_NOTICE, FONT_SIZE_PT, embed_stamp_font, lay_out_stamp
from tests.signing.conftest import AGENCY, MakePaper, run_tool

DPI = 144
PIXELS_PER_POINT = DPI / 72
LONG_AGENCY = (
    "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG CẤP XÃ KHU VỰC SỐ MƯỜI HAI THUỘC ỦY BAN NHÂN DÂN "
    "XÃ THỬ NGHIỆM NGUYỄN ĐẶC QUYỂN, TỈNH THỬ NGHIỆM GIẢ ĐỊNH"
)
AT = datetime(2026, 9, 11, 19, 5, 9, 999_999, tzinfo=UTC)


def _render(path: Path) -> np.ndarray:
    """Page 1 as gray levels."""
    return np.asarray(Image.open(io.BytesIO(_render_png(path))).convert("L"))


def _render_png(path: Path) -> bytes:
    prefix = path.with_suffix("")
    run_tool("pdftoppm", "-r", str(DPI), "-f", "1", "-l", "1", "-singlefile", "-cropbox", "-png", path, prefix)
    return prefix.with_suffix(".png").read_bytes()


def _ink_box(page: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is dark in the upper right part; pixels."""
    rows, columns = np.nonzero(page < 128)
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


def _sign(signer: PdfDocumentSigner, source: Path, stamp: Stamp) -> Path:
    target = source.with_name("signed.pdf")
    signer.sign_pdf(source, target, stamp)
    return target


def _text(path: Path) -> str:
    return " ".join(run_tool("pdftotext", "-f", "1", "-l", "1", path, "-").split())


def test_text_comes_back_with_form_agency_and_local_time(
    make_paper: MakePaper, agency_signer: PdfDocumentSigner
) -> None:
    signed = _sign(agency_signer, make_paper(), Stamp("TRÍCH SAO", AGENCY, AT))

    assert _text(signed) == f"TRÍCH SAO - {AGENCY} 2026-09-12T02:05:09+07:00"


def test_the_development_key_says_that_it_is_one(make_paper: MakePaper, development_signer: PdfDocumentSigner) -> None:
    signed = _sign(development_signer, make_paper(), Stamp("SAO Y", AGENCY, AT))

    assert _text(signed).endswith(DEVELOPMENT_NOTICE)


def test_agency_names_in_decomposed_letters_are_composed(
    make_paper: MakePaper, agency_signer: PdfDocumentSigner
) -> None:
    decomposed = "U\u0309y ban\n\tnha\u0302n da\u0302n xa\u0303 thu\u031b\u0309 nghie\u0302\u0323m"

    signed = _sign(agency_signer, make_paper(), Stamp("SAO Y", decomposed, AT))

    assert "Ủy ban nhân dân xã thử nghiệm" in _text(signed)


@pytest.mark.parametrize("crop", [None, (40, 60, 500, 700)])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_all_ink_lies_at_the_top_right_of_the_page_as_shown(
    rotation: int, crop: tuple[int, ...] | None, make_paper: MakePaper, development_signer: PdfDocumentSigner
) -> None:
    entries: dict[str, object] = {"Rotate": rotation}
    if crop:
        entries["CropBox"] = pikepdf.Array(crop)
    source = make_paper(**entries)
    plain = _render(source)

    stamped = _render(_sign(development_signer, source, Stamp("SAO Y", AGENCY, AT)))

    assert stamped.shape == plain.shape
    added = np.where(stamped != plain, stamped, 255)
    left, top, right, bottom = _ink_box(added)
    width = plain.shape[1]
    assert left > width * 0.35
    assert 25 * PIXELS_PER_POINT < width - right < 35 * PIXELS_PER_POINT
    assert 10 * PIXELS_PER_POINT < top < 18 * PIXELS_PER_POINT
    assert bottom < 20 / 25.4 * DPI  # a heading starts 20 mm down at the earliest (Decree 30/2020, App. I)
    upright = _render(_sign(development_signer, make_paper(name="upright.pdf"), Stamp("SAO Y", AGENCY, AT)))
    x0, y0, x1, y1 = _ink_box(upright[: upright.shape[0] // 2])
    assert abs((right - left) - (x1 - x0)) <= 2
    assert abs((bottom - top) - (y1 - y0)) <= 2
    # Upside down or sideways the same words would darken other places.
    expected = np.asarray(Image.fromarray(upright[y0:y1, x0:x1]).resize((80, 16)), dtype=float)
    found = np.asarray(Image.fromarray(added[top:bottom, left:right]).resize((80, 16)), dtype=float)
    assert np.corrcoef(expected.ravel(), found.ravel())[0, 1] > 0.9


def test_page_boxes_and_rotation_are_inherited(
    make_paper: MakePaper, development_signer: PdfDocumentSigner, tmp_path: Path
) -> None:
    direct, inherited = make_paper(Rotate=90, CropBox=pikepdf.Array([0, 0, 500, 700])), tmp_path / "inherited.pdf"
    with pikepdf.open(direct) as pdf:
        page = pdf.pages[0].obj
        for key in ("/MediaBox", "/CropBox", "/Rotate"):
            page.Parent[key] = pdf.make_indirect(page[key])
            del page[key]
        pdf.save(inherited)
    stamp = Stamp("SAO Y", AGENCY, AT)

    of_direct = _render(_sign(development_signer, direct, stamp))
    of_inherited = _render(_sign(development_signer, inherited, stamp))

    assert np.array_equal(of_direct, of_inherited)


def test_ink_is_black_and_lies_within_the_annotation(
    make_paper: MakePaper, development_signer: PdfDocumentSigner
) -> None:
    signed = _sign(development_signer, make_paper(), Stamp("SAO LỤC", LONG_AGENCY, AT))

    with pikepdf.open(signed) as pdf:
        x0, y0, x1, y1 = (float(value) for value in pdf.pages[0].Annots[0].Rect)
        page_height = float(pdf.pages[0].MediaBox[3])
    page = np.asarray(Image.open(io.BytesIO(_render_png(signed))).convert("RGB")).astype(int)
    assert (page.max(axis=2) - page.min(axis=2)).max() == 0
    assert page.min() < 40
    upper = page[: page.shape[0] // 2].min(axis=2)
    left, top, right, bottom = (value / PIXELS_PER_POINT for value in _ink_box(upper))
    assert x0 - 0.5 <= left
    assert right <= x1 + 0.5
    assert page_height - y1 - 0.5 <= top
    assert bottom <= page_height - y0 + 0.5


def test_a_long_agency_name_is_broken_into_lines_and_kept_whole(
    make_paper: MakePaper, development_signer: PdfDocumentSigner
) -> None:
    signed = _sign(development_signer, make_paper(), Stamp("SAO Y", LONG_AGENCY, AT))

    assert LONG_AGENCY in _text(signed)
    words = re.findall(r'yMin="([\d.]+)" .*?>(TRUNG|ĐỊNH)<', run_tool("pdftotext", "-bbox", signed, "-"))
    places = {word: float(place) for place, word in words}
    assert places["ĐỊNH"] > places["TRUNG"] + FONT_SIZE_PT


@pytest.mark.parametrize("size", [(595.28, 841.89), (243, 153), (153, 243), (2384, 3370), (60, 40)])
@pytest.mark.parametrize("agency", [AGENCY, LONG_AGENCY, "KHÔNGCÓKHOẢNGTRẮNG" * 8])
def test_a_stamp_fits_every_page_and_is_full_size_on_paper_of_office_size(
    size: tuple[float, float], agency: str
) -> None:
    page = PageFrame((0, 0, *size), 0)
    lines = ("SAO Y", agency, "2026-09-12T02:05:09+07:00", DEVELOPMENT_NOTICE)
    font = embed_stamp_font(find_stamp_font(None), lines)

    layout = lay_out_stamp(lines, font, page)

    assert "".join(layout.lines).replace(" ", "") == "".join(lines).replace(" ", "")
    assert layout.height <= size[1] * 0.15 + 0.01
    assert layout.width <= size[0]
    for line in layout.lines:
        assert font.width(line) * layout.font_size < layout.width
    if size[0] > 500:
        assert layout.font_size == FONT_SIZE_PT


def test_the_font_is_embedded_and_its_widths_are_those_of_its_program(
    make_paper: MakePaper, development_signer: PdfDocumentSigner
) -> None:
    signed = _sign(development_signer, make_paper(), Stamp("SAO Y", AGENCY, AT))

    with pikepdf.open(signed) as pdf:
        form = pdf.pages[0].Annots[0].AP.N
        font = form.Resources.Font.F1
        descendant = font.DescendantFonts[0]
        program = TTFont(io.BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()))
        widths = {}
        for index in range(0, len(descendant.W), 2):
            widths[int(descendant.W[index])] = float(descendant.W[index + 1][0])
        codes = "".join(re.findall(r"<(\w+)> Tj", form.read_bytes().decode()))
        shown = {int(code, 16) for code in re.findall("....", codes)}
        assert re.fullmatch(r"/[A-Z]{6}\+.+", str(font.BaseFont))
        assert descendant.FontDescriptor.FontName == font.BaseFont == descendant.BaseFont
    per_em = program["head"].unitsPerEm
    assert shown <= widths.keys()
    assert len(shown) > 20
    for glyph, width in widths.items():
        advance, _ = program["hmtx"][program.getGlyphName(glyph)]
        assert width == pytest.approx(advance * 1_000 / per_em, abs=0.01)
        assert glyph != 0


def test_nothing_in_the_stamp_breaks_pdf_a(make_paper: MakePaper, development_signer: PdfDocumentSigner) -> None:
    signed = _sign(development_signer, make_paper(), Stamp("SAO Y", AGENCY, AT))

    with pikepdf.open(signed) as pdf:
        (annotation,) = pdf.pages[0].Annots
        assert int(annotation.F) & 0b100_111 == 0b100  # printed; neither invisible nor hidden nor without view
        assert set(annotation.AP.keys()) == {"/N"}
        form = annotation.AP.N
        assert set(form.Resources.keys()) == {"/Font"}
        assert "/Group" not in form
        operators = {str(instruction.operator) for instruction in pikepdf.parse_content_stream(form)}
        assert operators == {"q", "Q", "BT", "ET", "g", "Tf", "TL", "Td", "Tj", "T*"}
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        metadata = ET.fromstring(pdf.Root.Metadata.read_bytes())
    assert 'part="3"' in ET.tostring(metadata, encoding="unicode")


def test_a_font_that_lacks_letters_is_refused(tmp_path: Path) -> None:
    missing = "ễỮ"
    font = TTFont(find_stamp_font(None))
    subsetter = subset.Subsetter()
    kept = set(font.getBestCmap()) - {ord(letter) for letter in missing}
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)
    path = tmp_path / "Lacking.ttf"
    font.save(path)

    assert set(stamp_font_coverage(path)) == set(missing)
    with pytest.raises(SigningError, match="stamp_font_lacks_vietnamese_letters"):
        open_signer(Signing(stamp_font_file=path), tmp_path / "secrets")
    with pytest.raises(SigningError, match="stamp_font_lacks_letters"):
        embed_font(path, frozenset("ễ"))


@pytest.mark.parametrize("content", [None, b"", b"not a font"])
def test_a_file_that_is_no_font_is_refused(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "Broken.ttf"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SigningError, match="stamp_font_unreadable"):
        stamp_font_coverage(path)


def test_an_agency_in_letters_without_glyph_is_refused_not_boxed(
    make_paper: MakePaper, stamp: Stamp, development_signer: PdfDocumentSigner, tmp_path: Path
) -> None:
    with pytest.raises(SigningError, match="stamp_font_lacks_letters"):
        development_signer.sign_pdf(make_paper(), tmp_path / "signed.pdf", replace(stamp, name="漢字"))


def test_every_vietnamese_letter_is_asked_for() -> None:
    assert len(VIETNAMESE_LETTERS) == 2 * (12 * 6 + 1)
    assert {"ẵ", "Ỹ", "đ", "Đ", "ự", "Ơ"} <= set(VIETNAMESE_LETTERS)
    assert any(path.is_file() and not stamp_font_coverage(path) for path in KNOWN_FONTS)
