"""What a catalogue must know about reuse, on SQLite and on PostgreSQL."""

from datetime import date, timedelta

import pytest

from digitize.errors import ConflictError, NotFoundError, NotReadyError
from digitize.model import DocumentType, FieldRecord, FieldState, Record, Status
from storage.api import Hold, Lease, Publish
from storage.pages import Window
from storage.reuse_api import Component, DossierRow, Procedure, Revocation, Substitute, Unit
from tests.conformance.conftest import Desk, at_once, record
from tests.portals import holdings

OWNER = "001090000001"
PAPER = {
    "issuing_agency": "ỦY BAN NHÂN DÂN XÃ SƠN HẠ",
    "document_number": "12/2026",
    "issue_date": "2026-03-07",
    "full_name": "LÊ THỊ BỐN",
}
BIRTH = Procedure(
    "1.000894",
    "Đăng ký kết hôn",
    (
        Component(
            "TP02", "Giấy khai sinh", required=True, digitized=True, substitutes=(Substitute("birth_certificate"),)
        ),
        Component(
            "TP01",
            "Giấy xác nhận tình trạng hôn nhân",
            required=True,
            digitized=False,
            substitutes=(
                Substitute("marital_status_certificate", months=6),
                Substitute(result_of="1.004873", months=6),
            ),
        ),
        Component("TP03", "Tờ khai", required=False, digitized=False, substitutes=()),
    ),
)


def paper(identity: str, state: FieldState = "accepted", **fields: str) -> Record:
    base = record(identity, OWNER)
    more = {
        name: FieldRecord(value=value, text=value, confidence=0.99, state=state)
        for name, value in {**PAPER, **fields}.items()
    }
    return base.model_copy(update={"fields": {**base.fields, **more}})


def publish(
    desk: Desk,
    unit: str = "H99.01",
    state: FieldState = "accepted",
    type_code: str = "birth_certificate",
    **fields: str,
) -> str:
    identity = desk.receive(unit)
    desk.clock.advance()
    of_type = {"document_type": DocumentType(code=type_code, confidence=0.98)}
    desk.catalogue.settle(desk.claim(identity), Publish(paper(identity, state, **fields).model_copy(update=of_type)))
    return identity


def test_procedures_come_back_as_they_were_imported_and_are_replaced_whole(desk: Desk) -> None:
    other = Procedure("1.004873", "Cấp giấy xác nhận tình trạng hôn nhân", ())
    desk.catalogue.replace_procedures([BIRTH, other])
    assert desk.catalogue.procedures() == [BIRTH, other]
    assert desk.catalogue.procedure("1.000894") == BIRTH
    shorter = Procedure(BIRTH.code, "Đăng ký kết hôn (mới)", BIRTH.components[:1])
    desk.catalogue.replace_procedures([shorter])
    assert desk.catalogue.procedures() == [shorter, other]
    assert desk.catalogue.procedure("9.999999") is None


def test_units_keep_their_dates_and_successors(desk: Desk) -> None:
    district = Unit("H99.12", "Huyện Sơn Hạ", "district", None, date(2025, 6, 30), "H99")
    desk.catalogue.replace_units([district, Unit("H99", "Tỉnh Thử Nghiệm", "province")])
    assert desk.catalogue.units() == [Unit("H99", "Tỉnh Thử Nghiệm", "province"), district]
    desk.catalogue.replace_units([Unit("H99", "Tỉnh Mới", "province", date(2025, 7, 1))])
    assert [one.name for one in desk.catalogue.units()] == ["Tỉnh Mới", "Huyện Sơn Hạ"]


def test_a_dossier_is_received_and_then_resolved(desk: Desk) -> None:
    received = DossierRow("D1", "1.000894", "H99.01", desk.clock.now)
    resolved = DossierRow("D1", "1.000894", "H99.01", desk.clock.now, desk.clock.now + timedelta(days=3))
    assert desk.catalogue.record_dossiers([(received, OWNER)]) == 1
    assert desk.catalogue.dossier("D1") == received
    assert desk.catalogue.record_dossiers([(resolved, OWNER)]) == 0
    assert desk.catalogue.dossier("D1") == resolved
    assert desk.catalogue.dossier("D2") is None


def test_an_owners_holdings_are_published_revoked_or_held(desk: Desk) -> None:
    desk.catalogue.record_dossiers([(DossierRow("D1", "1.000894", "H99.01", desk.clock.now), None)])
    first = publish(desk)
    held = desk.receive()
    doubtful = paper(held, "review", document_number="9/2026")
    doubtful = doubtful.model_copy(update={"fields": {**doubtful.fields, **record(held, OWNER, "review").fields}})
    desk.clock.advance()
    desk.catalogue.settle(desk.claim(held), Hold(doubtful, ("owner_id",)))
    desk.receive()
    found = holdings(desk.catalogue, OWNER)
    assert [(one.row.document_id, one.attested, one.procedure) for one in found] == [
        (held, False, "1.000894"),
        (first, True, "1.000894"),
    ]
    assert holdings(desk.catalogue, OWNER, units=frozenset({"H99.02"})) == []
    assert holdings(desk.catalogue, "001090000002") == []
    assert desk.papers_of(OWNER) == [first]


def test_the_same_paper_scanned_at_two_counters_is_one_with_two_sources(desk: Desk) -> None:
    first = publish(desk, "H99.01")
    second = publish(desk, "H99.02", issuing_agency="Ủy ban nhân dân xã Sơn Hạ", document_number="12 / 2026")
    assert desk.papers_of(OWNER) == [first]
    (holding,) = holdings(desk.catalogue, OWNER)
    assert (holding.row.document_id, [copy.document_id for copy in holding.copies]) == (first, [second])
    # Whoever may see the second unit only is told of the scan that is there.
    assert desk.papers_of(OWNER, units=frozenset({"H99.02"})) == [second]
    assert [event.kind for event in desk.catalogue.events(second)][:2] == ["same_paper", "published"]
    assert desk.catalogue.verify_log() is None


@pytest.mark.parametrize(
    "difference",
    [
        {"full_name": "LÊ THỊ NĂM"},
        {"document_number": "1/22026"},
        {"issue_date": "2026-03-08"},
        {"issuing_agency": "ỦY BAN NHÂN DÂN XÃ SƠN THƯỢNG"},
    ],
)
def test_papers_that_differ_in_anything_sure_stay_two(desk: Desk, difference: dict[str, str]) -> None:
    first, second = publish(desk), publish(desk, "H99.02", **difference)
    assert desk.papers_of(OWNER) == [second, first]
    kinds = [event.kind for event in desk.catalogue.events(second)]
    assert ("same_number_differs" in kinds) == ("full_name" in difference)


def test_a_paper_whose_number_is_in_doubt_is_nobodys_copy(desk: Desk) -> None:
    publish(desk)
    publish(desk, "H99.02", "review")
    assert len(desk.papers_of(OWNER)) == 2


def test_of_scans_published_at_once_one_stands_before_the_others(desk: Desk) -> None:
    identities = [desk.receive(f"H99.0{number}") for number in range(1, 7)]
    leases = [desk.claim(identity) for identity in identities]
    at_once(6, lambda n: desk.catalogue.settle(leases[n], Publish(paper(identities[n]))))
    (holding,) = holdings(desk.catalogue, OWNER)
    assert {holding.row.document_id, *(copy.document_id for copy in holding.copies)} == set(identities)


def test_a_revoked_paper_stays_and_is_reused_no_more_with_all_its_copies(desk: Desk) -> None:
    first, second = publish(desk), publish(desk, "H99.02")
    newer = publish(desk, document_number="13/2026")
    desk.catalogue.revoke(second, Revocation(desk.clock.now, "Cấp sai thẩm quyền", newer), "portal")
    assert desk.papers_of(OWNER) == [newer]
    for identity in (first, second):
        row = desk.catalogue.find(identity)
        assert row is not None
        assert row.record is not None
        assert (row.status, row.record.status) == (Status.REVOKED, Status.REVOKED)
        assert row.record.validity.revocation_reason == "Cấp sai thẩm quyền"
        assert row.record.validity.revoked_at == desk.clock.now.isoformat()
    before = desk.catalogue.events()
    desk.catalogue.revoke(first, Revocation(desk.clock.now, "Lần nữa"), "portal")
    assert desk.catalogue.events() == before
    assert "thẩm quyền" not in repr(before)


def test_a_revoked_paper_handed_in_again_is_not_valid_again(desk: Desk) -> None:
    first, newer = publish(desk), publish(desk, document_number="13/2026")
    desk.catalogue.revoke(first, Revocation(desk.clock.now, "Cấp sai thẩm quyền", newer), "portal")
    again = publish(desk, "H99.02")
    assert desk.papers_of(OWNER) == [newer]
    before, after = desk.catalogue.find(first), desk.catalogue.find(again)
    assert before is not None
    assert after is not None
    assert before.record is not None
    assert after.record is not None
    assert (after.status, after.same_as) == (Status.REVOKED, first)
    assert after.record.validity == before.record.validity
    assert [event.kind for event in desk.catalogue.events(again)][:3] == ["revoked", "same_paper", "published"]
    assert desk.catalogue.verify_log() is None


def test_a_card_scanned_again_is_the_same_card(desk: Desk) -> None:
    card = {"document_number": "", "personal_id": OWNER, "expiry_date": "2035-03-07"}
    first = publish(desk, type_code="citizen_card", **card)
    again = publish(desk, "H99.02", type_code="citizen_card", **card)
    other = publish(desk, type_code="citizen_card", **{**card, "issue_date": "2027-03-07"})  # the first was lost
    held = {one.row.document_id: [copy.document_id for copy in one.copies] for one in holdings(desk.catalogue, OWNER)}
    assert held == {first: [again], other: []}


def test_an_agency_written_short_is_the_same_agency(desk: Desk) -> None:
    first, second = publish(desk), publish(desk, "H99.02", issuing_agency="UBND xã Sơn Hạ")
    (holding,) = holdings(desk.catalogue, OWNER)
    assert {holding.row.document_id, *(one.document_id for one in holding.copies)} == {first, second}


def test_a_scan_must_not_contradict_any_scan_of_the_paper(desk: Desk) -> None:
    first = publish(desk)
    second = publish(desk, "H99.02", place_of_birth="Xã Sơn Hạ")
    third = publish(desk, "H99.03", place_of_birth="Xã Suối Mưa")
    held = {one.row.document_id: [copy.document_id for copy in one.copies] for one in holdings(desk.catalogue, OWNER)}
    assert held == {first: [second], third: []}


def test_the_scan_somebody_vouches_for_stands_for_the_paper(desk: Desk) -> None:
    first = desk.receive()
    doubted = paper(first)
    unsure = doubted.fields["owner_id"].model_copy(update={"state": "review"})
    doubted = doubted.model_copy(update={"fields": {**doubted.fields, "owner_id": unsure}})
    desk.catalogue.settle(desk.claim(first), Publish(doubted))
    second = publish(desk, "H99.02")
    (holding,) = holdings(desk.catalogue, OWNER)
    assert (holding.row.document_id, holding.attested) == (second, True)
    assert [one.document_id for one in holding.copies] == [first]


def test_a_corrected_owner_is_the_owner_at_once(desk: Desk) -> None:
    identity = desk.receive()
    desk.catalogue.settle(desk.claim(identity), Hold(paper(identity, "review"), ("full_name", "owner_id")))
    number = FieldRecord(value="001090000002", text=None, confidence=1.0, state="corrected", method="manual")
    desk.catalogue.correct(identity, {"owner_id": number}, "console")
    assert holdings(desk.catalogue, OWNER) == []
    (holding,) = holdings(desk.catalogue, "001090000002")
    assert holding.row.document_id == identity


def test_what_differs_from_a_revoked_paper_of_the_same_number_is_not_revoked_with_it(desk: Desk) -> None:
    first = publish(desk)
    desk.catalogue.revoke(first, Revocation(desk.clock.now, "Ghi sai họ tên"), "portal")
    corrected = publish(desk, full_name="LÊ THỊ NĂM")
    assert desk.papers_of(OWNER) == [corrected]


def test_a_card_issued_anew_is_valid_though_the_lost_one_was_revoked(desk: Desk) -> None:
    card = {"document_number": "", "personal_id": OWNER, "expiry_date": "2035-03-07"}
    lost = publish(desk, type_code="citizen_card", **card)
    desk.catalogue.revoke(lost, Revocation(desk.clock.now, "Mất"), "portal")
    identity = desk.receive()
    unread = paper(identity, **card)
    del unread.fields["issue_date"]  # type: ignore[attr-defined]
    of_type = {"document_type": DocumentType(code="citizen_card", confidence=0.98)}
    desk.catalogue.settle(desk.claim(identity), Publish(unread.model_copy(update=of_type)))
    row = desk.catalogue.find(identity)
    assert row is not None
    assert row.status is Status.PUBLISHED


def test_of_revocations_at_once_the_first_stands_and_is_told_once(desk: Desk) -> None:
    identity = publish(desk)
    at_once(6, lambda n: desk.catalogue.revoke(identity, Revocation(desk.clock.now, f"Lý do {n}"), "portal"))
    assert [event.kind for event in desk.catalogue.events(identity)].count("revoked") == 1


def test_a_scan_published_while_its_paper_is_revoked_is_revoked_too(desk: Desk) -> None:
    for number in range(5):
        first = publish(desk, document_number=f"{number}/2026")
        others = [desk.receive(f"H99.0{office}") for office in range(3)]
        leases = [desk.claim(identity) for identity in others]

        def publish_or_revoke(n: int, first: str = first, leases: list[Lease] = leases, number: int = number) -> None:
            if n == 0:
                desk.catalogue.revoke(first, Revocation(desk.clock.now, "Cấp sai"), "portal")
            else:
                record = paper(leases[n - 1].document_id, document_number=f"{number}/2026")
                desk.catalogue.settle(leases[n - 1], Publish(record))

        at_once(4, publish_or_revoke)
        for identity in (first, *others):
            row = desk.catalogue.find(identity)
            assert row is not None
            assert row.status is Status.REVOKED
    assert desk.catalogue.verify_log() is None


def test_only_what_is_published_can_be_revoked(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.catalogue.revoke("0" * 26, Revocation(desk.clock.now, "…"), "portal")
    with pytest.raises(NotReadyError):
        desk.catalogue.revoke(desk.receive(), Revocation(desk.clock.now, "…"), "portal")


def test_codes_are_unique_however_many_ask_at_once(desk: Desk) -> None:
    identities = [desk.receive() for _ in range(6)]
    codes = at_once(6, lambda n: desk.catalogue.assign_code(identities[n], [f"D1-KQ{k}" for k in range(1, 8)]))
    assert sorted(codes) == [f"D1-KQ{k}" for k in range(1, 7)]
    assert [desk.catalogue.assign_code(one, ["D1-KQ9"]) for one in identities] == codes
    with pytest.raises(ConflictError):
        desk.catalogue.assign_code(desk.receive(), ["D1-KQ1"])
    with pytest.raises(NotFoundError):
        desk.catalogue.assign_code("0" * 26, ["D1-KQ9"])


def test_an_owner_can_be_told_who_was_given_what(desk: Desk) -> None:
    client, _ = desk.catalogue.add_client("Cổng dịch vụ công", frozenset({"lookup"}), frozenset())
    first, second = publish(desk), publish(desk, document_number="13/2026")
    purpose = {"dossier": "H99.01-260912-0001", "procedure": "1.000894"}
    desk.catalogue.record_use(client.client_id, "access.lookup", [first, second], {"purpose": purpose})
    desk.clock.advance()
    desk.catalogue.record_use(client.client_id, "access.pdf", [second], {"purpose": purpose})
    told = desk.catalogue.uses(OWNER, Window("test")).rows
    assert [(one.client, one.kind, one.document_id) for one in told] == [
        ("Cổng dịch vụ công", "access.pdf", second),
        *(("Cổng dịch vụ công", "access.lookup", one) for one in sorted((first, second))),
    ]
    assert told[0].purpose == purpose
    assert desk.catalogue.uses("001090000002", Window("test")).rows == ()
    assert desk.catalogue.verify_log() is None
