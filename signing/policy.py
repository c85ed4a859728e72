"""Who signs a paper, in which order: the officer who scanned it, the agency, or both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from digitize.config import Officer, Signing
from digitize.model import Role
from signing.api import DocumentSigner, Turn
from signing.keys.pkcs12 import open_pkcs12
from signing.signer import open_signer, open_signer_with


@dataclass(frozen=True, slots=True)
class Step:
    who: Literal["officer", "agency"]
    signer: DocumentSigner
    turn: Turn


class SigningPolicy:
    """Every key is opened and checked before the first paper."""

    def __init__(self, agency: DocumentSigner, officers: Mapping[Officer, DocumentSigner]) -> None:
        self.agency = agency
        """Signs the records too."""
        self._officers = officers

    def everybody(self) -> Sequence[DocumentSigner]:
        """The agency first."""
        return (self.agency, *self._officers.values())

    def steps(self, unit: str | None, role: Role) -> Sequence[Step]:
        fitting = [one for one in self._officers if one.unit in {unit, None} and one.role in {role, None}]
        if not fitting:
            return (Step("agency", self.agency, Turn.ONLY),)
        officer = max(fitting, key=lambda one: (one.unit is not None, one.role is not None))
        signer = self._officers[officer]
        if officer.alone:
            return (Step("officer", signer, Turn.ONLY),)
        return Step("officer", signer, Turn.FIRST), Step("agency", self.agency, Turn.LAST)


def open_policy(config: Signing, secrets_dir: Path) -> SigningPolicy:
    """Raises ConfigError, SigningError."""
    agency = open_signer(config, secrets_dir)
    officers = {
        officer: open_signer_with(open_pkcs12(officer.pkcs12_file, officer.pkcs12_passphrase_file), config, secrets_dir)
        for officer in config.officers
    }
    return SigningPolicy(agency, officers)
