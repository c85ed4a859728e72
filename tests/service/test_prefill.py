"""Hand it in once: what of a procedure's components the state holds, and what a form can be filled with."""

import time
from datetime import date, timedelta
from typing import Any

import pytest

from digitize.model import FieldRecord, Status, Validity
from digitize.vietnam_time import VIETNAM_TIME
from service.prefill import add_months, last_day
from service.routes.prefill import PROCEDURE_KNOWN_FOR_S
from storage.api import Publish
from storage.reuse_api import Component, DossierRow, Procedure, Revocation, Substitute
from tests.service.conftest import NAME, OWNER, PURPOSE, Doors, birth_certificate, read

MARRIAGE = Procedure(
    "1.000894",
    "Đăng ký kết hôn",
    (
        Component("TP01", "Giấy khai sinh", True, True, (Substitute("birth_certificate"),)),
        Component("TP02", "Giấy xác nhận", True, True, (Substitute("marital_status_certificate", months=6),)),
        Component("TP03", "Giấy phép", True, False, (Substitute(result_of="1.004873"),)),
        Component("TP04", "Tờ khai", False, False, ()),
    ),
)  # fmt: skip


@pytest.fixture
def office(doors: Doors) -> Doors:
    doors.catalogue.replace_procedures([MARRIAGE])
    return doors


def ask(doors: Doors, *scopes: str, owner: str = OWNER, units: tuple[str, ...] = ()) -> dict[str, Any]:
    body = {"procedure": MARRIAGE.code, "owner_id": owner, "purpose": PURPOSE}
    answer = doors.http.post("/v1/prefill", json=body, headers=doors.bearer("lookup", *scopes, units=units))
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def states(answer: dict[str, Any]) -> dict[str, str]:
    return {one["code"]: one["state"] for one in answer["components"]}


def single(day: str, purpose: str = "Làm thủ tục đăng ký kết hôn") -> dict[str, FieldRecord]:
    told = {"marital_status": read("Chưa đăng ký kết hôn"), "issue_date": read(day), "purpose": read(purpose)}
    return {**birth_certificate(number=7), **told}


def publish_single(doors: Doors, issued: str, **more: Any) -> str:
    identity = doors.receive()
    record = doors.record(identity, single(issued, **more), "marital_status_certificate")
    told = {"status": Status.PUBLISHED, "validity": Validity(issued=issued)}
    doors.settle(identity, Publish(record.model_copy(update=told)))
    return identity


def test_what_is_held_need_not_be_handed_in_again(office: Doors) -> None:
    identity = office.publish("H99.01")
    answer = ask(office)
    assert states(answer) == {"TP01": "held", "TP02": "not_held", "TP03": "not_held", "TP04": "not_held"}
    (held,) = answer["components"][0]["documents"]
    assert (held["document_id"], held["document_type"], held["valid_until"]) == (identity, "birth_certificate", None)
    assert held["fields"]["full_name"] == NAME
    assert [one["unit"] for one in held["sources"]] == ["H99.01"]
    (name,) = answer["form"]["full_name"]
    assert (name["value"], name["newest"], name["best_attested"]) == (NAME, True, True)
    assert name["sources"][0]["document_id"] == identity


def test_nobody_and_an_owner_of_another_unit_look_alike(office: Doors) -> None:
    office.publish("H99.02")
    answers = [ask(office, owner=owner, units=("H99.01",)) for owner in (OWNER, "001099099099")]
    assert answers[0] == answers[1]
    assert set(states(answers[0]).values()) == {"not_held"}
    assert answers[0]["form"] == {}


def test_a_revoked_paper_and_one_in_review_are_told_and_not_quoted(office: Doors) -> None:
    revoked = office.publish()
    office.catalogue.revoke(revoked, Revocation(office.clock(), "Cấp sai thẩm quyền"), "test")
    answer = ask(office)
    assert states(answer)["TP01"] == "revoked"
    held = office.hold()
    answer = ask(office)
    assert states(answer)["TP01"] == "doubtful"
    told = answer["components"][0]["documents"]
    assert [(one["document_id"], one["state"], one["fields"]) for one in told] == [
        (held, "doubtful", {}),
        (revoked, "revoked", {}),
    ]
    assert answer["form"] == {}


def test_a_result_of_an_earlier_procedure_stands_in(office: Doors) -> None:
    identity = office.publish()
    row = office.catalogue.find(identity)
    assert row is not None
    assert row.dossier is not None
    office.catalogue.record_dossiers([(DossierRow(row.dossier, "1.004873", "H99.01", office.clock()), OWNER)])
    assert states(ask(office))["TP03"] == "not_held"  # a component handed in with it is no result of it


@pytest.mark.parametrize(
    ("days_ago", "state"), [(1, "held"), (150, "held"), (200, "expired")], ids=["new", "within", "too old"]
)
def test_a_paper_that_stands_in_for_six_months_is_then_expired(office: Doors, days_ago: int, state: str) -> None:
    issued = (office.clock.now - timedelta(days=days_ago)).date()
    publish_single(office, issued.isoformat())
    answer = ask(office)
    assert states(answer)["TP02"] == state
    assert ("marital_status" in answer["form"]) == (state == "held")  # who was single then may be married now
    assert "full_name" in answer["form"]
    (told,) = answer["components"][1]["documents"]
    assert told["valid_until"] == add_months(issued, 6).isoformat()


@pytest.mark.parametrize("purpose", ["Để vay vốn ngân hàng", "…"])
def test_a_paper_issued_for_another_purpose_is_doubtful(office: Doors, purpose: str) -> None:
    publish_single(office, office.clock.now.date().isoformat(), purpose=purpose)
    assert states(ask(office))["TP02"] == "doubtful"


def test_of_a_day_known_in_part_only_what_is_sure_counts(office: Doors) -> None:
    today = office.clock.now.astimezone(VIETNAM_TIME).date()
    for years, state in ((-2, "expired"), (0, "held" if today.month <= 6 else "doubtful"), (2, "doubtful")):
        publish_single(office, str(today.year + years))
        assert states(ask(office))["TP02"] == state


def test_what_ends_and_does_not_say_when_is_doubtful(office: Doors) -> None:
    card = Procedure(
        "1.000894", "Cấp lại", (Component("TP01", "Căn cước", True, True, (Substitute("citizen_card"),)),)
    )  # fmt: skip
    office.catalogue.replace_procedures([card])
    time.sleep(1.1 * PROCEDURE_KNOWN_FOR_S)
    office.publish(type_code="citizen_card")
    assert states(ask(office))["TP01"] == "doubtful"
    for_good = read(None, text="Không thời hạn")
    office.publish(fields={**birth_certificate(number=999), "valid_until": for_good}, type_code="citizen_card")
    assert states(ask(office))["TP01"] == "held"


def test_what_may_be_a_revoked_paper_scanned_again_is_doubtful(office: Doors) -> None:
    revoked = office.publish()
    office.catalogue.revoke(revoked, Revocation(office.clock(), "Cấp sai thẩm quyền"), "test")
    without_number = birth_certificate()
    del without_number["document_number"]
    office.publish(fields=without_number)
    answer = ask(office)
    assert (states(answer)["TP01"], answer["form"]) == ("doubtful", {})
    office.publish(fields=birth_certificate(number=999))
    assert states(ask(office))["TP01"] == "held"


def test_the_purpose_names_the_procedure_that_is_asked_for(office: Doors) -> None:
    body = {"procedure": MARRIAGE.code, "owner_id": OWNER, "purpose": {**PURPOSE, "procedure": "1.004873"}}
    answer = office.http.post("/v1/prefill", json=body, headers=office.bearer("lookup"))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


def test_documents_that_disagree_are_both_shown_with_the_better_attested_first(office: Doors) -> None:
    office.publish()
    by_code = {**birth_certificate(number=9), "full_name": read("NGUYỄN MINH AN").model_copy(update={"method": "qr"})}
    second = office.publish(fields=by_code)
    first, other = ask(office)["form"]["full_name"]
    assert (first["value"], first["best_attested"], other["value"]) == ("NGUYỄN MINH AN", True, NAME)
    assert not other["best_attested"]
    assert [one["document_id"] for one in first["sources"]] == [second]


def test_ethnicity_is_given_with_the_scope_for_it_only(office: Doors) -> None:
    office.publish(fields={**birth_certificate(), "ethnicity": read("Tày")})
    assert "Tày" not in str(ask(office))
    answer = ask(office, "sensitive")
    assert answer["form"]["ethnicity"][0]["value"] == "Tày"
    assert answer["components"][0]["documents"][0]["fields"]["ethnicity"] == "Tày"


def test_the_log_says_what_was_given_out_and_what_for_and_not_about_whom(office: Doors) -> None:
    identity = office.publish()
    ask(office)
    entry = office.catalogue.events(limit=1)[0]
    assert (entry.kind, entry.document_id) == ("access.prefill", identity)
    assert (entry.data["purpose"], entry.data["documents"]) == (PURPOSE, [identity])
    assert OWNER not in office.whole_log()
    assert NAME not in office.whole_log()


def test_a_procedure_nobody_imported_is_said_to_be_unknown(doors: Doors) -> None:
    body = {"procedure": "9.999999", "owner_id": OWNER, "purpose": {**PURPOSE, "procedure": "9.999999"}}
    answer = doors.http.post("/v1/prefill", json=body, headers=doors.bearer("lookup"))
    assert (answer.status_code, answer.json()["code"]) == (422, "procedure_unknown")


def test_a_client_of_one_procedure_may_name_no_other(office: Doors) -> None:
    _, key = office.catalogue.add_client("cổng", frozenset({"lookup"}), frozenset(), procedures=frozenset({"2.000001"}))
    body = {"procedure": MARRIAGE.code, "owner_id": OWNER, "purpose": PURPOSE}
    headers = {"Authorization": f"Bearer {key}"}
    for path in ("/v1/prefill", "/v1/lookup"):
        sent = body if path == "/v1/prefill" else {k: v for k, v in body.items() if k != "procedure"}
        assert office.http.post(path, json=sent, headers=headers).status_code == 403
    assert office.catalogue.events(limit=1)[0].data["reason"] == "procedure"


def test_a_client_of_one_type_is_given_no_other(office: Doors) -> None:
    office.publish()
    office.publish()
    _, key = office.catalogue.add_client("cổng", frozenset({"lookup"}), frozenset(), types=frozenset({"diploma"}))
    body = {"owner_id": OWNER, "purpose": PURPOSE, "limit": 1}
    answer = office.http.post("/v1/lookup", json=body, headers={"Authorization": f"Bearer {key}"})
    assert answer.json() == {"documents": [], "cursor": None}


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2026-02-28", date(2026, 2, 28)),
        ("2026-02", date(2026, 2, 28)),
        ("2026", date(2026, 12, 31)),
        (None, None),
        ("", None),
        ("2026-02-30", None),
        ("không thời hạn", None),
    ],
)
def test_the_last_day_of_what_is_printed(printed: str | None, day: date | None) -> None:
    assert last_day(printed) == day


def test_months_end_on_the_last_day_there_is() -> None:
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2026, 12, 1), 1) == date(2027, 1, 1)
