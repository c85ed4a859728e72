"""The client hands a scan in, goes on where it was broken off, and where the service was killed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from digitize.client import operations
from digitize.client.errors import ApiError
from digitize.client.operations import Operation
from digitize.client.portal import PortalClient
from digitize.client.transport import TRIES, Transport
from digitize.config import Config
from storage.catalogue import open_catalogue
from storage.objects import open_stores
from storage.uploads import PART_BYTES
from tests.catalogue_keys import put_key
from tests.service.client.conftest import Naps
from tests.service.conftest import Doors
from tests.service.test_web import environment, wait_for  # noqa: F401 - a fixture
from workers.uploads import drop_uploads

PLACE: Any = {"unit": "H99.01", "dossier": "H99.01-261122-0001", "component": "KQ1"}


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "quyết định.pdf"
    path.write_bytes(b"%PDF-1.7\n" + os.urandom(4 * PART_BYTES))
    return path


@contextmanager
def running(environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:  # noqa: F811
    """The web process as the supervisor starts it; killed at the end."""
    process = subprocess.Popen([sys.executable, "-m", "service.web"], env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_for(process, f"http://127.0.0.1:{environment['DIGITIZE_SERVICE__PORT']}/health/ready")
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_service_killed_between_parts_goes_on_with_the_rest(
    environment: dict[str, str],  # noqa: F811
    config: Config,
    scan: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put_key(config)
    _, key = open_catalogue(config).add_client("Trạm", frozenset({"documents:upload"}), frozenset({"H99.01"}))
    url = f"http://127.0.0.1:{environment['DIGITIZE_SERVICE__PORT']}"
    asked: list[str] = []
    ask = Transport.ask
    with running(environment) as process:
        naps = Naps()
        portal = PortalClient(url, key, sleep=naps)
        upload = portal.begin_upload(scan, **PLACE)
        assert (upload.part_count, upload.parts) == (5, [])

        def kill_before_the_third(self: Transport, operation: Operation[Any], *rest: Any, **named: Any) -> Any:
            asked.append(operation.method)
            if asked.count("PUT") == 3:
                process.kill()
                process.wait()
            return ask(self, operation, *rest, **named)

        monkeypatch.setattr(Transport, "ask", kill_before_the_third)
        with pytest.raises(ApiError) as broken:
            portal.send_upload(upload.upload_id, scan)
        assert (broken.value.code, len(naps.seconds)) == ("unreachable", TRIES - 1)
    sent: list[Operation[Any]] = []

    def noted(self: Transport, operation: Operation[Any], *rest: Any, **named: Any) -> Any:
        sent.append(operation)
        return ask(self, operation, *rest, **named)

    monkeypatch.setattr(Transport, "ask", noted)
    with running(environment):
        receipt = PortalClient(url, key).send_upload(upload.upload_id, scan)
        assert sent == [operations.UPLOAD, *[operations.PUT_PART] * 3, operations.COMPLETE_UPLOAD]
        assert (receipt.role, receipt.sha256) == ("result", upload.sha256)
        assert PortalClient(url, key).send_upload(upload.upload_id, scan) == receipt
    stores = open_stores(config.storage)
    drop_uploads(stores)
    assert stores.inbox.get("/".join([*PLACE.values(), scan.name])) == scan.read_bytes()


def test_another_file_than_the_announced_one_is_not_sent(doors: Doors, scan: Path) -> None:
    portal = PortalClient(str(doors.http.base_url), doors.key("documents:upload"))
    upload = portal.begin_upload(scan, **PLACE)
    scan.write_bytes(scan.read_bytes()[:-1])
    with pytest.raises(ApiError) as refused:
        portal.send_upload(upload.upload_id, scan)
    assert refused.value.code == "checksum_mismatch"
    assert portal.upload(upload.upload_id).parts == []
