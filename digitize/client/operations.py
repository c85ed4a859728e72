"""Every operation of the portal API: how it is called, what it takes and gives, and whether it may be sent twice."""

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel

from digitize.client import models
from digitize.model import Record

AnswerT = TypeVar("AnswerT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Operation(Generic[AnswerT]):
    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    """With the parts that vary in braces, as the API's description writes it."""
    answer: type[AnswerT]
    question: type[models.Question] | None = None
    """None: the body, if there is one, is not JSON."""
    repeatable: bool = False
    """Whether doing it twice does no more than doing it once, and is answered alike."""
    keyed: bool = False
    """Whether an ``Idempotency-Key`` makes it so."""
    answered_by: tuple[int, ...] = (200,)
    """HTTP statuses that carry ``answer``."""


LIVE = Operation("GET", "/health/live", models.Health)
READY = Operation("GET", "/health/ready", models.Health, answered_by=(200, 503))
LOOKUP = Operation("POST", "/v1/lookup", models.LookupAnswer, models.LookupQuestion, repeatable=True)
SEARCH = Operation("POST", "/v1/search", models.SearchAnswer, models.SearchQuestion, repeatable=True)
PREFILL = Operation("POST", "/v1/prefill", models.Prefill, models.PrefillQuestion, repeatable=True)
DOCUMENT = Operation("GET", "/v1/documents/{document_id}", models.Document, repeatable=True)
RECORD = Operation("GET", "/v1/documents/{document_id}/record", Record, repeatable=True)
FIELDS = Operation("GET", "/v1/documents/{document_id}/fields", models.DocumentFields, repeatable=True)
PDF = Operation("GET", "/v1/documents/{document_id}/pdf", models.Link, repeatable=True)
ORIGINAL = Operation("GET", "/v1/documents/{document_id}/original", models.Link, repeatable=True)
REVOKE = Operation(
    "POST", "/v1/documents/{document_id}/revocation", models.Document, models.RevocationQuestion, keyed=True
)
VERIFY = Operation("POST", "/v1/verify", models.Verification, repeatable=True)
DOSSIERS = Operation("PUT", "/v1/dossiers", models.DossiersAnswer, models.DossiersQuestion, repeatable=True)
ACCESSES = Operation("POST", "/v1/accesses", models.AccessesAnswer, models.AccessesQuestion, repeatable=True)
SUBSCRIBE = Operation("POST", "/v1/webhooks", models.Subscription, models.SubscriptionQuestion, keyed=True)
SUBSCRIPTIONS = Operation("GET", "/v1/webhooks", models.SubscriptionsAnswer, repeatable=True)
# The second of two is answered with not_found.
UNSUBSCRIBE = Operation("DELETE", "/v1/webhooks/{subscription_id}", models.SubscriptionsAnswer)
REPLAY = Operation(
    "POST", "/v1/webhooks/{subscription_id}/replay", models.ReplayAnswer, models.ReplayQuestion, keyed=True
)
UNDELIVERED = Operation("GET", "/v1/webhooks/{subscription_id}/undelivered", models.UndeliveredAnswer, repeatable=True)
BEGIN_UPLOAD = Operation("POST", "/v1/uploads", models.Upload, models.UploadQuestion, keyed=True)
UPLOAD = Operation("GET", "/v1/uploads/{upload_id}", models.Upload, repeatable=True)
PUT_PART = Operation("PUT", "/v1/uploads/{upload_id}/parts/{number}", models.UploadedPart, repeatable=True)
COMPLETE_UPLOAD = Operation("POST", "/v1/uploads/{upload_id}/complete", models.Receipt, keyed=True)
