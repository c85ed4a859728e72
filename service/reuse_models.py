"""What the API takes and gives about reuse. Every example is of people and papers that do not exist."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from digitize.model import FieldValue, Method, Validity
from service.models import ApplicantId, Code, Cursor, Limit, Moment, NextCursor, OwnerId, Purpose, Request
from service.prefill import Attestation, HoldingState
from storage.pages import ROWS_MAX

_LINE = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"
"""One line, and not of spaces only."""
Line = Annotated[str, Field(min_length=1, max_length=500, pattern=_LINE)]
_DOCUMENT_ID = "7h2m9k4c1x8d5t0w3q6r2v9b4n"


class PrefillRequest(Request):
    procedure: Code = Field(examples=["1.000894"])
    owner_id: OwnerId
    purpose: Purpose


class SourceOut(BaseModel):
    """One scan of a paper."""

    document_id: str = Field(examples=[_DOCUMENT_ID])
    unit: str | None = Field(examples=["H99.01"])
    dossier: str | None = Field(examples=["H99.01-260912-0001"])
    received_at: datetime


class HeldOut(BaseModel):
    document_id: str = Field(examples=[_DOCUMENT_ID])
    document_type: str = Field(examples=["birth_certificate"])
    state: HoldingState
    valid_until: date | None = Field(description="last day on which it may stand in; null: no end is known")
    fields: dict[str, FieldValue] = Field(description="accepted ones only; empty unless held or expired")
    sources: list[SourceOut] = Field(description="where it was scanned, the first scan first")


class ComponentOut(BaseModel):
    code: str = Field(examples=["TP01"])
    name: str = Field(examples=["Giấy khai sinh"])
    required: bool
    state: HoldingState = Field(
        description="held: need not be handed in; doubtful: a person has to look; expired, revoked, not_held: has to be"
    )
    documents: list[HeldOut] = Field(description="the most useful first")


class ValueSourceOut(BaseModel):
    document_id: str = Field(examples=[_DOCUMENT_ID])
    document_type: str = Field(examples=["birth_certificate"])
    field: str = Field(examples=["full_name"])
    attestation: Attestation
    issued: str | None = Field(examples=["2026-09-12"])


class FormValueOut(BaseModel):
    value: str
    newest: bool = Field(description="a document that says so is as new as any that says something")
    best_attested: bool
    sources: list[ValueSourceOut]


class PrefillAnswer(BaseModel):
    procedure: str = Field(examples=["1.000894"])
    components: list[ComponentOut]
    form: dict[str, list[FormValueOut]] = Field(
        description="what a form may be filled with; several values where documents disagree, best attested first"
    )


class FieldOut(BaseModel):
    value: FieldValue
    text: str | None = Field(description="as printed")
    confidence: float
    state: str
    method: Method
    checks: tuple[str, ...]


class FieldsOut(BaseModel):
    document_id: str = Field(examples=[_DOCUMENT_ID])
    document_type: str = Field(examples=["birth_certificate"])
    fields: dict[str, FieldOut]
    validity: Validity


class RevocationRequest(Request):
    reason: Line = Field(examples=["Cấp không đúng thẩm quyền"])
    revoked_at: Moment | None = Field(None, description="null: now; never in the future")
    superseded_by: str | None = Field(None, pattern=r"^[0-9a-z]{26}$", examples=[_DOCUMENT_ID])


class DossierIn(Request):
    code: Code = Field(examples=["H99.01-260912-0001"])
    procedure: Code = Field(examples=["1.000894"])
    unit: Code = Field(examples=["H99.01"])
    owner_id: ApplicantId | None = None
    received_at: Moment
    resolved_at: Moment | None = None


class DossiersRequest(Request):
    dossiers: list[DossierIn] = Field(min_length=1, max_length=500)


class DossiersAnswer(BaseModel):
    received: int = Field(description="dossiers in the request")
    new: int = Field(description="of them not known before")


class AccessesRequest(Request):
    owner_id: OwnerId
    limit: Limit = ROWS_MAX
    cursor: Cursor = None
    purpose: Purpose


class AccessOut(BaseModel):
    at: datetime
    client: str = Field(examples=["Cổng dịch vụ công"])
    use: str = Field(examples=["access.prefill"])
    purpose: Literal["reuse", "review"] = Field(
        description="reuse: given to a portal for `dossier` and `procedure`; review: seen by an operator at the console"
    )
    document_id: str = Field(examples=[_DOCUMENT_ID])
    dossier: str | None = Field(examples=["H99.01-260912-0001"])
    procedure: str | None = Field(examples=["1.000894"])


class AccessesAnswer(BaseModel):
    accesses: list[AccessOut] = Field(description="the newest first")
    cursor: NextCursor
