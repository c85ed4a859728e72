"""Images of identity cards and ethnicity are given with a scope of their own (Law 91/2025/QH15)."""

import pytest

from tests.service.conftest import NAMED, Doors, birth_certificate, read


@pytest.mark.parametrize("part", ["record", "pdf", "original"])
@pytest.mark.parametrize("kind", ["citizen_card", "birth_certificate"])
def test_the_whole_paper_needs_the_scope(doors: Doors, part: str, kind: str) -> None:
    fields = {**birth_certificate(), "ethnicity": read("Tày")} if kind == "birth_certificate" else None
    identity = doors.publish(fields=fields, type_code=kind)
    path = f"/v1/documents/{identity}/{part}{NAMED}"
    answer = doors.http.get(path, headers=doors.bearer("documents:read"))
    assert (answer.status_code, answer.json()["code"]) == (403, "sensitive_not_permitted")
    assert doors.catalogue.events(limit=1)[0].data["reason"] == "sensitive"
    assert doors.http.get(path, headers=doors.bearer("documents:read", "sensitive")).status_code == 200


def test_fields_are_given_without_what_is_sensitive(doors: Doors) -> None:
    identity = doors.publish(fields={**birth_certificate(), "ethnicity": read("Tày")})
    path = f"/v1/documents/{identity}/fields{NAMED}"
    given = doors.http.get(path, headers=doors.bearer("documents:read")).json()["fields"]
    assert "ethnicity" not in given
    assert given["full_name"]["state"] == "accepted"
    whole = doors.http.get(path, headers=doors.bearer("documents:read", "sensitive")).json()["fields"]
    assert whole["ethnicity"]["value"] == "Tày"
