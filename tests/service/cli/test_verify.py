"""`digitize verify`: a verdict a clerk understands, and an exit code a script does."""

import json
from pathlib import Path

import pytest

from digitize.config import Signing, load_config
from signing.signer import open_signer
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


@pytest.mark.parametrize("name", ["nowhere.pdf", "a" * 5_000, ".", "record.json.p7s"])
def test_what_is_no_file_is_a_wrong_call(terminal: Terminal, name: str) -> None:
    if name.endswith(".p7s"):  # what it is for is missing
        (terminal.home / name).write_bytes(b"")
    done = terminal.run("verify", name)
    assert done.returncode == 2
    assert "invalid_request" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_detached_signature_is_verified_with_the_file_beside_it(batch: Batch, tmp_path: Path) -> None:
    secrets_dir = load_config(data_dir=batch.terminal.home / "var").secrets_dir
    record, signature = tmp_path / "record.json", tmp_path / "record.json.p7s"
    record.write_bytes(b'{"schema": 1}')
    signature.write_bytes(open_signer(Signing(), secrets_dir).sign_detached(record.read_bytes()))
    done = batch.terminal.run("verify", signature, LC_ALL="vi_VN.UTF-8", COLUMNS="200")
    assert done.returncode == 0
    assert "không có giá trị pháp lý" in done.stdout
    assert "+07:00" in done.stdout
    record.write_bytes(b'{"schema": 2}')
    assert batch.terminal.run("verify", signature).returncode == 13
