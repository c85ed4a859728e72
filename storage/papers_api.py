"""What portals are told of papers by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from digitize.model import FieldState, FieldValue, Method, Role, Status, Validity


class ToldField(Protocol):
    """What portals are told of a field by."""

    @property
    def value(self) -> FieldValue: ...

    @property
    def state(self) -> FieldState: ...

    @property
    def method(self) -> Method: ...


class ToldRecord(Protocol):
    """What portals are told of a paper's content by; a ``Record`` is more."""

    @property
    def fields(self) -> Mapping[str, ToldField]: ...

    @property
    def validity(self) -> Validity: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """What portals are told of a paper by."""

    document_id: str
    status: Status
    unit: str | None
    dossier: str | None
    role: Role
    type_code: str | None
    received_at: datetime
    published_at: datetime | None
    record: ToldRecord | None
