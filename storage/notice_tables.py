"""The tables of notices to portals (webhooks)."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base, UtcDateTime


class SubscriptionEntry(Base):
    """Who is told of what, and up to which entry of the log that has been handed on."""

    __tablename__ = "subscriptions"

    subscription_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("clients.client_id"))
    url: Mapped[str] = mapped_column(Text)
    secret: Mapped[str] = mapped_column(Text)
    """Encrypted."""
    kinds: Mapped[str] = mapped_column(Text)
    units: Mapped[str] = mapped_column(Text)
    sequence: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_subscriptions_client_id", "client_id"),)


class NoticeEntry(Base):
    """An entry of the log that one subscriber has not confirmed; the row goes when it has."""

    __tablename__ = "notices"

    subscription_id: Mapped[str] = mapped_column(ForeignKey("subscriptions.subscription_id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(ForeignKey("events.sequence"), primary_key=True)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """None: given up."""
    error: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        CheckConstraint("attempts >= 0", "counted_from_zero"),
        Index("ix_notices_not_before", "not_before"),
    )
