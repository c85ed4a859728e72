"""What extraction gives for one document."""

from dataclasses import dataclass

from digitize.model import DocumentType, FieldRecord, Validity


@dataclass(frozen=True, slots=True)
class Extracted:
    document_type: DocumentType
    fields: dict[str, FieldRecord]
    validity: Validity
    needs_review: tuple[str, ...]
    """Names of the fields a person has to look at before the paper may be published, in form order."""
