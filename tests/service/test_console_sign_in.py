"""Sitting down at the console, and being asked to leave."""

from datetime import timedelta

import pytest

from digitize.identity import document_id
from service.console.sessions import COOKIE_NAME, LIFETIME, Sessions
from storage.secret_file import read_or_make_secret
from tests.service.conftest import Doors

UNKNOWN = document_id(unit="H99.01", dossier="none", component="TP01", sha256="0")
PAGES = ("/console", f"/console/documents/{UNKNOWN}", f"/console/documents/{UNKNOWN}/pdf")


def test_every_page_leads_a_stranger_to_the_login(doors: Doors) -> None:
    for page in (*PAGES, f"/console/documents/{UNKNOWN}/pages/1.jpg"):
        answer = doors.http.get(page)
        assert (answer.status_code, answer.headers["location"]) == (303, "/console/login")
    for page in ("/console/logout", f"/console/documents/{UNKNOWN}"):
        assert doors.http.post(page, data={"token": "x"}).headers["location"] == "/console/login"


def test_cookie_is_for_this_site_and_no_script_and_holds_no_key(doors: Doors) -> None:
    client, key = doors.client("console")
    answer = doors.http.post("/console/login", data={"key": key})
    assert (answer.status_code, answer.headers["location"]) == (303, "/console")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE_NAME}=")
    for attribute in ("HttpOnly", "SameSite=strict", "Path=/console"):
        assert attribute in cookie
    assert key not in cookie
    assert doors.http.get("/console").status_code == 200
    assert doors.kinds()[0] == "console.sign_in"
    assert doors.catalogue.events(limit=1)[0].actor == client.client_id


def test_wrong_key_and_key_without_the_scope_are_told_apart_by_nobody(doors: Doors) -> None:
    answers = [
        doors.http.post("/console/login", data={"key": key})
        for key in (doors.key("lookup", "documents:read", "verify"), "wrong", "", "\x00", "khóa")
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) <= 2, "but for the time of day"
    assert all("set-cookie" not in answer.headers for answer in answers)


def test_session_ends_after_its_time(doors: Doors) -> None:
    doors.sign_in()
    doors.clock.now += LIFETIME - timedelta(seconds=2)
    assert doors.http.get("/console").status_code == 200
    doors.clock.now += timedelta(seconds=3)
    assert doors.http.get("/console").status_code == 303


def test_session_ends_with_its_key(doors: Doors) -> None:
    client_id = doors.sign_in()
    doors.catalogue.revoke_client(client_id)
    assert doors.http.get("/console").status_code == 303


def test_signing_out_needs_the_forms_token(doors: Doors) -> None:
    doors.sign_in()
    assert doors.http.post("/console/logout", data={"token": "guess"}).status_code == 422
    page = doors.http.get("/console").text
    token = page.split('name="token" value="')[1].split('"')[0]
    answer = doors.http.post("/console/logout", data={"token": token})
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/login")
    assert doors.http.get("/console").status_code == 303


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1:1"])
def test_form_of_another_site_is_refused(doors: Doors, origin: str) -> None:
    answer = doors.http.post("/console/login", data={"key": doors.key("console")}, headers={"Origin": origin})
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x"])
def test_only_plain_forms_are_read(doors: Doors, content_type: str) -> None:
    content = f"key={doors.key('console')}"
    answer = doors.http.post("/console/login", content=content, headers={"Content-Type": content_type})
    assert answer.status_code == 422


@pytest.mark.parametrize("body", [b"\xff", b"key", b"&&&", b"key=%ff", b"key=" + b"x" * 600_000])
def test_form_out_of_shape_is_refused(doors: Doors, body: bytes) -> None:
    answer = doors.http.post(
        "/console/login", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code in {413, 422}


def test_cookie_that_is_not_ours_opens_nothing(doors: Doors) -> None:
    doors.sign_in()
    cookie = doors.http.cookies[COOKIE_NAME]
    body, _, seal = cookie.partition(".")
    doors.http.cookies.clear()
    for forged in ("", "x", ".", cookie[:-2], f"{body}.", f".{seal}", f"{body[:-1]}A.{seal}", "x" * 4_000, "%00"):
        answer = doors.http.get("/console", headers={"Cookie": f"{COOKIE_NAME}={forged}"})
        assert answer.status_code == 303, forged


def test_session_of_another_secret_is_none(doors: Doors) -> None:
    _, cookie = Sessions(b"a" * 32).open("client", doors.clock.now)
    assert Sessions(b"a" * 32).read(cookie, doors.clock.now) is not None
    assert Sessions(b"b" * 32).read(cookie, doors.clock.now) is None


def test_secret_is_made_once_and_for_this_user_only(doors: Doors) -> None:
    path = doors.config.secrets_dir / "new" / "secret"
    first = read_or_make_secret(path)
    assert len(first) == 32
    assert read_or_make_secret(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]
