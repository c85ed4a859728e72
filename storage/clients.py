"""Callers of the API and their keys.

A key is 256 random bits, so its plain SHA-256 cannot be guessed back, and looking it up by that hash takes
the same time for every wrong key.
"""

import hashlib
import json
import secrets
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, select
from sqlalchemy.orm import Session

from digitize.errors import ConflictError, NotFoundError
from storage import log
from storage.api import Client
from storage.tables import ClientEntry

KEY_PREFIX = "dgz_"
"""Lets secret scanners and people see what a stray string is."""
_KEY_BYTES = 32
_CERTIFICATE, _OAUTH = "certificate", "oauth"
_CLIENTS = cast("Table", ClientEntry.__table__)
_BY_KEY = select(_CLIENTS).where(_CLIENTS.c.key_hash == bindparam("key_hash"), _CLIENTS.c.revoked_at.is_(None))
_OPERATOR = "operator"


def add(
    session: Session,
    now: datetime,
    name: str,
    scopes: frozenset[str],
    units: frozenset[str],
    types: frozenset[str],
    procedures: frozenset[str],
    credential: str | None,
) -> tuple[Client, str]:
    """``credential``: by what the client is known instead of a key. Raises ConflictError where one is by it."""
    key = credential or KEY_PREFIX + secrets.token_urlsafe(_KEY_BYTES)
    if credential is not None and authenticate(session, credential) is not None:
        raise ConflictError
    entry = ClientEntry(
        client_id=secrets.token_hex(8),
        name=name,
        scopes=log.canonical_json(sorted(scopes)),
        units=log.canonical_json(sorted(units)),
        types=log.canonical_json(sorted(types)),
        procedures=log.canonical_json(sorted(procedures)),
        key_hash=_hash(key),
        created_at=now,
    )
    session.add(entry)
    data = {
        "client": entry.client_id,
        "scopes": sorted(scopes),
        "units": sorted(units),
        "types": sorted(types),
        "procedures": sorted(procedures),
    }
    log.append(session, now, _OPERATOR, "client_added", data=data)
    return _client(entry), key


def certificate_credential(fingerprint: str) -> str:
    """``fingerprint``: SHA-256 of the DER, in hexadecimal. No key begins like this."""
    return f"{_CERTIFICATE}\n{fingerprint.lower()}"


def oauth_credential(issuer: str, client_id: str) -> str:
    return f"{_OAUTH}\n{issuer}\n{client_id}"


def authenticate(session: Session, untrusted_key: str) -> Client | None:
    found = session.connection().execute(_BY_KEY, {"key_hash": _hash(untrusted_key)}).one_or_none()
    return None if found is None else _client(found)


def list_live(session: Session) -> list[Client]:
    """Those not revoked, oldest first."""
    query = (
        select(ClientEntry)
        .where(ClientEntry.revoked_at.is_(None))
        .order_by(ClientEntry.created_at, ClientEntry.client_id)
    )
    return [_client(entry) for entry in session.scalars(query)]


def names(session: Session) -> dict[str, str]:
    """Of the revoked ones too, since the log speaks of them."""
    return {one.client_id: one.name for one in session.execute(select(ClientEntry.client_id, ClientEntry.name))}


def revoke(session: Session, now: datetime, client_id: str) -> None:
    """Raises NotFoundError. Revoking twice is no error."""
    entry = session.get(ClientEntry, client_id, with_for_update=True)
    if entry is None:
        raise NotFoundError
    if entry.revoked_at is None:
        entry.revoked_at = now
        log.append(session, now, _OPERATOR, "client_revoked", data={"client": client_id})


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _client(entry: ClientEntry | Row[Any]) -> Client:
    return Client(
        client_id=entry.client_id,
        name=entry.name,
        scopes=frozenset(json.loads(entry.scopes)),
        units=frozenset(json.loads(entry.units)),
        types=frozenset(json.loads(entry.types)),
        procedures=frozenset(json.loads(entry.procedures)),
    )
