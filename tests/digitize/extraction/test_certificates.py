"""Papers of single status and death, and what is reported of them."""

from collections.abc import Sequence

import pytest

from digitize.config import Extraction
from digitize.extraction.api import Extracted
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.engine import extract
from digitize.recognition.api import Line
from tests.digitize.extraction.certificates import DEATH, SINGLE
from tests.digitize.extraction.pages import line, page, swap


def read(lines: Sequence[Line]) -> Extracted:
    return extract([page(*lines)], load_document_types(), Extraction())


def values_of(lines: Sequence[Line]) -> dict[str, object]:
    return {name: field.value for name, field in read(lines).fields.items()}


def test_a_certificate_of_marital_status_is_read() -> None:
    assert values_of(SINGLE) == {
        "full_name": "TRẦN THỊ HOA",
        "date_of_birth": "1992-03-07",
        "personal_id": "004192000127",
        "residence": "Bản Hạ, xã Suối Mưa, tỉnh Hòa Sơn",
        "marital_status": "Hiện tại chưa đăng ký kết hôn với ai",
        "purpose": "Đăng ký kết hôn",
        "document_number": "15/UBND-XNTTHN",
        "issue_date": "2022-03-07",
        "issue_place": "Suối Mưa",
        "issuing_agency": "ỦY BAN NHÂN DÂN XÃ SUỐI MƯA",
        "signer_position": "CHỦ TỊCH",
        "signer_name": "Bế Văn Toản",
        "owner_name": "TRẦN THỊ HOA",
        "owner_id": "004192000127",
    }


def test_an_extract_of_a_death_is_read() -> None:
    values = values_of(DEATH)
    assert values == {
        "full_name": "TRẦN THỊ HOA",
        "date_of_birth": "1942",
        "personal_id": "004142000127",
        "date_of_death": "2021-11-26",
        "place_of_death": "Bệnh viện đa khoa tỉnh Hòa Sơn",
        "cause_of_death": "Bệnh già",
        "document_number": "27/TLKT",
        "issue_date": "2021-12-09",
        "issue_place": "Suối Mưa",
        "issuing_agency": "ỦY BAN NHÂN DÂN XÃ SUỐI MƯA",
        "signer_position": "CHỦ TỊCH",
        "signer_name": "Bế Văn Toản",
        "owner_name": "TRẦN THỊ HOA",
        "owner_id": "004142000127",
    }


@pytest.mark.parametrize(
    "printed",
    [
        "Chứng minh nhân dân số 012345678",
        "CMND số 012 345 678 cấp ngày 02/03/2011",
        "Thẻ căn cước số 004142000127 do Bộ Công an cấp ngày 02/03/2024",
    ],
)
def test_a_number_is_taken_out_of_the_words_around_it(printed: str) -> None:
    value = values_of(swap(DEATH, "Giấy tờ tùy thân", line(f"Giấy tờ tùy thân: {printed}", 350, 940)))["personal_id"]
    assert value == ("004142000127" if "căn cước" in printed else "012345678")


def test_two_numbers_in_one_field_are_not_chosen_from() -> None:
    both = line("Giấy tờ tùy thân: CMND 012345678, CCCD 004142000127", 350, 940)
    field = read(swap(DEATH, "Giấy tờ tùy thân", both)).fields["personal_id"]
    assert (field.value, field.state) == (None, "review")


def test_what_is_left_of_a_long_number_is_no_old_number() -> None:
    broken = line("Giấy tờ tùy thân: Căn cước công dân số 0041420 27", 350, 940)
    assert read(swap(DEATH, "Giấy tờ tùy thân", broken)).fields["personal_id"].value is None


@pytest.mark.parametrize("printed", ["31/02/2021", "ngày 31 tháng 11 năm 2021", "26/13/2021"])
def test_a_date_that_never_was_is_reported_and_not_mended(printed: str) -> None:
    extracted = read(swap(DEATH, "Đã chết", line(f"Đã chết vào lúc: {printed}", 350, 1020)))
    field = extracted.fields["date_of_death"]
    assert (field.value, field.text, field.state) == (None, printed, "review")
    assert field.checks == ("failed:is_date",)
    assert "date_of_death" in extracted.needs_review


def test_a_death_before_birth_or_after_its_registration_waits() -> None:
    early = read(swap(DEATH, "Đã chết", line("Đã chết vào lúc: 26/11/1940", 350, 1020))).fields
    assert "failed:not_before" in early["date_of_death"].checks
    late = read(swap(DEATH, "Đã chết", line("Đã chết vào lúc: 26/12/2021", 350, 1020))).fields
    assert "failed:not_before" in late["issue_date"].checks


def test_a_number_that_contradicts_the_birth_date_waits() -> None:
    fields = read(swap(SINGLE, "Ngày, tháng, năm sinh", line("Ngày, tháng, năm sinh: 07/3/1991", 350, 940))).fields
    assert "failed:matches_personal_id" in fields["date_of_birth"].checks
    assert "failed:valid_personal_id" in fields["personal_id"].checks
    assert {fields["date_of_birth"].state, fields["personal_id"].state, fields["owner_id"].state} == {"review"}


def test_dots_of_a_form_are_no_part_of_its_values() -> None:
    dotted = line("Tình trạng hôn nhân: ...Chưa đăng ký kết hôn với ai.......-.--:--cc+c+csr", 350, 1260)
    assert values_of(swap(SINGLE, "Tình trạng", dotted))["marital_status"] == "Chưa đăng ký kết hôn với ai"


def test_dots_between_day_month_and_year_are_left_out() -> None:
    dotted = line("Đã chết vào lúc: ..9.. giờ, ngày ....26.... tháng ....11.... năm ...2021...", 350, 1020)
    assert values_of(swap(DEATH, "Đã chết", dotted))["date_of_death"] == "2021-11-26"
