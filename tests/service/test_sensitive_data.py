"""Images of identity cards and ethnicity are given with a scope of their own (Law 91/2025/QH15)."""

import pytest

from tests.service.conftest import NAMED, PURPOSE, Doors, birth_certificate, read

SENSITIVE = {
    "citizen_card": "",
    "birth_certificate": "",  # the ethnicity was not read, and stands on the form all the same
    "marriage_certificate": "Họ, chữ đệm, tên vợ",
    "diploma": "Giới tính: Nữ   Dân  tộc: Tày",
    "unknown": "CĂN CƯỚC CÔNG DÂN\nCitizen Identity Card",
}
"""What the page of each says."""


@pytest.mark.parametrize("part", ["record", "pdf", "original"])
@pytest.mark.parametrize("kind", SENSITIVE)
def test_the_whole_paper_needs_the_scope(doors: Doors, part: str, kind: str) -> None:
    identity = doors.publish(type_code=kind, text=SENSITIVE[kind])
    path = f"/v1/documents/{identity}/{part}{NAMED}"
    answer = doors.http.get(path, headers=doors.bearer("documents:read"))
    assert (answer.status_code, answer.json()["code"]) == (403, "sensitive_not_permitted")
    assert doors.catalogue.events(limit=1)[0].data["reason"] == "sensitive"
    assert doors.http.get(path, headers=doors.bearer("documents:read", "sensitive")).status_code == 200


@pytest.mark.parametrize("kind", SENSITIVE)
def test_its_words_are_found_with_the_scope_only(doors: Doors, kind: str) -> None:
    text = f"{SENSITIVE[kind]}\nSơn Hạ"
    doors.publish(type_code=kind, text=text)
    plain = doors.publish(type_code="driving_licence", text="Sơn Hạ")
    body = {"query": "sơn hạ", "purpose": PURPOSE}
    for scopes, count in ((("search",), 1), (("search", "sensitive"), 2)):
        found = doors.http.post("/v1/search", json=body, headers=doors.bearer(*scopes)).json()["documents"]
        assert len(found) == count
        assert plain in [one["document_id"] for one in found]


def test_what_shows_nothing_sensitive_needs_no_scope(doors: Doors) -> None:
    identity = doors.publish(type_code="diploma", text="Bằng tốt nghiệp đại học")
    path = f"/v1/documents/{identity}/pdf{NAMED}"
    assert doors.http.get(path, headers=doors.bearer("documents:read")).status_code == 200


def test_fields_are_given_without_what_is_sensitive(doors: Doors) -> None:
    identity = doors.publish(fields={**birth_certificate(), "ethnicity": read("Tày")})
    path = f"/v1/documents/{identity}/fields{NAMED}"
    given = doors.http.get(path, headers=doors.bearer("documents:read")).json()["fields"]
    assert "ethnicity" not in given
    assert given["full_name"]["state"] == "accepted"
    whole = doors.http.get(path, headers=doors.bearer("documents:read", "sensitive")).json()["fields"]
    assert whole["ethnicity"]["value"] == "Tày"
