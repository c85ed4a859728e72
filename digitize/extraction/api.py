"""What extraction gives for one document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from digitize.model import DocumentType, FieldRecord, Validity

Doubt = Literal[
    "contested",
    "edge",
    "faint",
    "gap",
    "handwriting",
    "height",
    "incomplete",
    "ink",
    "lost_tone",
    "no_colour",
    "pieces",
    "respelled",
    "restored",
    "spelling",
    "toneless",
    "two_papers",
    "unchecked",
    "unconfirmed",
    "unusual_name",
]
"""Why a person has to look at a value, however sure its letters are; in the record's ``checks`` as ``doubt:<name>``."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of one value that was read."""

    field: str
    """``type.field``"""
    kind: str
    """Of fields whose values go wrong alike, such as all names."""
    values: Mapping[str, float]
    """By name of the clue; what is not named is 0."""


@dataclass(frozen=True, slots=True)
class Extracted:
    document_type: DocumentType
    fields: dict[str, FieldRecord]
    validity: Validity
    needs_review: tuple[str, ...]
    """Names of the fields a person has to look at before the paper may be published, in form order."""
    clues: Mapping[str, Clues] = field(default_factory=dict)
    """Of every field whose confidence was fitted to clues, those clues: what the next fit is made from."""
