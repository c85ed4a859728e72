"""Starts the test PKI of ``pki.yml``: certificates by certomancer, timestamps from a real HTTP server."""

import logging
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

CONFIG = Path(__file__).with_name("pki.yml")
RSA_KEYS = ("seal",)
EC_KEYS = ("root", "issuing", "seal-ec", "tsa")
"""EC where it does not matter: certomancer checks an RSA key again for each answer."""


@dataclass(frozen=True)
class Authority:
    architecture: PKIArchitecture
    directory: Path
    tsa_url: str

    def certificate(self, label: str) -> x509.Certificate:
        return self.architecture.get_cert(CertLabel(label))

    @property
    def roots(self) -> tuple[x509.Certificate, ...]:
        return (self.certificate("root"),)

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
    config = CertomancerConfig.from_file(str(CONFIG), key_search_dir=str(directory))
    architecture = config.get_pki_arch(ArchLabel("fictional"))
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    animator = Animator(AnimatorArchStore(config.pki_archs), with_web_ui=False)
    server = make_server("127.0.0.1", 0, animator, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Authority(architecture, directory, f"http://127.0.0.1:{server.server_port}/fictional/tsa/tsa")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _write_key(path: Path, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> None:
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
