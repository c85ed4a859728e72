"""What the API takes and gives about webhooks."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from service.models import NextCursor, Request

Kind = Literal["published", "revoked", "rejected", "quarantined"]


class SubscriptionRequest(Request):
    url: str = Field(
        max_length=500, pattern=r"^https?://[^\s\x00-\x1f\x7f]+$", examples=["https://portal.example/digitize"]
    )
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1, max_length=4)] = ("published", "revoked")


class SubscriptionOut(BaseModel):
    subscription_id: str = Field(examples=["0f3a9c1d2b4e5f60"])
    url: str
    kinds: list[str]
    created_at: datetime
    secret: str | None = Field(None, description="signs the notices; given once, when the subscription is made")


class SubscriptionsAnswer(BaseModel):
    subscriptions: list[SubscriptionOut]


class ReplayRequest(Request):
    since: int = Field(ge=1, le=2**62, description="`sequence` of the first notice that is wanted again")


class ReplayAnswer(BaseModel):
    notices: int


class UndeliveredOut(BaseModel):
    sequence: int
    attempts: int
    error: str | None
    next_attempt_at: datetime | None
    given_up: bool


class UndeliveredAnswer(BaseModel):
    notices: list[UndeliveredOut] = Field(description="the oldest first")
    cursor: NextCursor
