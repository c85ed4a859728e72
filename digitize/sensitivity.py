"""Which papers show sensitive personal data (Law 91/2025/QH15, Decree 356/2025)."""

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from digitize.extraction.letters import fold_page
from digitize.model import FieldValue

SENSITIVE_FIELDS = frozenset({"ethnicity"})
SENSITIVE_TYPES = frozenset(
    {
        "birth_certificate",
        "citizen_card",
        "death_extract",
        "marital_status_certificate",
        "marriage_certificate",
    }
)
"""Identity cards, whose image is sensitive whatever stands on it; and papers of civil status, whose forms ask for the
ethnicity: that it was not read does not mean that it is not there.
"""
_SENSITIVE_TEXT = re.compile(r"\bdan toc\b|\bcitizen identity card\b|\bidvnm")
"""Folded: ethnicity (dân tộc) on any other form; an identity card that was taken for something else, or lies behind
another paper in one file.
"""


class _Field(Protocol):
    @property
    def value(self) -> FieldValue: ...


class _Page(Protocol):
    @property
    def text(self) -> str: ...


def shows_sensitive(type_code: str | None, fields: Mapping[str, _Field], pages: Iterable[_Page] = ()) -> bool:
    """Whether image, text or whole record do."""
    if type_code in SENSITIVE_TYPES:
        return True
    if any((found := fields.get(name)) is not None and found.value is not None for name in SENSITIVE_FIELDS):
        return True
    return any(_SENSITIVE_TEXT.search(" ".join(fold_page(page.text).split())) for page in pages)
