"""Tells numbers written by pen from printed ones by their shape, where colour does not: many clerks write in black.

On forms the number and the day are what is filled in by hand, and Tesseract reads some of them wrong with confidence.
A pen's strokes are wider than the print beside them, its digits taller, and the recognizer doubts them.
"""

import re
from collections.abc import Sequence
from math import prod
from statistics import median

import numpy as np
from PIL import Image

from digitize.model import Box
from digitize.recognition.api import Line, Word
from digitize.recognition.strokes import measure_strokes

_DOUBT, _WIDE, _TALL = 0.45, 0.45, 0.5
"""How much each sign alone says: none of them passes for handwriting (bold print is wide, a bad scan is doubted)."""
_CONFIDENT_FROM, _DOUBTED_OVER = 0.9, 0.5
_WIDE_FROM, _WIDE_OVER = 1.12, 0.35
"""Stroke over that of the line's other words: print 0.75 to 1.1, bold print 1.3 to 1.7, pens 1.1 to 2.5."""
_TALL_FROM, _TALL_OVER = 1.1, 0.25
"""Height over that of printed digits: print 0.9 to 1.1, pens 1.05 to 1.7."""
_SURE_FROM = 0.9
_NEAR = 5
"""Words on either side that a word's strokes are compared with."""
_PUNCTUATION = frozenset("-–—•.,;:/|*+_()[]\"'")
_NUMBER = re.compile(r"\d{2,}[.,;:]?")


class Shapes:
    """Stroke widths and heights of the words of one page, measured once each."""

    def __init__(self, grey: Image.Image, lines: Sequence[Line]) -> None:
        self._levels = np.asarray(grey)
        self._measured: dict[Box, tuple[float, float]] = {}
        printed = [w for line in lines for w in line.words if w.confidence >= _SURE_FROM and _NUMBER.fullmatch(w.text)]
        heights = [height for word in printed if (height := self._measure(word.box)[1])]
        self._digit_px = median(heights) if heights else 0.0

    def judge(self, word: Word, line: Line) -> float | None:
        """Likelihood (0 to 1) that the word, of a line of this page, was written by hand; None for words of letters."""
        if word.text.isalpha() or word.text in _PUNCTUATION:
            return None
        stroke_px, height_px = self._measure(word.box)
        beside = [width for other in _near(word, line) if (width := self._measure(other.box)[0])]
        wide = stroke_px / median(beside) if beside else 1.0
        tall = height_px / self._digit_px if self._digit_px and any(c.isdigit() for c in word.text) else 1.0
        unlike = (
            1 - _DOUBT * _share(_CONFIDENT_FROM - word.confidence, _DOUBTED_OVER),
            1 - _WIDE * _share(wide - _WIDE_FROM, _WIDE_OVER),
            1 - _TALL * _share(tall - _TALL_FROM, _TALL_OVER),
        )
        return round(1 - prod(unlike), 2)

    def _measure(self, box: Box) -> tuple[float, float]:
        """Width of strokes and middle height of glyphs in px; 0 where there are none."""
        if box not in self._measured:
            height, width = self._levels.shape
            rows, columns = (slice(int(box[i] * n), int(box[i + 2] * n) + 1) for i, n in ((1, height), (0, width)))
            self._measured[box] = measure_strokes(self._levels[rows, columns])
        return self._measured[box]


def judge_handwriting(grey: Image.Image, lines: Sequence[Line]) -> tuple[tuple[float | None, ...], ...]:
    """For each word of each line. ``grey``: mode L, as it was recognized, of which the boxes are fractions."""
    shapes = Shapes(grey, lines)
    return tuple(tuple(shapes.judge(word, line) for word in line.words) for line in lines)


def _near(word: Word, line: Line) -> tuple[Word, ...]:
    place = line.words.index(word)
    return line.words[max(0, place - _NEAR) : place] + line.words[place + 1 : place + 1 + _NEAR]


def _share(value: float, whole: float) -> float:
    return min(1.0, max(0.0, value / whole))
