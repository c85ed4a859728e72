"""`digitize retry`: out of quarantine, by id or by the error that put it there."""

from datetime import UTC, datetime

from digitize.model import Problem
from storage.api import Quarantine, Reject, Retry
from tests.service.cli.conftest import Terminal
from tests.service.conftest import Doors


def quarantine(doors: Doors, code: str = "document_timeout") -> str:
    identity = doors.receive()
    record = doors.record(identity, {}).model_copy(update={"problem": Problem(code=code, vi="…", en="…")})
    doors.settle(identity, Quarantine(record))
    return identity


def status(doors: Doors, identity: str) -> str:
    row = doors.catalogue.find(identity)
    assert row is not None
    return row.status


def test_those_named_are_taken_up_again_and_the_others_told(doors: Doors, office: Terminal) -> None:
    held, published = quarantine(doors), doors.publish()
    done = office.run("retry", held, published, "z" * 26)
    assert "Documents taken up again: 1." in done.stdout
    told = done.stderr.splitlines()
    assert [line.split(": ")[:2] for line in told] == [["retry_refused", published], ["not_found", "z" * 26]]
    assert done.returncode == 4
    assert (status(doors, held), status(doors, published)) == ("processing", "published")
    (event, *_) = doors.catalogue.events(held)
    assert (event.actor, event.kind, event.data["code"]) == ("cli", "resumed", "document_timeout")


def test_all_that_one_error_put_there_are_taken_up_again_and_no_others(doors: Doors, office: Terminal) -> None:
    held = [quarantine(doors, "internal_error") for _ in range(2)]
    other, waiting, rejected = quarantine(doors), doors.receive(), doors.receive()
    doors.settle(waiting, Retry("internal_error", datetime.now(UTC)))
    problem = Problem(code="internal_error", vi="…", en="…")
    doors.settle(rejected, Reject(doors.record(rejected, {}).model_copy(update={"problem": problem})))
    done = office.run("retry", "--code", "internal_error")
    assert (done.returncode, "again: 2." in done.stdout) == (0, True), done.stderr
    assert [status(doors, one) for one in (*held, other, rejected)] == [
        "processing", "processing", "quarantined", "rejected",
    ]  # fmt: skip
    assert doors.kinds(waiting)[0] == "retried"
    assert office.run("retry", "--code", "internal_error").returncode == 4


def test_a_call_that_names_nothing_or_both_is_wrong(office: Terminal) -> None:
    for arguments in ((), ("z" * 26, "--code", "internal_error")):
        assert office.run("retry", *arguments).returncode == 2
