"""`digitize hold`: a legal hold on what is archived, on the real object store."""

import pytest

from digitize.errors import NotPermittedError
from storage.keys import archive_prefix, record_key
from tests.service.cli.conftest import Terminal
from tests.service.conftest import OWNER, Doors


def test_what_is_held_cannot_be_deleted_until_it_is_released(doors: Doors, office: Terminal) -> None:
    identity = doors.publish()
    versions = list(doors.stores.archive.list(archive_prefix(identity), versions=True))
    done = office.run("hold", "set", identity, "--reason", "12/2026/QĐ-TA")
    assert done.returncode == 0, done.stderr
    for stored in versions:
        with pytest.raises(NotPermittedError):
            doors.stores.archive.delete(stored.key, version=stored.version)
    done = office.run("hold", "release", identity, "--reason", "20/2026/QĐ-TA")
    assert done.returncode == 0, done.stderr
    for stored in versions:
        doors.stores.archive.delete(stored.key, version=stored.version)
    assert doors.stores.archive.stat(record_key(identity)) is None
    told = [(one.actor, one.kind, one.data) for one in doors.catalogue.events(identity)][:2]
    assert told == [
        ("cli", "legal_hold_released", {"reason": "20/2026/QĐ-TA"}),
        ("cli", "legal_hold_set", {"reason": "12/2026/QĐ-TA"}),
    ]


def test_what_was_never_held_is_not_released_and_not_logged(doors: Doors, office: Terminal) -> None:
    identity = doors.publish()
    before = doors.whole_log()
    done = office.run("hold", "release", identity, "--reason", "20/2026/QĐ-TA")
    assert (done.returncode, "is not held" in done.stdout) == (4, True), done.stderr
    assert doors.whole_log() == before


def test_a_hold_that_cannot_be_is_refused_and_not_logged(doors: Doors, office: Terminal) -> None:
    identity, waiting = doors.publish(), doors.receive()
    before = doors.whole_log()
    for document_id, reason, code in (
        (identity, f"of {OWNER}", "invalid_request"),
        (identity, "", "invalid_request"),
        ("0" * 26, "12/QĐ", "not_found"),
        (waiting, "12/QĐ", "not_ready"),
    ):
        done = office.run("hold", "set", document_id, "--reason", reason)
        assert done.returncode == 2 + 2 * (code == "not_found"), done.stderr
        assert code in done.stderr
    assert doors.whole_log() == before
    assert not doors.stores.archive.is_held(record_key(identity))
