"""What a key was asked to sign, and what it answered. Each function is part of one transaction, under the document's
lease: of two workers only one has it.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from digitize.errors import LeaseLostError
from storage import log
from storage.api import Lease, Seal
from storage.documents import leased
from storage.tables import SealEntry


def find(session: Session, document_id: str) -> Seal | None:
    entry = session.get(SealEntry, document_id)
    return None if entry is None else _seal(entry)


def begin(session: Session, now: datetime, lease: Lease, seal: Seal, instead_of: Seal | None) -> Seal:
    document = leased(session, lease)
    entry = session.get(SealEntry, lease.document_id)
    if entry is not None:
        if instead_of is None or entry.digest != instead_of.digest:
            return _seal(entry)
        session.delete(entry)
        session.flush()
    entry = SealEntry(document_id=lease.document_id, digest=seal.digest, preparation=seal.preparation)
    session.add(entry)
    kind = "seal_begun" if instead_of is None else "seal_begun_anew"
    log.append(
        session, now, document.lease_owner or "", kind, document_id=lease.document_id, data={"digest": seal.digest}
    )
    return _seal(entry)


def keep_transaction(session: Session, now: datetime, lease: Lease, digest: str, transaction_id: str) -> Seal:
    entry, owner = _begun(session, lease, digest)
    if entry.transaction_id != transaction_id:
        entry.transaction_id = transaction_id
        log.append(session, now, owner, "seal_submitted", document_id=lease.document_id, data={"digest": digest})
    return _seal(entry)


def keep_signature(session: Session, now: datetime, lease: Lease, digest: str, signature: bytes) -> Seal:
    entry, owner = _begun(session, lease, digest)
    if entry.signature is None:
        entry.signature = signature.hex()
        log.append(session, now, owner, "sealed", document_id=lease.document_id, data={"digest": digest})
    return _seal(entry)


def _begun(session: Session, lease: Lease, digest: str) -> tuple[SealEntry, str]:
    document = leased(session, lease)
    entry = session.get(SealEntry, lease.document_id)
    if entry is None or entry.digest != digest:
        raise LeaseLostError
    return entry, document.lease_owner or ""


def _seal(entry: SealEntry) -> Seal:
    signature = None if entry.signature is None else bytes.fromhex(entry.signature)
    return Seal(entry.digest, entry.preparation, entry.transaction_id, signature)
