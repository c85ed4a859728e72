"""`digitize verify`: a verdict a clerk understands, and an exit code a script does."""

import json
from pathlib import Path

import pytest

from tests.papers import write_scanned_pdf
from tests.service.cli.conftest import Batch, Terminal


@pytest.fixture
def signed(batch: Batch) -> Path:
    return batch.out / "scan-2.pdf"


def test_what_was_signed_here_passes(batch: Batch, signed: Path) -> None:
    done = batch.terminal.run("verify", signed, "--json")
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert report["verdict"] == "TOTAL-PASSED"
    (signature,) = report["signatures"]
    assert (signature["intact"], signature["trusted"], signature["changed_since"]) == (True, True, "no")


def test_a_signer_nobody_vouches_for_is_indeterminate(terminal: Terminal, signed: Path) -> None:
    done = terminal.run("verify", signed)
    assert done.returncode == 12
    assert "INDETERMINATE" in done.stdout


def test_no_signature_is_a_failure(terminal: Terminal) -> None:
    done = terminal.run("verify", write_scanned_pdf(terminal.home / "plain.pdf"), LC_ALL="vi_VN.UTF-8")
    assert done.returncode == 13
    assert "TOTAL-FAILED" in done.stdout


def test_a_changed_byte_is_a_failure(batch: Batch, signed: Path, tmp_path: Path) -> None:
    data = bytearray(signed.read_bytes())
    place = data.index(b"/MediaBox") + 12
    data[place] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(data)
    assert batch.terminal.run("verify", changed).returncode == 13


def test_a_file_that_is_not_there_is_a_wrong_call(terminal: Terminal) -> None:
    done = terminal.run("verify", "nowhere.pdf")
    assert done.returncode == 2
    assert "invalid_request" in done.stderr
