"""The invisible text over the picture of a scanned page: the record's own words where they stand.

It is written from the words, not taken from the recognizer: so one small font serves the whole document, and what a
person corrected is what a search finds.
"""

import io
import math
from collections.abc import Iterable, Iterator
from functools import cache
from statistics import median

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

from digitize.assembly.corrected_words import correct_lines
from digitize.inspection.pdf import page_rotation, page_size_pt
from digitize.model import Box, FieldRecord
from digitize.recognition.api import Line, RecognizedPage

_FONT_NAME = "/DigitizeInvisible"
_RESOURCE = "/DigitizeText"
_EM, _ADVANCE = 1_000, 500
"""Units of the font's em, and the width of every glyph."""
_GLYPH = 1
_CODES = 0x10000
_INVISIBLE_MODE = 3  # ISO 32000-1, table 106
_RANGES_AT_ONCE = 100  # ISO 32000-1, 9.10.3
_HEIGHT_MIN_PT = 0.5
_TALLER_FROM = 1.6


def lay_text(
    page: pikepdf.Page, recognized: RecognizedPage, fields: Iterable[FieldRecord], font: pikepdf.Object
) -> None:
    """Over what the page shows. ``fields``: of the record; ``font``: from ``make_font``, one for the document."""
    size_pt = page_size_pt(page)
    lines = correct_lines(recognized.number, recognized.lines, fields)
    slope = math.tan(math.radians(recognized.skew)) * size_pt[0] / size_pt[1]
    words = b"".join(_write_words((word for line in lines for word in _set_in_line(line, slope)), size_pt))
    name = page.add_resource(font, pikepdf.Name.Font, pikepdf.Name(_RESOURCE))
    matrix = " ".join(f"{value:g}" for value in _upright_matrix(page, size_pt))
    opening = f"\nQ q {matrix} cm BT {_INVISIBLE_MODE} Tr\n".encode()
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(opening + words.replace(b"/F", str(name).encode()) + b"ET Q\n")
    page.contents_coalesce()


def make_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """A font whose every character is one blank glyph; codes are UTF-16, so that text can be copied (ISO 32000-1,
    9.7.4 and 9.10).
    """
    glyphs = pdf.make_stream(_CODES * _GLYPH.to_bytes(2, "big"))
    file = pdf.make_stream(_font_file(), Length1=len(_font_file()))
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=pikepdf.Name(_FONT_NAME),
        Flags=5,  # fixed pitch, symbolic
        FontBBox=[0, 0, _ADVANCE, _EM],
        ItalicAngle=0,
        Ascent=_EM,
        Descent=-1,  # 0 counts as not given with Poppler, which then takes letters to reach below the box
        CapHeight=_EM,
        StemV=80,
        FontFile2=file,
    )
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name(_FONT_NAME),
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=_ADVANCE,
        CIDToGIDMap=glyphs,
    )
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name(_FONT_NAME),
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(_to_unicode()),
    )
    return pdf.make_indirect(font)


def _write_words(words: Iterable[tuple[str, Box]], size_pt: tuple[float, float]) -> Iterator[bytes]:
    """Each word fills its box; a space follows, for readers that take no gap for one. Words are level on a skewed page
    too: Poppler cuts one in two whose letters do not share their baseline.
    """
    width, height = size_pt
    for text, (x0, y0, x1, y1) in words:
        letters = text.encode("utf-16-be", "replace")
        high = max(_HEIGHT_MIN_PT, (y1 - y0) * height)
        stretch = 100 * (x1 - x0) * width / (len(letters) / 2 * high * _ADVANCE / _EM)
        yield (
            f"/F {high:.2f} Tf {stretch:.1f} Tz 1 0 0 1 {x0 * width:.2f} {(1 - y1) * height:.2f} Tm "
            f"<{letters.hex()}0020> Tj\n"
        ).encode()


def _set_in_line(line: Line, slope: float) -> Iterator[tuple[str, Box]]:
    """The words of a line with one height and one baseline, which falls by ``slope``: a dash, or a word without
    descenders, would else be a line of its own to readers. What is much taller than its line stays as it is.
    """
    centres = [(word.box[0] + word.box[2]) / 2 for word in line.words]
    top = median(word.box[1] - slope * x for word, x in zip(line.words, centres, strict=True))
    bottom = median(word.box[3] - slope * x for word, x in zip(line.words, centres, strict=True))
    for word, x in zip(line.words, centres, strict=True):
        x0, y0, x1, y1 = word.box
        taller = y1 - y0 > _TALLER_FROM * (bottom - top)
        yield word.text, word.box if taller else (x0, top + slope * x, x1, bottom + slope * x)


def _upright_matrix(page: pikepdf.Page, size_pt: tuple[float, float]) -> tuple[float, ...]:
    """From points of the page as shown, origin bottom left, to the default user space of a turned page."""
    x0, y0, x1, y1 = (float(v) for v in page.cropbox)
    left, bottom = min(x0, x1), min(y0, y1)
    width, height = size_pt
    return {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, left + height, bottom),
        180: (-1, 0, 0, -1, left + width, bottom + height),
        270: (0, -1, 1, 0, left, bottom + width),
    }[page_rotation(page)]


@cache
def _font_file() -> bytes:
    """TrueType with two glyphs that show nothing; the same bytes every time."""
    names = [".notdef", "blank"]
    builder = FontBuilder(_EM, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupGlyf({name: Glyph() for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (_ADVANCE, 0)))
    builder.setupHorizontalHeader(ascent=_EM, descent=0)
    builder.setupCharacterMap({})
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    file = io.BytesIO()
    builder.font.save(file)
    return file.getvalue()


def _to_unicode() -> bytes:
    """A CMap from each code to itself; ranges stay within one high byte, as they must."""
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(_CODES >> 8)]
    blocks = [ranges[start : start + _RANGES_AT_ONCE] for start in range(0, len(ranges), _RANGES_AT_ONCE)]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        *(line for block in blocks for line in (f"{len(block)} beginbfrange", *block, "endbfrange")),
        "endcmap CMapName currentdict /CMap defineresource pop end end",
    ]
    return "\n".join(lines).encode()
