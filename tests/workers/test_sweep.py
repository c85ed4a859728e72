"""The archive is gone over in turns, and each turn is short."""

import logging
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from digitize.errors import StorageUnavailableError
from digitize.identity import ID_LETTERS
from digitize.model import Status
from storage.keys import original_key
from tests.workers.office import Office
from tests.workers.test_damaged_archives import break_one
from tests.workers.test_reconciler import remove, without_catalogue
from workers import sweep as module
from workers.sweep import Sweep


@pytest.fixture
def passed(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds, as the sweep's clock counts them."""
    now = [1_000.0]
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch, passed: list[float]) -> list[str]:
    """The parts, one after the other; each takes a fifth of a second."""
    parts: list[str] = []
    reconcile = module.reconcile

    def look(*tools: object, **options: object) -> object:
        parts.append(str(tools[-1]))
        passed[0] += 0.2
        return reconcile(*tools, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "reconcile", look)
    return parts


def open_sweep(office: Office) -> Sweep:
    return Sweep(office.bench.catalogue, office.bench.stores, office.config)


def test_a_turn_is_short_and_every_part_has_its_turn(
    office: Office, paper: Path, passed: list[float], looked_at: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    missing = office.receive(paper)
    remove(office, original_key(missing, "jpg"))
    office.receive(paper, component="TP02")
    caplog.clear()
    caplog.set_level(logging.INFO)
    sweep = open_sweep(office)
    turns = 0
    while len(looked_at) < len(ID_LETTERS):
        sweep.run_once()
        turns += 1
    assert sorted(looked_at) == sorted(ID_LETTERS)
    assert turns == 11
    assert caplog.messages == [
        f"document {missing}: its original is missing in the archive",
        "nothing lost: NO; 1 originals",
    ]
    begun = passed[0]
    sweep.run_once()
    assert passed[0] == begun
    passed[0] += 600
    sweep.run_once()
    assert len(looked_at) == len(ID_LETTERS) + 3
    sweep.run_once()
    assert len(looked_at) == len(ID_LETTERS) + 3
    passed[0] += 19 * 0.6 + 0.01
    sweep.run_once()
    assert len(looked_at) == len(ID_LETTERS) + 6


def test_a_part_that_could_not_be_looked_at_is_looked_at_again_when_the_others_were(
    office: Office, passed: list[float], looked_at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep = open_sweep(office)

    def fail(*_: object) -> None:
        raise StorageUnavailableError

    with monkeypatch.context() as patch:
        patch.setattr(office.bench.stores.archive, "list", fail)
        with pytest.raises(StorageUnavailableError):
            sweep.run_once()
        sweep.run_once()
    assert len(looked_at) == 1
    passed[0] += 30
    while len(looked_at) <= len(ID_LETTERS):
        sweep.run_once()
    assert looked_at[0] == looked_at[-1]
    assert sorted(looked_at[1:]) == sorted(ID_LETTERS)


def test_a_round_ends_though_a_part_cannot_be_looked_at(
    office: Office,
    passed: list[float],
    looked_at: list[str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    stands = office.bench.catalogue.stands

    def fail(part: str) -> object:
        if part == "7":
            raise StorageUnavailableError
        return stands(part)

    sweep = open_sweep(office)
    monkeypatch.setattr(office.bench.catalogue, "stands", fail)
    for _ in range(60):
        with suppress(StorageUnavailableError):
            sweep.run_once()
        passed[0] += 5
    assert looked_at.count("7") == 2
    assert len(looked_at) == len(ID_LETTERS) + 1
    assert caplog.messages[-1] == "nothing lost: NO; 0 originals"
    monkeypatch.undo()
    passed[0] += 600
    while "7" in caplog.messages[-1] or caplog.messages.count("nothing lost: yes; 0 originals") == 0:
        sweep.run_once()
        passed[0] += 20


def test_a_paper_that_cannot_be_brought_back_is_no_reason_to_look_at_all_of_it_again_and_again(
    office: Office,
    paper: Path,
    migrated_sqlite: Path,
    tmp_path: Path,
    passed: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    published = [office.receive(paper, component=f"TP0{number}") for number in range(3)]
    for identity in published:
        office.work(identity)
    for bad in published[:2]:
        break_one(office, bad, "record", monkeypatch)
    reconcile, statements = module.reconcile, []

    def look(*tools: object, **options: object) -> object:
        passed[0] += 0.2
        statements.append(reconcile(*tools, **options))  # type: ignore[arg-type]
        return statements[-1]

    monkeypatch.setattr(module, "reconcile", look)
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        sweep = open_sweep(anew)
        for _ in range(120):
            sweep.run_once()
            passed[0] += 20
    assert len(statements) > 2 * len(ID_LETTERS)
    assert [one.part for one in statements].count("") == 1
    assert {one for statement in statements[-len(ID_LETTERS) :] for one in statement.unreadable} == {*published[:2]}


def test_a_round_is_over_where_all_was_looked_at_at_once(
    office: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for component in ("TP01", "TP02"):
        office.work(office.receive(paper, component=component))
    caplog.clear()
    caplog.set_level(logging.INFO)
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        sweep = open_sweep(anew)
        for _ in range(40):
            sweep.run_once()
        assert len(anew.bench.catalogue.documents(status=Status.PUBLISHED)) == 2
    told = [one for one in caplog.messages if "original" in one or "restored" in one]
    assert told[0].startswith("2 published documents restored from the archive")
    assert told[1:] == ["nothing lost: yes; 2 originals"]


def test_many_papers_are_looked_at_in_smaller_parts(
    office: Office, paper: Path, looked_at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MANY", 1)
    office.receive(paper)
    sweep = open_sweep(office)
    for _ in range(400):
        sweep.run_once()
    assert len(set(looked_at)) == len(looked_at) == len(ID_LETTERS) ** 2
    assert {len(part) for part in looked_at} == {2}
