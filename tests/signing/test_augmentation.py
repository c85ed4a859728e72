"""A seal that is still good when its certificate, and that of its timestamp, ran out long ago."""

import asyncio
import subprocess
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
import time_machine
from asn1crypto import cms
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from digitize.config import Signing
from digitize.errors import RevocationError, SigningError, TimestampError
from signing.api import Preserved, Stamp
from signing.augmentation import PdfAugmenter
from signing.signer import open_signer
from signing.trust import parse_roots
from signing.verification import verify_pdf
from tests.pki.authority import Authority
from tests.signing.conftest import AGENCY, MakePaper, run_tool

Seal = Callable[..., Path]


def year(number: int, month: int = 6) -> datetime:
    return datetime(number, month, 1, tzinfo=UTC)


@pytest.fixture
def seal(authority: Authority, make_paper: MakePaper, tmp_path: Path, stamp: Stamp) -> Seal:
    """Seal a paper B-T with this key and timestamp server."""

    def do(key: str = "seal-of-two-years", tsa: str = "tsa-until-2031") -> Path:
        pkcs12_file, passphrase_file = authority.pkcs12(key)
        config = Signing(
            agency=AGENCY,
            pkcs12_file=pkcs12_file,
            pkcs12_passphrase_file=passphrase_file,
            trust_roots_file=authority.root_file(),
            tsa_url=authority.tsa(tsa),
        )
        path = tmp_path / f"{key}.pdf"
        open_signer(config, tmp_path / "secrets").sign_pdf(make_paper(), path, stamp)
        return path

    return do


def preserve(
    authority: Authority, path: Path, moment: datetime, tsa: str = "tsa-until-2031", name: str = "preserved.pdf"
) -> tuple[Path, Preserved]:
    """With the clocks of everybody at this time."""
    target = path.with_name(name)
    with time_machine.travel(moment):
        return target, PdfAugmenter(authority.tsa(tsa), 20, authority.roots).augment(path, target)


def soon() -> datetime:
    """When the authorities' daily lists are newer than what was signed now."""
    return datetime.now(UTC) + timedelta(days=2)


def verdicts(path: Path, authority: Authority, moment: datetime) -> list[tuple[str, str, str, str | None]]:
    with time_machine.travel(moment):
        report = verify_pdf(path, authority.roots)
    return [(one.level, one.changed_since, one.verdict, one.sub_indication) for one in report.signatures]


def test_it_outlives_its_certificates_until_2045(authority: Authority, seal: Seal) -> None:
    sealed = seal()
    assert [one[0] for one in verdicts(sealed, authority, soon())] == ["B-T"]

    first, preserved = preserve(authority, sealed, soon())
    assert preserved.ends == year(2031, 1)
    assert preserved.algorithm == "EC-secp256r1"
    assert first.read_bytes().startswith(sealed.read_bytes())

    second, renewed = preserve(authority, first, year(2030), "tsa-until-2040", "second.pdf")
    assert renewed.ends == year(2040, 1)
    third, renewed = preserve(authority, second, year(2039), "tsa-until-2050", "third.pdf")
    assert renewed.ends == year(2050, 1)

    for path, moments in (
        (first, (soon(), year(2028), year(2030))),
        (second, (year(2031), year(2039))),
        (third, (year(2040), year(2045))),
    ):
        for moment in moments:
            seen = verdicts(path, authority, moment)
            assert seen[0] == ("B-LTA", "allowed", "TOTAL-PASSED", None), (path.name, moment)
            assert all(one[2] == "TOTAL-PASSED" for one in seen), (path.name, moment)
    assert len(seen) == 4


def test_the_library_s_own_judge_of_archives_agrees(authority: Authority, seal: Seal) -> None:
    path, _ = preserve(authority, seal(), soon())
    spec = PdfSignatureValidationSpec(
        SignatureValidationSpec(
            CertValidationPolicySpec(
                trust_manager=SimpleTrustManager.build(trust_roots=parse_roots(authority.roots)),
                revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("soft-fail")),
            )
        )
    )
    with time_machine.travel(year(2028)), path.open("rb") as file:
        found = PdfFileReader(file).embedded_regular_signatures[0]
        assert asyncio.run(ades_lta_validation(found, spec)).ades_subindic is AdESPassed.OK


def test_what_was_not_renewed_in_time_is_no_longer_proved(authority: Authority, seal: Seal) -> None:
    first, _ = preserve(authority, seal(), soon())
    report = verify_pdf(first, authority.roots, moment=year(2033))
    assert report.verdict == "INDETERMINATE"
    bare = verify_pdf(seal(), authority.roots, moment=year(2033))
    assert (bare.verdict, bare.sub_indication) == ("INDETERMINATE", "OUT_OF_BOUNDS_NO_POE")


def test_a_chain_with_a_gap_is_refused(authority: Authority, seal: Seal) -> None:
    first, _ = preserve(authority, seal(), soon())
    with pytest.raises((RevocationError, SigningError)):
        preserve(authority, first, year(2033), "tsa-until-2040", "late.pdf")
    assert not first.with_name("late.pdf").exists()


def test_openssl_agrees(authority: Authority, seal: Seal, tmp_path: Path) -> None:
    path, _ = preserve(authority, seal(), soon())
    root = authority.root_file()
    with path.open("rb") as file:
        signatures = list(PdfFileReader(file).embedded_signatures)
        parts = [(one.sig_object_type, list(one.byte_range), bytes(one.pkcs7_content)) for one in signatures]
    assert [kind for kind, _, _ in parts] == ["/Sig", "/DocTimeStamp"]
    data = path.read_bytes()
    for kind, (first, length, second, rest), padded in parts:
        signed, der = tmp_path / "signed.bin", tmp_path / "cms.der"
        signed.write_bytes(data[first : first + length] + data[second : second + rest])
        der.write_bytes(cms.ContentInfo.load(padded).dump())
        if kind == "/Sig":
            run_tool(
                *("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", der, "-content", signed),
                *("-CAfile", root, "-purpose", "any", "-cades", "-out", "/dev/null"),
            )
        else:
            run_tool("openssl", "ts", "-verify", "-data", signed, "-in", der, "-token_in", "-CAfile", root)


def test_the_paper_reads_as_before(authority: Authority, seal: Seal) -> None:
    sealed = seal()
    path, _ = preserve(authority, sealed, soon())
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
    with pikepdf.open(sealed) as before, pikepdf.open(path) as after:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert after.docinfo["/Title"] == before.docinfo["/Title"]
        assert len(after.Root.DSS.Certs) >= 3
        assert len(after.Root.DSS.OCSPs) == 1
        assert len(after.Root.DSS.CRLs) >= 1


def test_a_revoked_seal_is_not_preserved(authority: Authority, seal: Seal) -> None:
    sealed = seal("revoked")
    with pytest.raises(SigningError, match="certificate_revoked"):
        preserve(authority, sealed, soon())
    assert not sealed.with_name("preserved.pdf").exists()


def test_an_answer_from_before_the_signature_says_nothing(authority: Authority, seal: Seal) -> None:
    sealed = seal()
    with pytest.raises(RevocationError, match="list_older_than_signature") as caught:
        preserve(authority, sealed, datetime.now(UTC) - timedelta(hours=2))
    assert caught.value.retryable


def test_a_server_nobody_trusts_stamps_nothing(authority: Authority, seal: Seal, tmp_path: Path) -> None:
    sealed = seal()
    augmenter = PdfAugmenter(authority.tsa("tsa"), 20, ())
    with time_machine.travel(soon()), pytest.raises(SigningError, match="no_trusted_root"):
        augmenter.augment(sealed, tmp_path / "preserved.pdf")


def test_a_server_that_is_away_leaves_nothing_behind(authority: Authority, seal: Seal, tmp_path: Path) -> None:
    sealed = seal()
    before = {path.name for path in tmp_path.iterdir()}
    augmenter = PdfAugmenter(authority.tsa("unknown"), 20, authority.roots)
    with time_machine.travel(soon()), pytest.raises(TimestampError):
        augmenter.augment(sealed, tmp_path / "preserved.pdf")
    assert {path.name for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("place", ["paper", "certificate", "signature", "end"])
def test_a_paper_changed_since_is_not_preserved(authority: Authority, seal: Seal, place: str) -> None:
    sealed = seal()
    data = bytearray(sealed.read_bytes())
    hole = data.index(b"/Contents <") + len(b"/Contents <")
    der = bytes.fromhex(data[hole : data.index(b">", hole)].decode())
    (signer,) = cms.ContentInfo.load(der)["content"]["signer_infos"]
    signature = hole + 2 * der.index(signer["signature"].native)
    at = {"paper": 600, "certificate": hole + 1_400, "signature": signature + 99, "end": -20}
    data[at[place]] ^= 1
    sealed.write_bytes(data)
    with pytest.raises((SigningError, RevocationError)):
        preserve(authority, sealed, soon())
    assert not sealed.with_name("preserved.pdf").exists()


def test_a_paper_without_signature_is_not_preserved(authority: Authority, make_paper: MakePaper) -> None:
    with pytest.raises(SigningError):
        preserve(authority, make_paper(), soon())


def test_what_is_added_behind_the_timestamp_is_seen(authority: Authority, seal: Seal) -> None:
    path, _ = preserve(authority, seal(), soon())
    with path.open("ab") as file:
        file.write(b"1 0 obj\n<<>>\nendobj\n")
    assert verify_pdf(path, authority.roots, moment=soon()).verdict == "TOTAL-FAILED"


@pytest.mark.parametrize("days", [2, 0], ids=["answered", "too early"])
def test_the_authority_is_asked_once_for_many_papers(
    authority: Authority, seal: Seal, tmp_path: Path, days: int
) -> None:
    sealed, moment, asked = seal(), datetime.now(UTC) + timedelta(days=days), []
    augmenter = PdfAugmenter(authority.tsa("tsa-until-2031"), 20, authority.roots)
    answer = authority.animator.serve_ocsp_response

    def counting(*arguments: object, **named: object) -> object:
        asked.append(arguments)
        return answer(*arguments, **named)

    authority.animator._handlers["ocsp"] = counting
    try:
        with time_machine.travel(moment):
            for number in range(5):
                with nullcontext() if days else pytest.raises(RevocationError):
                    augmenter.augment(sealed, tmp_path / f"{number}.pdf")
    finally:
        authority.animator._handlers["ocsp"] = answer
    assert len(asked) == 1
    made = [tmp_path / f"{number}.pdf" for number in range(5) if days]
    assert all(verdicts(path, authority, year(2029))[0][0] == "B-LTA" for path in made)
