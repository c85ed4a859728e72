"""A recognized page laid out for reasoning: skew taken out, lines cut at wide gaps, rows put together.

Tesseract joins the two head columns of a Vietnamese paper into one line, and the list of recipients with the
signature block; a strategy must see them apart. Everything here is in pixels of the page.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from digitize.extraction.letters import bare_letters, fold, squeeze
from digitize.model import Box
from digitize.recognition.api import HANDWRITTEN_FROM, Line, RecognizedPage, Word

GAP_IN_HEIGHTS = 1.9
"""A gap wider than this many word heights separates two columns; justified text stays below 1.3."""
FAINT_BELOW = 0.6
"""A word's confidence, 0 to 1."""
CARD_LONG_SIDE_MM = 120
MM_PER_INCH = 25.4
LINE_WORDS_FOR_SKEW = 5
SPREAD_RATIO_MIN, SPREAD_LINES_MIN, GUTTER_HEIGHTS = 1.25, 6, 2.5
"""Width to height of two pages side by side, lines on each of them, and word heights of the gap between."""
_LEADERS = re.compile(r"([.…]{3,400})")
MAX_WORDS_PER_PAGE = 20_000
"""A page of dense print holds about 1,500 words; beyond this the rest is noise and is not looked at."""


@dataclass(frozen=True)
class Token:
    """One word with its place after the skew is taken out."""

    word: Word
    left: float
    top: float
    right: float
    bottom: float

    @cached_property
    def folded(self) -> str:
        return fold(self.word.text)

    @cached_property
    def squeezed(self) -> str:
        return squeeze(self.word.text)

    @cached_property
    def bare(self) -> str:
        """Without punctuation at the ends."""
        return bare_letters(self.word.text)

    @property
    def text(self) -> str:
        return self.word.text

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class Segment:
    """A run of words on one line with no column gap between them."""

    sheet: int
    """Number of the sheet it is on."""
    tokens: tuple[Token, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(token.text for token in self.tokens)

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def squeezed(self) -> str:
        return "".join(token.squeezed for token in self.tokens)

    @property
    def left(self) -> float:
        return self.tokens[0].left

    @property
    def right(self) -> float:
        return self.tokens[-1].right

    @cached_property
    def top(self) -> float:
        return median(token.top for token in self.tokens)

    @cached_property
    def bottom(self) -> float:
        return median(token.bottom for token in self.tokens)

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Horizontal centre."""
        return (self.left + self.right) / 2

    @property
    def has_letters(self) -> bool:
        return any(c.isalpha() for c in self.text)

    @cached_property
    def capital_share(self) -> float:
        """Share of capitals among the letters; 0 without letters."""
        letters = [c for c in self.text if c.isalpha()]
        return sum(c.isupper() for c in letters) / len(letters) if letters else 0.0

    def cut(self, start: int, end: int | None = None) -> "Segment | None":
        tokens = self.tokens[start:end]
        return Segment(self.sheet, tokens) if tokens else None


@dataclass(frozen=True)
class Row:
    """Segments side by side, left to right."""

    segments: tuple[Segment, ...]

    @cached_property
    def middle(self) -> float:
        return median(segment.middle for segment in self.segments)


@dataclass(frozen=True)
class Sheet:
    """One laid-out page, or one of the two that lie side by side on it. ``word_height`` is the median over the page,
    ``pitch`` the usual distance of rows.
    """

    number: int
    """By which segments and readings name the sheet: counted over all sheets, from 1."""
    page: int
    """1-based number of the page it is on."""
    width: float
    height: float
    text_layer: bool
    rows: tuple[Row, ...]
    word_height: float
    pitch: float
    is_card: bool = False
    """No larger than a card for a wallet (ISO/IEC 7810, ID-1: 86 by 54 mm) with a rim around it."""
    confidence: float | None = None
    """Mean over the letters, as the recognizer gives it."""

    @cached_property
    def has_handwriting(self) -> bool:
        """Whether a number on it was written by hand, as far as its shape tells."""
        words = (token.word for segment in self.segments for token in segment.tokens)
        return any((word.handwritten or 0.0) >= HANDWRITTEN_FROM for word in words)

    @property
    def lies_across(self) -> bool:
        """Wider than high and no card: what is signed may stand in the left of two columns."""
        return self.width > self.height and not self.is_card

    @cached_property
    def faint_share(self) -> float:
        """Share of the words that the recognizer is hardly sure of; 0 without words."""
        words = [token.word for segment in self.segments for token in segment.tokens if token.squeezed]
        return sum(word.confidence < FAINT_BELOW for word in words) / len(words) if words else 0.0

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        return tuple(segment for row in self.rows for segment in row.segments)

    @cached_property
    def text_left(self) -> float:
        return min((segment.left for segment in self.segments), default=0.0)

    @cached_property
    def text_right(self) -> float:
        return max((segment.right for segment in self.segments), default=self.width)


def lay_out(pages: Iterable[RecognizedPage]) -> tuple[Sheet, ...]:
    """The sheets of all pages with something on them, in order.

    Cost is n log n in words; at most ``MAX_WORDS_PER_PAGE`` words of a page are looked at.
    """
    sheets: list[Sheet] = []
    for page in pages:
        placed = _placed(page)
        if not any(placed):
            continue
        # A paper's first page is looked at whole: its title may stand over one half only.
        fold_at = _fold_of(page, placed) if sheets else None
        for left, right in ((0.0, fold_at), (fold_at, float(page.width_px))) if fold_at else ((0.0, None),):
            sheets.append(_sheet(page, len(sheets) + 1, placed, left, right))
    return tuple(sheets)


def _placed(page: RecognizedPage) -> list[tuple[Token, ...]]:
    lines = list(_limited(page.lines))
    slope = _slope(page, lines)
    return [
        tuple(
            _place(page, part, slope)
            for word in line.words
            if word.text.strip()
            for piece in _at_leaders(word)
            for part in _at_colon(piece)
        )
        for line in lines
    ]


def _fold_of(page: RecognizedPage, placed: Sequence[tuple[Token, ...]]) -> float | None:
    """Where the fold lies of a sheet of A3 scanned open: no word near the middle, and a page of lines on either side.
    A certificate across has its title there.
    """
    if page.width_px < SPREAD_RATIO_MIN * page.height_px or _is_card(page):
        return None
    tokens = [token for line in placed for token in line]
    middle = page.width_px / 2
    left = max((token.right for token in tokens if token.left < middle), default=0.0)
    right = min((token.left for token in tokens if token.left >= middle), default=0.0)
    gutter = GUTTER_HEIGHTS * median(token.height for token in tokens)
    is_free = left <= middle and right - left >= gutter
    on_left = sum(any(token.left < middle for token in line) for line in placed)
    on_right = sum(any(token.left >= middle for token in line) for line in placed)
    return middle if is_free and min(on_left, on_right) >= SPREAD_LINES_MIN else None


def _is_card(page: RecognizedPage) -> bool:
    return max(page.width_px, page.height_px) * MM_PER_INCH <= CARD_LONG_SIDE_MM * page.dpi


def _sheet(
    page: RecognizedPage, number: int, placed: Sequence[tuple[Token, ...]], left: float, right: float | None
) -> Sheet:
    """Of the page from ``left`` to ``right``; None: all of it."""
    if right is not None:
        placed = [
            tuple(replace(t, left=t.left - left, right=t.right - left) for t in line if left <= t.left < right)
            for line in placed
        ]
    heights = [token.height for tokens in placed for token in tokens]
    word_height = median(heights) if heights else 1.0
    segments = [segment for tokens in placed for segment in _split(number, tokens, word_height)]
    rows = _rows(segments, word_height)
    steps = [b.middle - a.middle for a, b in pairwise(rows)]
    usual = [step for step in steps if word_height * 0.8 < step < word_height * 3]
    return Sheet(
        number=number,
        page=page.number,
        width=page.width_px - left if right is None else right - left,
        height=float(page.height_px),
        text_layer=page.method == "text_layer",
        rows=rows,
        word_height=word_height,
        pitch=median(usual) if usual else word_height * 1.5,
        is_card=_is_card(page),
        confidence=page.mean_confidence,
    )


def enclose(tokens: Iterable[Token]) -> Box:
    """The box around the words as recognized, as fractions of the page."""
    boxes = [token.word.box for token in tokens]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _limited(lines: Iterable[Line]) -> Iterable[Line]:
    words = 0
    for line in lines:
        words += len(line.words)
        if words > MAX_WORDS_PER_PAGE:
            return
        yield line


def _slope(page: RecognizedPage, lines: Sequence[Line]) -> float:
    """Rise in pixels per pixel to the right, the median over long lines: a scan fed in at an angle."""
    slopes: list[float] = []
    for line in lines:
        if len(line.words) < LINE_WORDS_FOR_SKEW:
            continue
        first, last = line.words[0].box, line.words[-1].box
        run = (last[0] - first[0]) * page.width_px
        if run > page.width_px / 4:
            slopes.append((last[1] + last[3] - first[1] - first[3]) / 2 * page.height_px / run)
    return median(slopes) if slopes else 0.0


def _place(page: RecognizedPage, word: Word, slope: float) -> Token:
    left, right = word.box[0] * page.width_px, word.box[2] * page.width_px
    drop = slope * (left + right) / 2
    return Token(word, left, word.box[1] * page.height_px - drop, right, word.box[3] * page.height_px - drop)


def _split(sheet: int, tokens: tuple[Token, ...], word_height: float) -> Iterable[Segment]:
    start = 0
    for index in range(1, len(tokens)):
        gap = tokens[index].left - tokens[index - 1].right
        if gap > GAP_IN_HEIGHTS * word_height or _opens_motto(tokens[index : index + 3]):
            yield Segment(sheet, tokens[start:index])
            start = index
    if tokens:
        yield Segment(sheet, tokens[start:])


def _opens_motto(tokens: tuple[Token, ...]) -> bool:
    """Whether the national motto begins here: a long agency name may stand close to its left."""
    start = "".join(token.squeezed for token in tokens)
    return start.startswith(("conghoaxa", "doclaptu"))


def _at_colon(word: Word) -> tuple[Word, ...]:
    """``Số:542`` as two words, so that a label ends where its colon stands; ``10:21`` stays whole."""
    head, colon, tail = word.text.partition(":")
    if not colon or not tail or not head.replace("/", "").isalpha() or tail.startswith("//"):
        return (word,)
    return _cut(word, (head + colon, tail))


def _at_leaders(word: Word) -> tuple[Word, ...]:
    """``....Nam.....`` as three words, so that a dotted line is no part of what was written on it."""
    if ".." not in word.text and "…" not in word.text:
        return (word,)
    parts = tuple(part for part in _LEADERS.split(word.text) if part)
    return _cut(word, parts) if len(parts) > 1 else (word,)


def _cut(word: Word, parts: Sequence[str]) -> tuple[Word, ...]:
    left, top, right, bottom = word.box
    step = (right - left) / len(word.text)
    words = []
    for part in parts:
        end = left + step * len(part)
        words.append(replace(word, text=part, box=(left, top, end, bottom)))
        left = end
    return tuple(words)


def _rows(segments: Iterable[Segment], word_height: float) -> tuple[Row, ...]:
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: s.middle):
        if rows and segment.middle - rows[-1][0].middle < 0.6 * word_height:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return tuple(Row(tuple(sorted(row, key=lambda s: s.left))) for row in rows)
