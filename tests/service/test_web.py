"""The web process as the supervisor starts it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from digitize.config import Config
from storage.catalogue import DATABASE_FILE
from tests.servers import HANGS_AFTER_S


@pytest.fixture
def environment(config: Config, migrated_sqlite: Path) -> dict[str, str]:
    config.data_dir.mkdir()
    shutil.copyfile(migrated_sqlite, config.data_dir / DATABASE_FILE)
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    storage = config.storage
    return {
        "PATH": os.environ["PATH"],
        "DIGITIZE_DATA_DIR": str(config.data_dir),
        "DIGITIZE_STORAGE__ENDPOINT": str(storage.endpoint),
        "DIGITIZE_STORAGE__ACCESS_KEY": str(storage.access_key),
        "DIGITIZE_STORAGE__SECRET_KEY": str(storage.secret_key),
        "DIGITIZE_STORAGE__ARCHIVE_BUCKET": storage.archive_bucket,
        "DIGITIZE_STORAGE__WORK_BUCKET": storage.work_bucket,
        "DIGITIZE_SERVICE__PORT": str(port),
        "DIGITIZE_STATIONS": '[{"unit": "H99.01"}]',
    }


def test_web_process_serves_until_it_is_told_to_stop(environment: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "service.web"], env=environment, cwd=tmp_path, stdout=output, stderr=output
        )
    try:
        base_url = f"http://127.0.0.1:{environment['DIGITIZE_SERVICE__PORT']}"
        wait_for(process, f"{base_url}/health/ready")
        assert httpx.get(f"{base_url}/console/login", timeout=HANGS_AFTER_S).status_code == 200
        assert httpx.get(f"{base_url}/v1/documents/001319012345", timeout=HANGS_AFTER_S).status_code == 401
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in {0, -signal.SIGTERM}
    finally:
        process.kill()
        process.wait()
    assert "001319012345" not in log.read_text()


def wait_for(process: "subprocess.Popen[bytes]", url: str) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if httpx.get(url, timeout=HANGS_AFTER_S).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(f"the web process did not get ready, it is {process.poll()}")
