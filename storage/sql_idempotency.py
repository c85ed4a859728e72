"""The part of the catalogue that knows which requests were made already: one transaction a method."""

from collections.abc import Callable
from datetime import datetime, timedelta

from storage import idempotency
from storage.database import Database
from storage.idempotency_api import Claim


class SqlIdempotencyKeys:
    """Implements IdempotencyKeys; ``SqlCatalogue`` builds on it."""

    _database: Database
    _clock: Callable[[], datetime]

    def claim_key(self, client_id: str, key: str, asked: bytes, lease: timedelta) -> Claim | str:
        with self._database.write() as session:
            return idempotency.claim(session, self._clock(), client_id, key, asked, lease)

    def keep_answer(self, claim: Claim, answer: str) -> None:
        with self._database.write() as session:
            idempotency.keep(session, claim, answer)

    def release_key(self, claim: Claim) -> None:
        with self._database.write() as session:
            idempotency.release(session, self._clock(), claim)

    def delete_expired_keys(self) -> int:
        with self._database.write() as session:
            return idempotency.delete_expired(session, self._clock())
