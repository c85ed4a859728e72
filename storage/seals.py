"""What a key was asked to sign, and what it answered. Each function is part of one transaction, under the document's
lease: of two workers only one has it.
"""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from digitize.errors import LeaseLostError
from storage import log
from storage.api import Lease, Seal
from storage.documents import leased
from storage.event_kinds import EventKind
from storage.tables import SealEntry


def read(session: Session, document_id: str) -> list[Seal]:
    query = select(SealEntry).where(SealEntry.document_id == document_id).order_by(SealEntry.step)
    return [_seal(entry) for entry in session.scalars(query)]


def begin(session: Session, now: datetime, lease: Lease, seal: Seal, *, anew: bool) -> Seal:
    document = leased(session, lease)
    if anew:
        session.execute(delete(SealEntry).where(SealEntry.document_id == lease.document_id))
    kept = session.get(SealEntry, (lease.document_id, seal.step))
    if kept is not None:
        return _seal(kept)
    session.add(
        SealEntry(document_id=lease.document_id, step=seal.step, digest=seal.digest, preparation=seal.preparation)
    )
    kind: EventKind = "seal_begun_anew" if anew else "seal_begun"
    log.append(session, now, document.lease_owner or "", kind, document_id=lease.document_id, data=_told(seal))
    return seal


def keep_transaction(session: Session, now: datetime, lease: Lease, seal: Seal, transaction_id: str) -> Seal:
    entry, owner = _begun(session, lease, seal)
    if entry.transaction_id != transaction_id:
        entry.transaction_id = transaction_id
        log.append(session, now, owner, "seal_submitted", document_id=lease.document_id, data=_told(seal))
    return _seal(entry)


def keep_signature(session: Session, now: datetime, lease: Lease, seal: Seal, signature: bytes) -> Seal:
    entry, owner = _begun(session, lease, seal)
    if entry.signature is None:
        entry.signature = signature.hex()
        log.append(session, now, owner, "sealed", document_id=lease.document_id, data=_told(seal))
    return _seal(entry)


def _begun(session: Session, lease: Lease, seal: Seal) -> tuple[SealEntry, str]:
    document = leased(session, lease)
    entry = session.get(SealEntry, (lease.document_id, seal.step))
    if entry is None or entry.digest != seal.digest:
        raise LeaseLostError
    return entry, document.lease_owner or ""


def _told(seal: Seal) -> dict[str, object]:
    return {"step": seal.step, "digest": seal.digest}


def _seal(entry: SealEntry) -> Seal:
    signature = None if entry.signature is None else bytes.fromhex(entry.signature)
    return Seal(entry.step, entry.digest, entry.preparation, entry.transaction_id, signature)
