"""Checks of areas and sums of money, which papers print in digits and again in words."""

from collections.abc import Sequence
from decimal import Decimal

from digitize.extraction import normalisers, numerals
from digitize.extraction.checks.api import Candidate, Candidates
from digitize.extraction.schema import DocumentType


def area_in_words(field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType) -> bool | None:
    """The area in digits is the area in words: of ``others[0]``, else of the field's own text (``bằng chữ: …``)."""
    said = _said(field, fields, others)
    return None if field.value is None or said is None else _number(field.value) == said


def money_in_words(field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType) -> bool | None:
    """The same for a sum in đồng."""
    said = _said(field, fields, others)
    return None if field.value is None or said is None else _number(field.value) == said


def _said(field: Candidate, fields: Candidates, others: Sequence[str]) -> Decimal | None:
    if others:
        other = fields.get(others[0])
        return None if other is None or other.text is None else numerals.read_amount(other.text)
    text = (field.text or "")[: normalisers.TEXT_MAX]
    words = text.partition("(")[2] or text.partition("chữ")[2]
    return numerals.read_amount(words)


def _number(value: str) -> Decimal | None:
    return Decimal(value) if value.isascii() and value.replace(".", "", 1).isdigit() else None
