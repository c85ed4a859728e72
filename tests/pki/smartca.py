"""A signing service whose owner confirms on a phone, after the guide of VNPT SmartCA; its keys are the test PKI's."""

import base64
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from asn1crypto import pem
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from digitize.config import Signing
from tests.pki.authority import Authority

TOKEN = "access-token"


@dataclass
class Phone:
    """What the owner sees, and does."""

    key: rsa.RSAPrivateKey
    url: str = ""
    requests: list[tuple[str, bytes]] = field(default_factory=list)
    """Reference and hash of every request ever sent."""
    states: dict[str, int] = field(default_factory=dict)

    def answer(self, status: int) -> None:
        """To every request that waits: 1 confirms, 4001 lets it expire, 4002 declines."""
        self.states = {name: status if old == 4000 else old for name, old in self.states.items()}

    def handle(self, path: str, question: dict[str, Any]) -> dict[str, Any] | None:
        if path == "/csc/signature/signhash" and question["credentialId"] == "owner":
            (data,) = question["datas"]
            name = f"transaction-{len(self.requests)}"
            self.requests.append((question["refTranId"], base64.b64decode(data["hash"])))
            self.states[name] = 4000
            return {"tranId": name}
        if path == "/csc/credentials/gettraninfo" and question["tranId"] in self.states:
            name = question["tranId"]
            documents = []
            if self.states[name] == 1:
                digest = self.requests[int(name.rpartition("-")[2])][1]
                signature = self.key.sign(digest, PKCS1v15(), Prehashed(SHA256()))
                documents = [{"name": "a", "sig": base64.b64encode(signature).decode()}]
            return {"tranId": name, "tranStatus": self.states[name], "documents": documents}
        return None


@contextmanager
def running_smartca(authority: Authority) -> Iterator[tuple[Phone, Signing]]:
    pem_key = (authority.directory / "seal.key.pem").read_bytes()
    key = load_pem_private_key(pem_key, None)
    assert isinstance(key, rsa.RSAPrivateKey)
    phone = Phone(key)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known = self.headers["Authorization"] == f"Bearer {TOKEN}"
            content = phone.handle(self.path, question) if known else None
            code = 60001 if content is None else 0
            body = json.dumps({"code": code, "codeDesc": "", "message": "", "content": content}).encode()
            self.send_response(400 if content is None else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    phone.url = f"http://127.0.0.1:{server.server_port}"
    token_file, certificate_file = authority.directory / "smartca.token", authority.directory / "smartca.pem"
    token_file.write_text(TOKEN)
    certificates = (authority.certificate(name).dump() for name in ("seal", "issuing"))
    certificate_file.write_bytes(b"".join(pem.armor("CERTIFICATE", der) for der in certificates))
    pkcs12_file, passphrase_file = authority.pkcs12("seal-ec")
    try:
        yield (
            phone,
            Signing(
                smartca_url=phone.url,
                smartca_credential="owner",
                smartca_token_file=token_file,
                certificate_file=certificate_file,
                pkcs12_file=pkcs12_file,
                pkcs12_passphrase_file=passphrase_file,
                trust_roots_file=authority.root_file(),
            ),
        )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
