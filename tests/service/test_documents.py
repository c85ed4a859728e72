"""One document by its id: state, record, link."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from digitize.model import Problem, Record
from storage.api import Quarantine, Reject
from storage.keys import record_key
from tests.servers import HANGS_AFTER_S
from tests.service.conftest import NAME, NAMED, OWNER, Doors


def test_state_of_a_document_in_any_state(doors: Doors) -> None:
    headers = doors.bearer("documents:read", "sensitive")
    received, held, published = doors.receive(), doors.hold(), doors.publish()
    rejected, quarantined = doors.receive(), doors.receive()
    problem = Problem(code="input_damaged", vi="Tệp bị hỏng.", en="The file is damaged.")
    for identity, outcome in ((rejected, Reject), (quarantined, Quarantine)):
        record = doors.record(identity, {}, "unknown").model_copy(update={"problem": problem})
        doors.settle(identity, outcome(record))
    states = {
        received: "received",
        held: "needs_review",
        published: "published",
        rejected: "rejected",
        quarantined: "quarantined",
    }
    for identity, state in states.items():
        answer = doors.http.get(f"/v1/documents/{identity}", headers=headers)
        assert (answer.status_code, answer.json()["status"]) == (200, state)
        assert answer.json()["dossier"]["unit"] == "H99.01"
        assert NAME not in answer.text
        assert OWNER not in answer.text
        assert "khai sinh" not in answer.text, "the file name may hold a person's name"
    refused = doors.http.get(f"/v1/documents/{rejected}", headers=headers).json()
    assert refused["problem"] == problem.model_dump(mode="json")


def test_record_is_given_byte_for_byte_as_it_was_signed(doors: Doors) -> None:
    identity = doors.publish()
    answer = doors.http.get(
        f"/v1/documents/{identity}/record{NAMED}", headers=doors.bearer("documents:read", "sensitive")
    )
    assert answer.content == doors.stores.archive.get(record_key(identity))
    assert Record.from_json(answer.content).fields["owner_name"].value == NAME
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("part", ["record", "fields", "pdf", "original"])
def test_nothing_is_given_out_before_publication(doors: Doors, part: str) -> None:
    headers = doors.bearer("documents:read", "sensitive")
    for identity in (doors.receive(), doors.hold()):
        answer = doors.http.get(f"/v1/documents/{identity}/{part}{NAMED}", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (409, "not_ready")
        newest = doors.catalogue.events(identity, limit=1)[0]
        assert (newest.kind, newest.data["answer"]) == (f"access.{part}", "not_ready")


def test_link_opens_the_pdf_names_nobody_and_does_not_last(doors: Doors) -> None:
    identity = doors.publish(pdf=b"%PDF-1.7 the signed one\n")
    answer = doors.http.get(
        f"/v1/documents/{identity}/pdf{NAMED}", headers=doors.bearer("documents:read", "sensitive")
    ).json()
    fetched = httpx.get(answer["url"], timeout=HANGS_AFTER_S)
    assert fetched.content == b"%PDF-1.7 the signed one\n"
    assert fetched.headers["content-disposition"] == f"attachment; filename*=UTF-8''{identity}.pdf"
    lifetime = doors.config.storage.link_lifetime_s
    assert parse_qs(urlsplit(answer["url"]).query)["X-Amz-Expires"] == [str(lifetime)]
    promised = datetime.fromisoformat(answer["expires_at"])
    assert doors.clock.now < promised <= doors.clock.now + timedelta(seconds=lifetime)
    assert "khai" not in answer["url"]
    assert "H99" not in answer["url"]
    assert httpx.get(answer["url"].replace(identity, identity[::-1]), timeout=HANGS_AFTER_S).status_code == 403


@pytest.mark.parametrize(
    ("part", "kind"), [("", "access.document"), ("/record", "access.record"), ("/pdf", "access.pdf")]
)
def test_every_use_is_logged_with_the_client_and_the_document(doors: Doors, part: str, kind: str) -> None:
    identity = doors.publish()
    client, key = doors.client("documents:read", "sensitive")
    doors.http.get(f"/v1/documents/{identity}{part}{NAMED}", headers={"Authorization": f"Bearer {key}"})
    newest = doors.catalogue.events(limit=1)[0]
    assert (newest.actor, newest.kind, newest.document_id) == (client.client_id, kind, identity)
