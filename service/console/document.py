"""Second page: one document, its page images with the fields drawn over them, and all that happened to it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from digitize.errors import DigitizeError
from digitize.extraction.schema import DocumentType
from digitize.model import Box, FieldRecord, Status
from service.console.corrections import fingerprint, reviewable_fields
from service.console.values import Kind, kind_of, shown
from storage.api import Attempt, Catalogue, DocumentRow
from storage.keys import page_key, pages_prefix
from storage.log_api import Event
from storage.object_api import ObjectStore

PAGES_A_VIEW = 10
"""A back-file of 500 pages must not load 500 images over a weak line."""
_A4_PX = (2480, 3508)
_MARGIN_X, _MARGIN_Y = 0.02, 0.012
"""How much of the page is shown around a field, as fractions: enough to see what stands beside it."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class FieldView:
    name: str
    record: FieldRecord
    kind: Kind
    text: str
    """The value as a person reads it; what was typed, where the form comes back."""
    missing: bool
    """Not found on the paper."""
    several: bool
    fingerprint: str
    crop: Rectangle | None
    """Part of the page image, in its pixels; None where the image or the place is not known."""
    page_width: int = 0
    page_height: int = 0
    checked: bool = False
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class PageView:
    number: int
    width: int
    height: int
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class RevocationView:
    at: datetime
    reason: str | None
    superseded_by: str | None
    """Document id of the paper that takes its place."""
    actor: str | None
    """Of the entry in the log."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    row: DocumentRow
    fields: tuple[FieldView, ...]
    """Doubtful ones first, else in the order of the form."""
    pages: tuple[PageView, ...]
    first_page: int
    page_count: int
    attempts: tuple[Attempt, ...]
    events: tuple[Event, ...]
    client_names: Mapping[str, str]
    """By id."""
    revocation: RevocationView | None
    reviewable: bool
    has_pdf: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """A form that comes back to the reviewer who has to mend it, by field name."""

    typed: Mapping[str, str]
    checked: frozenset[str]
    refused: Mapping[str, str]
    """Phrase that says what is wrong."""


def draw_document(
    catalogue: Catalogue,
    work: ObjectStore,
    row: DocumentRow,
    document_type: DocumentType | None,
    *,
    first_page: int,
    returned: Returned,
) -> DocumentView:
    reviewable = row.status is Status.NEEDS_REVIEW
    found = row.record.fields if row.record else {}
    records = reviewable_fields(row.record, document_type) if row.record and reviewable else found
    kept = kept_pages(work, row.document_id)
    in_view = [number for number in kept if first_page <= number < first_page + PAGES_A_VIEW]
    with_fields = {record.page for record in records.values() if record.page in kept}
    sizes = {number: _page_size(work, row.document_id, number) for number in {*in_view, *with_fields} if number}
    fields = [_field_view(name, record, sizes, returned, missing=name not in found) for name, record in records.items()]
    fields.sort(key=lambda view: view.record.state != "review")  # stable: form order within
    return DocumentView(
        row=row,
        fields=tuple(fields),
        pages=tuple(
            PageView(number, *sizes[number], tuple(v for v in fields if v.record.page == number and v.record.box))
            for number in in_view
        ),
        first_page=first_page,
        page_count=max(kept, default=0),
        attempts=tuple(catalogue.attempts(row.document_id)),
        events=tuple(catalogue.events(row.document_id, limit=50)),
        client_names=catalogue.client_names(),
        revocation=_revocation(catalogue, row),
        reviewable=reviewable,
        has_pdf=row.status in (Status.PUBLISHED, Status.REVOKED),
    )


def _revocation(catalogue: Catalogue, row: DocumentRow) -> RevocationView | None:
    ended = row.record.validity if row.record else None
    if row.status is not Status.REVOKED or ended is None or ended.revoked_at is None:
        return None
    entry = next(iter(catalogue.events(row.document_id, limit=1, kind="revoked")), None)
    return RevocationView(
        at=datetime.fromisoformat(ended.revoked_at),
        reason=ended.revocation_reason,
        superseded_by=(ended.model_extra or {}).get("superseded_by"),
        actor=entry.actor if entry else None,
    )


def kept_pages(work: ObjectStore, document_id: str) -> list[int]:
    """Numbers of the pages whose images are kept, in order."""
    names = {PurePosixPath(found.key).name for found in work.list(pages_prefix(document_id))}
    return sorted(int(name[:4]) for name in names if name.endswith(".jpg") and name[:4].isdecimal())


def _page_size(work: ObjectStore, document_id: str, number: int) -> tuple[int, int]:
    """From what the recognizer wrote beside the image; A4 where that is missing: a crop then is a little off."""
    try:
        found = json.loads(work.get(page_key(document_id, number, "json")))
        width, height = int(found["width_px"]), int(found["height_px"])
    except (DigitizeError, ValueError, KeyError, TypeError):
        return _A4_PX
    return (width, height) if width > 0 and height > 0 else _A4_PX


def _field_view(
    name: str, record: FieldRecord, sizes: Mapping[int, tuple[int, int]], returned: Returned, *, missing: bool
) -> FieldView:
    size = sizes.get(record.page) if record.page is not None else None
    return FieldView(
        name=name,
        record=record,
        kind=kind_of(name),
        text=returned.typed.get(name, shown(name, record.value)),
        missing=missing,
        several=isinstance(record.value, list),
        fingerprint=fingerprint(record),
        crop=_crop(record.box, size) if record.box and size else None,
        page_width=size[0] if size else 0,
        page_height=size[1] if size else 0,
        checked=name in returned.checked,
        refused=returned.refused.get(name),
    )


def _crop(box: Box, size: tuple[int, int]) -> Rectangle:
    width, height = size
    x0, y0 = max(0.0, box[0] - _MARGIN_X) * width, max(0.0, box[1] - _MARGIN_Y) * height
    x1, y1 = min(1.0, box[2] + _MARGIN_X) * width, min(1.0, box[3] + _MARGIN_Y) * height
    return Rectangle(round(x0), round(y0), max(1, round(x1 - x0)), max(1, round(y1 - y0)))
