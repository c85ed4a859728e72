"""What an entry of a document's log tells beside its kind, in the reader's words."""

from collections.abc import Callable, Mapping
from datetime import datetime

from service.console import codes
from service.console.formats import local_time, short_id
from service.console.labels import field_label, type_label
from service.negotiation import Language
from service.states import STATES

_HASH_SHOWN = 12


def told(data: Mapping[str, object], language: Language) -> list[tuple[str, str]]:
    """Names and values. What is empty, or is for machines only, is left out."""
    flat = {**data, **_parts(data.get("purpose"))}
    if flat.get("count") == 1:  # it is the document of the page
        del flat["count"]
    shown = [(name, _say(name, value, language)) for name, value in flat.items() if name in codes.DETAILS]
    return [(codes.named(codes.DETAILS, name, language), text) for name, text in shown if text]


def _parts(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _say(name: str, value: object, language: Language) -> str:
    if value is None:
        return ""
    if name in _TABLES:
        return codes.named(_TABLES[name], str(value), language)
    if name in {"fields", "left"}:
        return _fields(value, language)
    if name == "document_type":
        return type_label(str(value), language)
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return _FORMATS[name](str(value)) if name in _FORMATS else str(value)


def _fields(value: object, language: Language) -> str:
    """Their names, or each with the state it got."""
    if isinstance(value, Mapping):
        states = {name: codes.named(codes.FIELD_STATES, str(state), language) for name, state in value.items()}
        return ", ".join(f"{field_label(name, language)} ({state})" for name, state in states.items())
    return ", ".join(field_label(str(name), language) for name in value) if isinstance(value, list) else str(value)


def _time(text: str) -> str:
    return local_time(datetime.fromisoformat(text))


def _hash(text: str) -> str:
    return text[:_HASH_SHOWN]


def _ordinal(text: str) -> str:
    return str(int(text) + 1)


_TABLES: dict[str, codes.Names] = {
    "priority": codes.PRIORITIES,
    "reason": codes.REASONS,
    "stage": codes.STAGES,
    "status": STATES,
    "task": codes.TASKS,
    "to": codes.STAGES,
    "use": codes.EVENTS,
}
_FORMATS: dict[str, Callable[[str], str]] = {
    "as": short_id,
    "at": _time,
    "digest": _hash,
    "ends": _time,
    "published_at": _time,
    "received_at": _time,
    "sha256": _hash,
    "step": _ordinal,
    "superseded_by": short_id,
}
