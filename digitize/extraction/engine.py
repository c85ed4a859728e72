"""From recognized pages to a type and its fields."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from digitize.config import Extraction
from digitize.extraction.api import Extracted
from digitize.extraction.checks.api import Candidate
from digitize.extraction.classification import classify
from digitize.extraction.confidence import FAILED_CHECK_CONFIDENCE
from digitize.extraction.layout import lay_out
from digitize.extraction.normalisers import NORMALISERS
from digitize.extraction.paper import Paper, Reading
from digitize.extraction.printings import Vocabulary
from digitize.extraction.records import Evidence, codes_of
from digitize.extraction.repeats import repeat_fields
from digitize.extraction.restoring import mend, restore
from digitize.extraction.schema import DocumentType, FieldSpec
from digitize.extraction.sources.api import Witness
from digitize.extraction.sources.registry import SOURCES
from digitize.extraction.sources.witnesses import hear
from digitize.extraction.strategies.registry import STRATEGIES
from digitize.model import DocumentType as TypeRecord
from digitize.model import FieldRecord, Validity
from digitize.recognition.api import RecognizedPage

UNKNOWN = Extracted(TypeRecord(code="unknown", confidence=0.0), {}, Validity(), ())

ReadField = tuple[FieldSpec, Reading, Candidate]


def extract(
    pages: Sequence[RecognizedPage],
    document_types: Mapping[str, DocumentType],
    settings: Extraction,
    witnesses: Sequence[Witness] = (),
) -> Extracted:
    """Type, fields and what a person has to look at. Pure; about 10 ms of CPU a page; never raises on any page.

    ``witnesses``: second sources from outside of the pages, such as the paper's embedded signatures.

    A field is ``accepted`` only if values as sure as it are wrong no more often than
    ``settings.accepted_error_rate_max`` and no rule speaks against it, such as a check that fails or a pen's marks.
    A field that is not printed is left out; one whose place was found but cannot be read has the value None, and so has
    one of which the paper says that there is none: that one is accepted.
    """
    sheets = lay_out(pages)
    classified = classify(sheets, document_types.values())
    if classified is None:
        return UNKNOWN
    document_type = classified.document_type
    paper = Paper(sheets, document_type)
    read_fields = [read for field in document_type.fields if (read := _read(paper, field)) is not None]
    candidates = {candidate.name: candidate for _, _, candidate in read_fields}
    witnesses = [*witnesses, *_witnesses_of(document_type, pages)]
    heard = hear(candidates, witnesses, [field.name for field in document_type.fields])
    candidates |= {name: testimony.candidate for name, testimony in heard.items()}
    evidence = Evidence(paper, candidates, heard, Vocabulary(sheets), codes_of(pages), settings)
    readings = {field.name: reading for field, reading, _ in read_fields}
    settled = {
        field.name: one
        for field in document_type.fields
        if (one := evidence.settle(field, readings.get(field.name))) is not None
    }
    fields = {name: one.record for name, one in settled.items()}
    if classified.beside_another:
        fields = {name: _doubted(field) for name, field in fields.items()}
    fields = _in_form_order(document_type, fields | repeat_fields(document_type, fields))
    return Extracted(
        document_type=TypeRecord(code=document_type.code, confidence=classified.confidence),
        fields=fields,
        validity=validity_of(fields),
        needs_review=_needs_review(document_type, fields),
        clues={name: one.clues for name, one in settled.items() if one.clues and not classified.beside_another},
    )


def _doubted(field: FieldRecord) -> FieldRecord:
    """Of a page with two papers on it: nobody knows which one the value is of."""
    confidence = min(field.confidence, FAILED_CHECK_CONFIDENCE)
    return field.model_copy(
        update={"state": "review", "confidence": confidence, "checks": (*field.checks, "doubt:two_papers")}
    )


def _witnesses_of(document_type: DocumentType, pages: Sequence[RecognizedPage]) -> Iterator[Witness]:
    for name in document_type.second_sources:
        yield from SOURCES[name](pages)


def validity_of(fields: Mapping[str, FieldRecord]) -> Validity:
    """Dates of issue and expiry, from fields that are accepted or corrected only."""
    return Validity(issued=_settled(fields, "issue_date"), valid_until=_settled(fields, "valid_until"))


def _settled(fields: Mapping[str, FieldRecord], name: str) -> str | None:
    field = fields.get(name)
    if field is None or field.state == "review" or not isinstance(field.value, str):
        return None
    return field.value


def _read(paper: Paper, field: FieldSpec) -> ReadField | None:
    """The first strategy that finds text; else the first that finds the place at least."""
    empty: Reading | None = None
    for name in field.strategies:
        found = STRATEGIES[name](paper, field)
        if found is None:
            continue
        reading = replace(found, strategy=name)
        if reading.text is not None or reading.value is not None:
            return _normalised(field, reading)
        empty = empty or reading
    return None if empty is None else _normalised(field, empty)


def _normalised(field: FieldSpec, reading: Reading) -> ReadField:
    value = reading.value
    if value is None and reading.text is not None and not field.says_none(reading.text):
        value = NORMALISERS[field.normaliser](reading.text)
        if value is None and (mended := mend(field, reading.text)) is not None:
            value = NORMALISERS[field.normaliser](mended)
            reading = reading if value is None else replace(reading, doubts=(*reading.doubts, "restored"))
        sure = next((token.word.confidence for token in reading.tokens if token.squeezed), 1.0)
        restored = None if value is None else restore(field, value, sure)
        if restored is not None:
            value, reading = restored[0], replace(reading, doubts=(*reading.doubts, restored[1]))
    return field, reading, Candidate(field.name, value, reading.text)


def _in_form_order(document_type: DocumentType, fields: Mapping[str, FieldRecord]) -> dict[str, FieldRecord]:
    order = [field.name for field in document_type.fields]
    return {name: fields[name] for name in (*order, *sorted(set(fields) - set(order))) if name in fields}


def _needs_review(document_type: DocumentType, fields: Mapping[str, FieldRecord]) -> tuple[str, ...]:
    """Required fields that are missing, and found ones in review; an owner is looked at in its own field."""
    return tuple(
        field.name
        for field in document_type.fields
        if (field.required if field.name not in fields else fields[field.name].state == "review")
    )
