"""Notices arrive at a real receiver, signed; what does not arrive is tried again."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from storage.api import Publish
from storage.pages import Window
from tests.conformance.conftest import Desk, desk, record  # noqa: F401 - a fixture
from workers.notices import SIGNATURE_HEADER, Notifier


@dataclass
class Receiver:
    url: str = ""
    status: int = 204
    bodies: list[bytes] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    received = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            received.signatures.append(self.headers[SIGNATURE_HEADER])
            self.send_response(received.status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    received.url = f"http://127.0.0.1:{server.server_port}/digitize"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield received
    server.shutdown()
    thread.join()
    server.server_close()


def publish(desk: Desk, url: str) -> tuple[str, str]:  # noqa: F811
    client, _ = desk.catalogue.add_client("portal", frozenset({"webhooks"}), frozenset())
    _, secret = desk.catalogue.subscribe(client.client_id, url, frozenset({"published"}), frozenset())
    identity = desk.receive()
    desk.catalogue.settle(desk.claim(identity), Publish(record(identity)))
    return identity, secret


def test_a_notice_arrives_signed_and_once(desk: Desk, receiver: Receiver) -> None:  # noqa: F811
    identity, secret = publish(desk, receiver.url)
    notifier = Notifier(desk.catalogue, lambda: 1_800_000_000.9)
    assert [notifier.run_once(), notifier.run_once()] == [1, 0]
    (body,) = receiver.bodies
    assert json.loads(body)["document_id"] == identity
    digest = hmac.new(secret.encode(), b"1800000000." + body, hashlib.sha256).hexdigest()
    assert receiver.signatures == [f"t=1800000000,v1={digest}"]


@pytest.mark.parametrize("status", [500, 404, 302, 410])
def test_a_notice_that_is_not_taken_is_sent_again(desk: Desk, receiver: Receiver, status: int) -> None:  # noqa: F811
    publish(desk, receiver.url)
    notifier = Notifier(desk.catalogue)
    receiver.status = status
    notifier.run_once()
    desk.clock.advance()
    receiver.status = 200
    assert notifier.run_once() == 1
    desk.clock.advance()
    assert notifier.run_once() == 0
    assert receiver.bodies[0] == receiver.bodies[1]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://no-such-host.invalid/", "http://[", "http://127.0.0.1:99999/"]
)
def test_a_receiver_that_is_not_there_stops_nobody_else(desk: Desk, receiver: Receiver, url: str) -> None:  # noqa: F811
    client, _ = desk.catalogue.add_client("gone", frozenset({"webhooks"}), frozenset())
    gone, _ = desk.catalogue.subscribe(client.client_id, url, frozenset({"published"}), frozenset())
    publish(desk, receiver.url)
    assert Notifier(desk.catalogue).run_once() == 2
    assert len(receiver.bodies) == 1
    (waiting,) = desk.catalogue.undelivered(gone.subscription_id, Window(client.client_id)).rows
    assert waiting.error
