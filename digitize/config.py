"""Configuration: frozen, loaded once at the entry point, passed on by section; unknown keys are refused.

Order, later wins: defaults, ``digitize.toml`` (or the file named by ``DIGITIZE_CONFIG``), environment
variables ``DIGITIZE_<SECTION>__<KEY>``. Units stand in the names. Secrets are files under
``data_dir/secrets`` or environment variables, never arguments.
"""

import os
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    IPvAnyNetwork,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from digitize.errors import ConfigError

CONFIG_FILE_VARIABLE = "DIGITIZE_CONFIG"
DEFAULT_CONFIG_FILE = "digitize.toml"


Count = Annotated[int, Field(ge=1)]
Years = Annotated[int, Field(ge=1, le=100)]
TypeCode = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,64}$")]
Port = Annotated[int, Field(ge=1, le=65_535)]
Dpi = Annotated[int, Field(ge=100, le=1_200)]
Share = Annotated[float, Field(ge=0, le=1)]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Printed = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
UnitCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$", max_length=64)]
"""As in the first folder of the inbox; the code of Decision 20/2020 such as ``H99.01``."""

Level = Literal["ministry", "province", "district", "commune"]
"""Of an office; districts (huyện) ended on 2025-06-30."""


def _check_code(template: str) -> str:
    names = ("owner_id", "dossier", "procedure", "component", "document_type")
    try:
        one, other = (template.format(**dict.fromkeys(names, "x"), serial=serial) for serial in (1, 2))
    except (KeyError, IndexError, ValueError, AttributeError):
        raise ValueError(f"made of {', '.join(names)} and serial, each in braces") from None
    if one == other:
        raise ValueError("a code needs its {serial}: two papers would have the same")
    return template


ComponentCode = Annotated[str, AfterValidator(_check_code)]


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Limits(Section):
    """What an input may cost; beyond it the input is refused, never the machine taken down."""

    max_input_mib: Count = 512
    max_pages: Count = 1_000
    max_page_megapixels: Count = 150
    """A0 at 300 dpi is 139; 1,200 dpi A4 is 139."""
    page_time_limit_s: Count = 120
    """Wall time of any one subprocess on one page."""
    job_time_limit_s: Count = 3_600
    job_memory_mib: Count = 4_096
    subprocess_memory_mib: Count = 2_048


class Recognition(Section):
    recognizer: Literal["tesserocr", "pytesseract"] | None = None
    """Reads the pages; None: tesserocr where it is installed (`pip install "digitize[fast]"`), else pytesseract."""
    language: Printed = "vie"
    render_dpi: Dpi = 300
    """Resolution at which pages are rendered that are not one image already (Decree 30/2020: at least 200)."""
    pages_in_parallel: Count = Field(default_factory=lambda: os.cpu_count() or 1)
    """Of one document in one process; the page ranges of a large one share it among the workers."""


class Extraction(Section):
    accepted_error_rate_max: Share = 0.005
    """Of the fields accepted without a person, the share that may be wrong; what is less sure waits for a reviewer.
    Each field has a bar of its own, from how often it was wrong on papers of known text: 0.998 may be too little for
    one field where 0.97 is enough for another. Told apart are 1, 2 and 5 of 10,000, of 1,000, of 100 and of 10; a share
    in between counts as the next lower.
    """


class Officer(Section):
    """A person who signs what they scanned, before the agency does: at the top left of page 1 (Circular 01/2023)."""

    unit: UnitCode | None = None
    """None: of every unit that has no officer of its own."""
    role: Literal["component", "result"] | None = None
    """Of the papers they sign; None: both."""
    pkcs12_file: Path
    pkcs12_passphrase_file: Path | None = None
    alone: bool = False
    """The agency puts no seal of its own behind it."""


class Signing(Section):
    """Who seals the digitized copy, and how (Decree 30/2020, App. I, part II.I)."""

    agency: Printed = "CƠ QUAN THỬ NGHIỆM"
    copy_form: Literal["SAO Y", "SAO LỤC", "TRÍCH SAO"] = "SAO Y"
    pkcs12_file: Path | None = None
    """Key and certificate; None: a development CA made on first start, marked as such in every stamp."""
    pkcs12_passphrase_file: Path | None = None
    pkcs11_module: Path | None = None
    """Library of a token or HSM (PKCS#11), in place of pkcs12_file."""
    pkcs11_token: str = ""
    """Label of the token."""
    pkcs11_key: str = ""
    """Label of the key in it."""
    pkcs11_pin_file: Path | None = None
    """The token's PIN. One that was refused is not tried again until the file is changed."""
    certificate_file: Path | None = None
    """PEM: the certificate of the key in the token or with the service, and those between it and the root."""
    csc_url: str | None = None
    """Signing service after the Cloud Signature Consortium's API v1, in place of pkcs12_file; up to before ``/csc``."""
    csc_credential: str = ""
    """Id of the key at the service."""
    csc_token_file: Path | None = None
    """Access token for the service."""
    csc_pin_file: Path | None = None
    """PIN of the credential, where it asks for one."""
    smartca_url: str | None = None
    """VNPT SmartCA, up to before ``/csc``: a person seals each paper on the phone, in place of the key of
    pkcs12_file, which goes on to sign the records beside the papers.
    """
    smartca_credential: str = ""
    """Id of the signer's key at the service."""
    smartca_token_file: Path | None = None
    """Access token for the service; read anew for each question, so that it may be renewed."""
    officers: tuple[Officer, ...] = ()
    """Scanning officers: `[[signing.officers]]`. Of several that fit a paper, the one who names its unit signs it, then
    the one who names its role.
    """
    tsa_url: str | None = None
    """RFC 3161 server; None: PAdES B-B, else B-T."""
    tsa_time_limit_s: Count = 180
    """The government's server has been seen to take 2 to 131 s."""
    tsa_connections: Count = 2
    """Papers that may wait for the timestamp server, or ask after a person's signature, at once; each has a worker of
    its own, beside workers.count.
    """
    preservation_grace_h: int = Field(default=24, ge=0)
    """After publication, until evidence and a document timestamp are put behind the seal (PAdES B-LTA; needs tsa_url):
    a revocation may become known a day late.
    """
    renewal_ahead_days: Count = 180
    """Before the certificate of a document timestamp runs out, until the next one is put behind it."""
    preservations_per_minute: Count = 120
    """At most, of all workers together, so that a whole archive's renewal leaves room for the day's papers."""
    trust_roots_file: Path | None = None
    """PEM roots that `digitize verify` trusts besides the development CA."""
    stamp_font_file: Path | None = None
    """TrueType with all Vietnamese letters; None: the first known one found."""

    @property
    def waits(self) -> bool:
        """Whether sealing may wait for others: a timestamp server, or the person who signs."""
        return self.tsa_url is not None or self.smartca_url is not None


class Station(Section):
    """A scanning counter; its key may write the unit's own part of the inbox only."""

    unit: UnitCode
    name: str = ""


class Storage(Section):
    endpoint: str | None = None
    """host:port of an S3 service; None: the embedded SeaweedFS. Its buckets must exist; inbox and archive must keep
    versions, or scans get lost, and the archive must have object lock where retention.years is set. `digitize up`
    switches on what its key may, and refuses to start where that is not enough.
    """
    public_endpoint: str | None = None
    """host:port under which portals reach it, as written into links; None: the same."""
    secure: bool = False
    region: str = "us-east-1"
    access_key: str | None = None
    secret_key: str | None = None
    inbox_bucket: str = "inbox"
    archive_bucket: str = "archive"
    work_bucket: str = "work"
    database_url: str | None = None
    """SQLAlchemy URL; None: SQLite in the data directory."""
    catalogue_key_file: Path | None = None
    """32 random bytes that hide persons in the catalogue; hosts that share a database share it. None: made on first
    start in the secrets directory. Keep a copy: without it the database cannot be read, only made again by `digitize
    reindex`.
    """
    link_lifetime_s: Count = 300
    component_code: ComponentCode = "{owner_id}.{procedure}.{component}.{serial:02d}"
    """Code of a digitized component, from owner_id, dossier, procedure, component, document_type and serial; those that
    are not known are left empty. A result's is its dossier's with -KQ1, -KQ2 … (Decree 45/2020, Art. 14).
    """


class Retention(Section):
    """For how long nobody can delete what is published: object lock of the archive bucket, in compliance mode."""

    years: dict[TypeCode, Years | Literal["permanent"]] = {}
    """From publication, by type of paper: `birth_certificate = "permanent"`, `application_form = 10`. Types not named
    are not locked. What is published already keeps the period it has, whatever is changed here.
    """


class Targets(Section):
    """What share of dossiers has to be digitized, by level of the office (`ministry`, `province`, `district` or
    `commune`): `components = { province = 0.95 }`.
    """

    components: dict[Level, Share] = {}
    """Of those received, by whose components that must be digitized (Circular 01/2023, Art. 4) are."""
    results: dict[Level, Share] = {}
    """Of those resolved, by whose result is."""


class Workers(Section):
    count: Count = Field(default_factory=lambda: os.cpu_count() or 1)
    redis_url: str | None = None
    """None: the embedded Redis on a private unix socket."""
    max_attempts: Count = 3
    retry_first_delay_s: Count = 5
    lease_s: Count = 60
    poll_s: Seconds = 0.5


class Service(Section):
    host: str = "127.0.0.1"
    port: Port = 8080
    processes: Count = Field(default_factory=lambda: os.cpu_count() or 1)
    """That answer on the port, side by side: one interpreter keeps one core busy."""
    max_upload_mib: Count = 64
    """Of a PDF whose signatures are to be verified; what is uploaded to be digitized may have limits.max_input_mib."""
    upload_lifetime_h: Count = 72
    """Until an upload that was begun and not completed is forgotten."""
    requests_per_minute: Count = 12_000
    """Of one key; beyond it the answer is 429 for a while. Each process counts its own share."""
    oauth_issuer: Printed | None = None
    """Authorization server whose access tokens (JWT) stand for a key, its ``iss``; None: keys only."""
    oauth_audience: Printed = "digitize"
    """What a token has to be for, its ``aud``."""
    oauth_keys: Printed | None = None
    """Public keys of the server (JWKS): an https address, or a file."""
    certificate_header: Printed | None = None
    """In which a proxy names who called by TLS (mutual TLS): ``Client-Cert`` (RFC 9440), or an escaped PEM."""
    proxies: tuple[IPvAnyNetwork, ...] = ()
    """Addresses of proxies that are believed about it, such as ``10.0.0.5/32``."""
    webhook_hosts: tuple[Printed, ...] = ()
    """Hosts that notices may be sent to (webhooks); none: nobody is told anything."""


def _data_home() -> Path:
    """Where a user's programs keep data (XDG Base Directory): keys must not fall into whatever folder is current."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


class Config(BaseSettings):
    model_config = SettingsConfigDict(frozen=True, extra="forbid", env_prefix="DIGITIZE_", env_nested_delimiter="__")

    data_dir: Path = Field(default_factory=lambda: _data_home() / "digitize")
    limits: Limits = Limits()
    recognition: Recognition = Recognition()
    extraction: Extraction = Extraction()
    signing: Signing = Signing()
    storage: Storage = Storage()
    retention: Retention = Retention()
    targets: Targets = Targets()
    workers: Workers = Workers()
    service: Service = Service()
    stations: tuple[Station, ...] = ()

    @model_validator(mode="after")
    def _agree(self) -> Self:
        units = [station.unit for station in self.stations]
        if len(set(units)) < len(units):
            raise ValueError("stations: every unit has one station; a unit is named twice")
        buckets = (self.storage.inbox_bucket, self.storage.archive_bucket, self.storage.work_bucket)
        if len(set(buckets)) < len(buckets):
            raise ValueError("storage: inbox, archive and work are three buckets, not one")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        path = Path(os.environ.get(CONFIG_FILE_VARIABLE, DEFAULT_CONFIG_FILE))
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=path))

    @property
    def secrets_dir(self) -> Path:
        return self.data_dir / "secrets"


def load_config(**overrides: object) -> Config:
    """Load the configuration; ``overrides`` win over file and environment.

    Raises ConfigError, which names the key and, for an unknown one, the keys that exist.
    """
    named = os.environ.get(CONFIG_FILE_VARIABLE)
    if named and not Path(named).is_file():
        raise ConfigError(detail=f"{CONFIG_FILE_VARIABLE} names {named}, which is not there")
    try:
        return Config(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise ConfigError(detail="; ".join(_explain(dict(e)) for e in error.errors())) from None
    except ValueError as error:  # a TOML syntax error
        raise ConfigError(detail=f"{named or DEFAULT_CONFIG_FILE}: {error}") from None


def _explain(error: dict[str, object]) -> str:
    location = tuple(error["loc"]) if isinstance(error["loc"], tuple) else ()
    key = ".".join(str(part) for part in location)
    if error["type"] != "extra_forbidden":
        message = str(error["msg"]).removeprefix("Value error, ")
        return f"{key}: {message}" if key else message
    model: type[BaseModel] = Config
    for part in location[:-1]:
        inner = model.model_fields[str(part)].annotation if str(part) in model.model_fields else None
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            break
        model = inner
    return f"{key} is unknown; known are {', '.join(sorted(model.model_fields))}"
