"""Settles which way up a page lies, where its edges leave doubt, by reading a strip of it each way.

Costs about a fifth of a page's recognition per way; Tesseract's own orientation detection costs half a page's and
does not know Vietnamese marks.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from digitize.ingestion.turns import CLOCKWISE
from digitize.recognition.api import PageImage, RecognizedPage, Recognizer
from digitize.recognition.direction import Direction, Mask, Turn

_STRIP_SHARE = 0.16
"""Of the page's length: three or four lines of print."""
_WORTH_FROM = 0.5
"""Confidence below which a word says nothing; text read upside down still gives words of 0.2 to 0.6."""
_BETTER_BY = 1.2
"""As the page is handed in is how it stays, unless another way reads this much better."""
_WELL_FROM, _WELL_LETTERS_MIN = 0.8, 40
"""Mean confidence over letters of a page that lies as it should."""
_WHITE = 255


def settle(
    image: PageImage, grey: Image.Image, marks: Mask, direction: Direction, recognizer: Recognizer, folder: Path
) -> Direction:
    """The direction, sure. Raises what the recognizer raises.

    Lines that lie across are not tried as they are: Tesseract reads a column of turned print too, and would find
    as much on it.
    """
    turns = {direction.turn, (direction.turn + 180) % 360}
    if not direction.lined:
        turns.add(0)
    worth = {turn: _read(image, grey, marks, turn, direction.skew_deg, recognizer, folder) for turn in turns}
    best = max(sorted(turns), key=lambda turn: worth[turn])
    if 0 in turns and worth[best] < _BETTER_BY * worth[0]:
        best = 0
    # A page's skew is the same seen upside down; across it, it was measured for nothing.
    same_axis = (best - direction.turn) % 180 == 0
    return replace(direction, turn=best, skew_deg=direction.skew_deg if same_axis else 0.0, sure=True)


def _read(
    image: PageImage, grey: Image.Image, marks: Mask, turn: Turn, skew_deg: float, recognizer: Recognizer, folder: Path
) -> float:
    strip = grey.crop(_strip_box(grey.size, marks, upright_rows=turn in (0, 180)))
    if turn:
        strip = strip.transpose(CLOCKWISE[turn])
    strip = strip.rotate(skew_deg, Image.Resampling.BILINEAR, fillcolor=_WHITE)
    path = folder / f"{image.number:06d}_strip_{turn}.bmp"
    strip.save(path)
    tried = replace(image, path=path, width_px=strip.width, height_px=strip.height)
    return weigh(recognizer.recognize(tried))


def weigh(page: RecognizedPage) -> float:
    """How much was read, by letters and the recognizer's confidence in them."""
    words = [word for line in page.lines for word in line.words]
    return sum(len(word.text) * max(0.0, word.confidence - _WORTH_FROM) for word in words)


def reads_well(page: RecognizedPage) -> bool:
    """Whether so much was read, and so surely, that the page lies as it should."""
    letters = sum(len(word.text) for line in page.lines for word in line.words)
    return letters >= _WELL_LETTERS_MIN and (page.mean_confidence or 0.0) >= _WELL_FROM


def _strip_box(size_px: tuple[int, int], marks: Mask, *, upright_rows: bool) -> tuple[int, int, int, int]:
    """The strip with the most marks, across the whole page."""
    counts = np.count_nonzero(marks, axis=1 if upright_rows else 0)
    span = max(1, round(len(counts) * _STRIP_SHARE))
    sums = np.cumsum(np.concatenate([[0], counts]))
    first = int(np.argmax(sums[span:] - sums[:-span]))
    width, height = size_px
    if upright_rows:
        scale = height / len(counts)
        return (0, int(first * scale), width, int((first + span) * scale))
    scale = width / len(counts)
    return (int(first * scale), 0, int((first + span) * scale), height)
