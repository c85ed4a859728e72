"""What the console shows, to whom, and that nothing on it can run."""

import html
import re
from datetime import timedelta

import httpx
import pytest

from digitize.model import Problem
from service.console.formats import masked
from storage.api import Reject
from tests.servers import HANGS_AFTER_S
from tests.service.conftest import JPEG, NAME, OWNER, Doors, birth_certificate, read

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_overview_counts_by_state_and_unit_and_shows_how_long_things_wait(doors: Doors) -> None:
    doors.sign_in()
    doors.receive("H99.01")
    doors.hold("H99.02")
    doors.publish("H99.02")
    doors.clock.now += timedelta(hours=3, minutes=5)
    page = doors.http.get("/console").text
    assert page.count("3 giờ 5 phút") >= 3
    rows = dict(re.findall(r'<th scope="row">(H99\.\d\d)</th>(.*?)</tr>', page, re.DOTALL))
    counts = {unit: re.findall(r"<td[^>]*>(\d+)</td>", cells) for unit, cells in rows.items()}
    assert counts == {"H99.01": list("1000000"), "H99.02": list("0011000")}
    for word in ("Đã nhận", "Cần kiểm tra", "Đã công bố"):
        assert word in page


def test_overview_names_no_owner_and_no_file(doors: Doors) -> None:
    doors.sign_in()
    doors.publish()
    doors.hold()
    page = doors.http.get("/console").text
    for personal in (OWNER, NAME, "khai sinh 1"):
        assert personal not in page


def test_lists_mask_the_numbers_of_persons(doors: Doors) -> None:
    doors.sign_in()
    doors.receive(dossier=f"H99.01-{OWNER}")
    page = doors.http.get("/console").text
    assert f"H99.01-{OWNER[:3]}******{OWNER[-3:]}" in page
    assert OWNER not in page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("001099123456", "001******456"), ("012345678", "012***678"), ("A012345678B", "A012***678B"),
        ("0010991234567", "0010991234567"), ("H99.01-260912-0001", "H99.01-260912-0001"), ("—", "—"), ("", ""),
    ],
)  # fmt: skip
def test_what_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_overview_can_be_narrowed_to_one_state(doors: Doors) -> None:
    doors.sign_in()
    held, published = doors.hold(), doors.publish()
    page = doors.http.get("/console?state=needs_review").text
    assert held in page
    assert published not in page
    assert doors.http.get("/console?state=nothing").status_code == 422


def test_page_refreshes_itself_only_when_asked(doors: Doors) -> None:
    doors.sign_in()
    assert 'http-equiv="refresh"' not in doors.http.get("/console").text
    assert 'http-equiv="refresh"' in doors.http.get("/console?refresh=true").text


@pytest.mark.parametrize(
    ("query", "accepted", "word"),
    [("", "", "Tổng quan"), ("", "en", "Overview"), ("?lang=vi", "en", "Tổng quan"), ("?lang=en", "", "Overview")],
)
def test_language_of_the_reader(doors: Doors, query: str, accepted: str, word: str) -> None:
    doors.sign_in()
    assert word in doors.http.get(f"/console{query}", headers={"Accept-Language": accepted}).text


def test_language_once_chosen_stays(doors: Doors) -> None:
    doors.sign_in()
    doors.http.get("/console?lang=en")
    assert "Overview" in doors.http.get("/console").text


def test_the_other_language_is_one_click_away_and_keeps_what_was_asked_for(doors: Doors) -> None:
    doors.sign_in()
    page = doors.http.get("/console?find=H99.01-1&lang=vi").text
    [link] = re.findall(r'href="(/console[^"]*lang=en[^"]*)"', page)
    assert html.unescape(link) == "/console?find=H99.01-1&lang=en"
    assert 'value="H99.01-1"' in doors.http.get(html.unescape(link)).text


def test_document_shows_fields_values_as_printed_and_where_they_stand(doors: Doors) -> None:
    client_id = doors.sign_in()
    identity = doors.hold()
    page = doors.http.get(f"/console/documents/{identity}").text
    for shown in (NAME, OWNER, "07/03/2019", "07/3/2019", "97\u00a0%", "khai sinh 1.pdf", "Giấy khai sinh"):
        assert shown in page
    assert 'id="box-full_name" class="box review" x="26.00%" y="21.70%" width="36.00%" height="2.30%"' in page
    entry = doors.catalogue.events(identity, limit=1)[0]
    assert (entry.actor, entry.kind, entry.data["pages"]) == (client_id, "console.document", [1])


def test_page_image_is_given_in_the_session_it_was_shown_in_only(doors: Doors) -> None:
    doors.sign_in()
    identity, other = doors.hold(), doors.hold()
    link = re.search(r'href="(/console/documents/\w+/pages/1\.jpg\?view=[\w-]+)"', shown(doors, identity))
    assert link is not None
    image = doors.http.get(link[1])
    assert (image.content, image.headers["content-type"]) == (JPEG, "image/jpeg")
    assert image.headers["cache-control"] == "no-store"
    bare = link[1].partition("?")[0]
    for wrong in (bare, f"{bare}?view=x", link[1].replace(identity, other), link[1].replace("/1.jpg", "/2.jpg")):
        assert doors.http.get(wrong).status_code == 404
    doors.sign_in()
    assert doors.http.get(link[1]).status_code == 404


def test_signed_pdf_is_a_short_lived_link_away(doors: Doors) -> None:
    client_id = doors.sign_in()
    identity = doors.publish(pdf=b"%PDF-1.7 signed\n")
    assert f"/console/documents/{identity}/pdf" in shown(doors, identity)
    answer = doors.http.get(f"/console/documents/{identity}/pdf")
    assert answer.status_code == 303
    assert httpx.get(answer.headers["location"], timeout=HANGS_AFTER_S).content == b"%PDF-1.7 signed\n"
    newest = doors.catalogue.events(identity, limit=1)[0]
    assert (newest.actor, newest.kind) == (client_id, "console.pdf")
    assert doors.http.get(f"/console/documents/{doors.hold()}/pdf").status_code == 404


def test_operator_of_a_unit_sees_that_unit_only(doors: Doors) -> None:
    own, other = doors.hold("H99.01"), doors.hold("H99.02")
    unknown = doors.receive("H99.03")
    doors.sign_in(units=("H99.01",))
    page = doors.http.get("/console").text
    assert own in page
    assert other not in page
    assert "H99.02" not in page
    assert doors.http.get(f"/console/documents/{own}").status_code == 200
    answers = [doors.http.get(f"/console/documents/{name}") for name in (other, unknown[::-1], "x", OWNER)]
    assert {answer.status_code for answer in answers} == {403}
    times = re.compile(r"\d\d:\d\d:\d\d")
    paths = re.compile(r'href="/console/documents/[^"?]*\?lang')
    assert len({paths.sub("", times.sub("", answer.text)) for answer in answers}) == 1
    assert doors.http.post(f"/console/documents/{other}", data={"token": "x"}).status_code == 422


def test_refused_document_says_why(doors: Doors) -> None:
    doors.sign_in()
    identity = doors.receive()
    problem = Problem(code="input_damaged", vi="Tệp bị hỏng; hãy quét lại.", en="Damaged; scan it again.")
    doors.settle(identity, Reject(doors.record(identity, {}, "unknown").model_copy(update={"problem": problem})))
    assert "Tệp bị hỏng; hãy quét lại." in shown(doors, identity)
    assert "Damaged; scan it again." in doors.http.get(f"/console/documents/{identity}?lang=en").text


def test_text_of_a_paper_is_shown_and_never_run(doors: Doors) -> None:
    doors.sign_in()
    fields = {**birth_certificate(), "document_number": read(HOSTILE, box=(0.1, 0.1, 0.2, 0.2))}
    held = doors.hold(fields={**fields, "full_name": read(HOSTILE, "review", (0.1, 0.1, 0.2, 0.2))})
    for page in (shown(doors, held), shown(doors, doors.publish(fields=fields))):
        assert "&lt;script&gt;" in page
        assert "<script" not in page
        assert "<img src=x" not in page


def test_pages_hold_nothing_that_the_policy_would_stop(doors: Doors) -> None:
    doors.sign_in()
    for path in ("/console", "/console/login", f"/console/documents/{doors.hold()}"):
        answer = doors.http.get(path)
        policy = answer.headers["content-security-policy"]
        assert "script-src" not in policy
        assert "default-src 'none'" in policy
        assert not re.search(r'<script|<style|\sstyle="|\son\w+="|javascript:|https?://', answer.text)


def test_style_and_icon_are_served(doors: Doors) -> None:
    for name, kind in (("console.css", "text/css"), ("icon.svg", "image/svg+xml")):
        answer = doors.http.get(f"/console/static/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)
    assert doors.http.get("/console/static/..%2f..%2fweb.py").status_code == 404


def test_root_leads_to_the_console(doors: Doors) -> None:
    assert doors.http.get("/").headers["location"] == "/console"


def shown(doors: Doors, identity: str) -> str:
    answer = doors.http.get(f"/console/documents/{identity}")
    assert answer.status_code == 200
    return answer.text


def test_list_is_narrowed_to_a_dossier_or_an_id_and_never_to_a_person(doors: Doors) -> None:
    doors.sign_in(units=("H99.01",))
    one, other, foreign = doors.publish(), doors.publish(), doors.publish("H99.02")
    row = doors.catalogue.find(one)
    assert row is not None
    for text in (row.dossier, one[:8], one):
        page = doors.http.get("/console", params={"find": text, "state": "published"}).text
        assert (one in page, other in page) == (True, False)
    assert f"/documents/{foreign}" not in doors.http.get("/console", params={"find": foreign}).text
    assert doors.http.get("/console", params={"find": "0" * 26}).status_code == 200
    assert other in doors.http.get("/console?find=").text
    for personal in (OWNER, NAME, "%"):
        assert doors.http.get("/console", params={"find": personal}).status_code == 422


def test_a_revoked_paper_says_since_when_why_and_by_whom(doors: Doors) -> None:
    identity, newer = doors.publish(), doors.publish()
    client, key = doors.catalogue.add_client("Phòng Tư pháp", frozenset({"revoke"}), frozenset())
    doors.sign_in()
    assert "Đã thu hồi từ" not in shown(doors, identity)
    body = {"reason": "Cấp không đúng thẩm quyền", "superseded_by": newer}
    headers = {"Authorization": f"Bearer {key}"}
    assert doors.http.post(f"/v1/documents/{identity}/revocation", json=body, headers=headers).status_code == 200
    doors.catalogue.revoke_client(client.client_id)
    page = shown(doors, identity)
    for said in ("Đã thu hồi từ", "Cấp không đúng thẩm quyền", "Người thu hồi: Phòng Tư pháp. ", f"documents/{newer}"):
        assert said in page
    assert client.client_id not in page


def test_an_address_that_is_not_there_is_answered_in_words(doors: Doors) -> None:
    answer = doors.http.get("/console/foo/bar")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Không tìm thấy" in answer.text
