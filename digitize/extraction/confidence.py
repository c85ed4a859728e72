"""How sure a value is, and whether a person has to look.

Not calibrated yet: the curve below is careful, drawn from 12 scans and Tesseract 5.3 ``vie``, where words wrong
by a tone mark still carry 0.92 to 0.97. So confidence alone accepts nothing; a value also needs to be free of
doubts that say where such errors come from: pen, seal, lost tone marks, impossible spelling.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digitize.extraction.api import Doubt
from digitize.extraction.checks.registry import SUPPORT
from digitize.extraction.heights import strange_heights
from digitize.extraction.layout import Sheet, Token
from digitize.extraction.letters import CIRCUMFLEX_OR_BREVE, fold, is_abbreviation, is_syllable, split_tone
from digitize.extraction.names import is_unusual_spelling
from digitize.extraction.paper import Reading
from digitize.extraction.schema import FieldSpec
from digitize.extraction.vocabulary import AGENCY_TERMS, LEVEL_TONED, TONE_LOSING_PAIRS
from digitize.model import Box
from digitize.recognition.api import HANDWRITTEN_FROM

EDGE = 0.003
"""Share of the page at its edge, 0.6 mm of A4, within which a word counts as cut."""
COLOURED_INK_MAX = 0.3
"""A larger coloured share of a word's dark pixels is pen, stamp or seal."""
TEXT_LAYER_CONFIDENCE = 0.99
FAILED_CHECK_CONFIDENCE = 0.5
DOUBT_CONFIDENCE = 0.8
CAPITALS_BONUS = 0.04
"""Tesseract gives words in capitals that are right 0.88 to 0.93, small letters 0.95 to 0.97."""
LABEL_SCORE_SURE = 0.93
ABBREVIATION_MIN = 0.85
CONFIRMED_BY = 2
"""Other printings of a word that settle whether it lost its tone mark."""
HEIGHT_TOLERANCE = 0.3
"""Share by which a word may differ from the font size of its line."""
SURE = 0.95
"""A second printing supports a word only if it was itself read this surely: a mark lost twice is still lost."""
SETTLED_BY_LIST = frozenset({"known_ethnicity", "known_nationality"})
"""Checks that compare letter for letter with a list in which no entry is another one without its tone."""
FREE_TEXT_MIN = 0.95
FREE_TEXT_CHANCE = 0.85
"""A word of a sentence read less surely than FREE_TEXT_MIN is given this at most: Tỵ was read as Ty at 0.93."""
OTHER_CASE_COUNTS = 2
SURE_IN_OTHER_CASE = 0.9
"""Capitals and small letters are drawn differently, so that agreeing on a missing tone says more."""
REPETITION_FACTOR = 0.4
RIVAL_MARGIN = 0.03
PLACES_MAX = 64
_CURVE = ((0.0, 0.02), (0.6, 0.4), (0.8, 0.7), (0.88, 0.86), (0.91, 0.93), (0.93, 0.97), (0.95, 0.99), (0.97, 0.998))


@dataclass(frozen=True, slots=True)
class _Place:
    """One printing of a word: its neighbours folded, ``identity`` to tell it from the value's own words."""

    spelling: str
    before: str
    after: str
    confidence: float
    capital: bool
    identity: int


def _support(token: Token, place: _Place) -> int:
    """What another printing of the same spelling counts."""
    if place.capital != token.bare.isupper():
        return OTHER_CASE_COUNTS if place.confidence >= SURE_IN_OTHER_CASE else 0
    return int(_as_read(place.confidence, capital=place.capital) >= SURE)


class Vocabulary:
    """Every word of the document by its letters without marks: a second reading of the same word.

    The same spelling elsewhere supports a word; another spelling of the same letters beside the same neighbour
    contests it.
    """

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self._places: dict[str, list[_Place]] = defaultdict(list)
        for sheet in sheets:
            for segment in sheet.segments:
                words = [token.bare.lower() for token in segment.tokens]
                for index, token in enumerate(segment.tokens):
                    before = fold(words[index - 1]) if index else ""
                    after = fold(words[index + 1]) if index + 1 < len(words) else ""
                    self._places[fold(words[index])].append(
                        _Place(words[index], before, after, token.word.confidence, token.bare.isupper(), id(token))
                    )

    def look(self, tokens: Sequence[Token], index: int) -> tuple[int, str | None]:
        """How often the word stands elsewhere in this spelling, and the spelling that contests it, if any.

        Another spelling contests the word where it stands between the same neighbours, or beside one of them while
        nothing else supports the word, and was read hardly less surely.
        """
        token = tokens[index]
        word = token.bare.lower()
        before = fold(tokens[index - 1].bare) if index else ""
        after = fold(tokens[index + 1].bare) if index + 1 < len(tokens) else ""
        own = {id(t) for t in tokens}
        others = [place for place in self._places.get(fold(word), [])[:PLACES_MAX] if place.identity not in own]
        same = sum(_support(token, place) for place in others if place.spelling == word)
        sure = max([token.word.confidence, *(p.confidence for p in others if p.spelling == word)])
        rivals: Counter[str] = Counter()
        for place in others:
            left = bool(before) and place.before == before
            right = bool(after) and place.after == after
            near = (left and right) or ((left or right) and not same)
            if place.spelling != word and near and place.confidence >= sure - RIVAL_MARGIN:
                rivals[place.spelling] += 1
        return same, rivals.most_common(1)[0][0] if rivals else None


@dataclass(frozen=True)
class Judgement:
    confidence: float
    doubts: tuple[Doubt, ...]


def judge(
    field: FieldSpec,
    reading: Reading,
    held: Sequence[str],
    failed: Sequence[str],
    words: Vocabulary,
    *,
    text_layer: bool,
) -> Judgement:
    """Confidence 0 to 1 of a reading with a value; ``held`` and ``failed`` name its checks."""
    doubts = list(reading.doubts)
    if text_layer:
        confidence = TEXT_LAYER_CONFIDENCE if reading.tokens else TEXT_LAYER_CONFIDENCE - 0.01
        doubts = [doubt for doubt in doubts if doubt == "gap"]
    else:
        confidence = _of_words(field, reading, words)
        doubts += _doubts(field, reading, words)
        if not SETTLED_BY_LIST.isdisjoint(held):
            doubts = [doubt for doubt in doubts if doubt not in {"contested", "lost_tone", "spelling"}]
    if reading.label_score < LABEL_SCORE_SURE:
        confidence *= reading.label_score
    for check in held:
        confidence = 1 - (1 - confidence) * SUPPORT.get(check, 1.0)
    if failed:
        confidence = min(confidence, FAILED_CHECK_CONFIDENCE)
    if doubts:
        confidence = min(confidence, DOUBT_CONFIDENCE)
    return Judgement(round(max(0.0, min(0.999, confidence)), 3), tuple(dict.fromkeys(doubts)))


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
        seen = max(seen, SURE) if is_known else _as_read(seen, capital=True)
    chance = _on_curve(seen)
    same, rival = words.look(tokens, index)
    if same and rival is None and not any(c.isdigit() for c in letters):
        return 1 - (1 - chance) * REPETITION_FACTOR ** min(same, 3)
    if field.free_text and seen < FREE_TEXT_MIN and not letters.isdigit():
        return min(chance, FREE_TEXT_CHANCE)
    return chance


def _as_read(confidence: float, *, capital: bool) -> float:
    """Confidence put on one scale for capitals and small letters."""
    return min(0.97, confidence + CAPITALS_BONUS) if capital else confidence


def _on_curve(seen: float) -> float:
    for (x0, y0), (x1, y1) in pairwise(_CURVE):
        if seen <= x1:
            return y0 + (y1 - y0) * (max(seen, x0) - x0) / (x1 - x0)
    return _CURVE[-1][1]


def _doubts(field: FieldSpec, reading: Reading, words: Vocabulary) -> Iterable[Doubt]:
    inks = [token.word.ink for token in reading.tokens]
    if not field.coloured and any(ink is not None and ink > COLOURED_INK_MAX for ink in inks):
        yield "ink"
    if any((token.word.handwritten or 0.0) >= HANDWRITTEN_FROM for token in reading.tokens):
        yield "handwriting"
    if any(_touches_edge(token.word.box) for token in reading.tokens):
        yield "edge"
    if field.handwriting_prone and any(ink is None for ink in inks):
        yield "no_colour"
    if reading.value is None and strange_heights(reading.tokens, reading.row, HEIGHT_TOLERANCE):
        yield "height"
    if reading.value is None:
        for index in range(len(reading.tokens)):
            yield from _word_doubts(field, reading.tokens, index, words)


def _touches_edge(box: Box) -> bool:
    """What the scan cuts off there is missing from the word, and what is left may look like another."""
    return min(box[0], box[1]) < EDGE or max(box[2], box[3]) > 1 - EDGE


def _word_doubts(field: FieldSpec, tokens: Sequence[Token], index: int, words: Vocabulary) -> Iterable[Doubt]:
    word = tokens[index].bare
    if not word or any(c.isdigit() for c in word) or is_abbreviation(word) or word.lower() == "v/v":
        return
    parts = [part for part in word.replace("/", "-").split("-") if part]
    if not all(is_syllable(part.lower()) for part in parts):
        yield "spelling"
        return
    same, rival = words.look(tokens, index)
    if rival is not None:
        yield "contested"
    if field.normaliser == "name" and any(is_unusual_spelling(part) for part in parts):
        yield "unusual_name"
    if same < CONFIRMED_BY and any(_may_have_lost_tone(p, is_name=field.normaliser == "name") for p in parts):
        yield "lost_tone"
    if index and f"{tokens[index - 1].bare} {word}".lower() in TONE_LOSING_PAIRS:
        yield "lost_tone"


def _may_have_lost_tone(word: str, *, is_name: bool) -> bool:
    lowered = word.lower()
    if lowered in AGENCY_TERMS or split_tone(lowered)[1]:
        return False
    in_capitals = word.isupper() and len(word) > 1
    if lowered in LEVEL_TONED and (is_name or not in_capitals):
        return False
    return in_capitals or any(letter in CIRCUMFLEX_OR_BREVE for letter in lowered)
