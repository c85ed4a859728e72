"""A receiver believes what the notifier really sends, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from digitize.client.errors import NoticeRefusedError
from digitize.client.webhooks import SIGNATURE_HEADER, Notice, verify_webhook
from tests.service.client.conftest import Told
from tests.service.conftest import Doors
from workers.notices import SIGNATURE_HEADER as SENT_HEADER
from workers.notices import Notifier

AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


@pytest.fixture
def sent(doors: Doors, told: Told) -> tuple[str, dict[str, str], bytes, str]:
    """Secret, headers and body of a notice that was delivered; and the id of its document."""
    told.answers = [(204, {}, b"")]
    client, _ = doors.client("webhooks")
    _, secret = doors.catalogue.subscribe(client.client_id, told.url, frozenset({"published"}), frozenset())
    identity = doors.publish()
    assert Notifier(doors.catalogue, AT.timestamp).run_once() == 1
    ((_, _, headers, body),) = told.requests
    return secret, headers, body, identity


def test_only_what_is_signed_new_and_not_seen_before_is_believed(sent: tuple[str, dict[str, str], bytes, str]) -> None:
    secret, headers, body, identity = sent
    assert SIGNATURE_HEADER == SENT_HEADER
    seen: set[str] = set()
    small_letters = {name.lower(): value for name, value in headers.items()}
    notice = verify_webhook(secret, small_letters, body, AT + timedelta(minutes=4), seen)
    assert (notice.document_id, notice.type) == (identity, "document.published")
    assert seen == {notice.id}
    signature = headers[SIGNATURE_HEADER]
    refused = {
        "seen_before": (secret, headers, body, AT),
        "too_old": (secret, headers, body, AT + timedelta(minutes=6)),
        "signature_wrong": (secret + "x", headers, body, AT),
        "unsigned": (secret, {}, body, AT),
    }
    for reason, (key, with_headers, content, now) in refused.items():
        assert _refused(key, with_headers, content, now, seen) == reason
    later = signature.replace("t=", "t=1")
    for changed in (later, signature[:-1], signature + "é"):
        assert _refused(secret, {SIGNATURE_HEADER: changed}, body, AT, set()) == "signature_wrong"
    assert _refused(secret, headers, body.replace(b"published", b"revoked"), AT, set()) == "signature_wrong"
    for changed in ("t=1", "v1=00", "t=x,v1=00", "t=1,t=2,v1=00"):
        assert _refused(secret, {SIGNATURE_HEADER: changed}, body, AT, set()) == "unsigned"


def test_every_part_of_a_notice_is_known(sent: tuple[str, dict[str, str], bytes, str]) -> None:
    _, _, body, _ = sent
    assert set(Notice.model_validate_json(body, extra="forbid").model_dump()) == set(Notice.model_fields)


def _refused(secret: str, headers: dict[str, str], body: bytes, now: datetime, seen: set[str]) -> str:
    with pytest.raises(NoticeRefusedError) as error:
        verify_webhook(secret, headers, body, now, seen)
    return error.value.reason
