"""What is known of a read value that tells how probable it is that it is right, as numbers."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from digitize.extraction.api import Doubt
from digitize.extraction.layout import Sheet, Token
from digitize.extraction.letters import CIRCUMFLEX_OR_BREVE, is_abbreviation, split_tone
from digitize.extraction.names import NAME_SYLLABLES, OFTEN_MISREAD, tones_in_names
from digitize.extraction.paper import Reading
from digitize.extraction.printings import SURE, Vocabulary, as_read
from digitize.extraction.schema import FieldSpec

ABBREVIATION_MIN = 0.85
FREE_TEXT_MIN = 0.95
FREE_TEXT_CHANCE = 0.85
"""A word of a sentence read less surely than FREE_TEXT_MIN is given this at most: Tỵ was read as Ty at 0.93."""
REPETITION_FACTOR = 0.4
WEIGHED_DOUBTS: frozenset[Doubt] = frozenset({"height", "restored", "toneless", "unusual_name"})
"""Doubts that are clues among others; any other keeps a value from being accepted."""
SMALL_PRINT_PX = 40.0
"""A word of 13 pt is about 40 px high at 300 dpi."""
_TONES = {"": "ngang", "\u0300": "huyen", "\u0301": "sac", "\u0303": "nga", "\u0309": "hoi", "\u0323": "nang"}
_CURVE = ((0.0, 0.02), (0.6, 0.4), (0.8, 0.7), (0.88, 0.86), (0.91, 0.93), (0.93, 0.97), (0.95, 0.99), (0.97, 0.998))


def kind_of(field: FieldSpec) -> str:
    """Fields whose values go wrong alike, such as all names."""
    return "sentence" if field.free_text else field.normaliser


def find_clues(
    field: FieldSpec,
    reading: Reading,
    held: Sequence[str],
    doubts: Sequence[Doubt],
    words: Vocabulary,
    sheet: Sheet | None,
) -> dict[str, float]:
    """Each about 0 to 1, or a log-odds, so that one penalty on the weights fits all."""
    tokens = [token for token in reading.tokens if token.squeezed]
    clues = {
        "words": _odds(_of_words(field, reading, words)),
        "label": 1 - reading.label_score,
        f"strategy:{reading.strategy}": 1.0,
        **{f"holds:{check}": 1.0 for check in held},
        **{f"doubt:{doubt}": 1.0 for doubt in doubts if doubt in WEIGHED_DOUBTS},
    }
    if tokens:
        clues["least_word"] = min(token.word.confidence for token in tokens)
        clues["least_right"] = min(_odds(token.word.right) for token in tokens)
        clues["length"] = math.log(len(tokens))
        clues["capitals"] = sum(token.bare.isupper() for token in tokens) / len(tokens)
        if field.normaliser == "name":
            clues["unlisted"] = sum(token.bare.lower() not in NAME_SYLLABLES for token in tokens) / len(tokens)
            syllables = [token.bare.lower() for token in tokens]
            misread = sum(syllable in OFTEN_MISREAD for syllable in syllables)
            clues["misread"] = float(misread + (syllables[-1] == "thị"))  # which no name ends in, but Thi
            clues |= _twins(syllables)
        clues["ink"] = max(token.word.ink or 0.0 for token in tokens)
        clues["small_print"] = max(0.0, SMALL_PRINT_PX - median(token.height for token in tokens)) / SMALL_PRINT_PX
    if sheet is not None and sheet.confidence is not None:
        clues["page"] = 1 - sheet.confidence
    return clues


def _twins(syllables: Iterable[str]) -> dict[str, float]:
    """How many syllables of a name may be another one whose tone was read wrongly, by the two tones: Hiển is read as
    Hiến at 0.99, and nothing on the paper tells; few names are read as names of other letters.
    """
    found: Counter[str] = Counter()
    for syllable in syllables:
        plain, tone = split_tone(syllable)
        marked = "marked" if any(letter in CIRCUMFLEX_OR_BREVE for letter in plain) else "plain"
        others = tones_in_names(plain) - {tone}
        found.update(f"twin:{marked}:{_name_of(tone)}<{_name_of(other)}" for other in others)
    return {name: float(count) for name, count in found.items()}


def _name_of(tone: str) -> str:
    return _TONES.get(tone, "two")


def _odds(chance: float | None) -> float:
    """Logarithm of the odds; 0 where nobody said."""
    bounded = 0.5 if chance is None else min(0.999, max(0.001, chance))
    return math.log(bounded / (1 - bounded))


def _of_words(field: FieldSpec, reading: Reading, words: Vocabulary) -> float:
    """The chance that every word is right; a value of a closed list needs its least sure word only."""
    chances = [_chance(field, reading.tokens, i, words) for i, t in enumerate(reading.tokens) if t.squeezed]
    if not chances:
        return 0.98 if reading.value is not None else 0.0
    if reading.value is not None:
        return max(0.97 * reading.label_score, min(chances))
    product = 1.0
    for chance in chances:
        product *= chance
    return product


def _chance(field: FieldSpec, tokens: Sequence[Token], index: int, words: Vocabulary) -> float:
    token = tokens[index]
    seen = token.word.confidence
    letters = token.bare
    if letters.isupper() and len(letters) > 1:
        is_known = is_abbreviation(letters) and seen >= ABBREVIATION_MIN
        seen = max(seen, SURE) if is_known else as_read(seen, capital=True)
    chance = _on_curve(seen)
    same, rival = words.look(tokens, index)
    if same and rival is None and not any(c.isdigit() for c in letters):
        return 1 - (1 - chance) * REPETITION_FACTOR ** min(same, 3)
    if field.free_text and seen < FREE_TEXT_MIN and not letters.isdigit():
        return min(chance, FREE_TEXT_CHANCE)
    return chance


def _on_curve(seen: float) -> float:
    for (x0, y0), (x1, y1) in pairwise(_CURVE):
        if seen <= x1:
            return y0 + (y1 - y0) * (max(seen, x0) - x0) / (x1 - x0)
    return _CURVE[-1][1]
