"""Callers known by their TLS certificate, which a proxy of the office has checked and names in a header."""

import base64
import binascii
from hashlib import sha256
from urllib.parse import unquote

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from starlette.types import Scope

from service.proxies import Networks, comes_from
from storage.clients import certificate_credential

_BYTES_MAX = 16_384


class CertificateReader:
    """``header`` is believed from ``proxies`` only: anybody can send one."""

    def __init__(self, header: str | None, proxies: Networks) -> None:
        self._header = None if header is None else header.lower().encode("latin-1")
        self._proxies = tuple(proxies)

    def credential(self, scope: Scope) -> str | None:
        """As which the holder is registered; None where no certificate is named, or not by a proxy of ours."""
        if self._header is None:
            return None
        values = [value for name, value in scope["headers"] if name == self._header]
        if len(values) != 1 or len(values[0]) > _BYTES_MAX or not comes_from(scope, self._proxies):
            return None
        try:
            return certificate_credential(sha256(_der(values[0].decode("ascii"))).hexdigest())
        except (ValueError, binascii.Error):
            return None


def _der(value: str) -> bytes:
    """``:base64:`` (RFC 9440, ``Client-Cert``) or a PEM with its signs escaped (nginx ``$ssl_client_escaped_cert``)."""
    if value.startswith(":") and value.endswith(":"):
        return base64.b64decode(value[1:-1], validate=True)
    return x509.load_pem_x509_certificate(unquote(value).encode()).public_bytes(Encoding.DER)
