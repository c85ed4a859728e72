"""A software token (SoftHSM 2) with a key of the test PKI in it, and a signing service (CSC) with all of them."""

import asyncio
import os
import subprocess
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiohttp import web
from asn1crypto import pem
from csc_dummy.csc_dummy_server import CSCWithCertomancer

from digitize.config import Signing
from tests.pki.authority import Authority

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
TOKEN, PIN = "sealing", "1234"


def make_token(directory: Path, authority: Authority, label: str) -> Signing:
    """A token of its own; its configuration goes to this process and what it starts by SOFTHSM2_CONF."""
    tokens = directory / "tokens"
    tokens.mkdir(parents=True)
    conf = directory / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(conf)
    _softhsm("--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", "5678")
    key = authority.directory / f"{authority.key_of(label)}.key.pem"
    _softhsm("--import", key, "--token", TOKEN, "--label", "seal", "--id", "01", "--pin", PIN)
    pin_file, certificate_file = directory / "pin", directory / "certificate.pem"
    pin_file.write_text(PIN + "\n")
    certificates = (authority.certificate(name).dump() for name in (label, "issuing"))
    certificate_file.write_bytes(b"".join(pem.armor("CERTIFICATE", der) for der in certificates))
    return Signing(
        pkcs11_module=MODULE,
        pkcs11_token=TOKEN,
        pkcs11_key="seal",
        pkcs11_pin_file=pin_file,
        certificate_file=certificate_file,
        trust_roots_file=authority.root_file(),
    )


def _softhsm(*arguments: str | Path) -> None:
    subprocess.run(["softhsm2-util", *map(str, arguments)], check=True, capture_output=True)


@contextmanager
def running_csc(authority: Authority) -> Iterator[str]:
    """Address of a signing service that holds every key of the PKI."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", web.NotAppKeyWarning)
        service = CSCWithCertomancer(authority.config)
    service.register_routes()
    loop, ready, address = asyncio.new_event_loop(), threading.Event(), []

    async def start() -> web.AppRunner:
        runner = web.AppRunner(service.app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        address.append(runner.addresses[0][1])
        return runner

    def serve() -> None:
        asyncio.set_event_loop(loop)
        runner = loop.run_until_complete(start())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    ready.wait()
    try:
        yield f"http://127.0.0.1:{address[0]}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
