"""Titles and kinds: the capitals in the middle of the first page that say what a paper is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from digitize.extraction.head import Head
from digitize.extraction.layout import Segment, Sheet, Token
from digitize.extraction.letters import squeeze
from digitize.extraction.schema import Kind

TITLE_SHARE = 0.6
"""A title stands in this upper part of the first page."""
TITLE_SCORE_MIN = 0.87
"""Below it two titles of the same length may differ in a word (KHAI SINH, KHAI TỬ: 0.80)."""
MARK_SCORE_MIN = 88.0
DIFFERING_LETTERS_MAX = 3
DIFFERING_SCORE_MIN = 60.0
CAPITAL_SHARE_MIN = 0.7
TITLE_CHARACTERS_MAX = 160
OPENING_FACTOR = 0.97
"""The score of a title known by its beginning alone, so that one known as a whole goes before it."""


@dataclass(frozen=True)
class Title:
    """``score`` 0 to 1. ``segments`` is one line, or two that make one title together."""

    segments: tuple[Segment, ...]
    score: float
    by_opening: bool = False
    """Known by its beginning alone."""

    @property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(token for segment in self.segments for token in segment.tokens)


@dataclass(frozen=True)
class FoundKind:
    kind: Kind
    title: Title | None
    """None where the kind is not printed."""


def find_title(
    sheet: Sheet, titles: Sequence[str], look_alikes: Sequence[str], openings: Sequence[str] = ()
) -> Title | None:
    """The best title, unless some line says a look-alike better."""
    wanted = [squeeze(title) for title in titles]
    others = [squeeze(title) for title in look_alikes]
    begun = [squeeze(opening) for opening in openings]
    best: Title | None = None
    for segments in _candidates(sheet):
        text = "".join(segment.squeezed for segment in segments)
        score = _best(text, wanted)
        if (other := _best(text, others)) >= TITLE_SCORE_MIN and other >= score:
            return None
        opening = OPENING_FACTOR * _best_opening(text, begun) if _heads_column(sheet, segments[0]) else 0.0
        if max(score, opening) >= TITLE_SCORE_MIN and (best is None or max(score, opening) > best.score):
            best = Title(segments, max(score, opening), by_opening=opening > score)
    return best


def count_marks(sheets: Sequence[Sheet], marks: Sequence[str]) -> int:
    """How many of the marks begin a line, or what follows a gap or a colon in one, on any of the pages."""
    wanted = [squeeze(mark) for mark in marks]
    lines = [segment.squeezed for sheet in sheets for segment in sheet.segments if segment.squeezed]
    return sum(any(_bears(line, mark) for line in lines) for mark in wanted)


def _bears(line: str, mark: str) -> bool:
    return mark in line or fuzz.ratio(line[: len(mark)], mark) >= MARK_SCORE_MIN


def find_kind(sheet: Sheet, head: Head, kinds: Sequence[Kind]) -> FoundKind | None:
    """The kind printed below the head; else the one never printed, where ``V/v`` or ``Kính gửi`` stands."""
    named = [(kind, squeeze(kind.name)) for kind in kinds if not kind.unprinted]
    best: FoundKind | None = None
    for (segment,) in (c for c in _candidates(sheet) if len(c) == 1):
        if segment.middle < head.bottom or not _is_centred(sheet, segment):
            continue
        for kind, name in named:
            score = fuzz.ratio(segment.squeezed, name) / 100
            if score >= TITLE_SCORE_MIN and (best is None or best.title is None or score > best.title.score):
                best = FoundKind(kind, Title((segment,), score))
        if best is not None:
            return best
    unprinted = next((kind for kind in kinds if kind.unprinted), None)
    if unprinted is not None and (head.about or head.addressee):
        return FoundKind(unprinted, None)
    return None


def _heads_column(sheet: Sheet, segment: Segment) -> bool:
    """In the middle of the page, or under the national motto: bilingual diplomas have two columns."""
    over = (s for s in sheet.segments if s.middle < segment.middle and "xahoichunghia" in s.squeezed)
    return _is_centred(sheet, segment) or any(abs(s.centre - segment.centre) < 0.1 * sheet.width for s in over)


def _is_centred(sheet: Sheet, segment: Segment) -> bool:
    middle = (sheet.text_left + sheet.text_right) / 2
    return abs(segment.centre - middle) < 0.15 * sheet.width


def _candidates(sheet: Sheet) -> Iterator[tuple[Segment, ...]]:
    """Lines of capitals in the upper part, top to bottom, each alone and with the one under it."""
    lines = [
        s
        for s in sheet.segments
        if s.middle < sheet.height * TITLE_SHARE
        and s.capital_share >= CAPITAL_SHARE_MIN
        and len(s.text) <= TITLE_CHARACTERS_MAX
    ]
    for segment in lines:
        yield (segment,)
    for upper, lower in pairwise(lines):
        if 0 < lower.middle - upper.middle < 2.2 * sheet.pitch and abs(lower.centre - upper.centre) < 0.1 * sheet.width:
            yield (upper, lower)


def _best(text: str, names: Sequence[str]) -> float:
    return _best_of(_likeness(text, name) for name in names)


def _likeness(text: str, name: str) -> float:
    """0 to 100. Nothing where a whole word differs, however much stands around it: ``… ĐĂNG KÝ XE Ô TÔ`` is 0.9 of
    ``… ĐĂNG KÝ KẾT HÔN``. What a scan misreads is a few letters here and there.
    """
    score = fuzz.ratio(text, name)
    if not 100 * TITLE_SCORE_MIN <= score < 100:  # noqa: PLR2004 - the scale of RapidFuzz
        return score
    start = _alike(text, name)
    end = _alike(text[start:][::-1], name[start:][::-1])
    differing = [part[start : len(part) - end] for part in (text, name)]
    if end == 0 and not differing[0] and len(differing[1]) > 1:
        return 0.0  # GIẤY CHỨNG may go on with MINH as with TỬ
    is_word = max(map(len, differing)) > DIFFERING_LETTERS_MAX
    return 0.0 if is_word and fuzz.ratio(*differing) < DIFFERING_SCORE_MIN else score


def _best_opening(text: str, openings: Sequence[str]) -> float:
    return _best_of(fuzz.ratio(text[: len(opening)], opening) for opening in openings if len(text) >= len(opening))


def _best_of(scores: Iterable[float]) -> float:
    return max(scores, default=0.0) / 100


def _alike(text: str, name: str) -> int:
    """How many letters they begin with alike."""
    pairs = zip(text, name, strict=False)
    return next((i for i, (one, other) in enumerate(pairs) if one != other), min(len(text), len(name)))
