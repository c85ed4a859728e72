"""A stack whose seals bear timestamps, with an officer at the counter; and the same after its database is lost."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from signing.verification import verify_pdf
from storage.catalogue import DATABASE_FILE
from storage.keys import signed_key
from tests.e2e.stack import Stack, prepare, start
from tests.papers import write_jpeg
from tests.pki.authority import Authority, running_authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with running_authority(tmp_path_factory.mktemp("pki")) as running:
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def stack(authority: Authority, home: Path) -> Iterator[Stack]:
    config, environment = prepare(home, workers=1)
    environment |= settings(authority)
    running = start(config, environment, home / "up.log")
    yield running
    running.stop()


def settings(authority: Authority) -> dict[str, str]:
    officer_file, officer_passphrase = authority.pkcs12("officer")
    pkcs12_file, passphrase_file = authority.pkcs12("seal")
    officer = {"pkcs12_file": str(officer_file), "pkcs12_passphrase_file": str(officer_passphrase), "role": "component"}
    return {
        "DIGITIZE_SIGNING__PKCS12_FILE": str(pkcs12_file),
        "DIGITIZE_SIGNING__PKCS12_PASSPHRASE_FILE": str(passphrase_file),
        "DIGITIZE_SIGNING__TRUST_ROOTS_FILE": str(authority.root_file()),
        "DIGITIZE_SIGNING__TSA_URL": authority.tsa_url,
        "DIGITIZE_SIGNING__TSA_CONNECTIONS": "1",
        "DIGITIZE_SIGNING__OFFICERS": json.dumps([officer]),
    }


def test_papers_are_sealed_by_a_worker_of_their_own_and_survive_the_database(
    stack: Stack, authority: Authority, home: Path, tmp_path: Path
) -> None:
    assert len(stack.parts("workers.processes sealer")) == 1
    identity = stack.drop(write_jpeg(tmp_path / "paper.jpg"))
    assert stack.wait_for_end(identity)["status"] == "published"
    path = tmp_path / "signed.pdf"
    stack.stores.archive.download(signed_key(identity), path)
    report = verify_pdf(path, authority.roots)
    assert [(one.field, one.level, one.verdict) for one in report.signatures] == [
        ("DigitizeOfficer", "B-T", "TOTAL-PASSED"),
        ("DigitizeSeal", "B-T", "TOTAL-PASSED"),
    ]
    forecast = stack.run("signatures", "forecast", "--json")
    assert [(one["month"], one["documents"]) for one in json.loads(forecast.stdout)] == [(None, 1)]
    done = stack.run("reindex")
    assert (done.returncode, "1" in done.stdout) == (0, True), done.stderr
    doctor = stack.run("doctor", "--json")
    found = {one["name"]: one for one in json.loads(doctor.stdout)}
    assert found["timestamps"]["state"] == "ok", found["timestamps"]

    assert stack.stop() == 0
    for file in stack.config.data_dir.glob(f"{DATABASE_FILE.stem}*"):
        file.unlink()
    anew = start(stack.config, stack.environment, home / "up-again.log")
    try:
        healed_by = time.monotonic() + 60
        while not (listed := json.loads(anew.run("signatures", "forecast", "--json").stdout)):
            assert time.monotonic() < healed_by, "the archive was gone over, and nothing came back"
        assert [(one["month"], one["documents"]) for one in listed] == [(None, 1)]
        assert anew.wait_for_end(identity)["status"] == "published"
        key = anew.run("clients", "add", "portal", "--scope", "search").stdout.split()[1]
        query = {"query": "đơn vi thử", "purpose": {"dossier": "D1", "procedure": "1.000894"}}
        headers = {"Authorization": f"Bearer {key}"}
        answer = httpx.post(f"{anew.address}/v1/search", json=query, headers=headers, timeout=30).json()
        assert [one["document_id"] for one in answer["documents"]] == [identity]
        versions = list(anew.stores.archive.list(signed_key(identity), versions=True))
        assert len(versions) == 1
    finally:
        anew.stop()
