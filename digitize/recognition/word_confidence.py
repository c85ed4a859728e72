"""The probability that a recognized word is right, from Tesseract's confidence and what else is seen of the word.

Tesseract's confidence is a distance of its network and no probability: words it gives 0.9 are right less often than
those it gives 0.96, and digits less often than letters of the same confidence. A logistic function was fitted to words
of papers whose text is known; its weights and where they come from stand in ``word_confidence.json``, which
`make calibrate` writes.
"""

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from digitize.recognition.api import Word

FILE_NAME = "word_confidence.json"
_CONFIDENCE_STEPS = (0.0, 0.3, 0.6, 0.8, 0.9, 0.93, 0.95, 0.97)
"""Between two of them the logit rises evenly."""
_SMALL_FROM_PX, _SMALL_OVER_PX = 30.0, 15.0
"""Height of the word's box, marks and descenders included: 13 pt have 38 px at 200 dpi."""
_LONG = 8
NAMES = (
    "bias",
    *(f"confidence above {step}" for step in _CONFIDENCE_STEPS[:-1]),
    *("digits", "mixed", "signs"),
    *("one letter", "length", "small", "coloured", "handwritten"),
)


def probability(word: Word, height_px: float) -> float:
    """Of the word, 0 to 1. ``height_px``: of its box on the recognized image."""
    return 1 / (1 + math.exp(-sum(w * clue for w, clue in zip(_weights(), clues(word, height_px), strict=True))))


def clues(word: Word, height_px: float) -> tuple[float, ...]:
    """In the order of ``NAMES``, each 0 to 1. A word that was not judged by colour or shape has 0 there."""
    text = word.text
    digits, letters = any(c.isdigit() for c in text), any(c.isalpha() for c in text)
    return (
        1.0,
        *_ramps(word.confidence, _CONFIDENCE_STEPS),
        float(digits and not letters),
        float(digits and letters),
        float(not digits and not letters),
        float(len(text) == 1),
        min(len(text), _LONG) / _LONG,
        min(1.0, max(0.0, (_SMALL_FROM_PX - height_px) / _SMALL_OVER_PX)),
        word.ink or 0.0,
        word.handwritten or 0.0,
    )


def _ramps(value: float, steps: Sequence[float]) -> tuple[float, ...]:
    return tuple(min(1.0, max(0.0, (value - low) / (high - low))) for low, high in pairwise(steps))


@cache
def _weights() -> tuple[float, ...]:
    stored = json.loads((files("digitize.recognition") / FILE_NAME).read_text("utf-8"))["weights"]
    return tuple(stored[name] for name in NAMES)
