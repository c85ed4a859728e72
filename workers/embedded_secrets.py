"""What the embedded servers keep to themselves: keys, certificates and ports, made once and kept.

Everything lies in ``data_dir/secrets`` (0700, files 0600). The object store's inner ports trust nobody who
cannot show a certificate or token from here, since other accounts of the machine reach loopback too.
"""

import fcntl
import json
import os
import secrets
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from digitize.config import Config
from digitize.errors import ConfigError

APP = "app"
_STATION = "station-"
_CERTIFICATE_LIFETIME = timedelta(days=30 * 365)
"""As long as the machine: nothing but the data directory itself trusts them."""
_LOWEST_PORT, _HIGHEST_PORT = 10_240, 32_767
"""Below the range from which Linux takes the ports of outgoing connections."""
_PORT_TRIES = 1_000


@dataclass(frozen=True, slots=True)
class Keys:
    access_key: str
    secret_key: str


@dataclass(frozen=True, slots=True)
class Ports:
    """Ports of SeaweedFS, all on 127.0.0.1; only ``s3`` is for others."""

    s3: int
    s3_grpc: int
    master: int
    master_grpc: int
    filer: int
    filer_grpc: int
    volume: int
    volume_grpc: int
    admin: int
    admin_grpc: int


@dataclass(frozen=True, slots=True)
class InnerTrust:
    """What the parts of SeaweedFS show each other."""

    ca: Path
    certificate: Path
    key: Path
    tokens: Mapping[str, str]


@contextmanager
def locked(config: Config) -> Iterator[Path]:
    """The secrets directory, this process alone in it."""
    directory = config.secrets_dir
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    directory.chmod(0o700)
    lock = os.open(directory / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield directory
    finally:
        os.close(lock)


# --- S3 identities ----------------------------------------------------------------------------------------


def s3_identities_file(config: Config) -> Path:
    """SeaweedFS's identities: the app and one per configured station. Keys once given stay."""
    with locked(config) as directory:
        path = directory / "s3.json"
        known = _read_keys(path)
        names = [APP, *(_STATION + station.unit for station in config.stations)]
        identities = [
            {
                "name": name,
                "credentials": [_as_credential(known.get(name) or _new_keys())],
                "actions": _actions(config, name),
            }
            for name in names
        ]
        text = json.dumps({"identities": identities}, indent=2)
        if not path.exists() or path.read_text("utf-8") != text:  # most commands change nothing, a full disk stops none
            _write(path, text)
    return path


def app_keys(config: Config) -> Keys:
    return _read_keys(s3_identities_file(config))[APP]


def station_keys(config: Config, unit: str) -> Keys:
    """Raises ConfigError where the unit has no station."""
    keys = _read_keys(s3_identities_file(config)).get(_STATION + unit)
    if keys is None:
        known = ", ".join(station.unit for station in config.stations) or "-"
        raise ConfigError(detail=f"unit {unit} has no station; known are {known}")
    return keys


def _actions(config: Config, name: str) -> list[str]:
    """A station may write its unit's folder, list it and read what became of its drops; nothing else."""
    if name == APP:
        return ["Admin", "Read", "Write", "List", "Tagging"]
    folder = f"{config.storage.inbox_bucket}/{name.removeprefix(_STATION)}"
    return [f"Write:{folder}/*", f"List:{folder}/*", f"Read:{folder}/_status/*"]


def _new_keys() -> Keys:
    return Keys(secrets.token_hex(10), secrets.token_urlsafe(32))


def _as_credential(keys: Keys) -> dict[str, str]:
    return {"accessKey": keys.access_key, "secretKey": keys.secret_key}


def _read_keys(path: Path) -> dict[str, Keys]:
    if not path.exists():
        return {}
    return {
        identity["name"]: Keys(identity["credentials"][0]["accessKey"], identity["credentials"][0]["secretKey"])
        for identity in json.loads(path.read_bytes())["identities"]
    }


# --- inside SeaweedFS -------------------------------------------------------------------------------------


def inner_trust(config: Config) -> InnerTrust:
    """A private authority, one certificate for all parts, and token keys; made on first use."""
    with locked(config) as directory:
        trust = InnerTrust(
            ca=directory / "objects-ca.pem",
            certificate=directory / "objects.pem",
            key=directory / "objects.key",
            tokens=_tokens(directory / "objects-tokens.json"),
        )
        if not trust.certificate.exists():  # written last
            _make_certificates(trust)
    return trust


def _tokens(path: Path) -> dict[str, str]:
    if not path.exists():
        names = ("JWT_SIGNING", "JWT_FILER_SIGNING", "JWT_FILER_SIGNING_READ")
        _write(path, json.dumps({name: secrets.token_hex(32) for name in names}))
    loaded = json.loads(path.read_bytes())
    return {str(name): str(value) for name, value in loaded.items()}


def _make_certificates(trust: InnerTrust) -> None:
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name, name = _name("digitize object store authority"), _name("digitize object store")
    ca = (
        _builder(ca_name, ca_name, ca_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    both_sides = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])
    certificate = (
        _builder(name, ca_name, key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(both_sides, critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    # The authority's key is kept nowhere: no further certificate can be made.
    _write(trust.ca, ca.public_bytes(serialization.Encoding.PEM).decode())
    _write(trust.key, private.decode())
    _write(trust.certificate, certificate.public_bytes(serialization.Encoding.PEM).decode())


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _builder(subject: x509.Name, issuer: x509.Name, public_key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    start = datetime.now(UTC) - timedelta(days=1)  # a machine's clock may be set right later
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + _CERTIFICATE_LIFETIME)
    )


# --- ports ------------------------------------------------------------------------------------------------


def kept_ports(config: Config) -> Ports:
    """The ports chosen before, else new ones, kept for the next start."""
    with locked(config) as directory:
        path = directory / "ports.json"
        if path.exists():
            return Ports(**json.loads(path.read_bytes()))
        return _choose_ports(path)


def ports_to_start_on(config: Config) -> Ports:
    """The kept ports where all of them are free, else new ones. For whoever is about to start the servers."""
    ports = kept_ports(config)
    if all(_is_free(port) for port in asdict(ports).values()):
        return ports
    with locked(config) as directory:
        return _choose_ports(directory / "ports.json")


def _choose_ports(path: Path) -> Ports:
    names = [field.name for field in fields(Ports)]
    chosen: dict[str, int] = {}
    for _ in range(_PORT_TRIES):
        port = _LOWEST_PORT + secrets.randbelow(_HIGHEST_PORT - _LOWEST_PORT + 1)
        if port not in chosen.values() and _is_free(port):
            chosen[names[len(chosen)]] = port
        if len(chosen) == len(names):
            break
    else:
        raise ConfigError(detail="no free ports on 127.0.0.1 for the embedded object store")
    ports = Ports(**chosen)
    _write(path, json.dumps(asdict(ports)))
    return ports


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port in TIME_WAIT is free
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _write(path: Path, text: str) -> None:
    """Whole or not at all, readable by this user only."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
