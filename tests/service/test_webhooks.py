"""Subscribing to notices by the API."""

import pytest

from tests.service.conftest import Doors

URL = "https://portal.example/digitize?from=digitize"


def test_a_portal_subscribes_is_told_and_leaves(doors: Doors) -> None:
    headers = doors.bearer("webhooks")
    made = doors.http.post("/v1/webhooks", json={"url": URL}, headers=headers).json()
    assert (made["url"], made["kinds"]) == (URL, ["published", "revoked"])
    assert len(made["secret"]) > 40
    identity = doors.publish()
    (notice,) = doors.catalogue.claim_notices(10)
    assert notice.body["document_id"] == identity
    doors.catalogue.settle_notice(notice, "HTTP 503")
    path = f"/v1/webhooks/{made['subscription_id']}"
    (waiting,) = doors.http.get(f"{path}/undelivered", headers=headers).json()["notices"]
    assert (waiting["sequence"], waiting["error"], waiting["given_up"]) == (notice.sequence, "HTTP 503", False)
    doors.publish()
    doors.catalogue.claim_notices(10)
    page = doors.http.get(f"{path}/undelivered?limit=1", headers=headers).json()
    rest = doors.http.get(f"{path}/undelivered", params={"cursor": page["cursor"]}, headers=headers).json()
    assert [one["sequence"] for one in page["notices"]] == [notice.sequence]
    assert ([one["attempts"] for one in rest["notices"]], rest["cursor"]) == ([1], None)
    assert doors.http.post(f"{path}/replay", json={"since": 1}, headers=headers).json() == {"notices": 2}
    (shown,) = doors.http.get("/v1/webhooks", headers=headers).json()["subscriptions"]
    assert shown["secret"] is None
    assert doors.http.delete(path, headers=headers).json() == {"subscriptions": []}
    assert doors.http.delete(path, headers=headers).status_code == 404
    assert made["secret"] not in doors.whole_log()


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/", "ftp://portal.example/", "https://portal.example@elsewhere.example/",
        "https://user:password@portal.example/", "http://127.0.0.1/", "https://portal.example/\n", "portal.example",
        "https://[portal.example/", "", "https://portal.example/" + "a" * 500,
    ],
)  # fmt: skip
def test_notices_go_to_hosts_the_operator_named_and_nowhere_else(doors: Doors, url: str) -> None:
    answer = doors.http.post("/v1/webhooks", json={"url": url}, headers=doors.bearer("webhooks"))
    other_hosts = ("https://elsewhere.example/", "http://127.0.0.1/")
    code = "webhook_host_not_allowed" if url in other_hosts else "invalid_request"
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert ("service.webhook_hosts" in answer.json()["detail_vi"]) == (url in other_hosts)
