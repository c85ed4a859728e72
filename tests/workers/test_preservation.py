"""A published paper gets its evidence and timestamp, and goes on getting new ones, whatever fails meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from digitize.config import Config, Signing
from digitize.errors import TimestampError
from signing.api import Preserved
from signing.augmentation import PdfAugmenter
from signing.verification import verify_pdf
from storage.keys import signed_key
from tests.pki.authority import Authority, running_authority
from tests.workers.office import Office
from tests.workers.test_reconciler import without_catalogue
from workers.dispatcher import margins
from workers.preservation import Preservation
from workers.reconciler import reconcile
from workers.workbench import open_tools


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with running_authority(tmp_path_factory.mktemp("pki")) as running:
        yield running


@pytest.fixture
def stamped_office(office: Office, authority: Authority) -> Office:
    """An office whose seals bear a timestamp."""
    pkcs12_file, passphrase_file = authority.pkcs12("seal-of-two-years")
    signing = Signing(
        pkcs12_file=pkcs12_file,
        pkcs12_passphrase_file=passphrase_file,
        trust_roots_file=authority.root_file(),
        tsa_url=authority.tsa("tsa-until-2031"),
        preservations_per_minute=100_000,
    )
    config = office.config.model_copy(update={"signing": signing})
    tools = replace(open_tools(config), clock=office.bench.tools.clock)
    return replace(office, bench=replace(office.bench, tools=tools))


def publish(office: Office, paper: Path) -> str:
    identity = office.receive(paper)
    row = office.work(identity)
    assert (row.status, row.stage, row.leased) == ("processing", "assemble", False)
    assert [due.stage for due in office.bench.catalogue.due(9, sealing=True)] == ["assemble"]
    assert office.bench.catalogue.due(9, sealing=False) == []
    assert office.work(identity, "assemble").status == "published"
    return identity


@dataclass(frozen=True)
class Later:
    """Augments with the clocks of all signers ahead; the object store's own stay, since it refuses requests of a time
    that is not its own.
    """

    augmenter: PdfAugmenter
    office: Office

    def augment(self, source: Path, target: Path) -> Preserved:
        with time_machine.travel(self.office.clock()):
            return self.augmenter.augment(source, target)


def preservation(office: Office, authority: Authority, tsa: str = "tsa-until-2031") -> Preservation:
    augmenter = Later(PdfAugmenter(authority.tsa(tsa), 20, authority.roots), office)
    return Preservation(office.config, office.bench.catalogue, office.bench.stores.archive, augmenter, office.clock)


def run(office: Office, authority: Authority, days: int, tsa: str = "tsa-until-2031") -> int:
    """So many days from now."""
    office.clock.ahead = timedelta(days=days)
    return preservation(office, authority, tsa).run()


def fetch(office: Office, identity: str, path: Path) -> Path:
    office.bench.stores.archive.download(signed_key(identity), path)
    return path


def test_a_paper_is_sealed_by_who_may_wait_and_preserved_after_its_grace(
    stamped_office: Office, authority: Authority, paper: Path, tmp_path: Path
) -> None:
    office = stamped_office
    identity = publish(office, paper)
    sealed = fetch(office, identity, tmp_path / "sealed.pdf").read_bytes()
    assert run(office, authority, 0) == 0
    assert run(office, authority, 2) == 1
    assert run(office, authority, 2) == 0
    path = fetch(office, identity, tmp_path / "preserved.pdf")
    assert path.read_bytes().startswith(sealed)
    assert verify_pdf(path, authority.roots).signatures[0].level == "B-LTA"
    versions = list(office.bench.stores.archive.list(signed_key(identity), versions=True))
    assert len(versions) == 2
    (told,) = [event for event in office.bench.catalogue.events(identity) if event.kind == "preserved"]
    assert set(told.data) == {"ends", "algorithm", "sha256"}


def test_a_lost_catalogue_learns_again_when_a_timestamp_runs_out(
    stamped_office: Office, authority: Authority, paper: Path, migrated_sqlite: Path, tmp_path: Path
) -> None:
    office = stamped_office
    identity = publish(office, paper)
    assert run(office, authority, 2) == 1
    bench = office.bench
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        assert reconcile(anew.bench.catalogue, bench.stores, bench.config).restored == 1
        assert anew.bench.catalogue.outlook() == bench.catalogue.outlook() != []
        assert anew.find(identity).published_at is not None
        assert run(anew, authority, 3) == 0


def test_it_is_renewed_before_the_timestamp_runs_out(
    stamped_office: Office, authority: Authority, paper: Path, tmp_path: Path
) -> None:
    office = stamped_office
    identity = publish(office, paper)
    assert run(office, authority, 2) == 1
    assert run(office, authority, 3 * 365) == 0
    days = 4 * 365  # late in 2030
    assert run(office, authority, days, "tsa-until-2040") == 1
    assert [(one.month, one.documents) for one in office.bench.catalogue.outlook()] == [("2040-01", 1)]
    path = fetch(office, identity, tmp_path / "renewed.pdf")
    with time_machine.travel(office.clock() + timedelta(days=8 * 365)):
        report = verify_pdf(path, authority.roots)
    assert [one.verdict for one in report.signatures] == ["TOTAL-PASSED"] * 3


def test_a_server_that_is_away_is_asked_once_and_nothing_changes(
    stamped_office: Office, authority: Authority, paper: Path
) -> None:
    office = stamped_office
    identity = publish(office, paper)
    assert run(office, authority, 2, "unknown") == 0
    assert [(one.month, one.failing) for one in office.bench.catalogue.outlook()] == [(None, 1)]
    (told,) = [event for event in office.bench.catalogue.events(identity) if event.kind == "not_preserved"]
    assert told.data["code"] == TimestampError.code
    assert len(list(office.bench.stores.archive.list(signed_key(identity), versions=True))) == 1
    assert run(office, authority, 3) == 1


def test_a_paper_changed_in_the_store_is_told_and_left(
    stamped_office: Office, authority: Authority, paper: Path
) -> None:
    office = stamped_office
    identity = publish(office, paper)
    archive = office.bench.stores.archive
    data = bytearray(archive.get(signed_key(identity)))
    data[len(data) // 3] ^= 1
    archive.put(signed_key(identity), bytes(data), "application/pdf")
    assert run(office, authority, 2) == 0
    assert archive.get(signed_key(identity)) == bytes(data)
    assert [event.data["code"] for event in office.bench.catalogue.events(identity) if event.kind == "not_preserved"]


def test_what_another_wrote_meanwhile_is_not_overwritten(
    stamped_office: Office, authority: Authority, paper: Path, tmp_path: Path
) -> None:
    """Two workers on one paper, the slower of which had lost its lease."""
    office = stamped_office
    identity = publish(office, paper)
    office.clock.ahead = timedelta(days=2)
    slow = preservation(office, authority)
    augment = slow.augmenter.augment

    class Overtaken:
        def augment(self, source: Path, target: Path) -> Preserved:
            made = augment(source, target)
            office.bench.stores.archive.put(signed_key(identity), b"%PDF of the quicker one", "application/pdf")
            return made

    assert replace(slow, augmenter=Overtaken()).run() == 0
    assert office.bench.stores.archive.get(signed_key(identity)) == b"%PDF of the quicker one"


def test_margins_come_from_the_configuration(embedded: Config) -> None:
    signing = embedded.signing.model_copy(update={"preservation_grace_h": 5, "renewal_ahead_days": 7})
    assert margins(signing) == {"grace": timedelta(hours=5), "ahead": timedelta(days=7)}
