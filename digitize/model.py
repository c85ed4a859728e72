"""The record: what the pipeline says about one document (schema 1).

One input document yields one record. It is what ``digitize process --json`` prints, what the portal API
returns, what is embedded in the archive PDF and what is stored beside it. Keys may be added freely; the
meaning of a key never changes. Readers keep keys they do not know, so that a newer writer loses nothing.
"""

import unicodedata
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

SCHEMA = 1


def _to_nfc(value: object) -> object:
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_to_nfc)]
"""Text in NFC: two spellings of one Vietnamese letter must never be two values."""

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 as fractions of the upright page, origin top left."""

FieldValue = Text | list[Text] | None
"""Normalised value; a list where the paper has two owners; None where looked for and not found."""


class Status(StrEnum):
    """State of a document; the allowed moves stand in ``MOVES``."""

    RECEIVED = "received"
    PROCESSING = "processing"
    NEEDS_REVIEW = "needs_review"
    PUBLISHED = "published"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"
    REVOKED = "revoked"


MOVES: dict[Status, frozenset[Status]] = {
    Status.RECEIVED: frozenset({Status.PROCESSING, Status.REJECTED, Status.QUARANTINED}),
    Status.PROCESSING: frozenset(
        {Status.PROCESSING, Status.NEEDS_REVIEW, Status.PUBLISHED, Status.REJECTED, Status.QUARANTINED}
    ),
    Status.NEEDS_REVIEW: frozenset({Status.PROCESSING, Status.REJECTED}),
    Status.PUBLISHED: frozenset({Status.REVOKED}),
    Status.REJECTED: frozenset(),
    Status.QUARANTINED: frozenset({Status.PROCESSING, Status.REJECTED}),
    Status.REVOKED: frozenset(),
}

ON_THE_WAY = frozenset({Status.RECEIVED, Status.PROCESSING, Status.NEEDS_REVIEW})
"""States of a document that nothing has ended yet."""

Role = Literal["component", "result"]
"""component: thành phần hồ sơ; result: kết quả giải quyết thủ tục hành chính."""

FieldState = Literal["accepted", "review", "corrected"]
Method = Literal["ocr", "qr", "mrz", "signature", "text_layer", "manual"]


class Part(BaseModel):
    """Base of every part of the record: frozen, and keeps keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="allow")


class Dossier(Part):
    """Where the paper was handed in; each part is None where unknown."""

    code: str | None = None
    procedure: str | None = None
    component: str | None = None
    unit: str | None = None


class Source(Part):
    """The file as handed in. ``filename`` may hold personal data: record only, never a key or a log."""

    filename: Text
    sha256: str
    media_type: str
    size: int
    page_count: int = 0
    signed: bool = False


class DocumentType(Part):
    code: str
    confidence: float


class FieldRecord(Part):
    """One field. ``text`` is as printed; ``box`` and ``page`` are None where no place is known."""

    value: FieldValue
    text: Text | None
    confidence: float
    state: FieldState
    page: int | None = None
    box: Box | None = None
    method: Method = "ocr"
    checks: tuple[str, ...] = ()


class PageRecord(Part):
    """One page. ``rotation`` in degrees clockwise applied to set it upright, ``skew`` in degrees."""

    number: int
    text: Text
    dpi: int
    rotation: int = 0
    skew: float = 0.0
    blank: bool = False
    mean_confidence: float | None = None
    """Mean of the recognizer's own confidence: no probability."""
    words_right: float | None = None
    """Expected share of the words that are right; None for text that was not recognized."""


class Quality(Part):
    verdict: Literal["pass", "rescan"] = "pass"
    problems: tuple[str, ...] = ()


class Validity(Part):
    issued: str | None = None
    valid_until: str | None = None
    scope: str | None = None
    revoked_at: str | None = None
    revocation_reason: str | None = None


class SignatureRecord(Part):
    """One signature found or made. ``verdict`` after ETSI EN 319 102-1."""

    field: str
    signer: Text
    level: str
    """PAdES level B-B, B-T, B-LT or B-LTA; else the subfilter as found, e.g. ``adbe.pkcs7.detached``."""
    signing_time: AwareDatetime | None = None
    timestamp_time: AwareDatetime | None = None
    timestamp_trusted: bool = False
    """Whether the timestamp's issuer is trusted; else its time is a claim like the signer's own."""
    digest_algorithm: str | None = None
    covers: Literal["whole_file", "revision", "unclear"] = "unclear"
    """whole_file: nothing follows the signature; revision: later increments exist."""
    intact: bool = False
    trusted: bool = False
    changed_since: Literal["no", "allowed", "forbidden", "unknown"] = "unknown"
    verdict: Literal["TOTAL-PASSED", "INDETERMINATE", "TOTAL-FAILED"] = "INDETERMINATE"
    sub_indication: str | None = None
    made_by: Literal["input", "digitize"] = "input"


class Problem(Part):
    """Why a document was refused, for people and for machines."""

    code: str
    vi: str
    en: str
    causes: tuple[str, ...] = ()
    """What was found wrong, as codes of ``Quality.problems``; empty where the code says all."""


class Record(Part):
    schema_version: int = Field(SCHEMA, alias="schema")
    document_id: str
    status: Status
    role: Role = "component"
    dossier: Dossier = Dossier()
    source: Source
    document_type: DocumentType = DocumentType(code="unknown", confidence=0.0)
    fields: dict[str, FieldRecord] = {}
    pages: tuple[PageRecord, ...] = ()
    quality: Quality = Quality()
    signatures: tuple[SignatureRecord, ...] = ()
    validity: Validity = Validity()
    code: str | None = None
    """Mã kết quả số hóa (Decree 45/2020, Art. 14; Circular 01/2023, Art. 10); of a component it holds the owner's
    number. None where the paper belongs to no dossier.
    """
    pdfa: str | None = None
    """PDF/A part and level the archive PDF claims (``3b``); None where it cannot honestly claim one."""
    problem: Problem | None = None

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    def to_json(self) -> bytes:
        """UTF-8 JSON with two spaces of indent and a final newline; the bytes that are embedded and signed."""
        return self.model_dump_json(by_alias=True, indent=2).encode() + b"\n"

    @classmethod
    def from_json(cls, data: bytes | str) -> "Record":
        return cls.model_validate_json(data)


OWNER_FIELDS = ("owner_name", "owner_id")
