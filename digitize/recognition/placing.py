"""Brings what a recognizer found on the prepared image back onto the upright page."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pikepdf

from digitize.recognition.api import Line, Recognized, RecognizedPage, Word
from digitize.recognition.mapping import Affine
from digitize.recognition.preparation import Prepared

_POINTS_PER_IN = 72.0
_TEXT_NAME = "/Recognized"


def place(recognized: Recognized, prepared: Prepared) -> Recognized:
    """Boxes, size and text PDF of the upright page; each word with its share of coloured ink."""
    page, mapping = recognized.page, prepared.mapping
    lines = tuple(Line(tuple(_place_word(word, prepared) for word in line.words), line.block) for line in page.lines)
    width_px, height_px = mapping.page_px
    text_pdf = recognized.text_pdf
    if text_pdf is not None and not mapping.is_identity:
        dpi = prepared.image.dpi
        size_pt = (width_px * _POINTS_PER_IN / dpi, height_px * _POINTS_PER_IN / dpi)
        text_pdf = _place_text(text_pdf, mapping.affine_pt(dpi), mapping.recognized_px, dpi, size_pt)
    placed = replace(page, lines=lines, width_px=width_px, height_px=height_px, skew=round(prepared.skew_deg, 2))
    return replace(recognized, page=placed, text_pdf=text_pdf)


def blank_page(prepared: Prepared) -> RecognizedPage:
    image, (width_px, height_px) = prepared.image, prepared.mapping.page_px
    return RecognizedPage(image.number, width_px, height_px, image.dpi, (), rotation=image.rotation, blank=True)


def _place_word(word: Word, prepared: Prepared) -> Word:
    box = word.box if prepared.mapping.is_identity else prepared.mapping.map_box(word.box)
    return replace(word, box=box, ink=prepared.ink.share(word.box))


def _place_text(
    text_pdf: bytes, affine: Affine, recognized_px: tuple[int, int], dpi: int, size_pt: Sequence[float]
) -> bytes:
    """The page of invisible text, moved onto a page of ``size_pt``."""
    width_pt, height_pt = (side * _POINTS_PER_IN / dpi for side in recognized_px)
    with pikepdf.open(io.BytesIO(text_pdf)) as source, pikepdf.new() as target:
        text_page = source.pages[0]
        x0, y0, x1, y1 = (float(v) for v in text_page.mediabox)
        form = target.copy_foreign(text_page.as_form_xobject())
        page = target.add_blank_page(page_size=(float(size_pt[0]), float(size_pt[1])))
        name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(_TEXT_NAME))
        to_px = (width_pt / (x1 - x0), 0, 0, height_pt / (y1 - y0), -x0, -y0)
        steps = b" ".join(b" ".join(b"%.6f" % value for value in m) + b" cm" for m in (affine, to_px))
        page.Contents = target.make_stream(b"q " + steps + f" {name} Do Q\n".encode())
        buffer = io.BytesIO()
        target.save(buffer, deterministic_id=True)
    return buffer.getvalue()
