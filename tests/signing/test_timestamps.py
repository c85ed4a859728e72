"""A timestamp is had and right, or the paper waits: never quietly without."""

import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from asn1crypto import tsp
from certomancer.registry import ServiceLabel

from digitize.config import Signing
from digitize.errors import TimestampError
from signing.api import Stamp
from signing.signer import open_signer
from tests.pki.authority import Authority
from tests.signing.conftest import MakePaper


def _sign(config: Signing, url: str, source: Path, stamp: Stamp, directory: Path) -> None:
    signer = open_signer(config.model_copy(update={"tsa_url": url, "tsa_time_limit_s": 1}), directory)
    with pytest.raises(TimestampError) as caught:
        signer.sign_pdf(source, directory / "signed.pdf", stamp)
    assert caught.value.retryable
    assert [path.name for path in directory.iterdir()] == [source.name]
    with pytest.raises(TimestampError):
        signer.sign_detached(b"data")


@contextmanager
def _answering(answer: Callable[[bytes], bytes]) -> Iterator[str]:
    """A server that answers every question so."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_nobody_listens(sealing: Signing, make_paper: MakePaper, stamp: Stamp, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        _sign(sealing, f"http://127.0.0.1:{port}/", make_paper(), stamp, tmp_path)


def test_somebody_listens_and_never_answers(
    sealing: Signing, make_paper: MakePaper, stamp: Stamp, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        _sign(sealing, f"http://127.0.0.1:{silent.getsockname()[1]}/", make_paper(), stamp, tmp_path)


def test_the_server_knows_no_such_service(
    sealing: Signing, authority: Authority, make_paper: MakePaper, stamp: Stamp, tmp_path: Path
) -> None:
    _sign(sealing, authority.tsa_url + "-unknown", make_paper(), stamp, tmp_path)


@pytest.mark.parametrize("body", [b"", b"<html>Proxy login</html>", bytes.fromhex("30053003020102")])
def test_the_answer_is_rubbish_or_a_refusal(
    body: bytes, sealing: Signing, make_paper: MakePaper, stamp: Stamp, tmp_path: Path
) -> None:
    with _answering(lambda _: body) as url:
        _sign(sealing, url, make_paper(), stamp, tmp_path)


@pytest.mark.parametrize("keeps_nonce", [False, True])
def test_the_answer_was_meant_for_another_paper(
    keeps_nonce: bool, sealing: Signing, authority: Authority, make_paper: MakePaper, stamp: Stamp, tmp_path: Path
) -> None:
    def stamp_another_hash(body: bytes) -> bytes:
        question = tsp.TimeStampReq.load(body)
        question["message_imprint"]["hashed_message"] = bytes(32)
        if not keeps_nonce:
            question["nonce"] = 1
        timestamper = authority.architecture.service_registry.summon_timestamper(ServiceLabel("tsa"))
        answer: bytes = timestamper.request_tsa_response(question).dump()
        return answer

    with _answering(stamp_another_hash) as url:
        _sign(sealing, url, make_paper(), stamp, tmp_path)
