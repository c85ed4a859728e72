"""Every method of the client, against the real service."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from digitize.assembly.document import assemble
from digitize.client.errors import ApiError
from digitize.client.models import Purpose, ReportedDossier
from digitize.client.operations import Operation
from digitize.client.transport import Transport
from digitize.config import Limits, Recognition
from digitize.inspection.inspect import inspect
from digitize.model import Record, Status
from service.scopes import SCOPES
from storage.keys import original_key, record_key, signed_key
from tests.papers import write_jpeg
from tests.service.client.conftest import client_of
from tests.service.client.test_described import OPERATIONS
from tests.service.conftest import NAME, OWNER, PURPOSE, Doors
from tests.service.test_prefill import MARRIAGE

FOR = Purpose(**PURPOSE)
ORIGINAL = b"%PDF-1.7 as handed in\n"


def publish_with_record_inside(doors: Doors, folder: Path) -> str:
    """A published paper whose PDF carries its record, as the workers make it, and whose original is there too."""
    identity = doors.publish()
    record = Record.from_json(doors.stores.archive.get(record_key(identity)))
    source = record.source.model_copy(update={"sha256": hashlib.sha256(ORIGINAL).hexdigest()})
    scan = inspect(write_jpeg(folder / "scan.jpg"), Limits(), Recognition())
    made = assemble(scan, [], record.model_copy(update={"source": source}), datetime(2026, 11, 20, tzinfo=UTC), folder)
    doors.stores.archive.put(signed_key(identity), made.path, "application/pdf")
    doors.stores.archive.put(record_key(identity), made.record.to_json(), "application/json")
    doors.stores.archive.put(original_key(identity, "pdf"), ORIGINAL, "application/pdf")
    return identity


def test_a_portals_day(doors: Doors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[Operation[Any]] = []
    ask = Transport.ask

    def noted(self: Transport, operation: Operation[Any], *rest: Any, **named: Any) -> Any:
        used.append(operation)
        return ask(self, operation, *rest, **named)

    monkeypatch.setattr(Transport, "ask", noted)
    doors.catalogue.replace_procedures([MARRIAGE])
    portal = client_of(doors, *SCOPES)
    identity = publish_with_record_inside(doors, tmp_path)

    assert portal.is_live()
    assert portal.is_ready()
    assert [one.document_id for one in portal.lookup(OWNER, purpose=FOR)] == [identity]
    assert portal.lookup(OWNER, purpose=FOR, document_type="diploma") == []
    assert [one.document_id for one in portal.search("an giang", purpose=FOR)] == []
    prefilled = portal.prefill(MARRIAGE.code, OWNER, purpose=FOR)
    assert prefilled.components[0].state == "held"
    assert prefilled.form["full_name"][0].value == NAME

    assert portal.document(identity).status is Status.PUBLISHED
    record = portal.record(identity, purpose=FOR)
    assert record.fields["full_name"].value == NAME
    assert portal.fields(identity, purpose=FOR).fields["full_name"].value == NAME
    assert portal.download_pdf(identity, tmp_path / "a.pdf", purpose=FOR) == record
    assert (tmp_path / "a.pdf").read_bytes() == doors.stores.archive.get(signed_key(identity))
    portal.download_original(identity, tmp_path / "b.pdf", purpose=FOR)
    assert (tmp_path / "b.pdf").read_bytes() == ORIGINAL
    assert portal.verify(tmp_path / "a.pdf").verdict == "TOTAL-FAILED"

    dossier = ReportedDossier(code="H99.01-261001-0001", procedure="1.000894", unit="H99.01", received_at=doors.clock())
    assert [portal.report_dossiers([dossier]).new for _ in range(2)] == [1, 0]
    assert {one.use for one in portal.accesses(OWNER, purpose=FOR)} >= {"access.lookup", "access.pdf", "access.fields"}

    scan = write_jpeg(tmp_path / "scan.jpg")
    upload = portal.begin_upload(scan, unit="H99.01", dossier="H99.01-261001-0001", component="TP01")
    assert (
        portal.send_upload(upload.upload_id, scan).document_id == portal.send_upload(upload.upload_id, scan).document_id
    )

    subscribed = portal.subscribe("https://portal.example/digitize", ["published"])
    assert subscribed.secret
    assert [one.subscription_id for one in portal.subscriptions()] == [subscribed.subscription_id]
    assert portal.replay(subscribed.subscription_id, 1) == 1
    assert portal.undelivered(subscribed.subscription_id)[0].attempts == 0
    assert portal.unsubscribe(subscribed.subscription_id) == []

    assert portal.revoke(identity, "Cấp không đúng thẩm quyền").status is Status.REVOKED
    ended = portal.document(identity).revocation
    assert ended is not None
    assert ended.reason == "Cấp không đúng thẩm quyền"
    with pytest.raises(ApiError, match="revoked"):
        portal.download_pdf(identity, tmp_path / "c.pdf", purpose=FOR)
    assert set(used) == set(OPERATIONS)


def test_a_refusal_tells_code_title_and_both_sentences(doors: Doors) -> None:
    with pytest.raises(ApiError) as refused:
        client_of(doors, "verify").lookup(OWNER, purpose=FOR)
    error = refused.value
    assert (error.code, error.status, error.title, error.trace_id) == ("not_permitted", 403, "Forbidden", None)
    assert error.vi.startswith("Khóa này")
    assert error.en.startswith("This key")
    with pytest.raises(ApiError) as wrong:
        client_of(doors, "lookup").lookup("?", purpose=FOR)
    assert [part.location for part in wrong.value.invalid] == ["body.owner_id"]
    assert "?" not in str(wrong.value).removeprefix("invalid_request: ")


def test_a_file_that_does_not_fit_its_record_is_not_kept(doors: Doors, tmp_path: Path) -> None:
    portal = client_of(doors, "documents:read", "sensitive")
    identity = publish_with_record_inside(doors, tmp_path)
    other = publish_with_record_inside(doors, tmp_path)
    doors.stores.archive.put(signed_key(identity), doors.stores.archive.get(signed_key(other)), "application/pdf")
    doors.stores.archive.put(original_key(identity, "pdf"), ORIGINAL[:-1], "application/pdf")
    before = sorted(tmp_path.iterdir())
    for download in (portal.download_pdf, portal.download_original):
        with pytest.raises(ApiError) as refused:
            download(identity, tmp_path / "kept.pdf", purpose=FOR)
        assert refused.value.code == "checksum_mismatch"
    assert sorted(tmp_path.iterdir()) == before
