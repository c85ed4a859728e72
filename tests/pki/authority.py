"""Starts the test PKI of ``pki.yml``: certificates by certomancer; timestamps, OCSP answers and revocation lists from
a real HTTP server.
"""

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import pem, x509
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from werkzeug.serving import make_server

from signing.trust import TrustRoots

CONFIG = Path(__file__).with_name("pki.yml")
RSA_KEYS = ("seal",)
EC_KEYS = ("root", "issuing", "seal-ec", "tsa", "ocsp", "officer")
"""EC where it does not matter: certomancer checks an RSA key again for each answer."""


@dataclass(frozen=True)
class Authority:
    config: CertomancerConfig
    architecture: PKIArchitecture
    directory: Path
    url: str
    animator: Animator

    @property
    def tsa_url(self) -> str:
        return self.tsa("tsa")

    def tsa(self, label: str) -> str:
        return f"{self.url}/fictional/tsa/{label}"

    def certificate(self, label: str) -> x509.Certificate:
        return self.architecture.get_cert(CertLabel(label))

    def key_of(self, label: str) -> str:
        """Name of the key that a certificate is of."""
        return str(self.architecture.get_cert_spec(CertLabel(label)).subject_key)

    @property
    def roots(self) -> TrustRoots:
        return (self.certificate("root").dump(),)

    def root_file(self) -> Path:
        path = self.directory / "root.pem"
        path.write_bytes(pem.armor("CERTIFICATE", self.certificate("root").dump()))
        return path

    def pkcs12(self, label: str) -> tuple[Path, Path]:
        """Key, certificate and issuing CA as a PKCS#12 file, and the file of its passphrase."""
        path = self.directory / f"{label}.p12"
        passphrase = self.directory / f"{label}.passphrase"
        passphrase.write_text("Mật-khẩu-thử\n", encoding="utf-8")
        path.write_bytes(
            self.architecture.package_pkcs12(
                CertLabel(label),
                certs_to_embed=[CertLabel("issuing")],
                password="Mật-khẩu-thử".encode(),
            )
        )
        return path, passphrase


@contextmanager
def running_authority(directory: Path) -> Iterator[Authority]:
    """Make the keys under ``directory`` and serve timestamps on a free loopback port."""
    for name in RSA_KEYS:
        _write_key(directory / f"{name}.key.pem", rsa.generate_private_key(public_exponent=65_537, key_size=2_048))
    for name in EC_KEYS:
        _write_key(directory / f"{name}.key.pem", ec.generate_private_key(ec.SECP256R1()))
    # The certificates name the server, so its port has to be known before they are made.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    config = CertomancerConfig.from_file(str(CONFIG), key_search_dir=str(directory), external_url_prefix=url)
    architecture = config.get_pki_arch(ArchLabel("fictional"))
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    animator = Animator(AnimatorArchStore(config.pki_archs), with_web_ui=False)
    server = make_server("127.0.0.1", int(url.rpartition(":")[2]), animator, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Authority(config, architecture, directory, url, animator)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _write_key(path: Path, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> None:
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
