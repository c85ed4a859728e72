"""What a verifier will need to judge a certificate when its authority's servers are gone: its chain, and the
authority's own word that it was not revoked. Fetched once per certificate, from the addresses it names itself.
"""

# mypy: disable-error-code="no-untyped-call"
# pyHanko is typed in part only.

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError, RevokedError
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend
from pyhanko_certvalidator.fetchers.api import OwnedFetcherBackend
from pyhanko_certvalidator.path import ValidationPath

from digitize.errors import RevocationError, SigningError
from signing.trust import TrustRoots, parse_roots

FETCH_TIME_LIMIT_S = 30
"""Of one request. Vietnamese authorities' lists have been seen to take 10 s."""
KEPT_FOR = timedelta(hours=12)
"""Then the authority is asked again, however many papers the answer would still do for."""
ASKED_AGAIN_AFTER = timedelta(minutes=10)
"""By papers that an answer does not do for: all of a day wait for the same list."""


@dataclass(frozen=True, slots=True, repr=False)  # asyncio writes out what its tasks give back: 10 ms of lists
class Evidence:
    """On one certificate; each part in DER."""

    certificates: tuple[bytes, ...]
    """From the root down to the certificate itself; whoever reads an old list looks for its issuer among them."""
    ocsps: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    as_of: datetime | None
    """The oldest answer (aware) on it or an authority above it; None where the chain names no server to be asked."""
    ends: datetime
    """Aware time at which the first certificate of the chain runs out."""
    asked_at: datetime


class RevocationKeeper:
    """Asks each authority once and remembers. Not for several threads at once."""

    def __init__(self, trust_roots: TrustRoots) -> None:
        self._trust_roots = trust_roots
        self._kept: dict[bytes, Evidence] = {}

    async def gather(
        self, certificate: x509.Certificate, others: Iterable[x509.Certificate], since: datetime | None = None
    ) -> Evidence:
        """The evidence on a certificate as of now, or kept from before if it is newer than ``since`` (aware).

        ``since``: when it signed. An older answer, also one on an authority above it, proves nothing later on: EN
        319 102-1, 5.6.2.2 goes back to the time of the answer and would find no signature yet. ``others``:
        certificates that may lie between it and a root. Raises RevocationError where an answer is not to be had yet,
        SigningError where the certificate is revoked or leads to no trusted root.
        """
        own = certificate.dump()
        kept = self._kept.get(own)
        if kept is None or not self._still_does(kept, since):
            kept = self._kept[own] = await self._ask(certificate, others)
        if since is not None and kept.as_of is not None and kept.as_of < since.replace(microsecond=0):
            # Authorities write their lists every few hours or days; the next one will do.
            raise RevocationError(reason="list_older_than_signature")
        return kept

    def _still_does(self, kept: Evidence, since: datetime | None) -> bool:
        age = datetime.now(UTC) - kept.asked_at
        if since is not None and kept.as_of is not None and kept.as_of < since.replace(microsecond=0):
            return age < ASKED_AGAIN_AFTER
        return age < KEPT_FOR

    async def _ask(self, certificate: x509.Certificate, others: Iterable[x509.Certificate]) -> Evidence:
        now = datetime.now(UTC)
        context = ValidationContext(
            trust_roots=parse_roots(self._trust_roots),
            other_certs=list(others),
            allow_fetching=True,
            revocation_mode="hard-fail",
            fetcher_backend=OwnedFetcherBackend(AIOHttpFetcherBackend(per_request_timeout=FETCH_TIME_LIMIT_S)),
        )
        try:
            # What it was certified for is looked at where it signs and where signatures are verified.
            path = await CertificateValidator(certificate, validation_context=context).async_validate_path()
            return _evidence(path, context, now)
        except RevokedError:
            raise SigningError(reason="certificate_revoked") from None
        except PathBuildingError:
            raise SigningError(reason="certificate_leads_to_no_trusted_root") from None
        except PathValidationError as error:
            raise RevocationError(reason=type(error).__name__) from None
        finally:
            await context.aclose()


def _evidence(path: ValidationPath, context: ValidationContext, now: datetime) -> Evidence:
    certificates = tuple(path)
    ocsps, crls = tuple(context.ocsps), tuple(context.crls)
    said = [one["tbs_cert_list"]["this_update"].native for one in crls]
    for response in ocsps:
        said += [one["this_update"].native for one in response.basic_ocsp_response["tbs_response_data"]["responses"]]
    return Evidence(
        certificates=tuple(one.dump() for one in certificates),
        ocsps=tuple(one.dump() for one in ocsps),
        crls=tuple(one.dump() for one in crls),
        as_of=min((moment.astimezone(UTC) for moment in said), default=None),
        ends=min(one.not_valid_after for one in certificates[1:] or certificates).astimezone(UTC),  # a root is believed
        asked_at=now,
    )
