"""Dossiers reported by the dossier system; and who was given an owner's papers."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.service.conftest import NAME, OWNER, PURPOSE, Doors

ONE = {
    "code": "H99.01-261001-0001",
    "procedure": "1.000894",
    "unit": "H99.01",
    "owner_id": OWNER,
    "received_at": "2026-10-01T08:00:00+07:00",
}


def test_a_dossier_is_reported_received_and_then_resolved(doors: Doors) -> None:
    headers = doors.bearer("dossiers", units=("H99.01",))
    answer = doors.http.put("/v1/dossiers", json={"dossiers": [ONE]}, headers=headers)
    assert answer.json() == {"received": 1, "new": 1}
    resolved = {**ONE, "resolved_at": "2026-10-03T08:00:00+07:00"}
    for _ in range(2):
        answer = doors.http.put("/v1/dossiers", json={"dossiers": [resolved]}, headers=headers)
        assert answer.json() == {"received": 1, "new": 0}
    found = doors.catalogue.dossier(str(ONE["code"]))
    assert found is not None
    assert found.resolved_at is not None
    assert found.resolved_at.isoformat() == "2026-10-03T01:00:00+00:00"
    assert OWNER not in doors.whole_log()


@pytest.mark.parametrize(
    "change",
    [
        {"received_at": "2026-10-01T08:00:00"},
        {"received_at": "hôm qua"},
        {"received_at": "0001-01-01T00:00:00+07:00"},
        {"resolved_at": "9999-12-31T23:59:59-05:00"},
        {"resolved_at": "2026-09-01T08:00:00+07:00"},
        {"resolved_at": (datetime.now(UTC) + timedelta(days=2)).isoformat()},
        {"received_at": (datetime.now(UTC) + timedelta(days=2)).isoformat()},
        {"code": OWNER},
        {"owner_id": "\x00"},
        {"more": 1},
    ],
)
def test_a_dossier_that_cannot_be_is_refused_with_its_neighbours(doors: Doors, change: dict[str, object]) -> None:
    body = {"dossiers": [{**ONE, "code": "H99.01-261001-0002"}, {**ONE, **change}]}
    answer = doors.http.put("/v1/dossiers", json=body, headers=doors.bearer("dossiers"))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert doors.catalogue.dossier("H99.01-261001-0002") is None
    assert OWNER not in answer.text


def test_dossiers_of_another_unit_are_not_taken(doors: Doors) -> None:
    body = {"dossiers": [{**ONE, "unit": "H99.02"}]}
    answer = doors.http.put("/v1/dossiers", json=body, headers=doors.bearer("dossiers", units=("H99.01",)))
    assert answer.status_code == 403
    assert doors.catalogue.dossier(str(ONE["code"])) is None


def test_a_unit_does_not_write_over_another_units_dossier(doors: Doors) -> None:
    own = {"H99.01": doors.bearer("dossiers", units=("H99.01",)), "H99.02": doors.bearer("dossiers", units=("H99.02",))}
    theirs = {**ONE, "unit": "H99.02"}
    assert doors.http.put("/v1/dossiers", json={"dossiers": [theirs]}, headers=own["H99.02"]).status_code == 200
    body = {"dossiers": [{**ONE, "code": "H99.01-261001-0009"}, {**ONE, "procedure": "1.004873"}]}
    refused = doors.http.put("/v1/dossiers", json=body, headers=own["H99.01"])
    foreign = doors.http.put("/v1/dossiers", json={"dossiers": [theirs]}, headers=own["H99.01"])
    assert (refused.status_code, refused.content) == (403, foreign.content)
    found = doors.catalogue.dossier(str(ONE["code"]))
    assert found is not None
    assert (found.unit, found.procedure) == ("H99.02", ONE["procedure"])
    assert doors.catalogue.dossier("H99.01-261001-0009") is None
    assert doors.catalogue.events(limit=1)[0].kind == "access.denied"


def test_a_key_of_a_unit_or_type_is_told_of_uses_of_its_papers_only(doors: Doors) -> None:
    own = doors.publish("H99.01")
    doors.publish("H99.02")
    doors.publish("H99.01", type_code="diploma")
    body = {"owner_id": OWNER, "purpose": PURPOSE}
    doors.http.post("/v1/lookup", json=body, headers=doors.bearer("lookup"))
    _, key = doors.catalogue.add_client(
        "Xã", frozenset({"accesses"}), frozenset({"H99.01"}), types=frozenset({"birth_certificate"})
    )
    answer = doors.http.post("/v1/accesses", json=body, headers={"Authorization": f"Bearer {key}"}).json()
    assert {one["document_id"] for one in answer["accesses"]} == {own}
    whole = doors.http.post("/v1/accesses", json=body, headers=doors.bearer("accesses")).json()
    assert len({one["document_id"] for one in whole["accesses"]}) == 3


def test_an_owner_is_told_who_was_given_which_paper_and_what_for(doors: Doors) -> None:
    identity = doors.publish()
    body = {"owner_id": OWNER, "purpose": PURPOSE}
    doors.http.post("/v1/lookup", json=body, headers=doors.bearer("lookup"))
    answer = doors.http.post("/v1/accesses", json=body, headers=doors.bearer("accesses")).json()
    (told,) = answer["accesses"]
    assert (told["client"], told["use"], told["document_id"]) == ("Cổng thử nghiệm", "access.lookup", identity)
    assert (told["dossier"], told["procedure"]) == (PURPOSE["dossier"], PURPOSE["procedure"])
    assert told["purpose"] == "reuse"
    assert NAME not in str(answer)
    behind = {**body, "limit": 1, "cursor": None}
    headers = doors.bearer("accesses")
    doors.http.post("/v1/lookup", json=body, headers=doors.bearer("lookup"))
    for more in (True, False):
        page = doors.http.post("/v1/accesses", json=behind, headers=headers).json()
        assert (len(page["accesses"]), page["cursor"] is not None) == (1, more)
        behind["cursor"] = behind["cursor"] or page["cursor"]
    refused = doors.http.post("/v1/accesses", json=behind, headers=doors.bearer("accesses"))
    assert refused.json()["code"] == "cursor_invalid"


def test_an_owner_is_told_of_looks_at_the_console_too(doors: Doors) -> None:
    identity, another = doors.publish(), doors.publish("H99.02")
    doors.sign_in(units=("H99.01",))
    assert doors.http.get(f"/console/documents/{identity}").status_code == 200
    assert doors.http.get(f"/console/documents/{identity}/pdf").status_code == 303
    assert doors.http.get(f"/console/documents/{another}").status_code == 403
    body = {"owner_id": OWNER, "purpose": PURPOSE}
    answer = doors.http.post("/v1/accesses", json=body, headers=doors.bearer("accesses")).json()
    told = [(one["client"], one["use"], one["document_id"], one["purpose"]) for one in answer["accesses"]]
    assert told == [
        ("Cổng thử nghiệm", "console.pdf", identity, "review"),
        ("Cổng thử nghiệm", "console.document", identity, "review"),
    ]
    assert doors.catalogue.verify_log() is None
