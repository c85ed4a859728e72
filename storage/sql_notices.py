"""The part of the catalogue that knows what portals still have to be told: one transaction a method."""

from collections.abc import Callable
from datetime import datetime

from storage import notices
from storage.database import Database
from storage.notices_api import Notice, Subscription, Undelivered
from storage.pages import Page, Window


class SqlNotices:
    """Implements Notices; ``SqlCatalogue`` builds on it."""

    _database: Database
    _clock: Callable[[], datetime]

    def subscribe(
        self, client_id: str, url: str, kinds: frozenset[str], units: frozenset[str], identity: str | None = None
    ) -> tuple[Subscription, str]:
        with self._database.write() as session:
            return notices.subscribe(session, self._clock(), client_id, url, kinds, units, identity)

    def subscriptions(self, client_id: str) -> list[Subscription]:
        with self._database.read() as session:
            return notices.list_of(session, client_id)

    def unsubscribe(self, client_id: str, subscription_id: str) -> None:
        with self._database.write() as session:
            notices.unsubscribe(session, self._clock(), client_id, subscription_id)

    def replay(self, client_id: str, subscription_id: str, since: int) -> int:
        with self._database.write() as session:
            return notices.replay(session, self._clock(), client_id, subscription_id, since)

    def undelivered(self, subscription_id: str, window: Window) -> Page[Undelivered]:
        with self._database.read() as session:
            return notices.list_undelivered(session, subscription_id, window)

    def claim_notices(self, limit: int) -> list[Notice]:
        with self._database.write() as session:
            return notices.claim(session, self._clock(), limit)

    def settle_notice(self, notice: Notice, error: str | None) -> None:
        with self._database.write() as session:
            notices.settle(session, self._clock(), notice, error)
