"""What one type makes of a scan, candidate by candidate: for whoever writes a type file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digitize.config import Extraction
from digitize.extraction.classification import classify
from digitize.extraction.engine import extract
from digitize.extraction.layout import Sheet, lay_out
from digitize.extraction.paper import Paper, Reading
from digitize.extraction.schema import DocumentType, FieldSpec
from digitize.extraction.strategies.form import read_labels
from digitize.extraction.strategies.registry import STRATEGIES
from digitize.extraction.titles import find_title
from digitize.model import FieldRecord
from digitize.recognition.api import RecognizedPage

CANDIDATES_MAX = 6


@dataclass(frozen=True, slots=True)
class TriedField:
    spec: FieldSpec
    candidates: tuple[str, ...]
    """Texts that its strategies and labels find, as printed."""
    record: FieldRecord | None
    """None where nothing was found, or where the paper is not taken for this type."""


@dataclass(frozen=True, slots=True)
class Trial:
    has_words: bool
    title: str | None
    """The line that is taken for the type's title."""
    score: float | None
    """0 to 1, of this type alone; None where it does not know the paper."""
    chosen: str
    """Code of the type that wins among all; ``unknown`` where none does."""
    fields: tuple[TriedField, ...]


def try_type(
    pages: Sequence[RecognizedPage],
    document_type: DocumentType,
    others: Mapping[str, DocumentType],
    settings: Extraction,
) -> Trial:
    """``others``: the types it has to live with; one of the same code gives way to it."""
    sheets = lay_out(pages)
    if not sheets:
        return Trial(has_words=False, title=None, score=None, chosen="unknown", fields=())
    alone = extract(pages, {document_type.code: document_type}, settings)
    is_known = alone.document_type.code == document_type.code
    every = [document_type, *(other for code, other in others.items() if code != document_type.code)]
    winner = classify(sheets, every)
    paper = Paper(sheets, document_type)
    return Trial(
        has_words=True,
        title=_title_of(sheets[0], document_type),
        score=alone.document_type.confidence if is_known else None,
        chosen=winner.document_type.code if winner else "unknown",
        fields=tuple(
            TriedField(field, _candidates(paper, field), alone.fields.get(field.name)) for field in document_type.fields
        ),
    )


def _title_of(sheet: Sheet, document_type: DocumentType) -> str | None:
    match = document_type.match
    title = find_title(sheet, match.titles, match.look_alikes, match.openings)
    return None if title is None else " ".join(token.text for token in title.tokens)


def _candidates(paper: Paper, field: FieldSpec) -> tuple[str, ...]:
    found: list[Reading | None] = [STRATEGIES[name](paper, field) for name in field.strategies]
    found += read_labels(paper, field)
    texts = [reading.text for reading in found if reading is not None and reading.text is not None]
    return tuple(dict.fromkeys(texts))[:CANDIDATES_MAX]
