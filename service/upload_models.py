"""What the API takes and gives about uploads. Every example is of people and papers that do not exist."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from digitize.model import Role
from service.models import Request
from storage.api import Priority

PlaceCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
_UPLOAD_ID = "5b0c1f5e8d2f4c0f9a7d3e6b1c2a4f88"
_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class UploadRequest(Request):
    """A scan, and where it belongs: as in the key under which a station drops it."""

    unit: PlaceCode = Field(examples=["H99.01"])
    dossier: PlaceCode = Field(examples=["H99.01-260912-0001"])
    component: PlaceCode = Field(
        description="KQ1, KQ2 … name the result of the procedure, all else a component", examples=["TP01"]
    )
    filename: str = Field(min_length=1, max_length=255, examples=["giay khai sinh.pdf"])
    size: int = Field(ge=1, le=2**40, description="bytes", examples=[1_034_439])
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="of the whole", examples=[_SHA256])
    priority: Priority = Field("default", description="urgent: a citizen is waiting")


class ReceiptOut(BaseModel):
    """The scan is whole and will be digitized. It can be asked for again until the upload expires."""

    upload_id: str = Field(examples=[_UPLOAD_ID])
    document_id: str = Field(examples=["7h2m9k4c1x8d5t0w3q6r2v9b4n"])
    unit: str = Field(examples=["H99.01"])
    dossier: str = Field(examples=["H99.01-260912-0001"])
    component: str = Field(examples=["TP01"])
    role: Role
    size: int = Field(examples=[1_034_439])
    sha256: str = Field(examples=[_SHA256])
    status_path: str = Field(
        description="of this API, where its state will be told a moment later, to keys with the scope documents:read",
        examples=["/v1/documents/7h2m9k4c1x8d5t0w3q6r2v9b4n"],
    )
    status_key: str = Field(
        description="in the inbox bucket, where stations of the unit read the same",
        examples=["H99.01/_status/7h2m9k4c1x8d5t0w3q6r2v9b4n.json"],
    )


class UploadOut(BaseModel):
    upload_id: str = Field(examples=[_UPLOAD_ID])
    size: int = Field(examples=[1_034_439])
    sha256: str = Field(examples=[_SHA256])
    part_size: int = Field(description="bytes of every part but the last", examples=[1_048_576])
    part_count: int = Field(examples=[1])
    parts: list[int] = Field(description="numbers of the parts that have arrived, from 1", examples=[[1]])
    expires_at: datetime
    receipt: ReceiptOut | None = Field(description="null: not completed yet")


class PartOut(BaseModel):
    number: int = Field(examples=[1])
    size: int = Field(examples=[1_034_439])
    sha256: str = Field(examples=[_SHA256])
