"""What the station reads of its drops."""

from pathlib import Path

import pytest

from digitize.errors import NotPermittedError
from digitize.model import DocumentType, Dossier, FieldRecord, Record, Source, Status
from storage.api import Hold
from storage.keys import status_key
from tests.workers.office import COMPONENT, DOSSIER, UNIT, Office
from workers.statuses import write_status


def test_a_station_reads_every_step_with_its_own_key(office: Office, paper: Path) -> None:
    identity = office.receive(paper)
    received = office.status(identity)
    assert {name: received[name] for name in ("schema", "document_id", "filename", "dossier", "component")} == {
        "schema": 1,
        "document_id": identity,
        "filename": paper.name,
        "dossier": DOSSIER,
        "component": COMPONENT,
    }
    assert (received["status"], received["problem"], received["needs_review"]) == ("received", None, [])
    office.work(identity)
    published = office.status(identity)
    assert (published["status"], published["document_type"]) == ("published", "unknown")
    assert published["updated_at"] >= received["updated_at"]


def test_only_the_newest_status_is_kept(office: Office, paper: Path) -> None:
    identity = office.receive(paper)
    row = office.find(identity)
    for _ in range(3):
        write_status(office.bench.stores.inbox, row)
    assert len(list(office.bench.stores.inbox.list(status_key(UNIT, identity), versions=True))) == 1
    assert office.status(identity)["status"] == "received"


def test_another_units_station_cannot_read_it(office: Office, paper: Path) -> None:
    identity = office.receive(paper)
    with pytest.raises(NotPermittedError):
        office.station("H99.02").get(status_key(UNIT, identity))


def test_a_held_document_names_its_doubtful_fields_and_no_value(office: Office, paper: Path) -> None:
    identity = office.receive(paper)
    lease = office.bench.catalogue.claim(identity, "inspect", "test", office.clock.ahead.resolution)
    assert lease is not None
    row = office.find(identity)
    fields = {
        "full_name": FieldRecord(value="NÔNG MINH KHUÊ", text="NÔNG MINH KHUÊ", confidence=0.4, state="review"),
        "personal_id": FieldRecord(value="004319990127", text="004319990127", confidence=0.99, state="accepted"),
    }
    record = Record(
        schema=1,
        document_id=identity,
        status=Status.NEEDS_REVIEW,
        dossier=Dossier(code=row.dossier, component=row.component, unit=row.unit),
        source=Source(filename=row.filename, sha256=row.sha256, media_type=row.media_type, size=row.size),
        document_type=DocumentType(code="birth_certificate", confidence=0.9),
        fields=fields,
    )
    office.bench.catalogue.settle(lease, Hold(record, ("full_name",)))
    write_status(office.bench.stores.inbox, office.find(identity))
    status = office.status(identity)
    assert (status["status"], status["needs_review"]) == ("needs_review", ["full_name"])
    told = office.bench.stores.inbox.get(status_key(UNIT, identity)).decode()
    assert "KHUÊ" not in told
    assert "004319990127" not in told


def test_a_drop_made_again_is_answered_again(office: Office, paper: Path) -> None:
    identity = office.receive(paper)
    office.work(identity)
    office.bench.stores.inbox.delete(status_key(UNIT, identity))
    office.receive(paper)
    assert office.status(identity)["status"] == "published"


def test_a_status_is_never_taken_for_a_scan(office: Office, paper: Path) -> None:
    office.receive(paper)
    assert office.accept() == 0
    assert len(office.bench.catalogue.documents()) == 1
