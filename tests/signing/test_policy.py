"""Who signs what: the officer at the left, the agency at the right, each in their turn, and nothing after them."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pikepdf
import pytest
import time_machine
from PIL import Image

from digitize.config import Officer, Signing
from digitize.errors import ConfigError, SigningError
from signing.api import Stamp, Turn
from signing.augmentation import PdfAugmenter
from signing.policy import SigningPolicy, open_policy
from signing.verification import verify_pdf
from tests.pki.authority import Authority
from tests.signing.conftest import AGENCY, MakePaper

AT = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


def officer(authority: Authority, **place: object) -> Officer:
    pkcs12_file, passphrase_file = authority.pkcs12("officer")
    return Officer.model_validate({"pkcs12_file": pkcs12_file, "pkcs12_passphrase_file": passphrase_file, **place})


@pytest.fixture
def both(sealing: Signing, authority: Authority, tmp_path: Path) -> SigningPolicy:
    return open_policy(sealing.model_copy(update={"officers": (officer(authority),)}), tmp_path / "secrets")


def sign_all(policy: SigningPolicy, source: Path, unit: str | None = None) -> Path:
    path, steps = source, policy.steps(unit, "component")
    following = policy.agency.lines(Stamp("SAO Y", AGENCY, AT))
    for number, step in enumerate(steps):
        left = step.who == "officer"
        stamp = Stamp("" if left else "SAO Y", step.signer.name if left else AGENCY, AT, left=left)
        prepared, target = source.with_name(f"prepared{number}.pdf"), source.with_name(f"signed{number}.pdf")
        preparation = step.signer.prepare(path, prepared, stamp, step.turn, following)
        signature = step.signer.sign(preparation, "paper", None).signature
        assert signature is not None
        step.signer.complete(prepared, preparation, signature, target)
        path = target
    return path


def test_officer_and_agency_sign_one_after_the_other(
    both: SigningPolicy, make_paper: MakePaper, authority: Authority
) -> None:
    source = make_paper()
    path = sign_all(both, source)
    assert path.read_bytes().startswith(source.read_bytes())
    report = verify_pdf(path, authority.roots)
    assert report.verdict == "TOTAL-PASSED"
    assert [(one.field, one.signer, one.changed_since, one.made_by) for one in report.signatures] == [
        ("DigitizeOfficer", "NGUYỄN VĂN QUÉT", "allowed", "digitize"),
        ("DigitizeSeal", "Văn phòng thử nghiệm H99.01", "no", "digitize"),
    ]
    with pikepdf.open(path) as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        assert int(fields["DigitizeOfficer"].V.Reference[0].TransformParams.P) == 2
        assert "/Reference" not in fields["DigitizeSeal"].V
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)


def test_name_and_time_stand_at_the_left_and_the_agency_at_the_right(
    both: SigningPolicy, make_paper: MakePaper, tmp_path: Path
) -> None:
    path = sign_all(both, make_paper())
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True)
    text = done.stdout.splitlines()
    assert text[0].strip().startswith("NGUYỄN VĂN QUÉT")
    assert "SAO Y" in text[0]
    assert text[1].strip().startswith("2026-11-26T15:00:00+07:00")
    subprocess.run(["pdftoppm", "-r", "50", "-gray", "-singlefile", path, tmp_path / "page"], check=True)
    ink = np.asarray(Image.open(tmp_path / "page.pgm")) < 128
    top = ink[: ink.shape[0] // 8]
    middle = top.shape[1] // 2
    assert top[:, : middle - 20].any()
    assert top[:, middle + 20 :].any()
    assert not top[:, middle - 10 : middle + 10].any()


def test_an_officer_may_sign_alone(
    sealing: Signing, make_paper: MakePaper, authority: Authority, tmp_path: Path
) -> None:
    config = sealing.model_copy(update={"officers": (officer(authority, alone=True),)})
    path = sign_all(open_policy(config, tmp_path / "secrets"), make_paper())
    report = verify_pdf(path, authority.roots)
    assert [one.field for one in report.signatures] == ["DigitizeOfficer"]
    with pikepdf.open(path) as pdf:
        assert int(pdf.Root.AcroForm.Fields[0].V.Reference[0].TransformParams.P) == 1


def test_the_officer_who_fits_best_signs(sealing: Signing, authority: Authority, tmp_path: Path) -> None:
    officers = (
        officer(authority, role="component"),
        officer(authority, unit="H99.01", alone=True),
        officer(authority, unit="H99.02", role="result", alone=True),
    )
    policy = open_policy(sealing.model_copy(update={"officers": officers}), tmp_path / "secrets")

    def turns(unit: str | None, role: str) -> list[tuple[str, Turn]]:
        return [(step.who, step.turn) for step in policy.steps(unit, role)]  # type: ignore[arg-type]

    assert turns("H99.01", "component") == [("officer", Turn.ONLY)]
    assert turns("H99.02", "component") == [("officer", Turn.FIRST), ("agency", Turn.LAST)]
    assert turns("H99.02", "result") == [("officer", Turn.ONLY)]
    assert turns(None, "result") == [("agency", Turn.ONLY)]


def test_nobody_else_signs_behind_them(both: SigningPolicy, make_paper: MakePaper, tmp_path: Path) -> None:
    path = sign_all(both, make_paper())
    for turn in Turn:
        with pytest.raises(SigningError, match="source_already_signed"):
            both.agency.prepare(path, tmp_path / "again.pdf", None, turn)
    with pytest.raises(SigningError, match="source_already_signed"):
        both.agency.prepare(make_paper("unsigned.pdf"), tmp_path / "again.pdf", None, Turn.LAST)


def test_an_officer_without_a_key_shows_before_the_first_paper(sealing: Signing, tmp_path: Path) -> None:
    nobody = Officer(pkcs12_file=tmp_path / "none.p12")
    with pytest.raises(ConfigError):
        open_policy(sealing.model_copy(update={"officers": (nobody,)}), tmp_path / "secrets")


def test_both_are_preserved_together(
    sealing: Signing, make_paper: MakePaper, authority: Authority, tmp_path: Path
) -> None:
    tsa = authority.tsa("tsa-until-2031")
    config = sealing.model_copy(update={"officers": (officer(authority),), "tsa_url": tsa})
    path, target = sign_all(open_policy(config, tmp_path / "secrets"), make_paper()), tmp_path / "preserved.pdf"
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2)):
        PdfAugmenter(tsa, 20, authority.roots).augment(path, target)
    with time_machine.travel(datetime(2030, 1, 1, tzinfo=UTC)):
        report = verify_pdf(target, authority.roots)
    assert [(one.level, one.verdict) for one in report.signatures] == [
        ("B-LTA", "TOTAL-PASSED"),
        ("B-LTA", "TOTAL-PASSED"),
        ("ETSI.RFC3161", "TOTAL-PASSED"),
    ]
