"""Brings what a recognizer found on the prepared image back onto the upright page."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pikepdf

from digitize.model import Box
from digitize.recognition.api import Line, Recognized, RecognizedPage, Word
from digitize.recognition.handwriting import judge_handwriting
from digitize.recognition.mapping import Affine
from digitize.recognition.preparation import Prepared
from digitize.recognition.reading_order import order_lines

_POINTS_PER_IN = 72.0
_REACH_IN_HEIGHTS = 1.5
"""About three digits."""


def place(recognized: Recognized, prepared: Prepared) -> Recognized:
    """Boxes, size and text PDF of the upright page; each word with its share of coloured ink and, for
    numbers, the likelihood that it was written by hand.
    """
    page, mapping = recognized.page, prepared.mapping
    handwritten = judge_handwriting(prepared.image.path, page.lines)
    lines = tuple(
        Line(tuple(_place_word(w, prepared, h) for w, h in zip(line.words, judged, strict=True)), line.block)
        for line, judged in zip(page.lines, handwritten, strict=True)
    )
    width_px, height_px = mapping.page_px
    text_pdf = recognized.text_pdf
    if text_pdf is not None and not mapping.is_identity:
        dpi = prepared.image.dpi
        size_pt = (width_px * _POINTS_PER_IN / dpi, height_px * _POINTS_PER_IN / dpi)
        text_pdf = _place_text(text_pdf, mapping.affine_pt(dpi), mapping.recognized_px, dpi, size_pt)
    placed = replace(
        page, lines=order_lines(lines), width_px=width_px, height_px=height_px, skew=round(prepared.skew_deg, 2)
    )
    return replace(recognized, page=placed, text_pdf=text_pdf)


def blank_page(prepared: Prepared) -> RecognizedPage:
    image, (width_px, height_px) = prepared.image, prepared.mapping.page_px
    page = RecognizedPage(image.number, width_px, height_px, image.dpi, (), rotation=image.rotation, blank=True)
    return replace(page, blank=False, problems=("too_dark",)) if prepared.dark else page


def _place_word(word: Word, prepared: Prepared, handwritten: float | None) -> Word:
    box = word.box if prepared.mapping.is_identity else prepared.mapping.map_box(word.box)
    shares = [share for part in _written_around(word, prepared) if (share := prepared.ink.share(part)) is not None]
    return replace(word, box=box, ink=max(shares, default=None), handwritten=handwritten)


def _written_around(word: Word, prepared: Prepared) -> tuple[Box, ...]:
    """The word's box, and for numbers and symbols also one that reaches over its ends.

    A form leaves room for a number or a day to be written in by hand; what is printed beside it must not pass for
    the whole where the recognizer took the pen's strokes for no letters at all.
    """
    x0, y0, x1, y1 = word.box
    if word.text.isalpha():
        return (word.box,)
    width_px, height_px = prepared.mapping.recognized_px
    reach = _REACH_IN_HEIGHTS * (y1 - y0) * height_px / width_px
    return (word.box, (max(0.0, x0 - reach), y0, x0, y1), (x1, y0, min(1.0, x1 + reach), y1))


def _place_text(
    text_pdf: bytes, affine: Affine, recognized_px: tuple[int, int], dpi: int, size_pt: Sequence[float]
) -> bytes:
    """The page of invisible text, moved onto a page of ``size_pt``."""
    width_pt, height_pt = (side * _POINTS_PER_IN / dpi for side in recognized_px)
    with pikepdf.open(io.BytesIO(text_pdf)) as pdf:
        page = pdf.pages[0]
        x0, y0, x1, y1 = (float(v) for v in page.mediabox)
        sx, sy = width_pt / (x1 - x0), height_pt / (y1 - y0)
        to_recognized = (sx, 0.0, 0.0, sy, -x0 * sx, -y0 * sy)
        steps = b" ".join(b" ".join(b"%.6f" % value for value in matrix) + b" cm" for matrix in (affine, to_recognized))
        page.contents_add(b"q " + steps + b"\n", prepend=True)
        page.contents_add(b"\nQ\n")
        page.mediabox = pikepdf.Array([0, 0, *(round(side, 4) for side in size_pt)])
        buffer = io.BytesIO()
        pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()
