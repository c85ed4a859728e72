"""Which scans are one paper, and a paper's end. Each function is part of one transaction.

The same paper comes in at two counters. It is told by what its issuer gave it: type, issuer, number and date; and it is
the same only if nothing that is sure on one scan contradicts the other. Both scans stay; the later stands behind the
earlier.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from digitize.errors import NotFoundError, NotReadyError
from digitize.extraction.letters import fold, squeeze
from digitize.model import MOVES, Record, Status
from storage import log
from storage.papers_api import ToldField, ToldRecord
from storage.reuse_api import Revocation
from storage.sealed_records import key_of, open_record, seal_record
from storage.tables import BUT_FOR_ITS_ID, DocumentEntry

TRUSTED_STATES = frozenset({"accepted", "corrected"})
_SHORT = {"ubnd": "uybannhandan", "hdnd": "hoidongnhandan"}
_NUMBERS = (
    "serial_number",
    "diploma_number",
    "licence_number",
    "enterprise_code",
    "household_business_code",
    "document_number",
)
"""Fields with the number that the issuer gave the paper itself, the most telling first."""


def identify(
    session: Session, now: datetime, entry: DocumentEntry, record: Record, actor: str, *, came_back: bool = False
) -> None:
    """Put a document just published behind the same paper of before, where there is one; where that one was revoked, it
    is revoked with it: nobody makes a paper valid again by handing it in at another counter.

    Called when the log's head is locked, so that of two that are published at once the later sees the earlier; only
    the row of ``entry`` is changed then, since who revokes the other has its row and waits for the head. ``came_back``:
    to a catalogue that lost it and meets them in any order.
    """
    entry.paper_key = paper_key(session, record)
    if entry.paper_key is None:
        return
    session.flush()
    earlier = session.scalars(
        select(DocumentEntry)
        .where(
            DocumentEntry.paper_key == entry.paper_key,
            DocumentEntry.document_id != entry.document_id,
            DocumentEntry.same_as.is_(None),
            DocumentEntry.status.in_((Status.PUBLISHED, Status.REVOKED)),
        )
        .order_by(DocumentEntry.published_at, DocumentEntry.document_id)
    )
    for other in earlier:
        known = open_record(session, other, pages=False)
        contradicting = sorted({name for one in _scans_of(session, other) for name in contradictions(one, record)})
        if known is not None and not contradicting:
            earlier_published = (other.published_at or now, other.document_id)
            if came_back and (entry.published_at or now, entry.document_id) < earlier_published:
                _put_behind(session, now, entry, other, actor)
            else:
                _put_behind(session, now, other, entry, actor)
            if other.status == Status.REVOKED:
                _end(session, now, entry, _revocation_of(known), actor)
            return
        data: dict[str, object] = {"as": other.document_id, "fields": contradicting}
        log.append(session, now, actor, "same_number_differs", document_id=entry.document_id, data=data)


def _scans_of(session: Session, first: DocumentEntry) -> list[Record]:
    """What the first scan is silent about another may say."""
    behind = session.scalars(select(DocumentEntry).where(DocumentEntry.same_as == first.document_id))
    found = (open_record(session, one, pages=False) for one in (first, *behind))
    return [one for one in found if one is not None]


def _put_behind(session: Session, now: datetime, first: DocumentEntry, later: DocumentEntry, actor: str) -> None:
    session.execute(
        update(DocumentEntry)
        .where(DocumentEntry.same_as == later.document_id)
        .values(same_as=first.document_id)
        .execution_options(synchronize_session="fetch")
    )
    later.same_as = first.document_id
    log.append(session, now, actor, "same_paper", document_id=later.document_id, data={"as": first.document_id})


def paper_key(session: Session, record: Record) -> str | None:
    """The same for all scans of a paper, and perhaps for others; None where it cannot be told."""
    told = tell_paper(record)
    return None if told is None else key_of(session).blind(told)


def tell_paper(record: Record) -> str | None:
    """Type, issuer, number and date in one text, spelling aside; None where one of them is not sure. Of an identity
    card: whose it is and since when; its issuer is one and the same for all, and a card issued anew ends on the same
    birthday as the lost one.
    """
    if record.document_type.code == "citizen_card":
        owner, day = _sure(record, "personal_id"), _sure(record, "issue_date")
        return f"citizen_card\n{owner}\n{day}" if owner and day else None
    number = next((value for name in _NUMBERS if (value := _sure(record, name))), None)
    issuer, day = _sure(record, "issuing_agency"), _sure(record, "issue_date")
    if record.document_type.code == "unknown" or not (number and issuer and day):
        return None
    return "\n".join((record.document_type.code, _spelled(issuer), "".join(fold(number).split()), day))


def _spelled(text: str) -> str:
    """In one spelling: people write short what is printed in full."""
    letters = squeeze(text)
    for short, long in _SHORT.items():
        letters = long + letters.removeprefix(short) if letters.startswith(short) else letters
    return letters


def contradictions(one: ToldRecord, other: ToldRecord) -> list[str]:
    """Names of the fields that both have for sure and not alike, spelling and case aside."""
    shared = one.fields.keys() & other.fields.keys()
    return sorted(name for name in shared if _differ(one.fields[name], other.fields[name]))


def _differ(one: ToldField, other: ToldField) -> bool:
    if not {one.state, other.state} <= TRUSTED_STATES or one.value is None or other.value is None:
        return False
    return [_spelled(part) for part in _parts(one)] != [_spelled(part) for part in _parts(other)]


def _parts(field: ToldField) -> Iterator[str]:
    yield from field.value if isinstance(field.value, list) else [field.value or ""]


def _sure(record: Record, name: str) -> str | None:
    field = record.fields.get(name)
    return field.value if field and field.state in TRUSTED_STATES and isinstance(field.value, str) else None


def revoke(session: Session, now: datetime, document_id: str, revocation: Revocation, actor: str) -> None:
    group = _lock_scans(session, document_id)
    if all(Status.REVOKED not in MOVES[Status(one.status)] and one.status != Status.REVOKED for one in group):
        raise NotReadyError
    while valid := [one for one in group if one.status == Status.PUBLISHED and one.record is not None]:
        for one in valid:
            _end(session, now, one, revocation, actor)
        # The log's head is ours by now: a scan published while we waited for it stands behind this paper already.
        group = _lock_scans(session, document_id)


def lock_known(session: Session, keys: Iterable[str | None]) -> None:
    """All scans that have one of these keys, before the log's head is taken: whoever revokes one of them meanwhile has
    its row and waits for the head.
    """
    query = select(DocumentEntry.document_id).where(DocumentEntry.paper_key.in_([key for key in keys if key]))
    session.execute(query.order_by(DocumentEntry.document_id).with_for_update(key_share=BUT_FOR_ITS_ID)).all()


def _lock_scans(session: Session, document_id: str) -> list[DocumentEntry]:
    """All scans of its paper, as they are once they are ours: while we waited it may have been put behind another, or
    been revoked. Raises NotFoundError.
    """
    columns = DocumentEntry.document_id, DocumentEntry.same_as
    asked = select(func.coalesce(columns[1], columns[0])).where(columns[0] == document_id)
    while (first := session.scalar(asked)) is not None:
        query = select(DocumentEntry).where(or_(columns[0] == first, columns[1] == first)).order_by(columns[0])
        query = query.with_for_update(key_share=BUT_FOR_ITS_ID).execution_options(populate_existing=True)
        scans = list(session.scalars(query))
        if any(one.document_id == document_id and (one.same_as or document_id) == first for one in scans):
            return scans
    raise NotFoundError


def _end(session: Session, now: datetime, entry: DocumentEntry, revocation: Revocation, actor: str) -> None:
    record = open_record(session, entry, pages=True)
    if record is None:
        raise ValueError("what is published has a record")
    entry.status, entry.updated_at = Status.REVOKED, now
    ended = {"revoked_at": revocation.at.isoformat(), "revocation_reason": revocation.reason}
    if revocation.superseded_by is not None:
        ended["superseded_by"] = revocation.superseded_by
    seal_record(session, entry, record.model_copy(update={"validity": record.validity.model_copy(update=ended)}))
    # The reason is a person's own words and stays in the record.
    data = {"at": revocation.at.isoformat(), "superseded_by": revocation.superseded_by}
    log.append(session, now, actor, "revoked", document_id=entry.document_id, data=data)


def _revocation_of(record: Record) -> Revocation:
    told = record.validity
    newer = (told.model_extra or {}).get("superseded_by")
    return Revocation(datetime.fromisoformat(told.revoked_at or ""), told.revocation_reason or "", newer)
