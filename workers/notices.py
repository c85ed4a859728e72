"""Tells portals what was published, refused or revoked, as they asked to be told (webhooks).

A notice is signed: ``Digitize-Signature: t=<Unix time>,v1=<HMAC-SHA256 of "<t>.<body>" in hexadecimal>``, so that its
receiver knows the sender, and an old one from a new one.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import urllib3

from storage.notices_api import Notice, Notices

SIGNATURE_HEADER = "Digitize-Signature"
_AT_ONCE = 8
_BATCH = 50
_TIME_LIMIT_S = 10


class Notifier:
    def __init__(self, catalogue: Notices, now_s: Callable[[], float] = time.time) -> None:
        self._catalogue = catalogue
        self._now_s = now_s
        # No redirects: a notice goes where the operator allowed it to go.
        self._http = urllib3.PoolManager(num_pools=_AT_ONCE, maxsize=_AT_ONCE, timeout=_TIME_LIMIT_S, retries=False)

    def run_once(self) -> int:
        """Deliver what is due; how many were tried."""
        claimed = self._catalogue.claim_notices(_BATCH)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for notice, error in zip(claimed, pool.map(self._send, claimed), strict=True):
                self._catalogue.settle_notice(notice, error)
        return len(claimed)

    def _send(self, notice: Notice) -> str | None:
        """None: the receiver has it; else why not."""
        body = json.dumps(notice.body, ensure_ascii=False, separators=(",", ":")).encode()
        signature = sign_notice(body, notice.secret, int(self._now_s()))
        headers = {"Content-Type": "application/json", SIGNATURE_HEADER: signature}
        try:
            answer = self._http.request("POST", notice.url, body=body, headers=headers, preload_content=False)
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            return type(error).__name__
        answer.close()  # what it says is not read: it could be endless
        return None if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES else f"HTTP {answer.status}"


def sign_notice(body: bytes, secret: str, at_s: int) -> str:
    digest = hmac.digest(secret.encode(), f"{at_s}.".encode() + body, hashlib.sha256)
    return f"t={at_s},v1={digest.hex()}"
