"""Which papers show sensitive personal data (Law 91/2025/QH15, Decree 356/2025)."""

from collections.abc import Mapping
from typing import Protocol

from digitize.model import FieldValue

SENSITIVE_FIELDS = frozenset({"ethnicity"})
SENSITIVE_TYPES = frozenset({"citizen_card"})
"""Papers whose image is sensitive whatever stands on it."""


class _Field(Protocol):
    @property
    def value(self) -> FieldValue: ...


def shows_sensitive(type_code: str | None, fields: Mapping[str, _Field]) -> bool:
    """Whether image, text or whole record do."""
    return type_code in SENSITIVE_TYPES or any(
        (found := fields.get(name)) is not None and found.value is not None for name in SENSITIVE_FIELDS
    )
