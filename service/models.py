"""What the portal API takes and gives. Every example is of people and papers that do not exist."""

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from starlette.responses import Response

from digitize.extraction.doctypes import load_document_types
from digitize.model import FieldValue, Problem, Role, SignatureRecord, Status, Validity
from storage.pages import ROWS_MAX

_ONE_LETTER_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*\Z")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_LONG_NUMBER = re.compile(r"[0-9]{9}")
_PERSON, _ORGANISATION = "[0-9]{9}|[0-9]{12}", "[0-9]{10}(-[0-9]{3})?"
_HOUSEHOLD_BUSINESS = "[0-9]{2}[A-ZĐ][0-9]{6,8}"


def _without_spaces(untrusted: object) -> object:
    return re.sub(r"\s", "", unicodedata.normalize("NFC", untrusted)) if isinstance(untrusted, str) else untrusted


def _is_no_personal_number(code: str) -> str:
    """Purposes go into the log, which holds no personal data; a dossier code has no nine digits in a row."""
    if not _ONE_LETTER_CODE.match(code) or _LONG_NUMBER.search(code):
        raise ValueError("not a code of the dossier system")
    return code


Code = Annotated[str, Field(max_length=64), AfterValidator(_is_no_personal_number)]
OwnerId = Annotated[
    str,
    BeforeValidator(_without_spaces),
    Field(pattern=rf"^({_PERSON}|{_ORGANISATION}|{_HOUSEHOLD_BUSINESS})$", examples=["001099012345"]),
]
"""Number of a person (12 digits, 9 before), an organisation (10, of a branch 10 and 3) or a household business.
Spaces do not count.
"""
ApplicantId = Annotated[str, BeforeValidator(_without_spaces), Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z./-]{0,31}$")]
"""As ``OwnerId``, or what a foreigner has instead, such as a passport's number: no paper is found by that."""


def _is_known_type(code: str) -> str:
    """An answer of nothing would read as if the state held no such paper."""
    if code not in load_document_types() and code != "unknown":
        raise ValueError(f"no such document type; known are {', '.join(load_document_types())}, unknown")
    return code


TypeCode = Annotated[str, Field(pattern=r"^[a-z_]{1,64}$"), AfterValidator(_is_known_type)]
Limit = Annotated[int, Field(ge=1, le=ROWS_MAX)]
Cursor = Annotated[str | None, Field(max_length=100, description="of the page before, with all else as it was")]
NextCursor = Annotated[str | None, Field(description="for the next page; null: there is none")]


def _is_of_our_time(moment: datetime) -> datetime:
    """Year 1 in Hanoi is year 0 in UTC, which no database has; and nobody means it."""
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(f"a time between {_FIRST_YEAR} and {_LAST_YEAR}")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_is_of_our_time)]
Day = Annotated[date, Field(ge=date(2000, 1, 1), lt=date(3000, 1, 1))]


class JsonAnswer(Response):
    """A model written as JSON once; the framework would check it again and write it in two steps, at 1 ms."""

    media_type = "application/json"

    def __init__(self, answer: BaseModel) -> None:
        super().__init__(answer.model_dump_json())


class Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Purpose(Request):
    """What the answer is needed for; kept in the access log. No paper is given out without one."""

    dossier: Code = Field(examples=["H99.01-260912-0001"])
    procedure: Code = Field(examples=["1.000894"])


class LookupRequest(Request):
    owner_id: OwnerId
    document_type: TypeCode | None = Field(None, examples=["birth_certificate"])
    limit: Limit = ROWS_MAX
    cursor: Cursor = None
    purpose: Purpose


class FoundDocument(BaseModel):
    """One published, unrevoked document. Only fields a check or a person has accepted are given."""

    document_id: str = Field(examples=["7h2m9k4c1x8d5t0w3q6r2v9b4n"])
    document_type: str = Field(examples=["birth_certificate"])
    role: Role
    document_number: FieldValue = Field(None, examples=["123/2026"])
    issue_date: FieldValue = Field(None, examples=["2026-09-12"])
    issuing_agency: FieldValue = Field(None, examples=["ỦY BAN NHÂN DÂN XÃ SƠN HẠ"])
    owner_name: FieldValue = Field(None, examples=["NGUYỄN THỊ MINH AN"])
    unit: str | None = Field(examples=["H99.01"])
    validity: Validity
    published_at: datetime | None


class LookupAnswer(BaseModel):
    documents: list[FoundDocument] = Field(description="published last first; may be fewer than the limit")
    cursor: NextCursor


class SearchRequest(Request):
    query: str = Field(
        min_length=1,
        max_length=200,
        description="up to 20 words that all occur; in double quotes: side by side. No number of 8 digits or more",
        examples=['"nguyễn thị" khai sinh'],
    )
    unit: Code | None = Field(None, examples=["H99.01"])
    document_type: TypeCode | None = Field(None, examples=["birth_certificate"])
    published_from: Day | None = Field(None, description="first day, in Vietnam", examples=["2026-09-01"])
    published_to: Day | None = Field(None, description="last day", examples=["2026-09-30"])
    limit: int = Field(20, ge=1, le=50)
    cursor: Cursor = None
    purpose: Purpose


class SearchAnswer(BaseModel):
    documents: list[FoundDocument] = Field(description="published last first; may be fewer than the limit")
    cursor: NextCursor


class DossierOut(BaseModel):
    code: str | None = Field(examples=["H99.01-260912-0001"])
    component: str | None = Field(examples=["TP01"])
    unit: str | None = Field(examples=["H99.01"])


class RevocationOut(BaseModel):
    at: datetime = Field(description="from when on the paper is no longer valid")
    reason: str | None = Field(examples=["Cấp không đúng thẩm quyền"])
    superseded_by: str | None = Field(description="document id of the paper that takes its place")


class DocumentOut(BaseModel):
    """Where a document stands; nothing that is written on the paper."""

    document_id: str = Field(examples=["7h2m9k4c1x8d5t0w3q6r2v9b4n"])
    status: Status
    role: Role
    document_type: str | None = Field(examples=["birth_certificate"])
    dossier: DossierOut
    page_count: int = Field(description="0 while not counted yet", examples=[2])
    received_at: datetime
    updated_at: datetime
    published_at: datetime | None
    problem: Problem | None = Field(description="why it was refused or is held, in Vietnamese and English")
    revocation: RevocationOut | None = Field(description="null: not revoked")


class LinkOut(BaseModel):
    url: str = Field(
        description="pre-signed GET; carries surrogate ids only",
        examples=["https://objects.example/archive/7h/7h2m9k4c1x8d5t0w3q6r2v9b4n/signed.pdf?X-Amz-Expires=300"],
    )
    expires_at: datetime


class VerificationOut(BaseModel):
    """After ETSI EN 319 102-1; no signature at all is TOTAL-FAILED."""

    verdict: Literal["TOTAL-PASSED", "INDETERMINATE", "TOTAL-FAILED"]
    signatures: list[SignatureRecord]
    vi: str = Field(examples=["Chữ ký hợp lệ và tệp không bị sửa sau khi ký."])
    en: str = Field(examples=["The signature is valid and the file was not changed after signing."])


class HealthOut(BaseModel):
    status: Literal["ok", "unavailable"]
