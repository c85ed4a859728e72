"""What the portal API takes and gives, as its callers see it. A test holds every part to the API's description.

The service's own models cannot serve here: they stand two layers above, and refuse what they do not know, where a
caller has to bear the answers of a newer service.
"""

from datetime import date, datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from digitize.model import FieldValue, Method, Problem, Role, SignatureRecord, Status, Validity

HoldingState = Literal["held", "doubtful", "expired", "revoked", "not_held"]
Attestation = Literal["second_source", "person", "reading"]
Priority = Literal["urgent", "default", "bulk"]
NoticeKind = Literal["published", "revoked", "rejected", "quarantined"]


class Question(BaseModel):
    """Sent as JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(BaseModel):
    """Read from JSON; parts it does not know are left out."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Purpose(Question):
    """What a paper is needed for: codes of the dossier and its procedure. It goes into the service's log."""

    dossier: str
    procedure: str


# --- what is held already ---------------------------------------------------------------------------------


class LookupQuestion(Question):
    owner_id: str
    document_type: str | None = None
    limit: int = 100
    cursor: str | None = None
    purpose: Purpose


class FoundDocument(Answer):
    document_id: str
    document_type: str
    role: Role
    document_number: FieldValue = None
    issue_date: FieldValue = None
    issuing_agency: FieldValue = None
    owner_name: FieldValue = None
    unit: str | None
    validity: Validity
    published_at: datetime | None


class LookupAnswer(Answer):
    documents: list[FoundDocument]
    cursor: str | None


class SearchQuestion(Question):
    query: str
    unit: str | None = None
    document_type: str | None = None
    published_from: date | None = None
    published_to: date | None = None
    limit: int = 20
    cursor: str | None = None
    purpose: Purpose


class SearchAnswer(Answer):
    documents: list[FoundDocument]
    cursor: str | None


class PrefillQuestion(Question):
    procedure: str
    owner_id: str
    purpose: Purpose


class ScanSource(Answer):
    """One scan of a paper."""

    document_id: str
    unit: str | None
    dossier: str | None
    received_at: datetime


class HeldDocument(Answer):
    document_id: str
    document_type: str
    state: HoldingState
    valid_until: date | None
    """Last day on which it may stand in; None: no end is known."""
    fields: dict[str, FieldValue]
    sources: list[ScanSource]


class ComponentState(Answer):
    code: str
    name: str
    required: bool
    state: HoldingState
    documents: list[HeldDocument]


class ValueSource(Answer):
    document_id: str
    document_type: str
    field: str
    attestation: Attestation
    issued: str | None


class FormValue(Answer):
    value: str
    newest: bool
    best_attested: bool
    sources: list[ValueSource]


class Prefill(Answer):
    procedure: str
    components: list[ComponentState]
    form: dict[str, list[FormValue]]


# --- one document -----------------------------------------------------------------------------------------


class DocumentPlace(Answer):
    code: str | None
    """Of the dossier."""
    component: str | None
    unit: str | None


class Revocation(Answer):
    at: datetime
    """From when on the paper is no longer valid."""
    reason: str | None
    superseded_by: str | None
    """Document id of the paper that takes its place."""


class Document(Answer):
    document_id: str
    status: Status
    role: Role
    document_type: str | None
    dossier: DocumentPlace
    page_count: int
    """0 while not counted yet."""
    received_at: datetime
    updated_at: datetime
    published_at: datetime | None
    problem: Problem | None
    revocation: Revocation | None


class DocumentField(Answer):
    value: FieldValue
    text: str | None
    """As printed."""
    confidence: float
    state: str
    method: Method
    checks: tuple[str, ...]


class DocumentFields(Answer):
    document_id: str
    document_type: str
    fields: dict[str, DocumentField]
    validity: Validity


class Link(Answer):
    url: str
    """Opens without a key, until ``expires_at``."""
    expires_at: datetime


class RevocationQuestion(Question):
    reason: str
    revoked_at: AwareDatetime | None = None
    superseded_by: str | None = None


class Verification(Answer):
    """After ETSI EN 319 102-1; no signature at all is TOTAL-FAILED."""

    verdict: Literal["TOTAL-PASSED", "INDETERMINATE", "TOTAL-FAILED"]
    signatures: list[SignatureRecord]
    vi: str
    en: str


# --- dossiers, accesses -----------------------------------------------------------------------------------


class ReportedDossier(Question):
    code: str
    procedure: str
    unit: str
    owner_id: str | None = None
    received_at: AwareDatetime
    resolved_at: AwareDatetime | None = None


class DossiersQuestion(Question):
    dossiers: list[ReportedDossier]


class DossiersAnswer(Answer):
    received: int
    new: int


class AccessesQuestion(Question):
    owner_id: str
    limit: int = 100
    cursor: str | None = None
    purpose: Purpose


class Use(Answer):
    at: datetime
    client: str
    use: str
    purpose: Literal["reuse", "review"]
    document_id: str
    dossier: str | None
    procedure: str | None


class AccessesAnswer(Answer):
    accesses: list[Use]
    cursor: str | None


# --- webhooks ---------------------------------------------------------------------------------------------


class SubscriptionQuestion(Question):
    url: str
    kinds: tuple[NoticeKind, ...] = ("published", "revoked")


class Subscription(Answer):
    subscription_id: str
    url: str
    kinds: list[str]
    created_at: datetime
    secret: str | None = None
    """Signs the notices; given once, when the subscription is made."""


class SubscriptionsAnswer(Answer):
    subscriptions: list[Subscription]


class ReplayQuestion(Question):
    since: int


class ReplayAnswer(Answer):
    notices: int


class Undelivered(Answer):
    sequence: int
    attempts: int
    error: str | None
    next_attempt_at: datetime | None
    given_up: bool


class UndeliveredAnswer(Answer):
    notices: list[Undelivered]
    cursor: str | None


# --- uploads ----------------------------------------------------------------------------------------------


class UploadQuestion(Question):
    unit: str
    dossier: str
    component: str
    filename: str
    size: int
    sha256: str
    priority: Priority = "default"


class Receipt(Answer):
    """The scan is whole and will be digitized."""

    upload_id: str
    document_id: str
    unit: str
    dossier: str
    component: str
    role: Role
    size: int
    sha256: str
    status_path: str
    """Of the API, for keys that may read documents: ``PortalClient.document``."""
    status_key: str
    """In the inbox bucket, for stations of the unit."""


class Upload(Answer):
    upload_id: str
    size: int
    sha256: str
    part_size: int
    """Bytes of every part but the last."""
    part_count: int
    parts: list[int]
    """Numbers of those that have arrived, from 1."""
    expires_at: datetime
    receipt: Receipt | None
    """None: not completed yet."""


class UploadedPart(Answer):
    number: int
    size: int
    sha256: str


# --- health, problems -------------------------------------------------------------------------------------


class Health(Answer):
    status: Literal["ok", "unavailable"]


class InvalidPart(Answer):
    location: str
    message: str


class ProblemDetails(Answer):
    """RFC 9457."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    detail_vi: str
    detail_en: str
    errors: list[InvalidPart] | None = None
