"""Callers known by an access token of an authorization server, or by their certificate behind a proxy."""

import base64
import json
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID
from jwt.algorithms import RSAAlgorithm

from digitize.config import Config, Service
from digitize.errors import ConfigError, ConflictError, UnauthenticatedError
from service.app import create_app
from service.certificates import CertificateReader
from service.tokens import TokenChecker, open_token_checker
from storage.clients import certificate_credential, oauth_credential
from tests.servers import HANGS_AFTER_S
from tests.service.conftest import OWNER, PURPOSE, Doors, serving

ISSUER, AUDIENCE, CALLER = "https://login.example", "digitize", "portal-1"
KEY = rsa.generate_private_key(65_537, 2_048)
HEADER = "Client-Cert"
LOOKUP = {"owner_id": OWNER, "purpose": PURPOSE}


def key_set(key: rsa.RSAPrivateKey, kid: str) -> dict[str, Any]:
    return {"keys": [{**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "alg": "RS256", "use": "sig"}]}


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    file = tmp_path / "keys.json"
    file.write_text(json.dumps(key_set(KEY, "one")))
    return file


@pytest.fixture
def config(config: Config, keys: Path) -> Config:
    service = Service(oauth_issuer=ISSUER, oauth_keys=str(keys), certificate_header=HEADER, proxies=("127.0.0.1/32",))
    return config.model_copy(update={"service": service})


@pytest.fixture
def portal(doors: Doors) -> Doors:
    scopes = frozenset({"lookup", "verify", "documents:upload"})
    doors.catalogue.add_client("Cổng", scopes, frozenset(), credential=oauth_credential(ISSUER, CALLER))
    return doors


def token(key: object = KEY, algorithm: str | None = "RS256", kid: str | None = "one", **claims: object) -> str:
    now = int(time.time())
    told = {"iss": ISSUER, "aud": AUDIENCE, "sub": CALLER, "iat": now, "exp": now + 300} | claims
    told = {name: value for name, value in told.items() if value is not None}
    return jwt.encode(told, key, algorithm, headers={"kid": kid} if kid else None)  # type: ignore[arg-type]


def ask(doors: Doors, bearer: str) -> int:
    return doors.http.post("/v1/lookup", json=LOOKUP, headers={"Authorization": f"Bearer {bearer}"}).status_code


def test_a_registered_caller_is_let_in_by_its_token(portal: Doors) -> None:
    assert ask(portal, token()) == 200
    assert ask(portal, token(kid=None)) == 200
    assert ask(portal, token(sub="somebody", client_id=CALLER)) == 200
    assert portal.catalogue.events(limit=1)[0].kind == "access.lookup"


def test_a_token_narrows_what_its_caller_may_and_never_widens_it(portal: Doors) -> None:
    assert ask(portal, token(scope="lookup openid")) == 200
    assert ask(portal, token(scope="verify")) == 403
    assert ask(portal, token(scope="")) == 403
    for name in ("scope", "scp"):
        assert ask(portal, token(**{name: ["lookup"]})) == 200
        assert ask(portal, token(**{name: ["verify"]})) == 403
        assert ask(portal, token(**{name: {"lookup": True}})) == 401
    refused = portal.http.post("/v1/accesses", json={}, headers={"Authorization": f"Bearer {token(scope='accesses')}"})
    assert refused.status_code == 403


def test_what_was_answered_is_not_answered_again_to_a_token_that_may_no_longer(portal: Doors) -> None:
    scan = {"unit": "H99.01", "dossier": "D1", "component": "TP01", "filename": "a.pdf", "size": 1, "sha256": "0" * 64}

    def begin(bearer: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {bearer}", "Idempotency-Key": '"1"'}
        return portal.http.post("/v1/uploads", json=scan, headers=headers)

    first = begin(token())
    assert begin(token(scope="documents:upload")).content == first.content
    assert begin(token(scope="lookup")).json()["code"] == "not_permitted"


def hostile() -> dict[str, str]:
    public = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head, body, _ = token().split(".")
    signed = {"iss": ISSUER, "aud": AUDIENCE, "sub": CALLER, "exp": int(time.time()) + 300}
    # Made by hand: the library refuses to sign with a public key as if it were a secret.
    forged_head = base64.urlsafe_b64encode(json.dumps({"alg": "HS256", "kid": "one"}).encode()).rstrip(b"=").decode()
    secret = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    message = f"{forged_head}.{body}".encode()
    forged = base64.urlsafe_b64encode(secret.sign(message, public)).rstrip(b"=").decode()
    return {
        "unsigned": jwt.encode(signed, None, "none", headers={"kid": "one"}),
        "with the public key for a secret": f"{forged_head}.{body}.{forged}",
        "without its signature": f"{head}.{body}.",
        "of another key": token(rsa.generate_private_key(65_537, 2_048)),
        "of a key nobody has": token(kid="two"),
        "expired": token(exp=int(time.time()) - 120),
        "not yet valid": token(nbf=int(time.time()) + 120),
        "without an end": token(exp=None),
        "for somebody else": token(aud="another"),
        "of another issuer": token(iss="https://evil.example"),
        "of a stranger": token(sub="portal-2"),
        "of nobody": token(sub=None),
        "no token": "a.b.c",
        "no text": "\u00ff.\u00ff.\u00ff",
        "very long": "a." * 20_000,
        "the hidden name of a caller": oauth_credential(ISSUER, CALLER).replace("\n", "%0A"),
    }


@pytest.mark.parametrize("kind", hostile())
def test_a_hostile_token_is_refused_as_a_wrong_key_is(
    portal: Doors, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    text = hostile()[kind]
    headers = {"Authorization": b"Bearer " + text.encode("latin-1", "replace")}
    answer = portal.http.post("/v1/lookup", json=LOOKUP, headers=headers)
    wrong_key = portal.http.post("/v1/lookup", json=LOOKUP, headers={"Authorization": "Bearer dgz_wrong"})
    if answer.status_code != 431:  # the server itself refuses headers of such a length
        assert (answer.status_code, answer.content) == (401, wrong_key.content)
    assert text not in caplog.text


def test_a_revoked_caller_stays_outside(portal: Doors) -> None:
    (client,) = (one for one in portal.catalogue.clients() if one.name == "Cổng")
    portal.catalogue.revoke_client(client.client_id)
    assert ask(portal, token()) == 401


def test_keys_are_asked_for_seldom_and_renewed_for_a_new_name(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checker = TokenChecker(ISSUER, AUDIENCE, str(keys))
    read = []
    real = TokenChecker._read
    monkeypatch.setattr(TokenChecker, "_read", lambda self: read.append(1) or real(self))
    assert checker.check(token()).credential == oauth_credential(ISSUER, CALLER)
    for number in range(20):
        with pytest.raises(UnauthenticatedError):
            checker.check(token(kid=f"stranger-{number}"))
    assert len(read) == 1
    newer = rsa.generate_private_key(65_537, 2_048)
    keys.write_text(json.dumps(key_set(newer, "newer")))
    monkeypatch.setattr("service.tokens.REFRESH_INTERVAL_S", 0.0)
    assert checker.check(token(newer, kid="newer")).scopes is None
    keys.write_text("no keys at all")
    assert checker.check(token(newer, kid="newer", scope="lookup")).scopes == {"lookup"}


def test_an_issuer_without_keys_is_said_at_the_start() -> None:
    with pytest.raises(ConfigError):
        open_token_checker(Service(oauth_issuer=ISSUER))
    assert open_token_checker(Service()) is None


# --- certificates ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate() -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "portal.example")])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder(name, name, KEY.public_key(), 7, now, now + timedelta(days=1))
    return built.sign(KEY, SHA256())


def named(certificate: x509.Certificate) -> dict[str, str]:
    return {HEADER: f":{base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()}:"}


def test_a_proxy_names_who_called(doors: Doors, certificate: x509.Certificate) -> None:
    assert doors.http.post("/v1/lookup", json=LOOKUP, headers=named(certificate)).status_code == 401
    credential = certificate_credential(certificate.fingerprint(SHA256()).hex())
    doors.catalogue.add_client("Cổng", frozenset({"lookup"}), frozenset(), credential=credential)
    assert doors.http.post("/v1/lookup", json=LOOKUP, headers=named(certificate)).status_code == 200
    escaped = {HEADER: quote(certificate.public_bytes(Encoding.PEM).decode())}
    assert doors.http.post("/v1/lookup", json=LOOKUP, headers=escaped).status_code == 200
    assert ask(doors, credential.replace("\n", " ")) == 401
    for broken in (":????:", "::", "%00", "x" * 20_000, ":" + "A" * 100 + ":"):
        answer = doors.http.post("/v1/lookup", json=LOOKUP, headers={HEADER: broken})
        assert answer.status_code in {401, 431}, broken
    with pytest.raises(ConflictError):
        doors.catalogue.add_client("Cổng", frozenset({"lookup"}), frozenset(), credential=credential)


@pytest.mark.parametrize(("peer", "believed"), [("10.0.0.5", True), ("10.0.1.5", False), ("testclient", False)])
def test_only_a_proxy_of_ours_is_believed(peer: str, certificate: x509.Certificate, *, believed: bool) -> None:
    reader = CertificateReader(HEADER, [ip_network("10.0.0.0/24")])
    headers = [(name.lower().encode(), value.encode()) for name, value in named(certificate).items()]
    assert (reader.credential({"client": (peer, 1), "headers": headers}) is not None) is believed
    assert reader.credential({"client": (peer, 1), "headers": headers * 2}) is None
    assert CertificateReader(None, []).credential({"client": (peer, 1), "headers": headers}) is None


def test_no_header_makes_a_proxy(config: Config, doors: Doors, certificate: x509.Certificate) -> None:
    """The connection of the loopback says it comes from the proxy; the real server is in between."""
    credential = certificate_credential(certificate.fingerprint(SHA256()).hex())
    doors.catalogue.add_client("Cổng", frozenset({"lookup"}), frozenset(), credential=credential)
    elsewhere = config.service.model_copy(update={"proxies": (ip_network("10.0.0.5/32"),)})
    other = config.model_copy(update={"service": elsewhere})
    app = create_app(other, doors.catalogue, doors.stores.archive, doors.stores.work)
    with serving(app) as address:
        forged = named(certificate) | {"X-Forwarded-For": "10.0.0.5"}
        assert httpx.post(f"{address}/v1/lookup", json=LOOKUP, headers=forged, timeout=HANGS_AFTER_S).status_code == 401
    honest = named(certificate) | {"X-Forwarded-For": "203.0.113.7"}
    assert doors.http.post("/v1/lookup", json=LOOKUP, headers=honest).status_code == 200


@pytest.mark.parametrize(("said", "secure"), [("https", True), ("http", False), (None, False)])
def test_the_consoles_cookie_is_for_tls_where_a_proxy_speaks_it(
    doors: Doors, said: str | None, *, secure: bool
) -> None:
    headers = {"X-Forwarded-Proto": said} if said else {}
    answer = doors.http.post("/console/login", data={"key": doors.key("console")}, headers=headers)
    assert answer.status_code == 303
    assert ("Secure" in answer.headers["set-cookie"]) is secure
