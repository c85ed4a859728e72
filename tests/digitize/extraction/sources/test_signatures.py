"""Embedded signatures confirm the signer and the day, and never more."""

from datetime import UTC, datetime
from typing import Any

import pytest

from digitize.config import Extraction
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.engine import extract
from digitize.extraction.sources.signatures import witnesses_of
from digitize.model import FieldRecord, SignatureRecord
from tests.digitize.extraction.pages import DECISION, Look, line, page, swap

PEN = Look(ink=0.9)
SIGNED_AT = datetime(2026, 3, 6, 18, 30, tzinfo=UTC)
"""The morning of 7 March in Vietnam."""


def signed(**changed: Any) -> SignatureRecord:
    told = {
        "field": "Signature1", "signer": "Hoàng Thị Thúy", "level": "B-B", "signing_time": SIGNED_AT, "intact": True,
        "trusted": True, "verdict": "TOTAL-PASSED",
    }  # fmt: skip
    return SignatureRecord.model_validate(told | changed)


def read(*signatures: SignatureRecord) -> dict[str, FieldRecord]:
    lines = swap(
        DECISION,
        "Số: 15/QĐ-UBND",
        line("Số: 15/QĐ-UBND", 400, 430),
        line("Suối Mưa, ngày 07 tháng 3 năm 2026", 1300, 430, PEN),
    )
    lines = swap(lines, "Hoàng Thị Thúy", line("Hoàng Thi Thuy", 1650, 1850))
    witnesses = list(witnesses_of(signatures))
    return extract([page(*lines)], load_document_types(), Extraction(), witnesses).fields


def test_without_a_signature_a_written_date_waits() -> None:
    assert read()["issue_date"].state == "review"


def test_a_signature_of_the_same_day_confirms_a_written_date() -> None:
    field = read(signed())["issue_date"]
    assert (field.value, field.state, field.method) == ("2026-03-07", "accepted", "signature")
    assert "matches_signature" in field.checks


def test_the_signer_s_name_gets_its_marks_from_the_certificate() -> None:
    field = read(signed())["signer_name"]
    assert (field.value, field.text, field.state) == ("Hoàng Thị Thúy", "Hoàng Thi Thuy", "accepted")


def test_a_seal_set_later_says_nothing() -> None:
    field = read(signed(signing_time=datetime(2026, 3, 9, 3, tzinfo=UTC)))["issue_date"]
    assert (field.value, field.state) == ("2026-03-07", "review")
    assert not [check for check in field.checks if "signature" in check]


@pytest.mark.parametrize(
    "changed",
    [
        {"verdict": "INDETERMINATE", "trusted": False},
        {"verdict": "TOTAL-FAILED", "intact": False},
        {"signing_time": None, "signer": "ỦY BAN NHÂN DÂN XÃ SUỐI MƯA"},
    ],
)
def test_what_was_not_verified_and_what_names_no_person_is_not_heard(changed: dict[str, object]) -> None:
    assert list(witnesses_of([signed(**changed)])) == []


def test_of_signatures_of_two_people_neither_names_the_signer() -> None:
    (witness,) = witnesses_of([signed(), signed(signer="Lê Văn Anh")])
    assert [fact.field for fact in witness.facts] == ["issue_date"]
