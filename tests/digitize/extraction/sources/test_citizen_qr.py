"""The code of a citizen's card against the print: it wins over letters, and a difference goes to a person."""

import pytest

from digitize.extraction.sources.citizen_qr import parse_citizen_qr
from digitize.recognition.api import Code
from tests.digitize.extraction.sources.cards import (
    BORN,
    CODE_BOX,
    CODE_TEXT,
    ISSUED,
    NAME,
    NUMBER,
    OLD,
    RESIDENCE,
    card,
    read,
)  # fmt: skip


def parsed(text: str, kind: str = "qr") -> dict[str, str]:
    return {fact.field: fact.value for fact in parse_citizen_qr(Code(text, kind, CODE_BOX))}


def test_seven_parts_are_read() -> None:
    assert parsed(CODE_TEXT) == {
        "personal_id": NUMBER,
        "old_id": OLD,
        "full_name": NAME,
        "date_of_birth": BORN,
        "sex": "female",
        "residence": RESIDENCE,
        "issue_date": ISSUED,
    }


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        (f"{NUMBER}||{NAME}|01021999|Nữ|{RESIDENCE}|10052021", {"old_id": None}),
        (f"{NUMBER}|{NAME}|01021999|Nữ|{RESIDENCE}|10052021|{OLD}||Nguyễn Văn Bá|Lê Thị Tư", {}),
        (f"{NUMBER}||{NAME}|01021999|Nữ|{RESIDENCE}", {"old_id": None, "issue_date": None}),
    ],
)
def test_other_orders_and_lengths_are_read_by_shape(text: str, changed: dict[str, str | None]) -> None:
    wanted = {name: value for name, value in (parsed(CODE_TEXT) | changed).items() if value is not None}
    assert parsed(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "https://example.test/?id=001199990001",
        "|||||||",
        f"{NUMBER}|a|b|c|d",
        f"003199990001||{NAME}|01021999|Nữ|{RESIDENCE}|10052021",
        f"{NUMBER}||{NAME}|31021999|Nữ|{RESIDENCE}|32052021",
        f"{NUMBER}||12|01021999|Nữ|{RESIDENCE}|10052021",
        "|".join([NUMBER] * 4000),
    ],
)
def test_other_codes_say_nothing(text: str) -> None:
    assert parsed(text) == {}


def test_a_barcode_is_no_citizen_s_code() -> None:
    assert parsed(CODE_TEXT, "code128") == {}


def test_without_a_code_faint_print_waits_for_a_person() -> None:
    fields = read(card())
    assert {field.state for field in fields.values()} == {"review"}


def test_what_code_and_print_say_alike_is_accepted() -> None:
    fields = read(card(CODE_TEXT))
    confirmed = {"personal_id", "full_name", "date_of_birth", "sex", "residence"}
    assert {name for name in confirmed if fields[name].state == "accepted"} == confirmed
    assert {fields[name].method for name in confirmed} == {"qr"}
    assert all("matches_qr" in fields[name].checks for name in confirmed)
    assert fields["expiry_date"].state == "review"
    assert fields["personal_id"].page == 1
    assert fields["personal_id"].box != CODE_BOX


def test_a_name_gets_its_marks_from_the_code_and_its_case_from_the_print() -> None:
    name = read(card(CODE_TEXT, full_name="Họ và tên: NGUYÊN THI Y LAN"))["full_name"]
    assert (name.value, name.text, name.state) == (NAME.upper(), "NGUYÊN THI Y LAN", "accepted")


def test_what_is_not_printed_comes_from_the_code_with_its_place() -> None:
    fields = read(card(CODE_TEXT, date_of_birth=None))
    for name, value in (("old_id", OLD), ("issue_date", ISSUED), ("date_of_birth", BORN)):
        assert (fields[name].value, fields[name].state, fields[name].box) == (value, "accepted", CODE_BOX)
        assert fields[name].text is None


@pytest.mark.parametrize(
    ("field", "printed"),
    [
        ("personal_id", "Số: 001199990007"),
        ("full_name", "Họ và tên: NGUYỄN THỊ MAI LAN"),
        ("date_of_birth", "Ngày sinh: 02/02/1999"),
        ("sex", "Giới tính: Nam"),
    ],
)
def test_a_difference_waits_for_a_person(field: str, printed: str) -> None:
    found = read(card(CODE_TEXT, **{field: printed}))[field]
    assert found.state == "review"
    assert "failed:matches_qr" in found.checks
    assert found.confidence <= 0.5


def test_a_printed_date_that_never_was_gives_way_to_the_code() -> None:
    assert read(card(CODE_TEXT, date_of_birth="Ngày sinh: 31/02/1999"))["date_of_birth"].value == BORN
    alone = read(card(date_of_birth="Ngày sinh: 31/02/1999"))["date_of_birth"]
    assert (alone.value, alone.text, alone.state) == (None, "31/02/1999", "review")
    assert alone.checks == ("failed:is_date",)


def test_a_code_of_which_nothing_is_printed_is_offered_only() -> None:
    fields = read(card(CODE_TEXT, personal_id=None, date_of_birth=None))
    assert {field.state for field in fields.values()} == {"review"}
    assert "doubt:unconfirmed" in fields["personal_id"].checks


def test_a_code_whose_number_contradicts_its_own_birth_date_waits() -> None:
    fields = read(card(CODE_TEXT.replace("1999|Nữ", "1998|Nữ"), date_of_birth="Ngày sinh: 01/02/1998"))
    assert "failed:matches_personal_id" in fields["date_of_birth"].checks
    assert fields["date_of_birth"].state == fields["personal_id"].state == "review"


def test_of_two_cards_only_the_printed_one_is_heard() -> None:
    other = CODE_TEXT.replace(NUMBER, "001199990002").replace(NAME, "Lê Thị Hạ").replace("01021999", "03021999")
    assert read(card(other, CODE_TEXT)) == read(card(CODE_TEXT))
    both = read(card(other, CODE_TEXT, personal_id=None, date_of_birth=None))
    assert "personal_id" not in both
