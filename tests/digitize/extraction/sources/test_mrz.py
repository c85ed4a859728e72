"""The machine-readable zone: believed where its check digits hold, mended only where they prove it."""

import pytest

from digitize.extraction.sources.mrz import check_digit, find_mrz
from tests.digitize.extraction.sources.cards import BORN, CODE_TEXT, EXPIRES, NAME, NUMBER, back, card, read, zone


def facts(*lines: str) -> dict[str, str]:
    return {fact.field: fact.value for witness in find_mrz([back(list(lines))]) for fact in witness.facts}


def test_the_check_digits_are_those_of_the_standard() -> None:
    assert check_digit("520727") == 3  # ICAO Doc 9303, part 3, appendix A
    assert check_digit("AB2134<<<") == 5


def test_a_zone_says_number_dates_sex_and_the_letters_of_the_name() -> None:
    assert facts(*zone()) == {
        "personal_id": NUMBER,
        "date_of_birth": BORN,
        "sex": "female",
        "expiry_date": EXPIRES,
        "full_name": "NGUYEN THI Y LAN",
    }


def test_a_card_without_expiry_says_none() -> None:
    assert "expiry_date" not in facts(*zone(expires="991231"))


def test_what_is_broken_by_spaces_and_read_with_other_fillers_is_read() -> None:
    first, second, third = zone()
    assert facts(first[:9] + " " + first[9:].replace("<<", "«"), second.replace("<<", "«"), third) == facts(*zone())


def test_letters_read_for_digits_are_mended_where_the_check_digit_proves_it() -> None:
    first, second, third = zone()
    page = back([first[:5] + first[5:].replace("0", "O"), second, third])
    (witness,) = find_mrz([page])
    assert witness.value("personal_id") == NUMBER
    assert witness.notes == ("mended:mrz",)
    fields = read((*card(), page))
    assert "mended:mrz" in fields["personal_id"].checks


@pytest.mark.parametrize("at", range(5, 27))
def test_a_digit_misread_in_the_number_is_not_believed(at: int) -> None:
    first, *rest = zone()
    wrong = str((int(first[at]) + 1) % 10)
    assert facts(first[:at] + wrong + first[at + 1 :], *rest) == {}


def test_a_date_whose_check_digit_fails_is_left_out() -> None:
    first, second, third = zone()
    found = facts(first, "98" + second[2:], third)
    assert "date_of_birth" not in found
    assert found["expiry_date"] == EXPIRES


def test_lines_that_are_no_zone_say_nothing() -> None:
    assert facts("IDVNM", "I" * 30, "<" * 30, "VNM<<<<<") == {}


def test_print_and_zone_that_agree_are_accepted() -> None:
    fields = read(card(mrz=zone()))
    for name in ("personal_id", "date_of_birth", "expiry_date"):
        assert (fields[name].state, fields[name].method) == ("accepted", "mrz")
        assert "matches_mrz" in fields[name].checks
    assert "matches_mrz" in fields["full_name"].checks
    assert fields["full_name"].method == "ocr"
    assert fields["full_name"].value == NAME.upper()


def test_a_zone_that_differs_from_the_print_waits_for_a_person() -> None:
    found = read(card(mrz=zone(), personal_id="Số: 001199990007"))["personal_id"]
    assert (found.value, found.state) == (NUMBER, "review")
    assert "failed:matches_mrz" in found.checks


def test_code_and_zone_are_heard_together() -> None:
    fields = read(card(CODE_TEXT, mrz=zone()))
    assert fields["personal_id"].method == "qr"
    assert {"matches_qr", "matches_mrz"} <= set(fields["personal_id"].checks)
    other = read(card(CODE_TEXT, mrz=zone(number="001199990002")))["personal_id"]
    assert (other.value, other.state) == (NUMBER, "review")
    assert "failed:matches_mrz" in other.checks
