"""How much is digitized, counted on SQLite and on PostgreSQL."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

from digitize.identity import document_id
from digitize.model import Role
from storage.api import Arrival, Hold, Publish
from storage.reuse_api import Component, DossierRow, Procedure, Rate, Revocation, Unit
from tests.conformance.conftest import Desk, record

COMMUNE, PROVINCE = "H99.01", "H99"
MARRIAGE = Procedure(
    "1.000894",
    "Đăng ký kết hôn",
    (
        Component("TP01", "Giấy khai sinh", required=True, digitized=True, substitutes=()),
        Component("TP02", "Giấy xác nhận", required=True, digitized=True, substitutes=()),
        Component("TP03", "Tờ khai", required=True, digitized=False, substitutes=()),
        Component("TP04", "Giấy ủy quyền", required=False, digitized=True, substitutes=()),
    ),
)
NOTHING_ASKED = Procedure(
    "2.000815", "Chứng thực", (Component("TP01", "Bản chính", required=True, digitized=False, substitutes=()),)
)


def dossier(desk: Desk, code: str, *, unit: str = COMMUNE, procedure: Procedure = MARRIAGE, resolved: int = 0) -> None:
    """``resolved``: days after it was received; 0: not yet."""
    at = desk.clock.now
    row = DossierRow(code, procedure.code, unit, at, at + timedelta(days=resolved) if resolved else None)
    desk.catalogue.record_dossiers([(row, None)])


def scan(desk: Desk, dossier: str, component: str, *, held: bool = False) -> str:
    sha256 = hashlib.sha256(f"{dossier} {component}".encode()).hexdigest()
    identity = document_id(unit=COMMUNE, dossier=dossier, component=component, sha256=sha256)
    role: Role = "result" if component.startswith("KQ") else "component"
    desk.catalogue.register(
        Arrival(identity, COMMUNE, dossier, component, role, "giấy.pdf", sha256, 1, "application/pdf")
    )
    told = record(identity, f"0010900{len(desk.catalogue.documents()):05d}")
    desk.catalogue.settle(desk.claim(identity), Hold(told, ("owner_id",)) if held else Publish(told))
    return identity


def counted(desk: Desk, days: int = 1, units: frozenset[str] = frozenset()) -> dict[str, tuple[Rate, Rate]]:
    found = desk.catalogue.rates(desk.clock.now, desk.clock.now + timedelta(days=days), units=units)
    return {one.code: (one.components, one.results) for one in found}


def test_a_dossier_is_digitized_when_all_that_has_to_be_is_published(desk: Desk) -> None:
    desk.catalogue.replace_procedures([MARRIAGE, NOTHING_ASKED])
    for code in ("none", "one", "two", "held", "revoked"):
        dossier(desk, code)
    dossier(desk, "nothing asked", procedure=NOTHING_ASKED)
    scan(desk, "one", "TP01")
    for code in ("two", "held", "revoked"):
        scan(desk, code, "TP01")
    scan(desk, "two", "TP02")
    scan(desk, "held", "TP02", held=True)
    desk.catalogue.revoke(scan(desk, "revoked", "TP02"), Revocation(desk.clock.now, "Cấp sai"), "portal")
    assert counted(desk) == {COMMUNE: (Rate(5, 2), Rate())}
    desk.catalogue.replace_procedures([replace(MARRIAGE, code="3.000001")])
    dossier(desk, "unknown procedure", unit=PROVINCE, procedure=replace(MARRIAGE, code="9.999999"))
    found = desk.catalogue.rates(desk.clock.now, desk.clock.now + timedelta(days=1))
    assert [(one.code, one.components.dossiers, one.unknown) for one in found] == [(PROVINCE, 0, 1), (COMMUNE, 5, 0)]


def test_a_result_counts_for_the_day_its_dossier_was_resolved_on(desk: Desk) -> None:
    desk.catalogue.replace_procedures([NOTHING_ASKED])
    for code, resolved in (("with", 2), ("without", 2), ("later", 9), ("open", 0)):
        dossier(desk, code, procedure=NOTHING_ASKED, resolved=resolved)
        scan(desk, code, "TP01")
    for code in ("with", "later", "open"):
        scan(desk, code, "KQ1")
    assert counted(desk, days=1) == {}
    assert counted(desk, days=2) == {}, "the last day is not included"
    assert counted(desk, days=3) == {COMMUNE: (Rate(), Rate(2, 1))}
    assert counted(desk, days=10) == {COMMUNE: (Rate(), Rate(3, 2))}


def test_units_are_told_with_what_is_known_of_them_and_only_those_asked_for(desk: Desk) -> None:
    known = Unit(PROVINCE, "Tỉnh Thử Nghiệm", "province", date(2025, 7, 1))
    desk.catalogue.replace_units([known])
    desk.catalogue.replace_procedures([MARRIAGE])
    dossier(desk, "commune's")
    dossier(desk, "province's", unit=PROVINCE)
    found = desk.catalogue.rates(desk.clock.now, desk.clock.now + timedelta(days=1))
    assert [(one.code, one.unit) for one in found] == [(PROVINCE, known), (COMMUNE, None)]
    assert set(counted(desk, units=frozenset({COMMUNE}))) == {COMMUNE}
    assert counted(desk, units=frozenset({"H98"})) == {}
    assert Rate().share is None
    assert (Rate(3, 1) + Rate(1, 1)).share == 0.5
