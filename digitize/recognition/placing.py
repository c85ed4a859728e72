"""Brings what a recognizer found on the prepared image back onto the upright page."""

from dataclasses import replace

from digitize.model import Box
from digitize.recognition.api import Line, RecognizedPage, Word
from digitize.recognition.handwriting import judge_handwriting
from digitize.recognition.preparation import Prepared
from digitize.recognition.reading_order import order_lines
from digitize.recognition.word_confidence import probability

_REACH_IN_HEIGHTS = 1.5
"""About three digits."""


def place(page: RecognizedPage, prepared: Prepared) -> RecognizedPage:
    """Boxes and size of the upright page; each word with its share of coloured ink, the probability that it is right
    and, for numbers, the likelihood that it was written by hand.
    """
    handwritten = judge_handwriting(prepared.grey, page.lines)
    boxes = iter(prepared.mapping.map_boxes([word.box for line in page.lines for word in line.words]))
    lines = tuple(
        Line(
            tuple(_place_word(w, box, h, prepared) for w, box, h in zip(line.words, boxes, judged, strict=False)),
            line.block,
        )
        for line, judged in zip(page.lines, handwritten, strict=True)
    )
    width_px, height_px = prepared.mapping.page_px
    return replace(
        page,
        lines=order_lines(lines, width_px / height_px),
        width_px=width_px,
        height_px=height_px,
        dpi=prepared.dpi,
        skew=round(prepared.skew_deg, 2),
    )


def blank_page(prepared: Prepared) -> RecognizedPage:
    image, (width_px, height_px) = prepared.image, prepared.mapping.page_px
    page = RecognizedPage(image.number, width_px, height_px, prepared.dpi, (), rotation=image.rotation, blank=True)
    return replace(page, blank=False, problems=("too_dark",)) if prepared.dark else page


def _place_word(word: Word, box: Box, handwritten: float | None, prepared: Prepared) -> Word:
    shares = [share for part in _written_around(word, prepared) if (share := prepared.ink.share(part)) is not None]
    judged = replace(word, ink=max(shares, default=None), handwritten=handwritten)
    height_px = (word.box[3] - word.box[1]) * prepared.mapping.recognized_px[1]
    return replace(judged, box=box, right=round(probability(judged, height_px), 3))


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
