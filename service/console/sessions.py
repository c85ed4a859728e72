"""Who sits at the console: a signed cookie that names the client, and the token its forms must carry.

The cookie holds no key and no personal data. That the client still exists and still has the scope is asked of
the catalogue at every request, so that revoking a key ends its sessions at once.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

COOKIE_NAME = "digitize_console"
LIFETIME = timedelta(hours=8)
"""One working day: a counter's screen must not stay open over night."""

_TOKEN_LENGTH_MAX = 512


@dataclass(frozen=True, slots=True)
class Session:
    client_id: str
    nonce: str
    expires_at: datetime


class Sessions:
    """Seals and opens sessions; keeps nothing itself."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def open(self, client_id: str, now: datetime) -> tuple[Session, str]:
        """A new session and its cookie."""
        session = Session(client_id, secrets.token_hex(16), (now + LIFETIME).replace(microsecond=0))
        message = f"{client_id}\n{session.nonce}\n{session.expires_at.isoformat()}".encode()
        return session, f"{_encode(message)}.{_encode(self._mac(b'session', message))}"

    def read(self, untrusted_cookie: str | None, now: datetime) -> Session | None:
        """The session, where the cookie is ours and has not run out."""
        if not untrusted_cookie or len(untrusted_cookie) > _TOKEN_LENGTH_MAX:
            return None
        body, _, seal = untrusted_cookie.partition(".")
        try:
            message, mac = _decode(body), _decode(seal)
        except (ValueError, binascii.Error):
            return None
        if not hmac.compare_digest(mac, self._mac(b"session", message)):
            return None
        client_id, nonce, expires_at = message.decode().split("\n")
        session = Session(client_id, nonce, datetime.fromisoformat(expires_at))
        return session if session.expires_at > now else None

    def form_token(self, session: Session) -> str:
        """What every form of this session carries; another site cannot know it."""
        return _encode(self._mac(b"form", session.nonce.encode()))

    def is_form_token(self, session: Session, untrusted_token: str) -> bool:
        return hmac.compare_digest(untrusted_token.encode(), self.form_token(session).encode())

    def image_token(self, session: Session, document_id: str, page: int) -> str:
        """Makes the link to a page image good in this session only, and only where it was handed out: opening a
        document is one log entry that covers its images, not one for each.
        """
        return _encode(self._mac(b"image", f"{session.nonce}\n{document_id}\n{page}".encode()))

    def is_image_token(self, session: Session, document_id: str, page: int, untrusted_token: str) -> bool:
        expected = self.image_token(session, document_id, page)
        return hmac.compare_digest(untrusted_token.encode(), expected.encode())

    def _mac(self, use: bytes, message: bytes) -> bytes:
        return hmac.digest(self._secret, use + b"\0" + message, hashlib.sha256)


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
