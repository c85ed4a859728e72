"""A reviewer's form: from what was typed to the fields that replace the doubtful ones.

Nothing is taken on trust that a person has not ticked field by field, and nothing that is not the very reading
that person was shown: a wrong field taken for right is the worst outcome there is.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from digitize.errors import InvalidRequestError
from digitize.model import FieldRecord, FieldState, Record
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


def review(record: Record, form: ReviewForm) -> Corrections:
    """The fields that the ticked lines of the form stand for, and every other field read from the same place."""
    fields: dict[str, FieldRecord] = {}
    refused: dict[str, str] = {}
    for name in sorted(form.checked):
        current = record.fields.get(name)
        if current is None or form.seen.get(name) != fingerprint(current):
            return Corrections(stale=True)
        try:
            value = read_typed(name, form.values.get(name, ""), several=isinstance(current.value, list))
        except ValueRefusedError as error:
            refused[name] = error.phrase
            continue
        fields[name] = _reviewed(current, "accepted" if value == current.value else "corrected", value)
    for name, corrected in list(fields.items()):
        for twin in _same_reading(record, name):
            if twin not in form.checked:
                fields[twin] = _reviewed(record.fields[twin], corrected.state, corrected.value)
    return Corrections(fields={} if refused else fields, refused=refused)


def _same_reading(record: Record, name: str) -> Iterable[str]:
    """Fields that repeat this one: ``owner_name`` is the child's ``full_name``. Correcting one and leaving the
    other would file the paper under the wrong person.
    """
    one = record.fields[name]
    if one.box is None:
        return
    for other_name, other in record.fields.items():
        if other_name != name and (other.value, other.page, other.box) == (one.value, one.page, one.box):
            yield other_name


def _reviewed(current: FieldRecord, state: FieldState, value: object) -> FieldRecord:
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
