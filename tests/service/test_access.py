"""Who gets in, who does not, and that nothing is learnt at a closed door."""

import pytest

from digitize.errors import TooManyRequestsError
from digitize.identity import document_id
from service.access import Access
from service.scopes import SCOPES
from storage.api import Client
from tests.service.conftest import NAMED, OWNER, PURPOSE, Doors

UNKNOWN = document_id(unit="H99.01", dossier="none", component="TP01", sha256="0")
MALFORMED = ["x", "..", "%00", "Nguyễn", "0" * 5_000, UNKNOWN.upper(), OWNER]
ROUTES = [
    ("POST", "/v1/lookup", "lookup"),
    ("GET", "/v1/documents/{id}", "documents:read"),
    ("GET", f"/v1/documents/{{id}}/record{NAMED}", "documents:read"),
    ("GET", f"/v1/documents/{{id}}/fields{NAMED}", "documents:read"),
    ("GET", f"/v1/documents/{{id}}/pdf{NAMED}", "documents:read"),
    ("GET", f"/v1/documents/{{id}}/original{NAMED}", "documents:read"),
    ("POST", "/v1/documents/{id}/revocation", "revoke"),
    ("POST", "/v1/prefill", "lookup"),
    ("POST", "/v1/search", "search"),
    ("POST", "/v1/accesses", "accesses"),
    ("PUT", "/v1/dossiers", "dossiers"),
    ("POST", "/v1/webhooks", "webhooks"),
    ("GET", "/v1/webhooks", "webhooks"),
    ("DELETE", "/v1/webhooks/{id}", "webhooks"),
    ("POST", "/v1/webhooks/{id}/replay", "webhooks"),
    ("GET", "/v1/webhooks/{id}/undelivered", "webhooks"),
    ("POST", "/v1/verify", "verify"),
    ("POST", "/v1/uploads", "documents:upload"),
    ("GET", "/v1/uploads/{id}", "documents:upload"),
    ("PUT", "/v1/uploads/{id}/parts/1", "documents:upload"),
    ("POST", "/v1/uploads/{id}/complete", "documents:upload"),
]
DOCUMENT_ROUTES = [route for _, route, scope in ROUTES if scope == "documents:read"]


def _described(path: str) -> str:
    names = {"webhooks": "subscription_id", "uploads": "upload_id"}
    name = names.get(path.split("/")[2], "document_id")
    return path.partition("?")[0].replace("{id}", f"{{{name}}}").replace("/parts/1", "/parts/{number}")


def test_list_of_routes_is_whole(doors: Doors) -> None:
    described = doors.http.get("/openapi.json").json()["paths"]
    found = {(method.upper(), path) for path, methods in described.items() for method in methods}
    ours = {(method, _described(path)) for method, path, _ in ROUTES}
    assert found == ours | {("GET", "/health/live"), ("GET", "/health/ready")}


@pytest.mark.parametrize(("method", "route", "scope"), ROUTES)
def test_no_key_wrong_key_and_revoked_key_get_the_same_401(doors: Doors, method: str, route: str, scope: str) -> None:
    path = route.format(id=doors.publish())
    client, key = doors.client(scope)
    doors.catalogue.revoke_client(client.client_id)
    answers = [
        doors.http.request(method, path, headers=headers)
        for headers in (
            {},
            {"Authorization": "Bearer wrong"},
            {"Authorization": "Bearer"},
            {"Authorization": "Bearer é".encode()},
            {"Authorization": f"Bearer {'x' * 10_000}"},
            {"Authorization": f"Basic {key}"},
            {"Authorization": f"Bearer {key}"},
        )
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert {answer.headers["www-authenticate"] for answer in answers} == {'Bearer realm="digitize"'}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize(("method", "route", "scope"), ROUTES)
def test_key_without_the_scope_gets_403_and_a_log_entry(doors: Doors, method: str, route: str, scope: str) -> None:
    others = SCOPES.keys() - {scope}
    client, key = doors.client(*others)
    path = route.format(id=doors.publish())
    answer = doors.http.request(method, path, headers={"Authorization": f"Bearer {key}"}, json={})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    newest = doors.catalogue.events(limit=1)[0]
    assert (newest.actor, newest.kind) == (client.client_id, "access.denied")
    assert newest.data == {"scope": scope, "reason": "scope"}


@pytest.mark.parametrize("route", DOCUMENT_ROUTES)
def test_client_of_a_unit_cannot_tell_another_units_document_from_none(doors: Doors, route: str) -> None:
    own, other = doors.publish("H99.01"), doors.publish("H99.02")
    headers = doors.bearer("documents:read", "sensitive", units=("H99.01",))
    assert doors.http.get(route.format(id=own), headers=headers).status_code == 200
    refusals = [
        doors.http.get(route.format(id=name), headers=headers)
        for name in (other, UNKNOWN, *MALFORMED[:1], *MALFORMED[2:])
    ]
    assert {answer.status_code for answer in refusals} == {403}
    assert len({answer.content for answer in refusals}) == 1
    assert len({tuple(sorted(set(answer.headers) - {"date"})) for answer in refusals}) == 1


@pytest.mark.parametrize("route", DOCUMENT_ROUTES)
def test_client_of_every_unit_gets_404_for_what_is_not_there(doors: Doors, route: str) -> None:
    headers = doors.bearer("documents:read")
    answers = [
        doors.http.get(route.format(id=name), headers=headers) for name in (UNKNOWN, MALFORMED[0], *MALFORMED[2:])
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_refused_document_is_logged_and_an_unknown_name_is_not_written_down(doors: Doors) -> None:
    other = doors.publish("H99.02")
    headers = doors.bearer("documents:read", units=("H99.01",))
    doors.http.get(f"/v1/documents/{other}", headers=headers)
    refused = doors.catalogue.events(limit=1)[0]
    assert (refused.kind, refused.document_id, refused.data["reason"]) == ("access.denied", other, "unit_or_type")
    doors.http.get(f"/v1/documents/{OWNER}", headers=headers)
    unknown = doors.catalogue.events(limit=1)[0]
    assert (unknown.kind, unknown.document_id, unknown.data["reason"]) == ("access.denied", None, "unknown")
    assert OWNER not in doors.whole_log()


def test_tries_without_a_key_do_not_make_the_log_grow(doors: Doors) -> None:
    for _ in range(20):
        doors.http.get(f"/v1/documents/{UNKNOWN}")
    assert doors.kinds().count("access.unauthenticated") == 1


def test_no_answer_leaves_when_the_use_cannot_be_logged(doors: Doors) -> None:
    identity = doors.publish()
    headers = doors.bearer("lookup", "documents:read")
    with doors.catalogue._database.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE events RENAME TO lost")
    for answer in (
        doors.http.post("/v1/lookup", json={"owner_id": OWNER, "purpose": PURPOSE}, headers=headers),
        doors.http.get(f"/v1/documents/{identity}", headers=headers),
        doors.http.get(f"/v1/documents/{identity}/record{NAMED}", headers=headers),
        doors.http.get(f"/v1/documents/{identity}/pdf{NAMED}", headers=headers),
    ):
        assert answer.status_code >= 500
        assert identity not in answer.text


def test_a_client_that_asks_too_often_is_told_to_wait(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.access.Access.admit", _refuse)
    answer = doors.http.get(f"/v1/documents/{UNKNOWN}", headers=doors.bearer("documents:read"))
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
    assert answer.headers["retry-after"] == "7"


def _refuse(_access: Access, _client: Client) -> None:
    raise TooManyRequestsError(seconds=7)


def test_a_clients_share_of_a_minute_comes_back(doors: Doors) -> None:
    client, _ = doors.client("lookup")
    access = Access(doors.catalogue, 60)
    for _ in range(60):
        access.admit(client)
    with pytest.raises(TooManyRequestsError) as refused:
        access.admit(client)
    assert refused.value.values == {"seconds": 1}
    other, _ = doors.client("lookup")
    access.admit(other)
