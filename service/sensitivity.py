"""Sensitive personal data (Law 91/2025/QH15, Decree 356/2025): a scope of its own, off unless given."""

from digitize.model import Record
from storage.api import Client, DocumentRow

SENSITIVE_FIELDS = frozenset({"ethnicity"})
SENSITIVE_TYPES = frozenset({"citizen_card"})
"""Papers whose image is sensitive whatever stands on it."""


def may_see(client: Client) -> bool:
    return "sensitive" in client.scopes


def is_sensitive(row: DocumentRow) -> bool:
    """Whether image, text or whole record show what is sensitive."""
    if row.type_code in SENSITIVE_TYPES:
        return True
    return row.record is not None and any(
        (found := row.record.fields.get(name)) is not None and found.value is not None for name in SENSITIVE_FIELDS
    )


def without_sensitive(record: Record) -> Record:
    return record.model_copy(
        update={"fields": {name: one for name, one in record.fields.items() if name not in SENSITIVE_FIELDS}}
    )
