"""A paper waits for a person's signature for as long as it takes, holds no worker meanwhile, and is signed once."""

import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from signing.verification import verify_detached, verify_pdf
from storage.keys import record_key, record_signature_key, signed_key
from tests.faults.deaths import die, work_in_child
from tests.pki.authority import Authority, running_authority
from tests.pki.smartca import Phone, running_smartca
from tests.workers.office import Office
from workers.desk import ArchiveDesk
from workers.workbench import open_tools

DAY_S = 24 * 3_600


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with running_authority(tmp_path_factory.mktemp("pki")) as running:
        yield running


@pytest.fixture
def phone(authority: Authority) -> Iterator[Phone]:
    with running_smartca(authority) as (phone, signing):
        phone.signing = signing  # type: ignore[attr-defined]
        yield phone


@pytest.fixture
def office(office: Office, phone: Phone) -> Office:
    config = office.config.model_copy(update={"signing": phone.signing})  # type: ignore[attr-defined]
    tools = replace(open_tools(config), clock=office.bench.tools.clock)
    return replace(office, bench=replace(office.bench, tools=tools))


def submit(office: Office, paper: Path) -> str:
    identity = office.receive(paper)
    office.work(identity)
    row = office.work(identity, "assemble")
    assert (row.status, row.leased, row.error_code) == ("processing", False, "waiting_for_signer")
    return identity


def test_it_waits_for_days_and_is_signed_once(
    office: Office, phone: Phone, authority: Authority, paper: Path, tmp_path: Path
) -> None:
    identity = submit(office, paper)
    for _ in range(5):
        assert office.bench.catalogue.due(9) == []
        office.clock.advance(DAY_S)
        assert [due.stage for due in office.bench.catalogue.due(9, sealing=True)] == ["assemble"]
        assert office.work(identity, "assemble").status == "processing"
    phone.answer(1)
    office.clock.advance(DAY_S)
    assert office.work(identity, "assemble").status == "published"
    assert [reference for reference, _ in phone.requests] == [identity]
    path = tmp_path / "signed.pdf"
    office.bench.stores.archive.download(signed_key(identity), path)
    report = verify_pdf(path, authority.roots)
    assert (report.verdict, report.signatures[0].signer) == ("TOTAL-PASSED", "Văn phòng thử nghiệm H99.01")
    archive = office.bench.stores.archive
    data, der = archive.get(record_key(identity)), archive.get(record_signature_key(identity))
    assert verify_detached(data, der, authority.roots).signer == "Văn phòng thử nghiệm H99.02"


def test_a_request_that_expired_is_sent_again_for_the_very_same(office: Office, phone: Phone, paper: Path) -> None:
    identity = submit(office, paper)
    phone.answer(4001)
    office.clock.advance(DAY_S)
    assert office.work(identity, "assemble").status == "processing"
    phone.answer(1)
    office.clock.advance(DAY_S)
    assert office.work(identity, "assemble").status == "published"
    assert len(phone.requests) == 2
    assert len(set(phone.requests)) == 1


def test_a_signer_who_declines_ends_it_and_is_told(office: Office, phone: Phone, paper: Path) -> None:
    identity = submit(office, paper)
    phone.answer(4002)
    office.clock.advance(DAY_S)
    row = office.work(identity, "assemble")
    assert (row.status, row.error_code) == ("quarantined", "signer_declined")
    assert office.bench.stores.archive.stat(signed_key(identity)) is None


def test_a_signer_who_declined_is_asked_again_when_the_operator_says_so(
    office: Office, phone: Phone, paper: Path
) -> None:
    identity = submit(office, paper)
    phone.answer(4002)
    office.clock.advance(DAY_S)
    assert office.work(identity, "assemble").error_code == "signer_declined"
    office.bench.catalogue.resume(identity, "cli")
    assert office.work(identity, "assemble").error_code == "waiting_for_signer"
    phone.answer(1)
    office.clock.advance(DAY_S)
    assert office.work(identity, "assemble").status == "published"
    assert len(phone.requests) == 2
    assert len(set(phone.requests)) == 1  # for the very same


def test_a_worker_that_dies_after_it_asked_asks_for_the_very_same(office: Office, phone: Phone, paper: Path) -> None:
    def arrange(_: Office) -> None:
        def keep_answer(*_: object) -> bytes:
            die()
            raise AssertionError

        ArchiveDesk.keep_answer = keep_answer  # type: ignore[method-assign]  # in the child only

    identity = office.receive(paper)
    office.work(identity)
    assert work_in_child(office, identity, arrange, "assemble") == -signal.SIGKILL
    office.clock.advance(office.config.workers.lease_s)
    office.work(identity, "assemble")
    phone.answer(1)
    office.clock.advance(DAY_S)
    assert office.work(identity, "assemble").status == "published"
    assert len(set(phone.requests)) == 1


def test_a_service_that_is_away_is_waited_for(office: Office, phone: Phone, paper: Path) -> None:
    identity = submit(office, paper)
    handle = phone.handle
    phone.handle = lambda *_: None  # type: ignore[method-assign]
    office.clock.advance(DAY_S)
    assert office.work(identity, "assemble").error_code == "signing_failed"
    phone.handle = handle  # type: ignore[method-assign]
    phone.answer(1)
    office.clock.advance(DAY_S)
    assert office.work(identity, "assemble").status == "published"
    assert len(phone.requests) == 1
