"""`digitize doctor`: all is well, or how to mend what is not."""

import fcntl
import json
from pathlib import Path

from digitize.config import Config, Service
from service.cli.doctor import check_data_folder, check_stack
from tests.servers import require
from tests.service.cli.conftest import Terminal


def test_all_is_well_here(terminal: Terminal) -> None:
    done = terminal.run("doctor", "--json")
    findings = {finding["name"]: finding for finding in json.loads(done.stdout)}
    assert {name for name, finding in findings.items() if finding["state"] == "fail"} == set()
    assert done.returncode == 0
    assert {"python", "tesseract", "tesseract vie", "redis-server", "weed", "stamp font", "disk", "clock"} <= set(
        findings
    )
    assert (findings["data folder"]["state"], findings["object store"]["state"]) == ("ok", "warn")
    assert "`digitize up`" in findings["object store"]["mend"]
    # A development key is no failure, but whoever puts it to real use has been told.
    assert findings["certificate"]["state"] == "warn"
    assert "signing.pkcs12_file" in findings["certificate"]["mend"]


def test_a_missing_language_is_named_with_its_package(terminal: Terminal) -> None:
    done = terminal.run("doctor", DIGITIZE_RECOGNITION__LANGUAGE="vie+xyz", LC_ALL="vi_VN.UTF-8")
    assert done.returncode == 5
    assert "apt install tesseract-ocr-xyz" in done.stdout


def test_missing_programs_and_a_wrong_key_are_all_named_at_once(terminal: Terminal) -> None:
    programs = terminal.home / "bin"
    programs.mkdir()
    for name in ("env", "bash", "timeout", "head", "basename", "dirname"):
        (programs / name).symlink_to(require(name))
    done = terminal.run("doctor", "--json", PATH=str(programs), DIGITIZE_SIGNING__PKCS12_FILE="nowhere.p12")
    assert done.returncode == 5, done.stderr
    failed = {finding["name"]: finding["mend"] for finding in json.loads(done.stdout) if finding["state"] == "fail"}
    assert set(failed) == {"tesseract", "pdftoppm", "pdftotext", "redis-server", "signing"}
    assert all(failed.values())


def test_a_folder_that_cannot_be_written_and_parts_that_should_answer_are_failures(terminal: Terminal) -> None:
    data_dir = terminal.home / "var"
    data_dir.mkdir()
    with (data_dir / "supervisor.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # as `digitize up` does
        findings = {
            finding.name: finding
            for check in (check_data_folder, check_stack)
            for finding in check(Config(data_dir=data_dir, service=Service(port=9)))
        }
    assert {name for name, finding in findings.items() if finding.state == "fail"} == {"object store", "queue", "web"}
    assert findings["web"].mend.endswith("web.log")
    assert check_data_folder(Config(data_dir=Path("/sys/digitize")))[0].state == "fail"
