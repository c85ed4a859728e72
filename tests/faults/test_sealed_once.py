"""A key signs one thing per paper, however often and wherever a worker dies, and whoever comes after it."""

import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from signing.keys.pkcs12 import Pkcs12Key
from storage.keys import prepared_key
from tests.faults.deaths import die, die_after_writing, die_at, start_child, wait_for_child, work_in_child
from tests.workers.office import Office

Arrange = Callable[[Office], None]


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """Where every use of the key is written down, by whichever process."""
    return tmp_path / "asked.jsonl"


def listening(asked: Path, then: Arrange = lambda _: None, *, dies: str = "") -> Arrange:
    """Write down what the key is asked to sign of papers (not of records); die before or after it answered."""

    def arrange(office: Office) -> None:
        sign = Pkcs12Key.sign

        def listen(key: Pkcs12Key, data: bytes, digest_algorithm: str) -> bytes:
            if data[:1] != b"\x31":  # a SET: signed attributes
                return sign(key, data, digest_algorithm)
            if dies == "before the key is used":
                die()
            signature = sign(key, data, digest_algorithm)
            with asked.open("a") as file:
                file.write(json.dumps([data.hex(), signature.hex()]) + "\n")
            if dies == "after the key was used":
                die()
            return signature

        Pkcs12Key.sign = listen  # type: ignore[method-assign]  # in the child only
        then(office)

    return arrange


def seals_asked(asked: Path) -> set[str]:
    """What was signed and stands in a PDF; the detached signature of the record is another."""
    lines = [json.loads(line) for line in asked.read_text().splitlines()] if asked.exists() else []
    return {data for data, _ in lines}


DEATHS: dict[str, tuple[Arrange, str]] = {
    "as prepare begins": (die_at("prepare"), ""),
    "after the prepared PDF is written": (die_after_writing("prepared.pdf"), ""),
    "as sign begins": (die_at("sign"), ""),
    "before the key is used": (lambda _: None, "before the key is used"),
    "after the key was used": (lambda _: None, "after the key was used"),
    "as publish begins": (die_at("publish"), ""),
    "after writing signed.pdf": (die_after_writing("signed.pdf"), ""),
}


@pytest.mark.parametrize("death", DEATHS)
def test_whatever_dies_the_key_signs_one_thing(
    office: Office, paper: Path, asked: Path, death: str, tmp_path: Path
) -> None:
    identity = office.receive(paper)
    then, dies = DEATHS[death]
    for _ in range(2):  # and once more, on what the first left
        assert work_in_child(office, identity, listening(asked, then, dies=dies)) in {-signal.SIGKILL, 0}
        office.clock.advance(office.config.workers.lease_s)
    if office.find(identity).status != "published":
        assert work_in_child(office, identity, listening(asked)) == 0
    office.assert_published_once(identity, tmp_path / "out")
    (seal,) = office.bench.catalogue.seals(identity)
    assert seal.signature is not None
    of_paper = {data for data in seals_asked(asked) if seal.digest in data}
    assert len(of_paper) == 1
    kinds = [event.kind for event in office.bench.catalogue.events(identity)]
    assert (kinds.count("seal_begun"), kinds.count("seal_begun_anew"), kinds.count("sealed")) == (1, 0, 1)


def test_a_signature_that_is_kept_is_not_asked_for_again(office: Office, paper: Path, asked: Path) -> None:
    identity = office.receive(paper)
    assert work_in_child(office, identity, listening(asked, die_at("publish"))) == -signal.SIGKILL
    before = len(asked.read_text().splitlines())
    office.clock.advance(office.config.workers.lease_s)
    assert work_in_child(office, identity, listening(asked)) == 0
    (seal,) = office.bench.catalogue.seals(identity)
    again = [json.loads(line)[0] for line in asked.read_text().splitlines()[before:]]
    assert not any(seal.digest in data for data in again)


def test_two_workers_ask_once(office: Office, paper: Path, asked: Path) -> None:
    identity = office.receive(paper)
    children = [start_child(office, identity, listening(asked)) for _ in range(2)]
    assert [wait_for_child(child) for child in children] == [0, 0]
    (seal,) = office.bench.catalogue.seals(identity)
    lines = [json.loads(line)[0] for line in asked.read_text().splitlines()]
    assert sum(seal.digest in data for data in lines) == 1


def test_where_the_prepared_pdf_is_gone_it_is_decided_anew_and_told(
    office: Office, paper: Path, tmp_path: Path
) -> None:
    identity = office.receive(paper)
    assert work_in_child(office, identity, die_at("sign")) == -signal.SIGKILL
    office.clock.advance(office.config.workers.lease_s)
    (seal,) = office.bench.catalogue.seals(identity)
    office.bench.stores.work.delete(prepared_key(identity, seal.digest, "pdf"))
    office.work(identity, office.find(identity).stage)
    office.assert_published_once(identity, tmp_path / "out")
    kinds = [event.kind for event in office.bench.catalogue.events(identity)]
    assert kinds.count("seal_begun_anew") == 1
