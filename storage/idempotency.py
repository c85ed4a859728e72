"""Requests made already, by the keys their callers gave them. Each function is part of one transaction."""

import hashlib
import math
import secrets
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from digitize.idempotency_errors import KeyInUseError, KeyReusedError
from storage.idempotency_api import Claim
from storage.sealed_records import key_of
from storage.tables import IdempotencyEntry

KEPT_FOR = timedelta(hours=24)


def claim(session: Session, now: datetime, client_id: str, key: str, asked: bytes, lease: timedelta) -> Claim | str:
    hide = key_of(session).blind
    name = hide(f"idempotency\n{client_id}\n{key}")
    fingerprint = hide(hashlib.sha256(asked).hexdigest())
    entry = _find(session, name) or _insert(session, now, name, fingerprint)
    if entry.expires_at <= now:
        entry.fingerprint, entry.identity, entry.answer = fingerprint, secrets.token_hex(16), None
    if entry.fingerprint != fingerprint:
        raise KeyReusedError
    if entry.answer is not None:
        return key_of(session).open(entry.answer, _place(name))
    if entry.lease_until > now:
        raise KeyInUseError(seconds=math.ceil((entry.lease_until - now).total_seconds()))
    entry.fence += 1
    entry.lease_until, entry.expires_at = now + lease, now + KEPT_FOR
    return Claim(name, entry.fence, entry.identity)


def keep(session: Session, held: Claim, answer: str) -> None:
    _change(session, held, answer=key_of(session).seal(answer, _place(held.name)))


def release(session: Session, now: datetime, held: Claim) -> None:
    _change(session, held, lease_until=now)


def delete_expired(session: Session, now: datetime) -> int:
    done = session.execute(delete(IdempotencyEntry).where(IdempotencyEntry.expires_at <= now))
    return cast("CursorResult[Any]", done).rowcount


def _find(session: Session, name: str) -> IdempotencyEntry | None:
    return session.get(IdempotencyEntry, name, with_for_update=True)


def _insert(session: Session, now: datetime, name: str, fingerprint: str) -> IdempotencyEntry:
    """Free to be claimed, like one whose lease is over."""
    entry = IdempotencyEntry(
        name=name,
        fingerprint=fingerprint,
        identity=secrets.token_hex(16),
        fence=0,
        lease_until=now,
        expires_at=now + KEPT_FOR,
    )
    try:
        with session.begin_nested():
            session.add(entry)
    except IntegrityError:  # another request was quicker; anything else is a fault of ours
        found = _find(session, name)
        if found is None:
            raise
        return found
    return entry


def _change(session: Session, held: Claim, **values: object) -> None:
    mine = (IdempotencyEntry.name == held.name, IdempotencyEntry.fence == held.fence)
    session.execute(update(IdempotencyEntry).where(*mine).values(**values))


def _place(name: str) -> str:
    return f"{name}/answer"
