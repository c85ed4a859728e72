"""A reviewer's form: from what was typed to the fields that replace the doubtful ones.

Nothing is taken on trust that a person has not ticked field by field, and nothing that is not the very reading
that person was shown: a wrong field taken for right is the worst outcome there is.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from digitize.errors import InvalidRequestError
from digitize.extraction.repeats import repeat_fields
from digitize.extraction.schema import DocumentType
from digitize.model import FieldRecord, FieldState, FieldValue, Record
from service.console.values import ValueRefusedError, read_typed

VALUE_PREFIX, SEEN_PREFIX, CHECKED, TOKEN = "value:", "seen:", "checked", "token"
REVIEWED = "confirmed_by_reviewer"
_FORM_FIELDS_MAX = 1_000


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """As it came in; ``values`` are untrusted texts."""

    token: str
    checked: frozenset[str]
    values: Mapping[str, str]
    seen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Corrections:
    """What to do with a form: ``fields`` to save, unless something is to be said first."""

    fields: dict[str, FieldRecord] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    """Field name to the phrase that says what is wrong with what was typed."""
    stale: bool = False
    """A ticked field is no longer the one that was shown."""


def parse_form(untrusted_body: bytes) -> list[tuple[str, str]]:
    """Pairs of a URL-encoded form. Raises InvalidRequestError."""
    try:
        return parse_qsl(
            untrusted_body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(untrusted_body),
            errors="strict",
            max_num_fields=_FORM_FIELDS_MAX,
        )
    except ValueError:  # UnicodeDecodeError is one too
        raise InvalidRequestError(detail="form") from None


def read_review(untrusted_body: bytes) -> ReviewForm:
    pairs = parse_form(untrusted_body)
    return ReviewForm(
        token=next((value for name, value in pairs if name == TOKEN), ""),
        checked=frozenset(value for name, value in pairs if name == CHECKED),
        values=_with_prefix(pairs, VALUE_PREFIX),
        seen=_with_prefix(pairs, SEEN_PREFIX),
    )


def fingerprint(shown: FieldRecord) -> str:
    """Names one reading of one field, so that a form can say which one its reader saw."""
    return hashlib.sha256(shown.model_dump_json().encode()).hexdigest()[:32]


def reviewable_fields(record: Record, document_type: DocumentType | None) -> dict[str, FieldRecord]:
    """What a reviewer may confirm or fill in: the fields found, and those of the type that were not.

    A required field that is missing holds a paper up as much as a doubtful one. Fields that repeat others, such
    as the owner's, are left out: they follow them.
    """
    if document_type is None:
        return dict(record.fields)
    found = {name: field for name, field in record.fields.items() if name not in document_type.repeated}
    order = [spec.name for spec in document_type.fields]
    not_found = {
        spec.name: FieldRecord(value=None, text=None, confidence=0.0, state="review" if spec.required else "accepted")
        for spec in document_type.fields
    }
    return {name: found.get(name) or not_found[name] for name in order} | found


def review(record: Record, form: ReviewForm, document_type: DocumentType | None) -> Corrections:
    """The fields that the ticked lines of the form stand for, and those that repeat one of them."""
    shown = reviewable_fields(record, document_type)
    fields: dict[str, FieldRecord] = {}
    refused: dict[str, str] = {}
    for name in sorted(form.checked):
        current = shown.get(name)
        if current is None or form.seen.get(name) != fingerprint(current):
            return Corrections(stale=True)
        try:
            value = _typed_value(name, form, current)
        except ValueRefusedError as error:
            refused[name] = error.phrase
            continue
        fields[name] = _reviewed(current, "accepted" if value == current.value else "corrected", value)
    if refused:
        return Corrections(refused=refused)
    return Corrections(fields | _following(fields, record, document_type))


def _following(
    fields: Mapping[str, FieldRecord], record: Record, document_type: DocumentType | None
) -> dict[str, FieldRecord]:
    """The fields that repeat one of these."""
    if document_type is None:
        return {}
    changed = {name for name, sources in document_type.repeated.items() if not fields.keys().isdisjoint(sources)}
    repeated = repeat_fields(document_type, {**record.fields, **fields})
    return {name: field for name, field in repeated.items() if name in changed}


def _typed_value(name: str, form: ReviewForm, current: FieldRecord) -> FieldValue:
    typed = form.values.get(name, "")
    value = read_typed(name, typed, several=isinstance(current.value, list))
    if value is None and not typed.strip():
        raise ValueRefusedError("bad_empty")  # may be an oversight; that the paper has none is said with a dash
    return value


def _reviewed(current: FieldRecord, state: FieldState, value: FieldValue) -> FieldRecord:
    # What a check found out about the old value says nothing about a new one.
    checks = current.checks if state == "accepted" else ()
    kept = tuple(check for check in checks if check != REVIEWED)
    update = {
        "value": value,
        "state": state,
        "method": "manual",
        "confidence": 1.0,
        "checks": (*kept, REVIEWED),
    }
    return current.model_copy(update=update)


def _with_prefix(pairs: Iterable[tuple[str, str]], prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): value for name, value in pairs if name.startswith(prefix)}
