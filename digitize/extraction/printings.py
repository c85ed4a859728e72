"""Where else on the paper a word is printed: a second reading of the same word, for it or against it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digitize.extraction.layout import Sheet, Token
from digitize.extraction.letters import fold

CAPITALS_BONUS = 0.04
"""Tesseract gives words in capitals that are right 0.88 to 0.93, small letters 0.95 to 0.97."""
SURE = 0.95
"""A second printing supports a word only if it was itself read this surely: a mark lost twice is still lost."""
OTHER_CASE_COUNTS = 2
SURE_IN_OTHER_CASE = 0.9
"""Capitals and small letters are drawn differently, so that agreeing on a missing tone says more."""
RIVAL_MARGIN = 0.03
PLACES_MAX = 64


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
    return int(as_read(place.confidence, capital=place.capital) >= SURE)


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


def as_read(confidence: float, *, capital: bool) -> float:
    """Confidence put on one scale for capitals and small letters."""
    return min(0.97, confidence + CAPITALS_BONUS) if capital else confidence
