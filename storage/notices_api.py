"""The port of the catalogue for notices (webhooks): who is told of what, and what still has to be delivered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from storage.pages import Page, Window

NOTICE_KINDS = ("published", "revoked", "rejected", "quarantined")
"""Kinds of the log's entries that subscribers may be told of, as ``document.<kind>``."""


@dataclass(frozen=True, slots=True)
class Subscription:
    subscription_id: str
    client_id: str
    url: str
    kinds: frozenset[str]
    units: frozenset[str]
    """Empty: every unit."""
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """One entry of the log on its way to one subscriber."""

    subscription_id: str
    sequence: int
    """Of the entry; with the subscription it names the notice, so that a receiver knows it from another."""
    url: str
    secret: str
    attempt: int
    """1-based, this one included."""
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Undelivered:
    sequence: int
    attempts: int
    error: str | None
    not_before: datetime | None
    """None: given up."""


class Notices(Protocol):
    """Part of the catalogue; every method is one transaction."""

    def subscribe(
        self, client_id: str, url: str, kinds: frozenset[str], units: frozenset[str], identity: str | None = None
    ) -> tuple[Subscription, str]:
        """From now on. With the secret that signs its notices, which is shown this once. ``identity``: to be its id;
        where the client has one by it, that one is meant.
        """
        ...

    def subscriptions(self, client_id: str) -> list[Subscription]: ...

    def unsubscribe(self, client_id: str, subscription_id: str) -> None:
        """With what was not delivered yet. Raises NotFoundError."""
        ...

    def replay(self, client_id: str, subscription_id: str, since: int) -> int:
        """Deliver once more what the log has from this entry on; how many. Raises NotFoundError."""
        ...

    def undelivered(self, subscription_id: str, window: Window) -> Page[Undelivered]:
        """Of a subscription of who asks, oldest first. Raises NotFoundError, CursorError."""
        ...

    def claim_notices(self, limit: int) -> list[Notice]:
        """Due now; each counts as tried, and is due again later unless it is settled. One process calls this."""
        ...

    def settle_notice(self, notice: Notice, error: str | None) -> None:
        """``error`` None: delivered. After the last attempt it is given up, and that is logged."""
        ...
