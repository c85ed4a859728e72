"""Who has an answer already gets no second copy, and stands in the log all the same."""

import pytest

from tests.service.conftest import NAMED, Doors


@pytest.mark.parametrize("route", ["", f"/record{NAMED}", f"/fields{NAMED}"])
def test_an_answer_that_still_holds_is_not_sent_again(doors: Doors, route: str) -> None:
    path, headers = f"/v1/documents/{doors.publish()}{route}", doors.bearer("documents:read", "sensitive")
    first = doors.http.get(path, headers=headers)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-store"
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = doors.http.get(path, headers=headers | {"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = doors.http.get(path, headers=headers | {"If-None-Match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)
    uses = [kind for kind in doors.kinds() if kind.startswith("access.")]
    assert len(uses) == 6


def test_a_paper_that_was_revoked_is_another_answer(doors: Doors) -> None:
    identity, headers = doors.publish(), doors.bearer("documents:read", "sensitive", "revoke")
    path = f"/v1/documents/{identity}/record{NAMED}"
    tag = doors.http.get(path, headers=headers).headers["etag"]
    doors.http.post(f"/v1/documents/{identity}/revocation", headers=headers, json={"reason": "Cấp nhầm"})
    assert doors.http.get(path, headers=headers | {"If-None-Match": tag}).status_code == 410


def test_a_tag_opens_no_door(doors: Doors) -> None:
    path = f"/v1/documents/{doors.publish()}{NAMED}"
    refused = doors.http.get(path, headers={"If-None-Match": "*"})
    assert refused.status_code == 401
    forbidden = doors.http.get(path, headers=doors.bearer("lookup") | {"If-None-Match": "*"})
    assert (forbidden.status_code, "etag" in forbidden.headers) == (403, False)
