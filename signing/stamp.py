"""The visible stamp of a digitized copy (Decree 30/2020, App. I, part II.I, box 14).

Top right of page 1: form of copy, agency, time in ISO 8601 with +07:00; Times-like, upright, 10 pt, black; a scanning
officer's at the top left: name and time (Circular 01/2023);
no image, no border, no transparency. The appearance stream is written here and not by pyHanko's text
stamp, which subsets the font anew for each document (about 50 ms) and gets the glyph widths wrong.
"""

# mypy: disable-error-code="no-untyped-call"
# pyHanko is typed in part only.

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import BaseStamp, BaseStampStyle

from digitize.errors import SigningError
from digitize.vietnam_time import VIETNAM_TIME
from signing.api import Stamp
from signing.embedded_font import pdf_numbers, write_font
from signing.fonts import EmbeddableFont, embed_font
from signing.page import PageFrame, Rectangle

DEVELOPMENT_NOTICE = "CHỮ KÝ THỬ NGHIỆM - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
"""Stands in every stamp sealed with the development key: a test signature without legal value."""

FONT_SIZE_PT = 10.0
FONT_SIZE_MIN_PT = 0.2
"""Only a page of a few millimetres gets there; what is that small is no paper."""
LINE_HEIGHT_EM = 1.15
MARGIN_SIDE_PT = 28.0
"""About 10 mm, inside the paper's own margins of 15 to 35 mm."""
MARGIN_TOP_PT = 12.0
"""About 4 mm, what printers reach: three lines end 17 mm down, above a heading that starts at 20 to 25 mm."""
PADDING_PT = 1.0
"""Glyphs reach a little beyond their advance; the form's BBox clips, so it is drawn this much wider."""
WIDTH_SHARE_MAX = 0.55
WIDTH_SHARE_BESIDE = 0.4
HEIGHT_SHARE_MAX = 0.15
"""Share of the page the stamp may take before it is set in smaller type."""
_SHRINK = 0.95
_CHARACTERS_ALWAYS = frozenset("0123456789T:+- " + DEVELOPMENT_NOTICE + "SAO YLỤCTRÍCH")
_NAME_LENGTH_MAX = 300


@dataclass(frozen=True, slots=True)
class StampLayout:
    """Lines set at a size; width and height in points, padding included."""

    lines: tuple[str, ...]
    font_size: float
    width: float
    height: float


def stamp_lines(stamp: Stamp, *, development: bool) -> tuple[str, ...]:
    """Paragraphs of the stamp in NFC. Raises ValueError for a naive time, SigningError for an endless agency."""
    if stamp.time.tzinfo is None:
        raise ValueError("the time of a stamp has to be aware")
    name = _clean(stamp.name)
    if len(name) > _NAME_LENGTH_MAX:
        raise SigningError(reason="agency_name_too_long")
    time = stamp.time.astimezone(VIETNAM_TIME).isoformat(timespec="seconds")
    # Form and agency share a line, for a fourth one would reach into the heading of the paper.
    lines = (f"{_clean(stamp.copy_form)} - {name}" if stamp.copy_form else name, time)
    return (*lines, DEVELOPMENT_NOTICE) if development else lines


def embed_stamp_font(path: Path, lines: tuple[str, ...]) -> EmbeddableFont:
    """The subset for these lines; what changes from paper to paper is always in it, so it is made once."""
    return embed_font(path, _CHARACTERS_ALWAYS.union(*lines))


def lay_out_stamp(
    lines: tuple[str, ...], font: EmbeddableFont, page: PageFrame, *, beside_another: bool = False
) -> StampLayout:
    """Break long lines at spaces; only where that does not fit the page's share, set it smaller. Never clipped.

    beside_another: an officer and an agency both sign, and have half of the page each.
    """
    page_width, page_height = page.size
    share = WIDTH_SHARE_BESIDE if beside_another else WIDTH_SHARE_MAX
    width_max = min(page_width * share, page_width - MARGIN_SIDE_PT) - 2 * PADDING_PT
    height_max = page_height * HEIGHT_SHARE_MAX
    if width_max <= 0:
        raise SigningError(reason="page_too_small_for_stamp")
    size = FONT_SIZE_PT
    ink_em = (font.box[3] - font.box[1]) / 1_000
    while True:
        broken = tuple(part for line in lines for part in _break_line(line, font, width_max / size))
        height = size * (ink_em + LINE_HEIGHT_EM * (len(broken) - 1)) + 2 * PADDING_PT
        width = size * max(font.width(line) for line in broken)
        if height <= height_max and width <= width_max:
            return StampLayout(broken, size, width + 2 * PADDING_PT, height)
        size *= _SHRINK
        if size < FONT_SIZE_MIN_PT:
            raise SigningError(reason="page_too_small_for_stamp")


def stamp_rectangle(layout: StampLayout, page: PageFrame, *, left: bool = False) -> Rectangle:
    """Where the stamp goes, in user space: the top right corner of the page as shown, or the top left."""
    page_width, page_height = page.size
    top = min(MARGIN_TOP_PT, page_height - layout.height)
    from_left = MARGIN_SIDE_PT if left else page_width - MARGIN_SIDE_PT - layout.width
    return page.place(from_left, page_height - top - layout.height, layout.width, layout.height)


@dataclass(frozen=True)
class StampStyle(BaseStampStyle):
    """Hands pyHanko the appearance; what pyHanko would interpolate is not used."""

    layout: StampLayout | None = None
    font: EmbeddableFont | None = None
    matrix: tuple[int, int, int, int, int, int] = (1, 0, 0, 1, 0, 0)

    def create_stamp(
        self,
        writer: BasePdfFileWriter,
        box: BoxConstraints,  # noqa: ARG002 - pyHanko's signature; the box is the layout's own
        text_params: dict[str, object],  # noqa: ARG002
    ) -> "StampAppearance | None":
        if self.layout is None or self.font is None:
            return None
        return StampAppearance(writer, self.layout, self.font, self.matrix)


class StampAppearance(BaseStamp):
    """The form XObject: one text object, one font, device gray black (allowed with any output intent)."""

    def __init__(
        self,
        writer: BasePdfFileWriter,
        layout: StampLayout,
        font: EmbeddableFont,
        matrix: tuple[int, int, int, int, int, int],
    ) -> None:
        box = BoxConstraints(width=layout.width, height=layout.height)
        super().__init__(writer=writer, style=None, box=box)
        self._layout = layout
        self._font = font
        self._matrix = matrix

    def as_form_xobject(self) -> generic.StreamObject:
        layout = self._layout
        font_ref = self._ensure_writer.add_object(write_font(self._font, self._ensure_writer))
        resources = generic.DictionaryObject({pdf_name("/Font"): generic.DictionaryObject({pdf_name("/F1"): font_ref})})
        form = generic.StreamObject(
            {
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Form"),
                pdf_name("/BBox"): pdf_numbers((0, 0, layout.width, layout.height)),
                pdf_name("/Matrix"): pdf_numbers(self._matrix),
                pdf_name("/Resources"): resources,
            },
            stream_data=self.render(),
        )
        form.compress()
        return form

    def render(self) -> bytes:
        layout, font = self._layout, self._font
        baseline = layout.height - PADDING_PT - layout.font_size * font.box[3] / 1_000
        parts = [
            "q BT 0 g",
            f"/F1 {layout.font_size:.3f} Tf {layout.font_size * LINE_HEIGHT_EM:.3f} TL",
            f"{PADDING_PT:.3f} {baseline:.3f} Td",
        ]
        for line in layout.lines:
            codes = "".join(f"{font.glyphs[character]:04X}" for character in line)
            parts.append(f"<{codes}> Tj T*")
        return " ".join([*parts, "ET Q"]).encode("ascii")


def _break_line(line: str, font: EmbeddableFont, width_max_em: float) -> Iterator[str]:
    """Greedy, at spaces; a word wider than the line is cut between letters."""
    current = ""
    for word in line.split(" "):
        candidate = f"{current} {word}" if current else word
        if font.width(candidate) <= width_max_em:
            current = candidate
            continue
        if current:
            yield current
        current = ""
        for letter in word:
            if current and font.width(current + letter) > width_max_em:
                yield current
                current = ""
            current += letter
    if current:
        yield current


def _clean(text: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text))
    return " ".join(printable.split())
