"""RFC 3161 timestamps over HTTP, with an answer that is checked before it is believed."""

import hashlib
import ssl
from datetime import UTC, datetime
from functools import cache

from aiohttp import ClientSession, TCPConnector
from asn1crypto import cms, x509
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from digitize.errors import TimestampError
from signing.event_loop import run_to_end

ROOM_AT_FIRST = 16_384
"""Bytes for a token with its chain, before the first one was seen."""
ROOM_TO_SPARE = 2_048
"""Beyond the largest token seen: a server may come to send one certificate more, and a paper that a person signed days
ago must not be without room then. What is not used is zeros, each read again whenever the signature is verified (1 µs).
"""
SMALLEST_TOKEN = 1_000
"""Bytes; with an RSA signature and no certificate."""
_ATTRIBUTE = "signature_time_stamp_token"
_LARGEST: dict[str, int] = {}
"""Bytes of the largest token seen of each server. A worker asks once before it forks, so that its jobs know."""


class CheckedTimeStamper(TimeStamper):
    """Asks the TSA for each signature; safe to share between threads and event loops, since it keeps no connection.

    Any failure is TimestampError: no answer in time, a refusal, an answer to another question. pyHanko
    compares the nonce but not the hash that was stamped, and stumbles over a wrong nonce with an
    AttributeError, so both are dealt with here.
    """

    def __init__(self, url: str, time_limit_s: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # pyHanko is typed in part only
        self._url = url
        self._time_limit_s = time_limit_s

    @property
    def room(self) -> int:
        """Bytes to reserve for a token. One that does not fit is a TimestampError, and the next try has the room."""
        largest = _LARGEST.get(self._url)
        return ROOM_AT_FIRST if largest is None else largest + ROOM_TO_SPARE

    @property
    def least_room(self) -> int:
        """Bytes without which no token of this server is known to fit."""
        return _LARGEST.get(self._url, SMALLEST_TOKEN)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        room = self.room
        try:
            async with ClientSession(connector=TCPConnector(ssl=_tls())) as session:
                asked = HTTPTimeStamper(self._url, timeout=self._time_limit_s, session=session)
                token = await asked.async_timestamp(message_digest, md_algorithm)
            info = token["content"]["encap_content_info"]["content"].parsed
            imprint = info["message_imprint"]
            answers = (
                imprint["hashed_message"].native == message_digest
                and imprint["hash_algorithm"]["algorithm"].native == md_algorithm
            )
            size = len(token.dump())
        except Exception:  # noqa: BLE001 - whatever a foreign server provokes means: no usable timestamp
            raise TimestampError from None
        if not answers:
            raise TimestampError
        _LARGEST[self._url] = max(_LARGEST.get(self._url, 0), size)
        if size > room:
            raise TimestampError
        return token


def learn_room(url: str, time_limit_s: int) -> None:
    """One question to a server, for the size of its answers. Raises TimestampError."""
    digest = hashlib.sha256(b"").digest()
    run_to_end(CheckedTimeStamper(url, time_limit_s).async_timestamp(digest, "sha256"))


@cache
def _tls() -> ssl.SSLContext:
    """Once: reading the system's roots takes 40 ms, and pyHanko's own session does so for each question."""
    return ssl.create_default_context()


def signature_timestamp(signer: cms.SignerInfo) -> cms.ContentInfo | None:
    """The token in a signature's unsigned attributes; None where it bears none."""
    for attribute in signer["unsigned_attrs"]:
        if attribute["type"].native == _ATTRIBUTE:
            return attribute["values"][0]
    return None


def token_time(token: cms.ContentInfo) -> datetime:
    """Aware, in UTC."""
    stamped: datetime = token["content"]["encap_content_info"]["content"].parsed["gen_time"].native
    return stamped.astimezone(UTC)


def signer_first(data: cms.SignedData) -> tuple[x509.Certificate, ...]:
    """The certificates a CMS bears, the signer's own first. Raises ValueError where that is missing."""
    (signer,) = data["signer_infos"]
    said = signer["sid"].chosen
    certificates = [one.chosen for one in data["certificates"]]
    own = [
        one
        for one in certificates
        if one.serial_number == said["serial_number"].native and _is_same(one.issuer, said["issuer"])
    ]
    if len(own) != 1:
        raise ValueError("the signer's certificate is missing")
    return (own[0], *(one for one in certificates if one is not own[0]))


def _is_same(one: x509.Name, other: x509.Name) -> bool:
    """Nearly always to the byte; comparing names as RFC 5280, 7.1 would have it takes 3 ms."""
    return bool(one.dump() == other.dump() or one == other)


def check_token(token: cms.ContentInfo) -> None:
    """Raises ValueError unless the token is signed by the certificate it names. Its trust is not looked at."""
    data = token["content"]
    (signer,) = data["signer_infos"]
    content = data["encap_content_info"]["content"].contents
    digest = hashlib.new(signer["digest_algorithm"]["algorithm"].native, content).digest()
    intact, valid = validate_sig_integrity(signer, signer_first(data)[0], "tst_info", digest)
    if not (intact and valid):
        raise ValueError("the token is not signed by its certificate")
