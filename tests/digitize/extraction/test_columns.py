"""Two people on one certificate: side by side, with cells under headings, one below the other."""

import pytest

from digitize.config import Extraction
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.engine import extract
from digitize.model import FieldRecord
from digitize.recognition.api import Line
from tests.digitize.extraction.certificates import COUPLE_HEAD, HUSBAND, REGISTERED, VALUES, WIFE
from tests.digitize.extraction.pages import BIRTH, line, page, swap

LEFT, RIGHT, TOP, PITCH = 300, 1330, 700, 80


def fields_of(*lines: Line) -> dict[str, FieldRecord]:
    return extract([page(*lines)], load_document_types(), Extraction()).fields


def values_of(*lines: Line) -> dict[str, object]:
    return {name: field.value for name, field in fields_of(*lines).items() if name != "issue_place"}


def beside(left: tuple[str, ...], right: tuple[str, ...], drop: int = 0) -> list[Line]:
    """Two columns, the right one ``drop`` pixels lower, each row one line as recognizers give it where they agree."""
    lines = []
    for number, (first, second) in enumerate(zip(left, right, strict=True)):
        baseline = TOP + PITCH * number
        one, other = line(first, LEFT, baseline), line(second, RIGHT, baseline + drop)
        lines += [one, other] if drop else [Line((*one.words, *other.words), 1)]
    return lines


def test_side_by_side_each_value_is_of_the_right_person() -> None:
    assert values_of(*COUPLE_HEAD, *beside(WIFE, HUSBAND), *REGISTERED) == VALUES


def test_the_husband_may_stand_first() -> None:
    assert values_of(*COUPLE_HEAD, *beside(HUSBAND, WIFE), *REGISTERED) == VALUES


def test_rows_of_the_two_columns_need_not_be_level() -> None:
    wife = (WIFE[0].replace("HOA", "MINH"), "PHƯƠNG", *WIFE[1:])
    husband = (*HUSBAND, "")
    names = {"wife_name": "TRẦN THỊ MINH PHƯƠNG", "owner_name": ["TRẦN THỊ MINH PHƯƠNG", "LÝ VĂN ANH"]}
    assert values_of(*COUPLE_HEAD, *beside(wife, husband), *REGISTERED) == VALUES | names


def test_columns_may_be_headed_and_have_labels_of_their_own() -> None:
    wife = ("VỢ", *(text.replace(" vợ:", ":") for text in WIFE))
    husband = ("CHỒNG", *(text.replace(" chồng:", ":") for text in HUSBAND))
    assert values_of(*COUPLE_HEAD, *beside(wife, husband), *REGISTERED) == VALUES


def test_cells_under_headings_share_the_labels_before_them() -> None:
    rows = [("", "Vợ", "Chồng")]
    for first, second in zip(WIFE, HUSBAND, strict=True):
        label, colon, value = first.partition(": ")
        other = second.partition(": ")[2] if colon else second
        rows.append((label.removesuffix(" vợ"), value, other) if colon else ("", first, second))
    lines = []
    for number, cells in enumerate(rows):
        words = [
            word
            for text, x in zip(cells, (LEFT, 900, 1700), strict=True)
            for word in line(text, x, TOP + PITCH * number).words
        ]
        lines.append(Line(tuple(words), 1))
    assert values_of(*COUPLE_HEAD, *lines, *REGISTERED) == VALUES


def test_one_may_stand_below_the_other() -> None:
    lines = [line(text, LEFT, 620 + 75 * number) for number, text in enumerate((*HUSBAND, *WIFE))]
    assert values_of(*COUPLE_HEAD, *lines, *REGISTERED) == VALUES


def test_what_follows_over_the_whole_width_is_no_part_of_a_column() -> None:
    place = line("Nơi đăng ký kết hôn: Ủy ban nhân dân xã Suối Mưa, tỉnh Hòa Sơn", 300, 1180)
    fields = values_of(*COUPLE_HEAD, *beside(WIFE, HUSBAND), *swap(REGISTERED, "Nơi đăng ký kết hôn", place))
    assert fields["issuing_agency"] == VALUES["issuing_agency"]
    assert fields["issue_date"] == VALUES["issue_date"]


@pytest.mark.parametrize("label", ["Ngày, tháng, năm sinh", "Giấy tờ tùy thân"])
def test_a_label_twice_in_a_line_that_was_not_taken_apart_waits_for_a_person(label: str) -> None:
    names = [line(WIFE[0], LEFT, TOP), line(HUSBAND[0], LEFT, TOP + PITCH)]
    wife = next(text for text in WIFE if text.startswith(label))
    husband = next(text for text in HUSBAND if text.startswith(label))
    fields = fields_of(*COUPLE_HEAD, *names, line(f"{wife} {husband}", LEFT, TOP + 2 * PITCH), *REGISTERED)
    field = fields["husband_id" if "số" in wife else "husband_date_of_birth"]
    assert field.state == "review"
    assert "doubt:gap" in field.checks


def test_an_owner_is_settled_with_both_only() -> None:
    husband = (*HUSBAND[:-1], "Giấy tờ tùy thân: CCCD số 0040900001")
    fields = fields_of(*COUPLE_HEAD, *beside(WIFE, husband), *REGISTERED)
    assert fields["husband_id"].value is None
    assert (fields["owner_id"].value, fields["owner_id"].state) == (["004192000127"], "review")
    assert fields["owner_name"].value == VALUES["owner_name"]


def test_a_number_of_the_other_sex_waits_for_a_person() -> None:
    fields = fields_of(*COUPLE_HEAD, *beside((*WIFE[:-1], HUSBAND[-1]), (*HUSBAND[:-1], WIFE[-1])), *REGISTERED)
    assert "failed:id_is_female" in fields["wife_id"].checks
    assert {fields["wife_id"].state, fields["husband_id"].state} == {"review"}


def test_a_grid_of_different_labels_stays_in_rows() -> None:
    values = values_of(*BIRTH)
    assert (values["sex"], values["ethnicity"], values["nationality"]) == ("female", "Tày", "Việt Nam")
    assert (values["mother_birth_year"], values["father_birth_year"]) == ("1990", "1987")
