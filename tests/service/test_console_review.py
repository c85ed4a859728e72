"""A reviewer's word: field by field, for the reading that was shown, and never by accident."""

import pytest

from digitize.model import FieldRecord, Record, Status
from storage.api import Hold
from tests.service.conftest import NAME, OWNER, Doors, birth_certificate, read

RIGHT_NAME = "NGUYỄN THỊ MINH ÁN"
RIGHT_ID = "001319012354"


def record_of(doors: Doors, identity: str) -> Record:
    row = doors.catalogue.find(identity)
    assert row is not None
    assert row.record is not None
    return row.record


def test_confirming_all_that_was_in_doubt_sends_the_paper_on(doors: Doors) -> None:
    client_id = doors.sign_in()
    identity = doors.hold()
    form = {**doors.form(identity), "checked": ["full_name", "personal_id"]}
    answer = doors.http.post(f"/console/documents/{identity}", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/console/documents/{identity}?saved=true")
    record = record_of(doors, identity)
    assert record.status is Status.PROCESSING
    field = record.fields["full_name"]
    assert (field.value, field.state, field.method) == (NAME, "accepted", "manual")
    assert field.box == birth_certificate()["full_name"].box
    assert [due.document_id for due in doors.catalogue.due(10)] == [identity]
    events = doors.catalogue.events(identity, limit=5)
    assert {(event.actor, event.kind) for event in events} >= {
        (client_id, "console.correct"),
        (client_id, "corrected"),
    }
    assert "Đã ghi" in doors.http.get(answer.headers["location"]).text


def test_correcting_changes_the_value_and_the_owner_it_names(doors: Doors) -> None:
    """Filed under the old owner, the paper would be found by the wrong person."""
    doors.sign_in()
    identity = doors.hold()
    form = {
        **doors.form(identity),
        "value:full_name": [f"  {RIGHT_NAME.replace(' ', '  ')} "],
        "value:personal_id": ["0013 1901 2354"],
        "checked": ["full_name", "personal_id"],
    }
    assert doors.http.post(f"/console/documents/{identity}", data=form).status_code == 303
    fields = record_of(doors, identity).fields
    for name, value in (
        ("full_name", RIGHT_NAME),
        ("owner_name", RIGHT_NAME),
        ("personal_id", RIGHT_ID),
        ("owner_id", RIGHT_ID),
    ):
        assert (fields[name].value, fields[name].state, fields[name].method) == (value, "corrected", "manual")
    assert fields["full_name"].text == NAME, "what was read stays on record"


def test_values_of_people_do_not_enter_the_log(doors: Doors) -> None:
    doors.sign_in()
    identity = doors.hold()
    form = {**doors.form(identity), "value:full_name": [RIGHT_NAME], "checked": ["full_name", "personal_id"]}
    doors.http.post(f"/console/documents/{identity}", data=form)
    for personal in (RIGHT_NAME, NAME, OWNER):
        assert personal not in doors.whole_log()


def test_only_ticked_fields_are_saved(doors: Doors) -> None:
    doors.sign_in()
    identity = doors.hold()
    form = {**doors.form(identity), "value:personal_id": [RIGHT_ID], "checked": ["full_name"]}
    assert doors.http.post(f"/console/documents/{identity}", data=form).status_code == 303
    record = record_of(doors, identity)
    assert record.status is Status.NEEDS_REVIEW
    assert (record.fields["personal_id"].value, record.fields["personal_id"].state) == (OWNER, "review")
    assert record.fields["full_name"].state == "accepted"


def test_nothing_ticked_saves_nothing(doors: Doors) -> None:
    doors.sign_in()
    identity = doors.hold()
    before = record_of(doors, identity)
    form = {**doors.form(identity), "value:full_name": [RIGHT_NAME]}
    answer = doors.http.post(f"/console/documents/{identity}", data=form)
    assert answer.status_code == 422
    assert "chưa ghi gì" in answer.text
    assert RIGHT_NAME in answer.text, "what was typed is not thrown away"
    assert record_of(doors, identity) == before


def test_what_cannot_be_saves_nothing_and_comes_back_with_what_was_typed(doors: Doors) -> None:
    doors.sign_in()
    identity = doors.hold()
    before = record_of(doors, identity)
    form = {
        **doors.form(identity),
        "value:personal_id": ["12345"],
        "value:date_of_birth": ["31/02/2019"],
        "checked": ["full_name", "personal_id", "date_of_birth"],
    }
    answer = doors.http.post(f"/console/documents/{identity}", data=form)
    assert answer.status_code == 422
    for said in ("Số định danh có 12 chữ số", "Không phải ngày", "12345", "31/02/2019"):
        assert said in answer.text
    assert record_of(doors, identity) == before


def test_reading_that_changed_meanwhile_is_not_confirmed(doors: Doors) -> None:
    doors.sign_in()
    identity = doors.hold()
    form = {**doors.form(identity), "checked": ["full_name"]}
    changed = birth_certificate("review")["full_name"].model_copy(update={"value": RIGHT_NAME})
    doors.catalogue.correct(identity, {"full_name": changed}, "another")
    answer = doors.http.post(f"/console/documents/{identity}", data=form)
    assert answer.status_code == 409
    assert record_of(doors, identity).fields["full_name"] == changed


def test_same_form_sent_twice_is_done_once(doors: Doors) -> None:
    doors.sign_in()
    identity = doors.hold()
    form = {**doors.form(identity), "checked": ["full_name", "personal_id"]}
    answers = [doors.http.post(f"/console/documents/{identity}", data=form).status_code for _ in range(2)]
    assert answers == [303, 409]
    assert doors.kinds(identity).count("corrected") == 1


def test_form_without_this_sessions_token_saves_nothing(doors: Doors) -> None:
    doors.sign_in()
    identity = doors.hold()
    before = record_of(doors, identity)
    stolen = {**doors.form(identity), "checked": ["full_name", "personal_id"]}
    doors.sign_in()
    for token in ([], [""], ["guess"], ["é"], stolen["token"]):
        answer = doors.http.post(f"/console/documents/{identity}", data={**stolen, "token": token})
        assert answer.status_code == 422
    assert record_of(doors, identity) == before


def test_required_field_that_was_not_found_can_be_filled_in(doors: Doors) -> None:
    doors.sign_in()
    fields = {name: field for name, field in birth_certificate().items() if name != "date_of_birth"}
    identity = doors.hold("H99.01", fields, "date_of_birth")
    form = {**doors.form(identity), "value:date_of_birth": ["7/3/2019"], "checked": ["date_of_birth"]}
    assert doors.http.post(f"/console/documents/{identity}", data=form).status_code == 303
    record = record_of(doors, identity)
    assert record.status is Status.PROCESSING
    added = record.fields["date_of_birth"]
    assert (added.value, added.state, added.text, added.box) == ("2019-03-07", "corrected", None, None)


def test_field_that_is_not_on_the_paper_can_be_emptied(doors: Doors) -> None:
    doors.sign_in()
    identity = doors.hold()
    form = {**doors.form(identity), "value:personal_id": ["-"], "checked": ["full_name", "personal_id"]}
    assert doors.http.post(f"/console/documents/{identity}", data=form).status_code == 303
    fields = record_of(doors, identity).fields
    assert (fields["personal_id"].value, fields["owner_id"].value) == (None, None)


def test_box_left_empty_where_something_is_printed_is_an_oversight(doors: Doors) -> None:
    doors.sign_in()
    unreadable = read(None, "review", (0.3, 0.3, 0.5, 0.32), text="4#")
    identity = doors.hold(fields={**birth_certificate(), "document_number": unreadable})
    form = {**doors.form(identity), "checked": ["document_number"]}
    answer = doors.http.post(f"/console/documents/{identity}", data=form)
    assert answer.status_code == 422
    assert "Ô đang trống" in answer.text
    assert record_of(doors, identity).fields["document_number"] == unreadable


def test_that_the_paper_has_none_is_said_with_a_dash_and_never_by_a_tick_alone(doors: Doors) -> None:
    doors.sign_in()
    fields = birth_certificate()
    del fields["date_of_birth"], fields["sex"]
    identity = doors.hold("H99.01", fields, "date_of_birth", "sex")
    form = {**doors.form(identity), "checked": ["date_of_birth", "sex"]}
    answer = doors.http.post(f"/console/documents/{identity}", data=form)
    assert answer.status_code == 422
    assert answer.text.count("Ô đang trống") == 2
    assert "date_of_birth" not in record_of(doors, identity).fields
    form |= {"value:date_of_birth": ["-"], "value:sex": ["-"]}
    assert doors.http.post(f"/console/documents/{identity}", data=form).status_code == 303
    record = record_of(doors, identity)
    assert record.status is Status.PROCESSING
    assert (record.fields["sex"].value, record.fields["sex"].state) == (None, "accepted")


def test_two_owners_are_two_lines(doors: Doors) -> None:
    doors.sign_in()
    pair = FieldRecord(value=["LÊ VĂN AN", "PHẠM THỊ BÍCH"], text="hai người", confidence=0.6, state="review")
    identity = doors.receive()
    doors.settle(identity, Hold(doors.record(identity, {"owner_name": pair}, "unknown"), ("owner_name",)))
    page = doors.http.get(f"/console/documents/{identity}").text
    assert ">LÊ VĂN AN\nPHẠM THỊ BÍCH</textarea>" in page
    typed = "LÊ VĂN AN\r\n\r\nPHẠM THỊ BÍCH\r\n"
    form = {**doors.form(identity), "value:owner_name": [typed], "checked": ["owner_name"]}
    assert doors.http.post(f"/console/documents/{identity}", data=form).status_code == 303
    saved = record_of(doors, identity).fields["owner_name"]
    assert (saved.value, saved.state) == (["LÊ VĂN AN", "PHẠM THỊ BÍCH"], "accepted")


def test_check_on_the_old_value_is_not_kept_for_a_new_one(doors: Doors) -> None:
    doors.sign_in()
    checked = read(OWNER, "review").model_copy(update={"checks": ("matches_sex",)})
    identity = doors.hold(fields={**birth_certificate(), "personal_id": checked})
    form = {**doors.form(identity), "value:personal_id": [RIGHT_ID], "checked": ["personal_id"]}
    doors.http.post(f"/console/documents/{identity}", data=form)
    assert record_of(doors, identity).fields["personal_id"].checks == ("confirmed_by_reviewer",)


@pytest.mark.parametrize("value", ["\x00", "a\x00b", "\u202egnp", "x" * 5_000, "\u200b"])
def test_invisible_and_endless_texts_are_refused(doors: Doors, value: str) -> None:
    doors.sign_in()
    identity = doors.hold()
    form = {**doors.form(identity), "value:full_name": [value], "checked": ["full_name"]}
    answer = doors.http.post(f"/console/documents/{identity}", data=form)
    assert answer.status_code == 422
    assert record_of(doors, identity).fields["full_name"].value == NAME


def test_field_nobody_asked_about_cannot_be_slipped_in(doors: Doors) -> None:
    doors.sign_in()
    identity = doors.hold()
    form = {**doors.form(identity), "value:status": ["published"], "seen:status": ["x"], "checked": ["status"]}
    assert doors.http.post(f"/console/documents/{identity}", data=form).status_code == 409


def test_published_paper_has_no_form(doors: Doors) -> None:
    doors.sign_in()
    identity = doors.publish()
    assert 'name="checked"' not in doors.http.get(f"/console/documents/{identity}").text
