"""Reuse: which papers an owner has."""

import pytest

from digitize.model import FieldRecord
from storage.reuse_api import Revocation
from tests.service.conftest import NAME, OWNER, PURPOSE, Doors, birth_certificate, read


def test_published_documents_of_an_owner_newest_first(doors: Doors) -> None:
    first, second = doors.publish(), doors.publish()
    doors.hold()
    answer = doors.http.post("/v1/lookup", json={"owner_id": OWNER, "purpose": PURPOSE}, headers=doors.bearer("lookup"))
    assert answer.status_code == 200
    documents = answer.json()["documents"]
    assert [document["document_id"] for document in documents] == [second, first]
    found = documents[0]
    assert found["document_type"] == "birth_certificate"
    assert (found["document_number"], found["issue_date"]) == ("124/2026", "2026-09-12")
    assert (found["owner_name"], found["issuing_agency"]) == (NAME, "ỦY BAN NHÂN DÂN XÃ SƠN HẠ")
    assert found["validity"]["issued"] == "2026-09-12"


def test_papers_come_page_by_page_and_the_log_says_which_were_given(doors: Doors) -> None:
    identities = [doors.publish() for _ in range(3)]
    headers = doors.bearer("lookup")
    body = {"owner_id": OWNER, "purpose": PURPOSE, "limit": 2}
    first = doors.http.post("/v1/lookup", json=body, headers=headers).json()
    second = doors.http.post("/v1/lookup", json={**body, "cursor": first["cursor"]}, headers=headers).json()
    given = [[one["document_id"] for one in page["documents"]] for page in (first, second)]
    assert given == [identities[:0:-1], identities[:1]]
    assert second["cursor"] is None
    told = [(one.data["documents"], one.data["continued"]) for one in doors.catalogue.events(limit=2)]
    assert told == [(given[1], True), (given[0], False)]
    other = {**body, "cursor": first["cursor"], "document_type": "diploma"}
    refused = doors.http.post("/v1/lookup", json=other, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "cursor_invalid")


def test_what_is_given_is_exactly_what_is_needed_to_choose(doors: Doors) -> None:
    """No date of birth, no parents, no text: whoever needs more asks for the record, and that is logged."""
    doors.publish()
    answer = doors.http.post("/v1/lookup", json={"owner_id": OWNER, "purpose": PURPOSE}, headers=doors.bearer("lookup"))
    assert "2019-03-07" not in answer.text
    assert OWNER not in answer.text


def test_spaces_in_the_number_do_not_count(doors: Doors) -> None:
    doors.publish()
    answer = doors.http.post(
        "/v1/lookup", json={"owner_id": " 0013 1901\u00a02345 ", "purpose": PURPOSE}, headers=doors.bearer("lookup")
    )
    assert len(answer.json()["documents"]) == 1


def test_only_the_clients_units_and_only_the_type_asked_for(doors: Doors) -> None:
    own = doors.publish("H99.01")
    doors.publish("H99.02")
    headers = doors.bearer("lookup", units=("H99.01",))
    answer = doors.http.post("/v1/lookup", json={"owner_id": OWNER, "purpose": PURPOSE}, headers=headers)
    assert [document["document_id"] for document in answer.json()["documents"]] == [own]
    body = {"owner_id": OWNER, "document_type": "citizen_card", "purpose": PURPOSE}
    assert doors.http.post("/v1/lookup", json=body, headers=headers).json() == {"documents": [], "cursor": None}


def test_owner_of_another_unit_and_owner_nobody_knows_look_alike(doors: Doors) -> None:
    doors.publish("H99.02")
    headers = doors.bearer("lookup", units=("H99.01",))
    answers = [
        doors.http.post("/v1/lookup", json={"owner_id": owner, "purpose": PURPOSE}, headers=headers)
        for owner in (OWNER, "001099099099")
    ]
    assert answers[0].content == answers[1].content
    assert answers[0].json() == {"documents": [], "cursor": None}


def test_field_in_review_is_not_given_out(doors: Doors) -> None:
    fields: dict[str, FieldRecord] = {**birth_certificate(), "issue_date": read("2026-09-12", "review")}
    doors.publish(fields=fields)
    answer = doors.http.post("/v1/lookup", json={"owner_id": OWNER, "purpose": PURPOSE}, headers=doors.bearer("lookup"))
    assert answer.json()["documents"][0]["issue_date"] is None


def test_log_says_who_what_for_and_how_many_but_not_about_whom(doors: Doors) -> None:
    identity = doors.publish()
    client, key = doors.client("lookup")
    body = {"owner_id": OWNER, "purpose": PURPOSE}
    doors.http.post("/v1/lookup", json=body, headers={"Authorization": f"Bearer {key}"})
    entry = doors.catalogue.events(limit=1)[0]
    assert (entry.actor, entry.kind, entry.data["count"]) == (client.client_id, "access.lookup", 1)
    assert entry.data["documents"] == [identity]
    assert entry.data["purpose"] == body["purpose"]
    assert OWNER not in doors.whole_log()
    assert NAME not in doors.whole_log()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"owner_id": OWNER},
        {"owner_id": None},
        {"owner_id": ""},
        {"owner_id": "\x00"},
        {"owner_id": f"{OWNER}\x00"},
        {"owner_id": "Nguyễn Thị"},
        {"owner_id": "' OR 1=1 --"},
        {"owner_id": "😀"},
        {"owner_id": "12345", "purpose": PURPOSE},
        {"owner_id": OWNER + "6", "purpose": PURPOSE},
        {"owner_id": OWNER, "document_type": "birth_certificat", "purpose": PURPOSE},
        {"owner_id": [OWNER]},
        {"owner_id": OWNER, "document_type": "../x", "purpose": PURPOSE},
        {"owner_id": OWNER, OWNER: "unknown key"},
        {"owner_id": OWNER, "purpose": {**PURPOSE, "dossier": OWNER}},
        {"owner_id": OWNER, "purpose": {**PURPOSE, "dossier": f"H99-{OWNER}"}},
        {"owner_id": OWNER, "purpose": {**PURPOSE, "procedure": "for Nguyễn Thị Minh An"}},
    ],
)
def test_wrong_request_is_refused_without_repeating_it(doors: Doors, body: dict[str, object]) -> None:
    answer = doors.http.post("/v1/lookup", json=body, headers=doors.bearer("lookup"))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["errors"]
    assert OWNER not in answer.text
    assert "Minh An" not in answer.text


@pytest.mark.parametrize("owner", ["001319012345", "012345678", "0101234567", "0101234567-001", "60A8322849"])
def test_numbers_of_persons_and_of_businesses_are_taken(doors: Doors, owner: str) -> None:
    body = {"owner_id": owner, "document_type": "unknown", "purpose": PURPOSE}
    assert doors.http.post("/v1/lookup", json=body, headers=doors.bearer("lookup")).json()["documents"] == []


def test_a_key_that_is_not_known_is_named(doors: Doors) -> None:
    body = {"owner_id": OWNER, "documentType": "birth_certificate", "purpose": PURPOSE}
    answer = doors.http.post("/v1/lookup", json=body, headers=doors.bearer("lookup")).json()
    assert [part["location"] for part in answer["errors"]] == ["body.documentType"]
    assert "body.documentType" in answer["detail_en"]


@pytest.mark.parametrize(
    "content",
    [b"{", b"\xff\xfe", b"[]", b"null", b"", b'{"owner_id": "\xff"}', b'{"owner_id": "\\ud83d"}', b"[" * 50_000],
)
def test_body_that_is_no_json_object_is_refused(doors: Doors, content: bytes) -> None:
    headers = {**doors.bearer("lookup"), "Content-Type": "application/json"}
    answer = doors.http.post("/v1/lookup", content=content, headers=headers)
    assert answer.status_code in {400, 422}
    assert answer.json()["code"] == "invalid_request"


def test_revoked_document_is_not_found(doors: Doors) -> None:
    identity = doors.publish()
    doors.catalogue.revoke(identity, Revocation(doors.clock(), "Cấp sai thẩm quyền"), "test")
    answer = doors.http.post("/v1/lookup", json={"owner_id": OWNER, "purpose": PURPOSE}, headers=doors.bearer("lookup"))
    assert answer.json() == {"documents": [], "cursor": None}
