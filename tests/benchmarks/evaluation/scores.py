"""How right a page's text is, in ways that do not hang on each other.

Vietnamese text is compared in NFC: a letter with its marks is one character, so a lost tone is one error.
"""

import itertools
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

_ORDERED_FROM_LETTERS = 8
"""Shorter lines are found in several places, which says nothing of their order."""
_FOUND_BELOW = 0.5


@dataclass(frozen=True, slots=True)
class Score:
    cer: float
    """Character error rate, whatever the order of the lines: each line's distance from the best place for it in the
    result, over the length of all lines."""
    cer_letters: float
    """The same without tone marks and accents: what ``cer`` has beyond it are marks."""
    cer_text: float | None
    """Levenshtein distance of the whole text in reading order over its length: counts order and what was invented;
    None where the truth holds some of the page's text only."""
    words: float
    """Share of the truth's words found, each as often as it is printed."""
    order: float
    """Share of neighbouring lines whose places in the result follow each other as on the paper."""


def score(truth: Sequence[str], result: Sequence[str], *, complete: bool) -> Score:
    """``truth`` and ``result``: lines in reading order; ``complete``: the truth is all of the page's text."""
    wanted, got = [normalise(line) for line in truth], normalise(" ".join(result))
    letters = sum(len(line) for line in wanted)
    found = [find(line, got) for line in wanted]
    bare = strip_marks(got)
    errors_bare = sum(find(strip_marks(line), bare)[0] for line in wanted)
    text = " ".join(wanted)
    whole = Levenshtein.distance(text, got) / len(text) if complete else None
    return Score(
        sum(d for d, _ in found) / letters, errors_bare / letters, whole, _words(text, got), _order(wanted, found)
    )


def normalise(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def strip_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def find(line: str, text: str) -> tuple[int, int]:
    """Distance of the line from the part of ``text`` nearest to it, and where that part ends (Sellers, 1980)."""
    letters: NDArray[np.int32] = np.array([ord(c) for c in text], np.int32)
    places = np.arange(len(letters) + 1)
    row = np.zeros(len(letters) + 1, np.int64)
    for number, letter in enumerate(line, start=1):
        above = np.minimum(row[:-1] + (letters != ord(letter)), row[1:] + 1)
        row = np.minimum.accumulate(np.concatenate([[number], above]) - places) + places
    end = int(np.argmin(row))
    return int(row[end]), end


def _words(text: str, got: str) -> float:
    wanted = Counter(text.split())
    return (wanted & Counter(got.split())).total() / max(1, wanted.total())


def _order(wanted: Sequence[str], found: Sequence[tuple[int, int]]) -> float:
    ends = [
        end
        for line, (distance, end) in zip(wanted, found, strict=True)
        if len(line) >= _ORDERED_FROM_LETTERS and distance < _FOUND_BELOW * len(line)
    ]
    pairs = list(itertools.pairwise(ends))
    return sum(a < b for a, b in pairs) / len(pairs) if pairs else float(bool(ends))


Box = tuple[float, float, float, float]


def order_of_places(truth: Sequence[Box], words: Sequence[Box]) -> float:
    """Share of neighbouring lines of the truth that follow each other in the result, told by their places.

    ``truth``: boxes of the lines in reading order; ``words``: those of the words as they were read. Told so where lines
    repeat each other ("Dân tộc: Kinh" of both parents), where finding their text says nothing of their order. A line
    follows another where its words, by their middle place, come behind the other's, and no third line's come between.
    """
    places: dict[int, list[int]] = {}
    for place, word in enumerate(words):
        x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
        within = [n for n, box in enumerate(truth) if box[0] <= x <= box[2] and box[1] <= y <= box[3]]
        if within:
            nearest = min(within, key=lambda n: abs((truth[n][1] + truth[n][3]) / 2 - y))
            places.setdefault(nearest, []).append(place)
    middle = {line: sorted(found)[len(found) // 2] for line, found in places.items()}
    by_result = sorted(middle, key=lambda line: middle[line])
    following = dict(itertools.pairwise(by_result))
    pairs = list(itertools.pairwise(sorted(middle)))
    return sum(following.get(a) == b for a, b in pairs) / len(pairs) if pairs else float(bool(places))
