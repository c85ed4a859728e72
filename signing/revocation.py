"""What a verifier will need to judge a certificate when its authority's servers are gone: its chain, and the authority's
own word that it was not revoked. Fetched once per certificate, from the addresses the certificate itself names.
"""

# mypy: disable-error-code="no-untyped-call"
# pyHanko is typed in part only.

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError, RevokedError
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend
from pyhanko_certvalidator.fetchers.api import OwnedFetcherBackend
from pyhanko_certvalidator.path import ValidationPath

from digitize.errors import RevocationError, SigningError
from signing.trust import TrustRoots

FETCH_TIME_LIMIT_S = 30
"""Of one request. Vietnamese authorities' lists have been seen to take 10 s."""
KEPT_FOR = timedelta(hours=12)
"""Then the authority is asked again, however many papers the answer would still do for."""

Clock = Callable[[], datetime]
"""Gives the time now, aware."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """On one certificate."""

    certificates: tuple[x509.Certificate, ...]
    """From the one below the root down to the certificate itself."""
    ocsps: tuple[ocsp.OCSPResponse, ...]
    crls: tuple[crl.CertificateList, ...]
    as_of: datetime | None
    """When its authority answered (aware); None where the certificate names no server that could be asked."""
    ends: datetime
    """Aware time at which the first certificate of the chain runs out."""
    asked_at: datetime


class RevocationKeeper:
    """Asks each authority once and remembers. Not for several threads at once."""

    def __init__(self, trust_roots: TrustRoots, clock: Clock) -> None:
        self._trust_roots = trust_roots
        self._clock = clock
        self._kept: dict[bytes, Evidence] = {}

    async def gather(
        self, certificate: x509.Certificate, others: Iterable[x509.Certificate], since: datetime | None = None
    ) -> Evidence:
        """The evidence on a certificate as of now, or kept from before if it is newer than ``since`` (aware).

        ``since``: when it signed, for an older answer would not tell whether it had been revoked by then. ``others``:
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
        if self._clock() - kept.asked_at > KEPT_FOR:
            return False
        return since is None or kept.as_of is None or kept.as_of >= since

    async def _ask(self, certificate: x509.Certificate, others: Iterable[x509.Certificate]) -> Evidence:
        now = self._clock()
        context = ValidationContext(
            trust_roots=list(self._trust_roots),
            other_certs=list(others),
            moment=now,
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
    certificates = tuple(path)[1:] or tuple(path)  # a root that signs itself
    own = certificates[-1]
    ocsps, crls = tuple(context.ocsps), tuple(context.crls)
    said = [_said_at(one, own) for one in ocsps]
    said += [one["tbs_cert_list"]["this_update"].native for one in crls if one.issuer == own.issuer]
    return Evidence(
        certificates=certificates,
        ocsps=ocsps,
        crls=crls,
        as_of=max((moment.astimezone(UTC) for moment in said if moment), default=None),
        ends=min(one.not_valid_after for one in certificates).astimezone(UTC),
        asked_at=now,
    )


def _said_at(response: ocsp.OCSPResponse, certificate: x509.Certificate) -> datetime | None:
    """When this was said of the certificate; None where it is about another."""
    for answer in response.basic_ocsp_response["tbs_response_data"]["responses"]:
        if answer["cert_id"]["serial_number"].native == certificate.serial_number:
            said: datetime = answer["this_update"].native
            return said
    return None
