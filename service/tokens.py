"""Access tokens of an OAuth 2 authorization server (client credentials, RFC 6749, 4.4), as JWTs (RFC 9068).

A token says who calls, never what may be done: that is what the operator registered the caller for, and the token's
own ``scope`` may only narrow it.
"""

import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import jwt
import urllib3
from jwt import PyJWKSet, PyJWTError

from digitize.config import Service
from digitize.errors import ConfigError, UnauthenticatedError
from storage.clients import oauth_credential

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""With public keys only: a secret that both sides share is none of ours, and no token goes unsigned."""
LEEWAY_S = 30
REFRESH_INTERVAL_S = 60.0
"""Keys are not asked for more often, however many tokens name a key that nobody has."""
KEYS_LIFETIME_S = 3_600.0
_FETCH_TIME_LIMIT_S = 5.0
_KEYS_BYTES_MAX = 1_000_000
_log = logging.getLogger("digitize.service")


@dataclass(frozen=True, slots=True)
class Caller:
    credential: str
    """As which the caller is registered."""
    scopes: frozenset[str] | None
    """That the token is for; None: it does not say."""


class TokenChecker:
    """Safe to call from several threads."""

    def __init__(self, issuer: str, audience: str, keys: str) -> None:
        """``keys``: an https address, or the path of a file, with a JWK set (RFC 7517)."""
        self._issuer, self._audience, self._source = issuer, audience, keys
        self._keys: dict[str | None, jwt.PyJWK] = {}
        self._asked_at: float | None = None
        self._lock = Lock()
        self._http = urllib3.PoolManager(timeout=_FETCH_TIME_LIMIT_S, retries=False)

    def check(self, token: str) -> Caller:
        """Raises UnauthenticatedError, whatever is wrong with the token; which is in the log, the token is not."""
        try:
            key = self._key(jwt.get_unverified_header(token).get("kid"))
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                audience=self._audience,
                issuer=self._issuer,
                leeway=LEEWAY_S,
                options={"require": ["exp", "iss", "aud"]},
            )
        except (PyJWTError, ValueError) as error:
            _log.info("access token refused: %s", type(error).__name__)
            raise UnauthenticatedError from None
        subject = claims.get("client_id") or claims.get("azp") or claims.get("sub")
        if not isinstance(subject, str) or not subject:
            raise UnauthenticatedError
        return Caller(oauth_credential(self._issuer, subject), _scopes_of(claims))

    def _key(self, kid: str | None) -> jwt.PyJWK:
        with self._lock:
            now = time.monotonic()
            age = None if self._asked_at is None else now - self._asked_at
            if age is None or age > KEYS_LIFETIME_S or (kid not in self._keys and age > REFRESH_INTERVAL_S):
                self._asked_at = now
                self._refresh()
            key = self._keys.get(kid)
        if key is None:
            raise UnauthenticatedError
        return key

    def _refresh(self) -> None:
        """Keeps the keys it has where there are none to be had."""
        try:
            found = PyJWKSet.from_dict(json.loads(self._read()))
        except (OSError, ValueError, PyJWTError, urllib3.exceptions.HTTPError) as error:
            _log.warning("keys of the authorization server cannot be read: %s", type(error).__name__)
            return
        self._keys = {key.key_id: key for key in found.keys}
        if len(found.keys) == 1:
            self._keys[None] = found.keys[0]  # a server with one key need not name it

    def _read(self) -> bytes:
        if not self._source.startswith("https://"):
            return Path(self._source).read_bytes()
        answer = self._http.request("GET", self._source, preload_content=False, redirect=False)
        try:
            if answer.status != 200:  # noqa: PLR2004 - the status code for success
                raise ValueError("no keys")
            return answer.read(_KEYS_BYTES_MAX)
        finally:
            answer.release_conn()


def open_token_checker(settings: Service) -> TokenChecker | None:
    """None where no authorization server is configured. Raises ConfigError."""
    if settings.oauth_issuer is None:
        return None
    if settings.oauth_keys is None:
        raise ConfigError(detail="service.oauth_keys: an https address or a file with the issuer's keys (JWKS)")
    return TokenChecker(settings.oauth_issuer, settings.oauth_audience, settings.oauth_keys)


def _scopes_of(claims: Mapping[str, Any]) -> frozenset[str] | None:
    """What the token is narrowed to, None where it names no scope: one text (RFC 9068), or a list as some authorization
    servers write it, some as ``scp``. Raises UnauthenticatedError on anything else, which might be meant to narrow.
    """
    told = claims.get("scope", claims.get("scp"))
    if told is None:
        return None
    if isinstance(told, str):
        return frozenset(told.split())
    if isinstance(told, list) and all(isinstance(one, str) for one in told):
        return frozenset(told)
    raise UnauthenticatedError
