"""Notices to portals, made from the log, so that none can be sent before what it tells is committed, and none is lost.
Each function is part of one transaction.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from digitize.errors import NotFoundError
from digitize.model import Status
from digitize.vietnam_time import VIETNAM_TIME
from storage import log, pages, procedures
from storage.notice_tables import NoticeEntry, SubscriptionEntry
from storage.notices_api import NOTICE_KINDS, Notice, Subscription, Undelivered
from storage.pages import Page, Window
from storage.sealed_records import key_of
from storage.successors import find_predecessors, with_predecessors
from storage.tables import ClientEntry, DocumentEntry, EventEntry

ATTEMPTS_MAX = 12
_FIRST_DELAY, _LONGEST_DELAY = timedelta(seconds=10), timedelta(hours=12)
"""Twice as long each time: the twelfth try is a day and a half after the first."""
_HANDED_ON_AT_ONCE = 500
_ACTOR = "notices"
_HASH_LETTERS = 12
_TOLD_AS = {"restored": "published"}
"""A catalogue that came back from the archive no longer knows who was told of the paper; told twice is not untold."""


def subscribe(
    session: Session,
    now: datetime,
    client_id: str,
    url: str,
    kinds: frozenset[str],
    units: frozenset[str],
    identity: str | None,
) -> tuple[Subscription, str]:
    last, _ = log.lock(session)
    known = None if identity is None else session.get(SubscriptionEntry, identity)
    if known is not None and known.client_id == client_id:
        return _subscription(known), _open_secret(session, known)
    identity, secret = identity or secrets.token_hex(16), secrets.token_urlsafe(32)
    entry = SubscriptionEntry(
        subscription_id=identity,
        client_id=client_id,
        url=url,
        secret=key_of(session).seal(secret, f"{identity}/secret"),
        kinds=log.canonical_json(sorted(kinds)),
        units=log.canonical_json(sorted(units)),
        sequence=last,
        created_at=now,
    )
    session.add(entry)
    log.append(session, now, client_id, "subscribed", data={"subscription": identity, "kinds": sorted(kinds)})
    return _subscription(entry), secret


def list_of(session: Session, client_id: str) -> list[Subscription]:
    query = select(SubscriptionEntry).where(SubscriptionEntry.client_id == client_id)
    order = (SubscriptionEntry.created_at, SubscriptionEntry.subscription_id)
    return [_subscription(entry) for entry in session.scalars(query.order_by(*order))]


def unsubscribe(session: Session, now: datetime, client_id: str, subscription_id: str) -> None:
    entry = _own(session, client_id, subscription_id)
    session.execute(delete(NoticeEntry).where(NoticeEntry.subscription_id == subscription_id))
    session.delete(entry)
    log.append(session, now, client_id, "unsubscribed", data={"subscription": subscription_id})


def replay(session: Session, now: datetime, client_id: str, subscription_id: str, since: int) -> int:
    entry = _own(session, client_id, subscription_id)
    told = _entries_for(session, now, entry, since - 1, entry.sequence)
    for sequence in told:
        session.merge(NoticeEntry(subscription_id=subscription_id, sequence=sequence, attempts=0, not_before=now))
    log.append(session, now, client_id, "replayed", data={"subscription": subscription_id, "notices": len(told)})
    return len(told)


def list_undelivered(session: Session, subscription_id: str, window: Window) -> Page[Undelivered]:
    _own(session, window.asker, subscription_id)
    key, asked = key_of(session), ("undelivered", window.asker, subscription_id)
    query = select(NoticeEntry).where(NoticeEntry.subscription_id == subscription_id)
    if window.cursor is not None:
        behind = int.from_bytes(pages.open_cursor(key, asked, window.cursor), "big")
        query = query.where(NoticeEntry.sequence > behind)
    found = session.scalars(query.order_by(NoticeEntry.sequence).limit(window.limit + 1)).all()
    given, cursor = pages.cut(key, asked, window.limit, found, lambda one: one.sequence.to_bytes(8, "big"))
    return Page(tuple(Undelivered(one.sequence, one.attempts, one.error, one.not_before) for one in given), cursor)


def claim(session: Session, now: datetime, limit: int) -> list[Notice]:
    _hand_on(session, now)
    session.flush()
    query = (
        select(NoticeEntry, SubscriptionEntry, EventEntry)
        .join(SubscriptionEntry, SubscriptionEntry.subscription_id == NoticeEntry.subscription_id)
        .join(EventEntry, EventEntry.sequence == NoticeEntry.sequence)
        .join(ClientEntry, ClientEntry.client_id == SubscriptionEntry.client_id)
        .where(NoticeEntry.not_before <= now, ClientEntry.revoked_at.is_(None))
        .order_by(NoticeEntry.not_before, NoticeEntry.sequence)
        .limit(limit)
    )
    claimed = []
    for notice, subscription, event in session.execute(query).all():
        notice.attempts += 1
        notice.not_before = now + min(_LONGEST_DELAY, _FIRST_DELAY * 2 ** (notice.attempts - 1))
        secret = _open_secret(session, subscription)
        body = _body(session, subscription.subscription_id, event)
        claimed.append(
            Notice(subscription.subscription_id, event.sequence, subscription.url, secret, notice.attempts, body)
        )
    return claimed


def settle(session: Session, now: datetime, notice: Notice, error: str | None) -> None:
    entry = session.get(NoticeEntry, (notice.subscription_id, notice.sequence))
    if entry is None or entry.attempts != notice.attempt:  # replayed or given up meanwhile
        return
    if error is None:
        session.delete(entry)
        return
    entry.error = error
    if entry.attempts >= ATTEMPTS_MAX:
        entry.not_before = None
        data = {"subscription": notice.subscription_id, "sequence": notice.sequence, "error": error}
        log.append(session, now, _ACTOR, "notice_given_up", data=data)


def _hand_on(session: Session, now: datetime) -> None:
    """What the log has gained since, to each who asked to be told."""
    query = (
        select(SubscriptionEntry)
        .join(ClientEntry, ClientEntry.client_id == SubscriptionEntry.client_id)
        .where(ClientEntry.revoked_at.is_(None))
    )
    last = session.scalar(select(func.max(EventEntry.sequence))) or 0
    for subscription in session.scalars(query):
        if subscription.sequence >= last:
            continue
        upto = min(last, subscription.sequence + _HANDED_ON_AT_ONCE)
        for sequence in _entries_for(session, now, subscription, subscription.sequence, upto):
            session.add(
                NoticeEntry(subscription_id=subscription.subscription_id, sequence=sequence, attempts=0, not_before=now)
            )
        subscription.sequence = upto


def _entries_for(session: Session, now: datetime, subscription: SubscriptionEntry, behind: int, upto: int) -> list[int]:
    kinds = {*json.loads(subscription.kinds)} & {*NOTICE_KINDS}
    kinds |= {kind for kind, told in _TOLD_AS.items() if told in kinds}
    query = (
        select(EventEntry.sequence)
        .join(DocumentEntry, DocumentEntry.document_id == EventEntry.document_id)
        .where(
            EventEntry.sequence > behind,
            EventEntry.sequence <= upto,
            EventEntry.kind.in_(sorted(kinds)),
            # What came back and is revoked is told as revoked only.
            or_(EventEntry.kind.not_in(list(_TOLD_AS)), DocumentEntry.status != Status.REVOKED),
        )
        .order_by(EventEntry.sequence)
    )
    units, client = json.loads(subscription.units), session.get(ClientEntry, subscription.client_id)
    types = [] if client is None else json.loads(client.types)
    if units:
        before = find_predecessors(procedures.read_units(session), now.astimezone(VIETNAM_TIME).date())
        query = query.where(DocumentEntry.unit.in_(with_predecessors(units, before)))
    if types:
        query = query.where(DocumentEntry.type_code.in_(types))
    return list(session.scalars(query))


def _body(session: Session, subscription_id: str, event: EventEntry) -> Mapping[str, object]:
    """By surrogate ids and codes: whoever may know more asks for it, and that is written down."""
    columns = DocumentEntry.__table__.c
    query = select(columns.unit, columns.dossier, columns.component, columns.role, columns.type_code)
    found = session.execute(query.where(columns.document_id == event.document_id)).one()
    return {
        # With the hash: a catalogue put back from an older copy gives its numbers a second time, and to other entries.
        "id": f"{subscription_id}-{event.sequence}-{event.hash[:_HASH_LETTERS]}",
        "sequence": event.sequence,
        "type": f"document.{_TOLD_AS.get(event.kind, event.kind)}",
        "at": event.at.isoformat(),
        "document_id": event.document_id,
        "document_type": found.type_code,
        "role": found.role,
        "unit": found.unit,
        "dossier": found.dossier,
        "component": found.component,
    }


def _own(session: Session, client_id: str, subscription_id: str) -> SubscriptionEntry:
    entry = session.get(SubscriptionEntry, subscription_id, with_for_update=True)
    if entry is None or entry.client_id != client_id:
        raise NotFoundError
    return entry


def _open_secret(session: Session, entry: SubscriptionEntry) -> str:
    return key_of(session).open(entry.secret, f"{entry.subscription_id}/secret")


def _subscription(entry: SubscriptionEntry) -> Subscription:
    return Subscription(
        entry.subscription_id,
        entry.client_id,
        entry.url,
        frozenset(json.loads(entry.kinds)),
        frozenset(json.loads(entry.units)),
        entry.created_at,
    )
