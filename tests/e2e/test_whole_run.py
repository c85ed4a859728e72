"""One `digitize up`: what stations drop, good and bad, ends as it should; portals find it; logs tell nothing."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pikepdf
import pytest

from digitize.assembly.document import read_embedded_record
from digitize.identity import document_id
from digitize.model import Record
from samples.expectations import Sample, differences, load_samples
from storage.catalogue import SqlCatalogue, database_url
from storage.catalogue_key import load_catalogue_key
from storage.database import open_engine
from storage.keys import original_key, record_key, record_signature_key, signed_key
from tests.e2e.bad_inputs import BAD_INPUTS
from tests.e2e.stack import DOSSIER, UNITS, Stack, running, wait_until
from tests.papers import write_jpeg, write_numbered_pdf
from tests.servers import HANGS_AFTER_S
from workers.accepted import describe_file

PERSON, NUMBER = "Nông Quốc Bảo", "008079990418"
BROKEN_KEY = f"{UNITS[0]}/H99..01/TP01/scan.jpg"
SCOPES = ("lookup", "search", "documents:read", "sensitive")
PURPOSE = {"dossier": "H99.01-261122-0001", "procedure": "1.000894"}
NAMED = ("--dossier", PURPOSE["dossier"], "--procedure", PURPOSE["procedure"])
RESTARTED = ("workers.processes worker", "workers.processes intake", "redis-server", "weed")


@dataclass
class Run:
    stack: Stack
    samples: dict[str, Sample]
    identities: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, dict[str, Any]] = field(default_factory=dict)
    shown: str = ""
    """What `digitize status` showed once all had ended."""

    def record(self, name: str) -> Record:
        """As the catalogue holds it, of refused documents too."""
        engine = open_engine(database_url(self.stack.config))
        row = SqlCatalogue(engine, load_catalogue_key(self.stack.config)).find(self.identities[name])
        engine.dispose()
        assert row is not None
        assert row.record is not None
        return row.record

    def archived(self, name: str, folder: Path) -> tuple[Path, Path, Path]:
        """PDF, record and the record's signature, as fetched from the archive."""
        identity = self.identities[name]
        paths = tuple(folder / part for part in ("signed.pdf", "record.json", "record.json.p7s"))
        for path, key in zip(paths, (signed_key, record_key, record_signature_key), strict=True):
            self.stack.stores.archive.download(key(identity), path)
        return paths[0], paths[1], paths[2]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Everything is dropped at once, bad among good, before anything is looked at."""
    home = tmp_path_factory.mktemp("run")
    samples = {sample.name: sample for sample in load_samples()}
    with running(home) as stack:
        done = Run(stack, samples)
        for name, bad in BAD_INPUTS.items():
            done.identities[name] = stack.drop(bad.write(home))
        scan = write_jpeg(home / "scan.jpg")
        stack.station(UNITS[0]).put(BROKEN_KEY, scan, "image/jpeg")
        sha256 = describe_file(scan, scan.name).sha256
        done.identities["broken key"] = document_id(unit=UNITS[0], dossier=None, component=None, sha256=sha256)
        done.identities["scan"] = stack.drop(scan)
        done.identities["thick"] = stack.drop(write_numbered_pdf(home / "thick.pdf", 17), component="TP03")
        licence, signed = samples["licence-result"].path, samples["decision-signed-pdf"].path
        done.identities["licence"] = stack.drop(licence, component="KQ2", filename=f"{PERSON} {NUMBER}.jpg")
        done.identities["signed"] = stack.drop(signed, component="KQ1")
        done.statuses = {name: stack.wait_for_end(identity) for name, identity in done.identities.items()}
        shown = stack.run("status")
        assert shown.returncode == 0, shown.stderr
        done.shown = shown.stdout
        yield done


def test_a_scan_comes_back_signed_and_searchable(run: Run, tmp_path: Path) -> None:
    assert run.statuses["scan"]["status"] == "published"
    pdf, record, _ = run.archived("scan", tmp_path)
    subprocess.run(["qpdf", "--check", pdf], check=True, capture_output=True, timeout=30)
    told = subprocess.run(["pdfsig", "-nocert", pdf], check=True, capture_output=True, text=True, timeout=30).stdout
    assert "Signature Validation: Signature is Valid." in told
    assert "Total document signed" in told
    text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True, timeout=30).stdout
    assert "CỘNG HÒA XÃ HỘI" in text
    assert "SAO Y" in text  # the stamp names the form of copy and the station's own agency
    assert f"XÃ {UNITS[0]}" in " ".join(text.split())
    published = Record.from_json(record.read_bytes())
    embedded = read_embedded_record(pdf)
    assert embedded is not None
    assert embedded == published.model_copy(update={"signatures": ()})
    assert (published.status, published.pdfa, published.dossier.code) == ("published", "3b", DOSSIER)


def test_verify_believes_what_was_published(run: Run, tmp_path: Path) -> None:
    pdf, _, _ = run.archived("scan", tmp_path)
    verified = run.stack.run("verify", "--json", pdf)
    assert verified.returncode == 0
    assert json.loads(verified.stdout)["verdict"] == "TOTAL-PASSED"
    with pikepdf.open(pdf) as changed:
        changed.save(tmp_path / "changed.pdf")
    assert run.stack.run("verify", tmp_path / "changed.pdf").returncode == 13


@pytest.mark.parametrize("name", [*BAD_INPUTS, "broken key"])
def test_a_bad_input_ends_with_its_code_and_its_original_kept(run: Run, name: str) -> None:
    code, ends_as = ("inbox_key_invalid", "quarantined")
    if name in BAD_INPUTS:
        code, ends_as = BAD_INPUTS[name].code, BAD_INPUTS[name].status
    status, identity = run.statuses[name], run.identities[name]
    assert (status["status"], status["problem"]["code"]) == (ends_as, code)
    assert status["problem"]["vi"]
    assert status["problem"]["en"]
    record = run.record(name)
    assert record.problem is not None
    assert (record.status, record.problem.model_dump(mode="json")) == (ends_as, status["problem"])
    listed = [found.key for found in run.stack.stores.archive.list(f"{identity[:2]}/{identity}/")]
    (original,) = listed  # no PDF, no record of something that was refused
    assert original.startswith(original_key(identity, "bin").removesuffix("bin"))
    assert re.search(rf"{identity}.*{code}", run.shown)


def test_a_large_document_is_joined_once_from_its_page_ranges(run: Run, tmp_path: Path) -> None:
    assert run.statuses["thick"]["status"] == "published"
    _, record, _ = run.archived("thick", tmp_path)
    texts = [page.text for page in Record.from_json(record.read_bytes()).pages]
    assert texts == [f"TỜ SỐ {number} CỦA TẬP HỒ SƠ" for number in range(1, 18)]
    engine = open_engine(database_url(run.stack.config))
    kinds = [
        event.kind
        for event in SqlCatalogue(engine, load_catalogue_key(run.stack.config)).events(run.identities["thick"])
    ]
    engine.dispose()
    assert [kinds.count(kind) for kind in ("spread", "recognized", "joined", "published")] == [1, 3, 1, 1]


def test_a_signed_pdf_keeps_its_bytes_and_has_its_record_beside_it(run: Run, tmp_path: Path) -> None:
    pdf, record, signature = run.archived("signed", tmp_path)
    sample = run.samples["decision-signed-pdf"]
    assert pdf.read_bytes() == sample.path.read_bytes()
    published = Record.from_json(record.read_bytes())
    assert (published.role, published.source.signed, published.pdfa) == ("result", True, None)
    assert [one.made_by for one in published.signatures] == ["input"]
    assert differences(published, sample.expected) == []
    root = run.stack.config.secrets_dir / "development-ca" / "root.pem"
    subprocess.run(
        ["openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", signature, "-content", record,
         "-CAfile", root, "-purpose", "any", "-out", tmp_path / "verified.json"],
        check=True, capture_output=True, timeout=30,
    )  # fmt: skip


def test_a_portal_finds_the_paper_by_its_owner(run: Run, tmp_path: Path) -> None:
    assert run.statuses["licence"]["status"] == "published"
    looked_up = run.stack.run("lookup", "--owner", NUMBER, *NAMED, "--json")
    assert looked_up.returncode == 0
    record = Record.from_json(looked_up.stdout)
    assert record.document_id == run.identities["licence"]
    assert differences(record, run.samples["licence-result"].expected) == []
    added = run.stack.run("clients", "add", "portal", *(part for name in SCOPES for part in ("--scope", name)))
    key = added.stdout.split()[1]
    with httpx.Client(base_url=run.stack.address, headers={"Authorization": f"Bearer {key}"}, timeout=30) as portal:
        (found,) = portal.post("/v1/lookup", json={"owner_id": NUMBER, "purpose": PURPOSE}).json()["documents"]
        assert found["document_id"] == record.document_id
        (found,) = portal.post("/v1/search", json={"query": '"via hè"', "purpose": PURPOSE}).json()["documents"]
        assert found["document_id"] == record.document_id
        link = portal.get(f"/v1/documents/{record.document_id}/pdf", params=PURPOSE).json()["url"]
    pdf, _, _ = run.archived("licence", tmp_path)
    assert httpx.get(link, timeout=HANGS_AFTER_S).content == pdf.read_bytes()


def test_a_drop_by_command_is_published(run: Run, tmp_path: Path) -> None:
    scan = write_jpeg(tmp_path / "by command.jpg")
    dropped = run.stack.run(
        "drop", scan, "--unit", UNITS[1], "--dossier", "H99.02-261122-0001", "--component", "TP01", "--urgent"
    )
    assert dropped.returncode == 0
    identity = dropped.stdout.split()[0]
    assert run.stack.wait_for_end(identity, UNITS[1])["status"] == "published"


def test_what_is_killed_is_started_again(run: Run, tmp_path: Path) -> None:
    before = {words: _any_part(run.stack, words) for words in RESTARTED}
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    scan = write_jpeg(tmp_path / "after the kills.jpg")
    identity = run.stack.drop(scan, component="TP09")
    assert run.stack.wait_for_end(identity)["status"] == "published"
    for words, pid in before.items():
        assert wait_until(lambda words=words, pid=pid: _restarted(run.stack, words, pid), 30), words  # type: ignore[misc]


def _any_part(stack: Stack, words: str) -> int:
    return min(stack.parts(words))


def _restarted(stack: Stack, words: str, pid: int) -> bool:
    parts = stack.parts(words)
    return pid not in parts and len(parts) == (stack.config.workers.count if words.endswith(" worker") else 1)


def test_a_second_stack_on_the_same_data_is_refused(run: Run) -> None:
    second = run.stack.run("up")
    assert second.returncode == 3
    assert "config_invalid" in second.stderr
    assert "in use by another" in second.stderr
    assert run.stack.process.poll() is None


def test_the_logs_name_nobody(run: Run) -> None:
    folder = run.stack.config.data_dir / "logs"
    logs = {path.name: path.read_text("utf-8", "replace") for path in folder.iterdir()}
    logs["up"] = (folder.parent.parent / "up.log").read_text("utf-8")
    assert run.identities["licence"] in logs["intake.log"]
    private = [PERSON, PERSON.title(), "KHU%C3%8A", NUMBER, "H99..01", "truncated.jpg", "ten-thousand"]
    assert {(name, word) for name, text in logs.items() for word in private if word in text} == set()


def test_the_data_is_for_this_user_alone(run: Run) -> None:
    data = run.stack.config.data_dir
    open_to_others = [
        str(path.relative_to(data))
        for path in data.rglob("*")
        if not path.is_symlink() and path.is_file() and path.stat().st_mode & 0o077 and not _is_shut_in(path, data)
    ]
    assert open_to_others == []


def _is_shut_in(path: Path, data: Path) -> bool:
    """In a folder that nobody else may enter."""
    return any(parent.stat().st_mode & 0o077 == 0 for parent in path.parents if parent.is_relative_to(data))
