"""A key of VNPT SmartCA, which its owner lets sign on the phone (integration guide v1.1 of 2024-05-15: signhash and
gettraninfo). Not the Cloud Signature Consortium's API, though its paths look so: it answers with a transaction.
"""

import base64
import hashlib
from pathlib import Path
from typing import Any

import urllib3
from cryptography import x509

from digitize.config import Signing
from digitize.errors import ConfigError, SignerDeclinedError, SignerSilentError, SigningError
from signing.keys.api import ConfirmedKey, check_key
from signing.keys.certificates import read_certificates

SETTING = "signing.smartca_url"
TIME_LIMIT_S = 60
_SIGNED, _WAITING, _EXPIRED, _DECLINED = 1, 4000, 4001, 4002
_OK = 200


class SmartCaKey(ConfirmedKey):
    def __init__(self, url: str, credential: str, token_file: Path, certificates: list[x509.Certificate]) -> None:
        super().__init__(certificates[0], tuple(certificates[1:]))
        self._url = url.rstrip("/")
        self._credential = credential
        self._token_file = token_file

    def submit(self, reference: str, data: bytes, digest_algorithm: str) -> str:
        digest = base64.b64encode(hashlib.new(digest_algorithm, data).digest()).decode()
        content = self._ask(
            "signature/signhash",
            {
                "credentialId": self._credential,
                "refTranId": reference,
                "description": reference,
                "datas": [{"name": reference, "hash": digest}],
            },
        )
        transaction = content.get("tranId")
        if not isinstance(transaction, str) or not transaction:
            raise SigningError(reason="SmartCA: no transaction")
        return transaction

    def poll(self, transaction: str) -> bytes | None:
        content = self._ask("credentials/gettraninfo", {"tranId": transaction})
        match content.get("tranStatus"):
            case status if status == _SIGNED:
                return self._signature(content)
            case status if status == _WAITING:
                return None
            case status if status == _EXPIRED:
                raise SignerSilentError
            case status if status == _DECLINED:
                raise SignerDeclinedError
            case status:
                raise SigningError(reason=f"SmartCA: {status}")

    def _signature(self, content: dict[str, Any]) -> bytes:
        try:
            (document,) = content["documents"]
            return base64.b64decode(document["sig"], validate=True)
        except (KeyError, TypeError, ValueError):
            raise SigningError(reason="SmartCA: no signature") from None

    def _ask(self, method: str, question: dict[str, object]) -> dict[str, Any]:
        """The content of the envelope. Its texts stay out of ours: they may name the signer."""
        try:
            token = self._token_file.read_text(encoding="utf-8").strip()
        except OSError:
            raise SigningError(reason="signing.smartca_token_file cannot be read") from None
        try:
            response = urllib3.request(
                "POST",
                f"{self._url}/csc/{method}",
                json=question,
                headers={"Authorization": f"Bearer {token}"},
                timeout=TIME_LIMIT_S,
                retries=False,
            )
            answer = response.json() if response.status == _OK else None
        except (urllib3.exceptions.HTTPError, ValueError):
            raise SigningError(reason="SmartCA: no answer") from None
        content = answer.get("content") if isinstance(answer, dict) else None
        if not isinstance(content, dict):
            raise SigningError(reason=f"SmartCA: {response.status}")
        return content


def open_smartca(config: Signing) -> SmartCaKey:
    """Raises ConfigError, SigningError. Nobody is asked for a probe."""
    if config.smartca_url is None or config.smartca_token_file is None or config.certificate_file is None:
        raise ConfigError(detail=f"{SETTING}, signing.smartca_token_file and signing.certificate_file go together")
    if not config.smartca_credential:
        raise ConfigError(detail="signing.smartca_credential names the signer's key at the service")
    certificates = read_certificates(config.certificate_file)
    key = SmartCaKey(config.smartca_url, config.smartca_credential, config.smartca_token_file, certificates)
    check_key(key, "signing.certificate_file")
    return key
