"""What extraction gives for one document."""

from dataclasses import dataclass
from typing import Literal

from digitize.model import DocumentType, FieldRecord, Validity

Doubt = Literal[
    "contested",
    "edge",
    "gap",
    "handwriting",
    "height",
    "incomplete",
    "ink",
    "lost_tone",
    "no_colour",
    "pieces",
    "spelling",
    "unconfirmed",
    "unusual_name",
]
"""Why a person has to look at a value, however sure its letters are; in the record's ``checks`` as ``doubt:<name>``."""


@dataclass(frozen=True, slots=True)
class Extracted:
    document_type: DocumentType
    fields: dict[str, FieldRecord]
    validity: Validity
    needs_review: tuple[str, ...]
    """Names of the fields a person has to look at before the paper may be published, in form order."""
