"""Values known by their own shape, wherever they stand: on cards, whose labels are small and often lost."""

from collections.abc import Iterator

from digitize.extraction.head import DatePhrase, find_date_phrases, is_date_with_place
from digitize.extraction.layout import Token
from digitize.extraction.normalisers import NORMALISERS, SHAPES
from digitize.extraction.paper import Paper, Reading, read
from digitize.extraction.schema import FieldSpec

UNLABELLED_SCORE = 0.9
"""How surely the place of such a value is the right one."""


def find_only_of_shape(paper: Paper, field: FieldSpec) -> Reading | None:
    """The only word of the paper that is a value of the field's shape, such as twelve digits; None for several."""
    found: dict[str, tuple[Token, int]] = {}
    for sheet in paper.sheets:
        for segment in sheet.segments:
            for token in segment.tokens:
                value = NORMALISERS[field.normaliser](token.bare)
                if value is not None and SHAPES[field.normaliser](value):
                    found.setdefault(value, (token, sheet.number))
    if len(found) != 1:
        return None
    ((token, number),) = found.values()
    return read((token,), number, UNLABELLED_SCORE)


def find_only_date(paper: Paper, _field: FieldSpec) -> Reading | None:
    """``ngày … tháng … năm …`` where the paper has one such phrase only."""
    phrase = _only_phrase(paper)
    return None if phrase is None else read(phrase.date, phrase.sheet, row=phrase.place)


def find_only_place(paper: Paper, _field: FieldSpec) -> Reading | None:
    """The place before that phrase."""
    phrase = _only_phrase(paper)
    return read(phrase.place, phrase.sheet, row=phrase.date) if phrase and is_date_with_place(phrase) else None


def _only_phrase(paper: Paper) -> DatePhrase | None:
    phrases = list(_phrases(paper))
    return phrases[0] if len(phrases) == 1 else None


def _phrases(paper: Paper) -> Iterator[DatePhrase]:
    for sheet in paper.sheets:
        yield from find_date_phrases(sheet.rows, sheet.number)
