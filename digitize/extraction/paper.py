"""The whole document as strategies see it, and what a strategy gives back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from digitize.extraction.api import Doubt
from digitize.extraction.head import Head, find_head
from digitize.extraction.items import has_own_label
from digitize.extraction.labels import LabelIndex, index_labels
from digitize.extraction.layout import Segment, Sheet, Token
from digitize.extraction.personal_ids import LENGTH
from digitize.extraction.schema import DocumentType
from digitize.extraction.titles import Title, find_title


@dataclass(frozen=True)
class Paper:
    """The pages with something on them, in order. ``sheets`` is never empty."""

    sheets: tuple[Sheet, ...]
    document_type: DocumentType

    @property
    def first(self) -> Sheet:
        return self.sheets[0]

    @cached_property
    def head(self) -> Head:
        return find_head(self.first)

    @cached_property
    def title(self) -> Title | None:
        """None for a type that is known by its kind and head."""
        match = self.document_type.match
        return find_title(self.first, match.titles, match.look_alikes, match.openings)

    @cached_property
    def labels(self) -> LabelIndex:
        """A title's words are no label: ``GIẤY XÁC NHẬN / TÌNH TRẠNG HÔN NHÂN``."""
        title = {id(token.word) for token in self.title.tokens} if self.title else set()
        found = index_labels(self.sheets, self.document_type)
        hits = (
            h
            for h in found.hits
            if not title.issuperset(id(t.word) for t in found.lines[h.line].tokens[h.start : h.end])
        )
        return LabelIndex(tuple(hits), found.lines)

    @cached_property
    def unfamiliar(self) -> float:
        """Share of the lines with labels, 0 to 1, whose label nobody listed: what is read from an edition of a form
        that nobody described is wrong more often.
        """
        known = {hit.line for hit in self.labels.hits}
        strange = sum(
            number not in known and bool(words) and has_own_label(words)
            for number, line in enumerate(self.labels.lines)
            for words in [[token for token in line.tokens if token.squeezed]]
        )
        return strange / (strange + len(known)) if strange else 0.0

    @cached_property
    def is_filled_by_machine(self) -> bool:
        """A card that bears a number of twelve digits, as they do since 2012: no pen fills them in."""
        words = (token.bare for segment in self.segments() for token in segment.tokens)
        return self.document_type.filled_by_machine and any(len(w) == LENGTH and w.isdecimal() for w in words)

    def sheet(self, number: int) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.number == number)

    def segments(self) -> Iterator[Segment]:
        for sheet in self.sheets:
            yield from sheet.segments


@dataclass(frozen=True)
class Reading:
    """What a strategy found. No tokens: the value is known from what is absent (công văn prints no kind)."""

    tokens: tuple[Token, ...]
    sheet: int | None
    """Number of the sheet."""
    text: str | None
    """As printed, fillers such as dots at its ends removed."""
    value: str | None = None
    """Set where the strategy itself knows the value; else the normaliser makes it from ``text``."""
    label_score: float = 1.0
    """0 to 1: how surely the place was recognized by its label or title."""
    doubts: tuple[Doubt, ...] = ()
    row: tuple[Token, ...] = ()
    """Words of the same line that are not part of the value: what the value's height is compared with."""
    strategy: str = ""
    """By which it was found."""


_BROKEN_SYMBOL = re.compile(r"(?<=[A-ZĐƯ])-\s{1,3}(?=[A-ZĐƯ])")
FILLERS = " .,;:…_-–—|*·•'\"“”‘’`~^=()[]{}<>\\"


def _without_bars(word: str) -> str:
    """Ruled lines are read as bars at either end of a word; beside a digit one may be a 1."""
    return word if any(c.isdigit() for c in word) else word.strip("|")


def clean(text: str) -> str:
    """One space between words, and no dotted line or punctuation at the ends."""
    # Specks before a word are read as apostrophes, with which no Vietnamese word begins.
    words = [word if word.endswith("'") else word.lstrip("'") for word in map(_without_bars, text.split())]
    words = [word for word in words if any(c.isalnum() for c in word) or word in {"-", "–", "—", "&", "/"}]
    stripped = " ".join(words).strip(FILLERS)
    # A bracket that was opened inside the value belongs to it.
    if stripped.count("(") > stripped.count(")") and text.rstrip(" .,;:").endswith(")"):
        stripped += ")"
    return stripped


def read(
    tokens: tuple[Token, ...],
    sheet: int,
    label_score: float = 1.0,
    *,
    doubts: tuple[Doubt, ...] = (),
    row: tuple[Token, ...] = (),
) -> Reading:
    """A reading of these words; ``text`` is what they say."""
    joined = " ".join(token.text for token in tokens)
    # A symbol broken at the end of a line, NQ-|HĐND, is one word; a dash between words keeps its spaces.
    text = clean(_BROKEN_SYMBOL.sub("-", joined))
    return Reading(tokens, sheet, text or None, label_score=label_score, doubts=doubts, row=row)
