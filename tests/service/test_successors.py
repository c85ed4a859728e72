"""A unit that took over from others reaches their papers."""

from datetime import UTC, date, datetime, timedelta

from storage.reuse_api import Unit
from storage.successors import find_predecessors
from tests.service.conftest import NAMED, OWNER, PURPOSE, Doors

TODAY = date(2026, 11, 28)
ENDED = date(2025, 6, 30)


def ended(code: str, successor: str, on: date | None = ENDED) -> Unit:
    return Unit(code, code, "commune", None, on, successor)


def test_all_that_ended_are_found_and_nothing_goes_round_for_ever() -> None:
    units = [ended("A", "B"), ended("B", "C"), ended("D", "C"), ended("C", "A"), ended("E", "C", None)]
    units.append(ended("F", "C", TODAY))
    found = find_predecessors(units, TODAY)
    assert found == {"B": {"A", "C", "D"}, "C": {"A", "B", "D"}, "A": {"B", "C", "D"}}
    assert "F" in find_predecessors(units, TODAY + timedelta(days=1))["C"]


def test_a_client_of_the_successor_is_given_what_was_scanned_before(doors: Doors) -> None:
    lately = datetime.now(UTC).date() - timedelta(days=2)
    doors.catalogue.replace_units([Unit("H99.30", "Xã mới", "commune"), ended("H99.12", "H99.30", lately)])
    before, other = doors.publish("H99.12"), doors.publish("H99.13")
    headers = doors.bearer("lookup", "documents:read", units=("H99.30",))
    found = doors.http.post("/v1/lookup", json={"owner_id": OWNER, "purpose": PURPOSE}, headers=headers).json()
    assert [one["document_id"] for one in found["documents"]] == [before]
    assert doors.http.get(f"/v1/documents/{before}/fields{NAMED}", headers=headers).status_code == 200
    assert doors.http.get(f"/v1/documents/{other}/fields{NAMED}", headers=headers).status_code == 403
    doors.sign_in(units=("H99.30",))
    page = doors.http.get("/console").text
    assert before[:8] in page
    assert other[:8] not in page
