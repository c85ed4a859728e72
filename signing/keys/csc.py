"""A key kept by a signing service that follows the Cloud Signature Consortium's API (v1.0.4, 11.4 to 11.9)."""

import base64
import hashlib
from pathlib import Path
from typing import Any

import urllib3
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from digitize.config import Signing
from digitize.errors import ConfigError, SigningError
from signing.keys.api import SigningKey, check_key

SETTING = "signing.csc_url"
TIME_LIMIT_S = 60
_HASH_OIDS = {
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
_RSA_OID = "1.2.840.113549.1.1.1"
_ECDSA_OIDS = {"sha256": "1.2.840.10045.4.3.2", "sha384": "1.2.840.10045.4.3.3", "sha512": "1.2.840.10045.4.3.4"}
_OK = 200


class CscKey(SigningKey):
    """Asks for one signature at a time: each has an authorization of its own (SAD), bound to what is signed."""

    def __init__(self, service: "CscService", certificates: list[x509.Certificate]) -> None:
        super().__init__(certificates[0], tuple(certificates[1:]))
        self._service = service

    def sign(self, data: bytes, digest_algorithm: str) -> bytes:
        digest = base64.b64encode(hashlib.new(digest_algorithm, data).digest()).decode()
        is_rsa = isinstance(self.certificate.public_key(), rsa.RSAPublicKey)
        return self._service.sign(
            digest, _HASH_OIDS[digest_algorithm], _RSA_OID if is_rsa else _ECDSA_OIDS[digest_algorithm]
        )


class CscService:
    """What the service is asked. Every failure is a SigningError, which is retried: it may come back."""

    def __init__(self, url: str, credential: str, token_file: Path | None, pin_file: Path | None) -> None:
        self._url = url.rstrip("/")
        self._credential = credential
        self._token_file = token_file
        self._pin_file = pin_file

    def certificates(self) -> list[x509.Certificate]:
        answer = self._ask("credentials/info", {"certificates": "chain"})
        try:
            found = [x509.load_der_x509_certificate(base64.b64decode(one)) for one in answer["cert"]["certificates"]]
        except (KeyError, TypeError, ValueError):
            raise SigningError(reason="signing service: no certificate") from None
        if not found:
            raise SigningError(reason="signing service: no certificate")
        return [one for one in found if one.issuer != one.subject] or found

    def sign(self, digest: str, hash_oid: str, sign_oid: str) -> bytes:
        authorization: dict[str, object] = {"numSignatures": 1, "hash": [digest]}
        if self._pin_file is not None:
            authorization["PIN"] = _read(self._pin_file, "signing.csc_pin_file")
        sad = self._ask("credentials/authorize", authorization).get("SAD")
        answer = self._ask(
            "signatures/signHash", {"SAD": sad, "hash": [digest], "hashAlgo": hash_oid, "signAlgo": sign_oid}
        )
        try:
            (signature,) = answer["signatures"]
            return base64.b64decode(signature)
        except (KeyError, TypeError, ValueError):
            raise SigningError(reason="signing service: no signature") from None

    def _ask(self, method: str, question: dict[str, object]) -> dict[str, Any]:
        headers = {}
        if self._token_file is not None:
            headers["Authorization"] = f"Bearer {_read(self._token_file, 'signing.csc_token_file')}"
        try:
            response = urllib3.request(
                "POST",
                f"{self._url}/csc/v1/{method}",
                json={"credentialID": self._credential, **question},
                headers=headers,
                timeout=TIME_LIMIT_S,
                retries=False,
            )
            answer = response.json() if response.status == _OK else None
        except (urllib3.exceptions.HTTPError, ValueError):
            raise SigningError(reason="signing service: no answer") from None
        if not isinstance(answer, dict):
            raise SigningError(reason=f"signing service: {response.status}")
        return answer


def open_csc(config: Signing) -> CscKey:
    """Raises ConfigError, SigningError. No probe is signed: each signature is authorized, counted and often paid."""
    if config.csc_url is None or not config.csc_credential:
        raise ConfigError(detail="signing.csc_credential names the credential at signing.csc_url")
    service = CscService(config.csc_url, config.csc_credential, config.csc_token_file, config.csc_pin_file)
    key = CscKey(service, service.certificates())
    check_key(key, SETTING)
    return key


def _read(path: Path, setting: str) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        raise ConfigError(detail=f"{setting} names a file that cannot be read") from None
