"""Text search through the door: what is found, what is told of it, and what the log keeps."""

from datetime import timedelta

import pytest

from digitize.model import FieldRecord, PageRecord
from digitize.vietnam_time import VIETNAM_TIME
from storage.api import Publish
from storage.pages import Window
from storage.reuse_api import Revocation
from tests.service.conftest import NAME, OWNER, PURPOSE, Doors, birth_certificate, read

TEXT = f"GIẤY CHỨNG NHẬN\nHọ và tên: {NAME}\nSố định danh: {OWNER}\nNơi cư trú: thôn Đồi Chè"


def publish(doors: Doors, unit: str = "H99.01", type_code: str = "diploma", **fields: FieldRecord) -> str:
    identity = doors.receive(unit)
    bare = doors.record(identity, {**birth_certificate(number=122 + doors.count), **fields}, type_code)
    doors.settle(identity, Publish(bare.model_copy(update={"pages": (PageRecord(number=1, text=TEXT, dpi=300),)})))
    return identity


def ask(doors: Doors, headers: dict[str, str], **parts: object) -> list[str]:
    answer = doors.http.post("/v1/search", json={"query": "doi chè", "purpose": PURPOSE, **parts}, headers=headers)
    assert answer.status_code == 200, answer.text
    return [one["document_id"] for one in answer.json()["documents"]]


def test_documents_are_found_by_their_words_newest_first_and_page_by_page(doors: Doors) -> None:
    identities = [publish(doors) for _ in range(3)]
    headers = doors.bearer("search")
    body = {"query": '"minh an" đồi', "limit": 2, "purpose": PURPOSE}
    first = doors.http.post("/v1/search", json=body, headers=headers).json()
    second = doors.http.post("/v1/search", json={**body, "cursor": first["cursor"]}, headers=headers).json()
    assert second["cursor"] is None
    found = [*first["documents"], *second["documents"]]
    assert [one["document_id"] for one in found] == identities[::-1]
    assert (found[0]["owner_name"], found[0]["document_type"]) == (NAME, "diploma")
    assert OWNER not in str(found)
    assert ask(doors, headers, query="đôi che") == []


def test_only_what_the_key_may_see_and_nothing_tells_of_the_rest(doors: Doors) -> None:
    own, other = publish(doors), publish(doors, "H99.02")
    card = publish(doors, type_code="citizen_card")
    ethnic = publish(doors, ethnicity=read("Kinh"))
    assert ask(doors, doors.bearer("search")) == [other, own]
    assert ask(doors, doors.bearer("search", "sensitive")) == [ethnic, card, other, own]
    bound = doors.bearer("search", units=("H99.01",))
    assert ask(doors, bound) == [own]
    answers = [
        doors.http.post("/v1/search", json={"query": "doi chè", "unit": unit, "purpose": PURPOSE}, headers=bound)
        for unit in ("H99.02", "H99.77")
    ]
    assert answers[0].content == answers[1].content
    refused = doors.http.post("/v1/search", json={"query": "chè", "purpose": PURPOSE}, headers=doors.bearer("lookup"))
    assert refused.json()["code"] == "not_permitted"


def test_filters_by_type_unit_and_day(doors: Doors) -> None:
    diploma, licence = publish(doors), publish(doors, "H99.02", "driving_licence")
    headers = doors.bearer("search")
    today = doors.clock.now.astimezone(VIETNAM_TIME).date()
    assert ask(doors, headers, document_type="diploma") == [diploma]
    assert ask(doors, headers, unit="H99.02") == [licence]
    assert ask(doors, headers, published_from=str(today), published_to=str(today)) == [licence, diploma]
    assert ask(doors, headers, published_from=str(today + timedelta(days=1))) == []
    assert ask(doors, headers, published_to=str(today - timedelta(days=1))) == []


def test_the_log_says_who_what_for_and_which_but_not_the_words(doors: Doors) -> None:
    identity = publish(doors)
    headers = doors.bearer("search")
    for query in ("Minh An", "minh  AN", "minh anh"):
        ask(doors, headers, query=query)
    other, again, entry = doors.catalogue.events(limit=3)
    assert (entry.kind, entry.data["documents"], entry.data["purpose"]) == ("access.search", [identity], PURPOSE)
    assert (other.data["documents"], other.data["count"]) == ([], 0)
    # Whoever has the catalogue's key can tell whether somebody searched for these words, and nobody else can.
    assert entry.data["query"] == again.data["query"] != other.data["query"]
    assert "minh" not in doors.whole_log().lower()
    assert [use.kind for use in doors.catalogue.uses(OWNER, Window("test")).rows] == ["access.search"] * 2


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"query": "đồi"}, "cursor_invalid"),
        ({"document_type": "diploma"}, "cursor_invalid"),
        ({"published_to": "2100-01-01"}, "cursor_invalid"),
        ({"query": OWNER}, "query_unsearchable"),
        ({"query": "?!"}, "query_unsearchable"),
        ({"query": ""}, "invalid_request"),
        ({"query": None}, "invalid_request"),
        ({"limit": 51}, "invalid_request"),
        ({"published_from": "9999-12-31"}, "invalid_request"),
        ({"purpose": None}, "invalid_request"),
    ],
)
def test_what_cannot_be_answered_is_refused_and_changes_nothing(
    doors: Doors, parts: dict[str, object], code: str
) -> None:
    publish(doors)
    publish(doors)
    headers = doors.bearer("search")
    body = {"query": "doi chè", "limit": 1, "purpose": PURPOSE}
    body["cursor"] = doors.http.post("/v1/search", json=body, headers=headers).json()["cursor"]
    before = doors.whole_log()
    answer = doors.http.post("/v1/search", json={**body, **parts}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert OWNER not in answer.text
    assert doors.whole_log() == before
    assert len(doors.http.post("/v1/search", json=body, headers=headers).json()["documents"]) == 1


def test_a_cursor_of_another_client_is_refused(doors: Doors) -> None:
    publish(doors)
    publish(doors)
    body = {"query": "doi chè", "limit": 1, "purpose": PURPOSE}
    cursor = doors.http.post("/v1/search", json=body, headers=doors.bearer("search")).json()["cursor"]
    answer = doors.http.post("/v1/search", json={**body, "cursor": cursor}, headers=doors.bearer("search"))
    assert answer.json()["code"] == "cursor_invalid"


def test_a_paper_revoked_between_two_pages_is_not_on_the_next(doors: Doors) -> None:
    oldest, revoked, _ = (publish(doors) for _ in range(3))
    headers = doors.bearer("search")
    body = {"query": "doi chè", "limit": 1, "purpose": PURPOSE}
    cursor = doors.http.post("/v1/search", json=body, headers=headers).json()["cursor"]
    doors.catalogue.revoke(revoked, Revocation(doors.clock(), "Cấp sai thẩm quyền"), "test")
    assert ask(doors, headers, limit=1, cursor=cursor) == [oldest]
