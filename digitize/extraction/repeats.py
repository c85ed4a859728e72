"""Fields that repeat others: the owner's name and number, the day a card expires."""

from collections.abc import Mapping, Sequence
from math import prod

from digitize.extraction.schema import DocumentType
from digitize.model import FieldRecord, FieldState, FieldValue


def repeat_fields(document_type: DocumentType, fields: Mapping[str, FieldRecord]) -> dict[str, FieldRecord]:
    """By name, what ``fields`` give; nothing for those of which they give nothing."""
    repeated = {}
    for name, sources in document_type.repeated.items():
        found = [fields[source] for source in sources if source in fields]
        if found and isinstance(document_type.owner.get(name), tuple):  # type: ignore[call-overload]
            repeated[name] = _together(found, complete=len(found) == len(sources))
        elif found:
            repeated[name] = found[0]
    return repeated


def _together(found: Sequence[FieldRecord], *, complete: bool) -> FieldRecord:
    """A list in the order of the form; settled only where every one of the fields is there and settled."""
    values = [field.value for field in found if isinstance(field.value, str)]
    texts = [field.text for field in found if field.text]
    methods = {field.method for field in found}
    value: FieldValue = values or None
    return FieldRecord(
        value=value,
        text=", ".join(texts) or None,
        confidence=round(prod(field.confidence for field in found), 3),
        state=_state(found) if complete else "review",
        page=found[0].page if len({field.page for field in found}) == 1 else None,
        method=methods.pop() if len(methods) == 1 else "ocr",
        checks=tuple(dict.fromkeys(check for field in found for check in field.checks)),
    )


def _state(found: Sequence[FieldRecord]) -> FieldState:
    states = {field.state for field in found}
    return next(state for state in ("review", "corrected", "accepted") if state in states)
