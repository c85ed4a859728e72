"""Has a page recognized, and again without its dotted lines where much of the print was passed over."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from digitize.recognition.api import Line, RecognizedPage, Recognizer
from digitize.recognition.direction import Mask, find_edges
from digitize.recognition.leaders import without_leaders
from digitize.recognition.preparation import Prepared

_READ_FROM = 0.5
"""Share of the marks that lie in words. Of 312 drawn pages, those read whole had 0.53 to 1 (a card with a photograph
and waves, 0.55); the 48 of which a third of the text and more was lost had 0.14 to 0.49."""
_ABOVE, _BESIDE_PX = 0.35, 3
"""By how much a word reaches over its box: in heights of the box, and in px of the small copy."""


def read(prepared: Prepared, recognizer: Recognizer) -> list[RecognizedPage]:
    """The page as recognized, not yet placed, once or twice. Raises what the recognizer raises."""
    page = recognizer.recognize(prepared.image)
    if share_in_words(prepared.marks, page.lines) >= _READ_FROM:
        return [page]
    image = replace(prepared.image, path=prepared.image.path.with_suffix(".again.bmp"))
    without_leaders(prepared.grey, image.dpi).save(image.path)
    return [page, recognizer.recognize(image)]


def share_in_words(marks: Mask, lines: Sequence[Line]) -> float:
    """Of the marks that may be letters (no long straight edges); 1 where there are none."""
    x, y = find_edges(marks)
    if not len(x):
        return 1.0
    height, width = marks.shape
    words = np.zeros_like(marks)
    for word in (word for line in lines for word in line.words):
        x0, y0, x1, y1 = word.box
        more = _ABOVE * (y1 - y0)
        top, bottom = int(max(0.0, y0 - more) * height), int((y1 + more) * height) + 2
        words[top:bottom, max(0, int(x0 * width) - _BESIDE_PX) : int(x1 * width) + 1 + _BESIDE_PX] = True
    return float(words[y.astype(np.int64), x.astype(np.int64)].mean())
