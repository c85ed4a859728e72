"""Seals are made at the level configured or not at all, and other people's tools accept them."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import pikepdf
import pytest

from digitize.config import Signing
from digitize.errors import SigningError
from signing.api import Stamp
from signing.detached import DetachedChecker, signer_info
from signing.signer import PdfDocumentSigner, open_signer
from signing.verification import verify_detached, verify_pdf
from tests.pki.authority import Authority
from tests.signing.conftest import MakePaper, run_tool, split_signature

Outcome = TypeVar("Outcome")


def _verify_with_openssl(data: bytes, der: bytes, root: Path, directory: Path) -> None:
    (directory / "content").write_bytes(data)
    (directory / "signature.der").write_bytes(der)
    run_tool(
        *("openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", directory / "signature.der"),
        *("-content", directory / "content", "-CAfile", root, "-out", directory / "verified"),
    )


@pytest.mark.parametrize("level", ["B-B", "B-T"])
def test_a_seal_verifies_here_and_with_openssl(
    level: str,
    make_paper: MakePaper,
    stamp: Stamp,
    authority: Authority,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    signer = request.getfixturevalue("agency_signer" if level == "B-B" else "timestamping_signer")
    source, target = make_paper(), tmp_path / "signed.pdf"
    before = datetime.now(UTC) - timedelta(seconds=5)

    record = signer.sign_pdf(source, target, stamp)

    report = verify_pdf(target, authority.roots)
    assert report.verdict == "TOTAL-PASSED"
    assert report.signatures == (record,)
    assert (record.level, record.covers, record.changed_since) == (level, "whole_file", "no")
    assert record.signer == "Văn phòng thử nghiệm H99.01"
    assert record.signing_time == stamp.time.replace(microsecond=0)
    assert record.made_by == "digitize"
    if level == "B-T":
        assert record.timestamp_trusted
        assert record.timestamp_time is not None
        assert before <= record.timestamp_time <= datetime.now(UTC) + timedelta(seconds=5)
    else:
        assert record.timestamp_time is None
    _verify_with_openssl(*split_signature(target), authority.root_file(), tmp_path)


def test_a_seal_by_an_ec_key_verifies(
    make_paper: MakePaper, stamp: Stamp, authority: Authority, tmp_path: Path
) -> None:
    pkcs12_file, passphrase_file = authority.pkcs12("seal-ec")
    signer = open_signer(Signing(pkcs12_file=pkcs12_file, pkcs12_passphrase_file=passphrase_file), tmp_path)

    signer.sign_pdf(make_paper(), tmp_path / "signed.pdf", stamp)

    assert verify_pdf(tmp_path / "signed.pdf", authority.roots).verdict == "TOTAL-PASSED"
    _verify_with_openssl(*split_signature(tmp_path / "signed.pdf"), authority.root_file(), tmp_path)


def test_the_seal_certifies_that_nothing_may_change(
    make_paper: MakePaper, stamp: Stamp, development_signer: PdfDocumentSigner, tmp_path: Path
) -> None:
    source, target = make_paper(), tmp_path / "signed.pdf"

    development_signer.sign_pdf(source, target, stamp)

    assert target.read_bytes().startswith(source.read_bytes())
    with pikepdf.open(target) as signed, pikepdf.open(source) as unsigned:
        value = signed.Root.Perms.DocMDP
        assert value.Reference[0].TransformParams.P == 1
        assert value.SubFilter == pikepdf.Name("/ETSI.CAdES.detached")
        assert signed.Root.AcroForm.SigFlags == 3
        assert signed.Root.Metadata.read_bytes() == unsigned.Root.Metadata.read_bytes()
        assert dict(signed.docinfo) == dict(unsigned.docinfo)
    assert "Signature is Valid" in run_tool("pdfsig", target)
    run_tool("qpdf", "--check", target)


def test_no_stamp_leaves_the_page_as_it_was(
    make_paper: MakePaper, development_signer: PdfDocumentSigner, tmp_path: Path
) -> None:
    record = development_signer.sign_pdf(make_paper(), tmp_path / "signed.pdf", None)

    assert record.verdict == "TOTAL-PASSED"
    with pikepdf.open(tmp_path / "signed.pdf") as pdf:
        (annotation,) = pdf.pages[0].Annots
        assert [float(value) for value in annotation.Rect] == [0, 0, 0, 0]
    assert run_tool("pdftotext", tmp_path / "signed.pdf", "-").strip() == ""


def test_a_signed_paper_is_not_signed_again(
    make_paper: MakePaper, stamp: Stamp, development_signer: PdfDocumentSigner, tmp_path: Path
) -> None:
    signed, target = tmp_path / "signed.pdf", tmp_path / "again.pdf"
    development_signer.sign_pdf(make_paper(), signed, stamp)
    target.write_bytes(b"what was there")

    with pytest.raises(SigningError, match="source_already_signed"):
        development_signer.sign_pdf(signed, target, stamp)

    assert target.read_bytes() == b"what was there"


@pytest.mark.parametrize("content", [b"", b"no PDF at all", b"%PDF-1.7\n1 0 obj\n"])
def test_what_cannot_be_signed_leaves_nothing_behind(
    content: bytes, stamp: Stamp, development_signer: PdfDocumentSigner, tmp_path: Path
) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(content)

    with pytest.raises(SigningError):
        development_signer.sign_pdf(source, tmp_path / "signed.pdf", stamp)

    assert [path.name for path in tmp_path.iterdir()] == ["source.pdf"]


def test_threads_share_one_signer(
    make_paper: MakePaper, stamp: Stamp, timestamping_signer: PdfDocumentSigner, authority: Authority, tmp_path: Path
) -> None:
    source = make_paper()
    targets = [tmp_path / f"signed-{number}.pdf" for number in range(6)]

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda target: timestamping_signer.sign_pdf(source, target, stamp), targets))

    assert {verify_pdf(target, authority.roots).verdict for target in targets} == {"TOTAL-PASSED"}


def test_a_forked_process_signs_with_the_key_of_its_parent(
    make_paper: MakePaper, secrets_dir: Path, development_signer: PdfDocumentSigner, tmp_path: Path
) -> None:
    code = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from digitize.config import Signing
from signing.api import Stamp
from signing.detached import DetachedChecker, signer_info
from signing.signer import open_signer
secrets, source, target = (Path(argument) for argument in sys.argv[1:])
signer = open_signer(Signing(), secrets)
stamp = Stamp("SAO Y", "XÃ THỬ NGHIỆM", datetime.now(UTC))
signer.sign_pdf(source, target.with_suffix(".parent"), stamp)
child = os.fork()
if child == 0:
    signer.sign_pdf(source, target, stamp)
    os._exit(0)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    target = tmp_path / "forked.pdf"

    subprocess.run([sys.executable, "-c", code, secrets_dir, make_paper(), target], check=True, timeout=60)

    assert verify_pdf(target, development_signer._trust_roots).verdict == "TOTAL-PASSED"


def test_signing_works_where_an_event_loop_runs(
    make_paper: MakePaper, stamp: Stamp, development_signer: PdfDocumentSigner, tmp_path: Path
) -> None:
    async def sign() -> str:
        return development_signer.sign_pdf(make_paper(), tmp_path / "signed.pdf", stamp).verdict

    assert asyncio.run(sign()) == "TOTAL-PASSED"


@pytest.mark.parametrize("fixture", ["agency_signer", "timestamping_signer"])
def test_a_detached_signature_verifies_here_and_with_openssl(
    fixture: str, authority: Authority, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    signer: PdfDocumentSigner = request.getfixturevalue(fixture)
    data = '{"họ tên": "Trần Thị Thử Nghiệm"}\n'.encode()

    der = signer.sign_detached(data)

    _verify_with_openssl(data, der, authority.root_file(), tmp_path)
    record = verify_detached(data, der, authority.roots)
    assert (record.verdict, record.level) == ("TOTAL-PASSED", signer.diagnostics()["level"])
    assert verify_detached(data, der, ()).sub_indication == "NO_CERTIFICATE_CHAIN_FOUND"
    changed = verify_detached(data + b" ", der, authority.roots)
    assert (changed.verdict, changed.sub_indication) == ("TOTAL-FAILED", "HASH_FAILURE")
    assert verify_detached(data, der[:-40], authority.roots).verdict == "TOTAL-FAILED"
    assert verify_detached(data, b"", authority.roots).verdict == "TOTAL-FAILED"


def test_diagnostics_name_key_and_font_but_no_path_or_password(
    sealing: Signing, development_signer: PdfDocumentSigner, tmp_path: Path
) -> None:
    config = sealing.model_copy(update={"tsa_url": "http://user:secret@127.0.0.1:1/tsa"})

    found = open_signer(config, tmp_path).diagnostics()

    assert found["subject"] == "Văn phòng thử nghiệm H99.01"
    assert found["issuer"] == "CA cấp chứng thư thử nghiệm"
    assert found["algorithm"] == "RSA-2048 with sha256"
    assert found["not_after"] == "2048-01-01T00:00:00+00:00"
    assert (found["development"], found["level"], found["tsa"]) == ("no", "B-T", "127.0.0.1")
    assert int(found["days_left"]) > 30
    assert "secret" not in str(found)
    assert str(tmp_path) not in str(found)
    assert development_signer.diagnostics()["development"] == "yes"


def test_an_agency_whose_root_is_not_installed_here_still_seals_and_the_record_says_so(
    make_paper: MakePaper, stamp: Stamp, sealing: Signing, tmp_path: Path
) -> None:
    signer = open_signer(sealing.model_copy(update={"trust_roots_file": None}), tmp_path)

    record = signer.sign_pdf(make_paper(), tmp_path / "signed.pdf", stamp)

    assert record.intact
    assert (record.verdict, record.sub_indication) == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND")
    assert record.made_by == "digitize"


@pytest.mark.parametrize("fixture", ["agency_signer", "timestamping_signer"])
def test_the_signers_part_of_a_detached_signature_suffices_once_its_certificate_was_believed(
    request: pytest.FixtureRequest, fixture: str, authority: Authority
) -> None:
    signer: PdfDocumentSigner = request.getfixturevalue(fixture)
    ours, anothers = (signer.sign_detached(data) for data in (b"ours", b"another's"))
    checker = DetachedChecker(authority.roots)
    assert not checker.holds_by(b"ours", signer_info(ours)), "no certificate was seen"
    assert checker.holds(b"another's", anothers)
    assert checker.holds_by(b"ours", signer_info(ours))
    assert len(signer_info(ours)) < len(ours) / 2
    for data, part in (
        (b"ours", signer_info(anothers)),
        (b"anothers", signer_info(ours)),
        (b"ours", signer_info(ours)[:-1]),
        (b"ours", signer_info(ours)[:-1] + b"\0"),
        (b"ours", b""),
        (b"ours", ours),
    ):
        assert not checker.holds_by(data, part)


def at_once(calls: list[Callable[[], Outcome]]) -> list[Outcome]:
    together = threading.Barrier(len(calls))

    def wait_and_call(call: Callable[[], Outcome]) -> Outcome:
        together.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(wait_and_call, calls))


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads take turns at every instruction, or nearly."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("restless")
def test_threads_that_sign_and_judge_side_by_side_all_do_it_right(
    sealing: Signing, authority: Authority, tmp_path: Path
) -> None:
    papers = [str(number).encode() for number in range(8)]

    for _ in range(10):
        signer, checker = open_signer(sealing, tmp_path), DetachedChecker(authority.roots)
        signatures = at_once([partial(signer.sign_detached, paper) for paper in papers])
        held = at_once([partial(checker.holds, *both) for both in zip(papers, signatures, strict=True)])
        assert held == [True] * len(papers)


def test_the_signers_part_is_nothing_by_a_certificate_that_is_not_believed(
    agency_signer: PdfDocumentSigner,
) -> None:
    signature = agency_signer.sign_detached(b"ours")
    checker = DetachedChecker(())
    assert not checker.holds(b"ours", signature)
    assert not checker.holds_by(b"ours", signer_info(signature))


def test_what_was_prepared_without_room_for_a_timestamp_is_prepared_anew(
    sealing: Signing, make_paper: MakePaper, stamp: Stamp, tmp_path: Path
) -> None:
    """The server was configured while a paper waited for whoever signs it."""
    plain = open_signer(sealing.model_copy(update={"tsa_url": None}), tmp_path)
    timed = open_signer(sealing.model_copy(update={"tsa_url": "http://127.0.0.1:9/"}), tmp_path)
    without = plain.prepare(make_paper(), tmp_path / "without.pdf", stamp)
    within = timed.prepare(make_paper(), tmp_path / "within.pdf", stamp)
    assert [one.can_complete(without) for one in (plain, timed)] == [True, False]
    assert [one.can_complete(within) for one in (plain, timed)] == [True, True]
