"""A paper that is no longer valid: it stays, and nobody is given it as valid again."""

import json
from datetime import timedelta

import pytest

from storage.keys import revocation_key
from tests.service.conftest import NAMED, OWNER, PURPOSE, Doors, birth_certificate, read

REASON = "Cấp không đúng thẩm quyền"


def test_a_revoked_paper_is_given_out_no_more_at_that_instant(doors: Doors) -> None:
    identity, newer = doors.publish(), doors.publish()
    body = {"reason": REASON, "superseded_by": newer}
    answer = doors.http.post(f"/v1/documents/{identity}/revocation", json=body, headers=doors.bearer("revoke"))
    assert (answer.status_code, answer.json()["status"]) == (200, "revoked")
    headers = doors.bearer("lookup", "documents:read")
    found = doors.http.post("/v1/lookup", json={"owner_id": OWNER, "purpose": PURPOSE}, headers=headers).json()
    assert [one["document_id"] for one in found["documents"]] == [newer]
    for part in ("pdf", "original", "record", "fields"):
        refused = doors.http.get(f"/v1/documents/{identity}/{part}{NAMED}", headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (410, "revoked")
    told = doors.http.get(f"/v1/documents/{identity}", headers=headers).json()["revocation"]
    assert (told["reason"], told["superseded_by"]) == (REASON, newer)
    kept = json.loads(doors.stores.archive.get(revocation_key(identity)))
    assert (kept["reason"], kept["superseded_by"]) == (REASON, newer)
    assert REASON not in doors.whole_log()


def test_revoking_twice_keeps_the_first_word_and_another_reason_is_told_so(doors: Doors) -> None:
    identity, headers = doors.publish(), doors.bearer("revoke")
    answers = [
        doors.http.post(f"/v1/documents/{identity}/revocation", json={"reason": reason}, headers=headers)
        for reason in (REASON, REASON, "Lý do khác")
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 409]
    assert answers[0].json() == answers[1].json()
    assert answers[2].json()["code"] == "conflict"
    assert doors.kinds(identity).count("revoked") == 1
    assert json.loads(doors.stores.archive.get(revocation_key(identity)))["reason"] == REASON


def test_what_the_archive_says_was_revoked_stays_so_when_the_answer_was_lost(doors: Doors) -> None:
    identity = doors.publish()
    kept = {"at": doors.clock.now.isoformat(), "reason": REASON, "superseded_by": None}
    doors.stores.archive.put(revocation_key(identity), json.dumps(kept).encode(), "application/json")
    path = f"/v1/documents/{identity}/revocation"
    assert doors.http.post(path, json={"reason": "Lần hai"}, headers=doors.bearer("revoke")).status_code == 409
    row = doors.catalogue.find(identity)
    assert row is not None
    assert row.record is not None
    assert row.record.validity.revocation_reason == REASON


def test_only_what_is_published_and_the_clients_own_can_be_revoked(doors: Doors) -> None:
    waiting, other = doors.receive(), doors.publish("H99.02")
    headers = doors.bearer("revoke", units=("H99.01",))
    answer = doors.http.post(f"/v1/documents/{waiting}/revocation", json={"reason": REASON}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_ready")
    answer = doors.http.post(f"/v1/documents/{other}/revocation", json={"reason": REASON}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    assert not doors.stores.archive.stat(revocation_key(other))


def test_what_takes_its_place_is_published(doors: Doors) -> None:
    identity = doors.publish()
    for other in (doors.receive(), doors.hold()):
        body = {"reason": REASON, "superseded_by": other}
        answer = doors.http.post(f"/v1/documents/{identity}/revocation", json=body, headers=doors.bearer("revoke"))
        assert (answer.status_code, answer.json()["code"]) == (409, "not_ready")
    assert doors.kinds(identity)[0] == "published"


def test_another_scan_of_the_same_paper_cannot_take_its_place(doors: Doors) -> None:
    scan = {**birth_certificate(), "document_number": read("77/2026")}
    first, second = doors.publish(fields=scan), doors.publish("H99.02", fields=scan)
    for old, new in ((first, second), (second, first), (first, first)):
        body = {"reason": REASON, "superseded_by": new}
        answer = doors.http.post(f"/v1/documents/{old}/revocation", json=body, headers=doors.bearer("revoke"))
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
        assert not doors.stores.archive.stat(revocation_key(old))


@pytest.mark.parametrize("reason", [None, "", " \u00a0 ", "a\x00b", "x" * 501, 1])
def test_a_revocation_needs_a_reason(doors: Doors, reason: object) -> None:
    identity, body = doors.publish(), {} if reason is None else {"reason": reason}
    answer = doors.http.post(f"/v1/documents/{identity}/revocation", json=body, headers=doors.bearer("revoke"))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert doors.kinds(identity)[0] == "published"


def test_nothing_is_revoked_in_the_future_or_for_a_paper_that_is_not_there(doors: Doors) -> None:
    identity, headers = doors.publish(), doors.bearer("revoke")
    later = (doors.clock.now + timedelta(days=1)).isoformat()
    for more, status in (({"revoked_at": later}, 422), ({"superseded_by": "0" * 26}, 404)):
        body = {"reason": REASON, **more}
        answer = doors.http.post(f"/v1/documents/{identity}/revocation", json=body, headers=headers)
        assert answer.status_code == status
    assert doors.kinds(identity)[0] == "published"
