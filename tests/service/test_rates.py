"""What operators see of rates, by level and against targets."""

import re
from datetime import date, datetime, timedelta

import pytest

from digitize.config import Targets
from digitize.errors import InvalidRequestError
from service.console.formats import rate
from service.rates import Measured, Period, choose_period, draw_report
from storage.reuse_api import Component, DossierRow, Procedure, Rate, Unit
from tests.service.conftest import Doors

TODAY = date(2026, 11, 27)
PROCEDURE = Procedure(
    "1.000894", "Đăng ký kết hôn", (Component("TP01", "Giấy khai sinh", required=True, digitized=True, substitutes=()),)
)


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        (None, None, (date(2026, 11, 1), TODAY)),
        (date(2026, 10, 5), None, (date(2026, 10, 5), TODAY)),
        (None, date(2026, 2, 28), (date(2026, 2, 1), date(2026, 2, 28))),
        (TODAY, TODAY, (TODAY, TODAY)),
    ],
)
def test_a_period_is_the_month_unless_told(first: date | None, last: date | None, period: tuple[date, date]) -> None:
    assert choose_period(first, last, TODAY) == Period(*period)


@pytest.mark.parametrize(
    ("first", "last"), [(TODAY, date(2026, 11, 1)), (date.min, None), (None, date.max), (date(2027, 1, 1), None)]
)
def test_a_period_that_cannot_be_is_refused(first: date | None, last: date | None) -> None:
    with pytest.raises(InvalidRequestError):
        choose_period(first, last, TODAY)


def test_days_are_vietnams() -> None:
    period = Period(TODAY, TODAY)
    assert period.since == datetime.fromisoformat("2026-11-27T00:00:00+07:00")
    assert period.until - period.since == timedelta(days=1)


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (None, "—"), (0.0, "0,00\u00a0%"), (0.58, "58,00\u00a0%"), (2 / 3, "66,66\u00a0%"), (0.9228, "92,28\u00a0%"),
        (0.99999, "99,99\u00a0%"), (1.0, "100,00\u00a0%"),
    ],
)  # fmt: skip
def test_rates_are_rounded_down(share: float | None, shown: str) -> None:
    assert rate(share, "vi") == shown
    assert rate(share, "en") == shown.replace(",", ".")


def test_a_target_is_reached_or_not_or_there_is_nothing_to_say() -> None:
    assert Measured(Rate(4, 3), 0.75).is_reached is True
    assert Measured(Rate(4, 2), 0.75).is_reached is False
    assert Measured(Rate(4, 2), None).is_reached is None
    assert Measured(Rate(), 0.75).is_reached is None


@pytest.fixture
def reported(doors: Doors) -> Doors:
    """A province and a commune, each with one dossier that was scanned and one that was not; and an office nobody
    imported.
    """
    doors.catalogue.replace_procedures([PROCEDURE])
    doors.catalogue.replace_units([Unit("H99", "Tỉnh <b>Thử</b>", "province"), Unit("H99.01", "Xã Sơn Hạ", "commune")])
    at = doors.clock.now
    for unit in ("H99", "H99.01", "H99.77"):
        rows = [DossierRow(f"{unit}-260912-000{n}", PROCEDURE.code, unit, at, at) for n in (1, 2)]
        doors.catalogue.record_dossiers([(row, None) for row in rows])
    doors.publish("H99.01")
    return doors


def test_offices_of_one_level_are_counted_together(reported: Doors) -> None:
    targets = Targets(components={"commune": 0.5, "province": 0.2}, results={"commune": 0.1})
    day = reported.clock.now.date()
    report = draw_report(
        reported.catalogue, Period(day - timedelta(days=1), day + timedelta(days=1)), targets, frozenset()
    )
    assert [(one.level, one.components.rate, one.components.is_reached) for one in report.levels] == [
        ("province", Rate(2, 0), False),
        ("commune", Rate(2, 1), True),
        (None, Rate(2, 0), None),
    ]
    assert [one.results.is_reached for one in report.levels] == [None, False, None]


def test_the_console_shows_them_by_level_and_by_unit(reported: Doors) -> None:
    reported.sign_in()
    assert "/console/rates" in reported.http.get("/console").text
    page = reported.http.get("/console/rates").text
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL)
    counts = {name: re.findall(r"(\d+)</td>", cells)[:2] for name, cells in rows}
    assert counts["Cấp xã"] == ["2", "1"]
    assert counts["Chưa rõ cấp"] == ["2", "0"]
    assert "50,00\u00a0%" in page
    assert "Tỉnh &lt;b&gt;Thử&lt;/b&gt;" in page
    old = reported.http.get("/console/rates?from=2025-01-01&to=2025-01-31").text
    assert "Chưa có hồ sơ nào" in old
    assert 'value="2025-01-31"' in old


def test_an_operator_of_a_unit_sees_that_unit_only(reported: Doors) -> None:
    reported.sign_in(units=("H99.01",))
    page = reported.http.get("/console/rates").text
    assert "H99.01" in page
    assert "H99.77" not in page
    assert "Cấp tỉnh" not in page


@pytest.mark.parametrize("query", ["from=hom-qua", "from=2026-12-01&to=2026-11-01", "to=9999-12-31", "from=%00"])
def test_impossible_days_are_refused(reported: Doors, query: str) -> None:
    reported.sign_in()
    answer = reported.http.get(f"/console/rates?{query}")
    assert answer.status_code == 422
    assert "invalid_request" in answer.text
    assert reported.http.get("/console/rates?from=&to=").status_code == 200


def test_nobody_sees_them_without_a_key(doors: Doors) -> None:
    answer = doors.http.get("/console/rates", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/login")
