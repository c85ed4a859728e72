"""What arrives at a webhook is believed only if the service signed it, lately, and it was not seen before."""

import hashlib
import hmac
from collections.abc import Mapping, MutableSet
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, ValidationError

from digitize.client.errors import NoticeRefusedError
from digitize.model import Role

SIGNATURE_HEADER = "Digitize-Signature"
TOLERANCE = timedelta(minutes=5)
"""Between the sender's clock and ours, line included. Each try of the service is signed anew."""


class Notice(BaseModel):
    """One entry of the service's log. No name, no number of a person."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    sequence: int
    type: str
    """``document.published``, ``document.revoked``, ``document.rejected``, ``document.quarantined``."""
    at: datetime
    document_id: str
    document_type: str | None
    role: Role
    unit: str | None
    dossier: str | None
    component: str | None


def verify_webhook(
    secret: str, headers: Mapping[str, str], body: bytes, now: datetime, seen: MutableSet[str] | None = None
) -> Notice:
    """The notice in the body of a POST, byte for byte as it came.

    ``now``: with its zone. ``seen``: ids of the notices taken so far, to which this one is added; None: the caller
    looks at ``Notice.id`` itself. Raises NoticeRefusedError with the reason ``unsigned``, ``signature_wrong``,
    ``too_old``, ``unreadable`` or ``seen_before``.
    """
    at_s, digests = _signature(headers)
    expected = hmac.digest(secret.encode(), f"{at_s}.".encode() + body, hashlib.sha256).hex().encode()
    if not any(hmac.compare_digest(expected, digest.encode("utf-8", "replace")) for digest in digests):
        raise NoticeRefusedError("signature_wrong")
    if abs(now.timestamp() - int(at_s)) > TOLERANCE.total_seconds():
        raise NoticeRefusedError("too_old")
    try:
        notice = Notice.model_validate_json(body)
    except ValidationError:
        raise NoticeRefusedError("unreadable") from None
    if seen is not None:
        if notice.id in seen:
            raise NoticeRefusedError("seen_before")
        seen.add(notice.id)
    return notice


def _signature(headers: Mapping[str, str]) -> tuple[str, list[str]]:
    """Time as it was written, and every digest."""
    value = next((text for name, text in headers.items() if name.lower() == SIGNATURE_HEADER.lower()), "")
    parts = [part.strip().partition("=") for part in value.split(",")]
    times = [text for name, _, text in parts if name == "t" and text.isascii() and text.isdecimal()]
    digests = [text for name, _, text in parts if name == "v1"]
    if len(times) != 1 or not digests:
        raise NoticeRefusedError("unsigned")
    return times[0], digests
