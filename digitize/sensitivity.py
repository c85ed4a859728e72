"""Which papers show sensitive personal data (Law 91/2025/QH15, Decree 356/2025)."""

from digitize.model import Record

SENSITIVE_FIELDS = frozenset({"ethnicity"})
SENSITIVE_TYPES = frozenset({"citizen_card"})
"""Papers whose image is sensitive whatever stands on it."""


def shows_sensitive(record: Record) -> bool:
    """Whether image, text or whole record do."""
    return record.document_type.code in SENSITIVE_TYPES or any(
        (found := record.fields.get(name)) is not None and found.value is not None for name in SENSITIVE_FIELDS
    )
