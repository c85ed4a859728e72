"""`make bench-signing`: what a seal costs, and one that lasts (B-LTA), beside pyHanko as its documentation has it and
beside what cannot be saved.

All of it in one process, so on one core; CPU time. The floor is a raw RSA signature, the hash of the file, and reading
and writing it once.
"""

# mypy: disable-error-code="no-untyped-call"
# pyHanko is typed in part only.

import hashlib
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import img2pdf
import numpy as np
import time_machine
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.stamp import TextStampStyle

from digitize.config import Signing
from signing.api import Stamp
from signing.augmentation import PdfAugmenter
from signing.keys.choice import load_signing_key
from signing.keys.development_ca import PASSPHRASE_FILE, PKCS12_FILE, ensure_development_ca
from signing.signer import open_signer
from tests.benchmarks.figures import Figure, report
from tests.pki.authority import running_authority

REPEATS = int(os.environ.get("REPEATS", "5"))
PAPERS = int(os.environ.get("PAPERS", "40"))
"""Signed in one turn."""
PAPER_BYTES, LARGE_MIB = 200_000, 150
AGENCY = "ỦY BAN NHÂN DÂN XÃ THỬ NGHIỆM"


def main() -> None:
    with TemporaryDirectory(prefix="digitize-bench-") as name:
        folder = Path(name)
        paper = write_paper(folder / "paper.pdf", PAPER_BYTES)
        secrets = folder / "secrets"
        signer = open_signer(Signing(), secrets)
        key = load_signing_key(Signing(), secrets)
        work: dict[str, Callable[[], object]] = {
            "sealed": lambda: signer.sign_pdf(paper, folder / "sealed.pdf", stamp()),
            "pyHanko": partial(sign_as_documented, paper, folder / "documented.pdf", ensure_development_ca(secrets)),
            "floor": lambda: do_least(paper, folder / "copy.pdf", key.sign),
        }
        spent_s: dict[str, list[float]] = {name: [] for name in work}
        for turn in range(REPEATS + 1):  # in turns, so that a busy moment of the machine meets all
            for title, once in work.items():
                seconds = measure(once, PAPERS if title != "pyHanko" else max(1, PAPERS // 8))
                if turn:  # the first fills caches
                    spent_s[title].append(seconds)
        sealed, documented, floor = (median(spent_s[title]) for title in work)
        lasting = measure_lasting(paper, folder / "lasting")
        large = write_large(folder / "large.pdf")
        grown_mib = measure_memory(large, folder, secrets)
    how = f"{key.algorithm}, {paper_size(PAPER_BYTES)}, visible stamp, median of {REPEATS} × {PAPERS}"
    report(
        "signing",
        [
            Figure("B-B, one core", 1 / sealed, "≥ 60", "papers/s", how),
            Figure("B-B, pyHanko as documented", 1 / documented, "", "papers/s", "SimpleSigner, TextStampStyle"),
            Figure("B-B, CPU", 1_000 * sealed, "", "ms", "read back and checked too"),
            Figure(
                "B-LTA, own CPU",
                1_000 * lasting,
                "≤ 45",
                "ms",
                "sealed B-T and preserved; real TSA, OCSP, CRL",
            ),
            Figure("floor, CPU", 1_000 * floor, "", "ms", "raw RSA, SHA-256, read and write"),
            Figure(
                "B-B ÷ floor", sealed / floor, "", "", "the rest: writing the increment, reading the paper's objects"
            ),
            Figure(f"memory beyond that of a small paper, {LARGE_MIB} MB", grown_mib, "≤ 60", "MiB", "peak resident"),
        ],
    )


def stamp() -> Stamp:
    return Stamp("SAO Y", AGENCY, datetime.now(UTC))


def measure(once: Callable[[], object], times: int) -> float:
    """CPU seconds of one."""
    started = time.process_time()
    for _ in range(times):
        once()
    return (time.process_time() - started) / times


def measure_lasting(paper: Path, folder: Path) -> float:
    """CPU seconds of this thread, from unsigned to B-LTA; the authority's servers answer from threads of their own."""
    folder.mkdir()
    with running_authority(folder) as authority:
        pkcs12_file, passphrase_file = authority.pkcs12("seal")
        config = Signing(
            pkcs12_file=pkcs12_file,
            pkcs12_passphrase_file=passphrase_file,
            trust_roots_file=authority.root_file(),
            tsa_url=authority.tsa_url,
        )
        signer = open_signer(config, folder)
        augmenter = PdfAugmenter(authority.tsa_url, config.tsa_time_limit_s, authority.roots)
        sealed, lasting = folder / "sealed.pdf", folder / "lasting.pdf"
        spent_s = []
        for turn in range(REPEATS + 1):
            begun = time.thread_time()
            for _ in range(PAPERS):
                signer.sign_pdf(paper, sealed, stamp())
            seconds = time.thread_time() - begun
            with time_machine.travel(datetime.now(UTC) + timedelta(days=2)):  # the authority's lists are newer then
                begun = time.thread_time()
                for _ in range(PAPERS):
                    augmenter.augment(sealed, lasting)
                seconds += time.thread_time() - begun
            if turn:
                spent_s.append(seconds / PAPERS)
    return median(spent_s)


def sign_as_documented(source: Path, target: Path, directory: Path) -> None:
    passphrase = (directory / PASSPHRASE_FILE).read_bytes().strip()
    signer = signers.SimpleSigner.load_pkcs12(str(directory / PKCS12_FILE), passphrase=passphrase)
    with source.open("rb") as paper, target.open("w+b") as sealed:
        writer = IncrementalPdfFileWriter(paper)
        fields.append_signature_field(writer, fields.SigFieldSpec("Signature", box=(300, 700, 560, 800)))
        meta = signers.PdfSignatureMetadata(field_name="Signature", subfilter=fields.SigSeedSubFilter.PADES)
        style = TextStampStyle(stamp_text="%(signer)s\n%(ts)s")
        signers.PdfSigner(meta, signer=signer, stamp_style=style).sign_pdf(writer, output=sealed)


def do_least(source: Path, target: Path, sign: Callable[[bytes, str], bytes]) -> None:
    content = source.read_bytes()
    sign(hashlib.sha256(content).digest(), "sha256")
    target.write_bytes(content)


def write_paper(path: Path, size: int) -> Path:
    """A page of noise as JPEG that takes about so many bytes."""
    noise = np.random.default_rng(1).integers(0, 255, (1_169, 827), np.uint8)
    packed = io.BytesIO()
    for quality in range(5, 96):
        packed = io.BytesIO()
        Image.fromarray(noise).save(packed, "JPEG", quality=quality, dpi=(100, 100))
        if packed.tell() >= size:
            break
    path.write_bytes(img2pdf.convert(packed.getvalue()))
    return path


def write_large(path: Path) -> Path:
    """Many such pages, no two of them the same object."""
    pages, size = [], 0
    for number in range(10_000):
        packed = io.BytesIO()
        noise = np.random.default_rng(number % 8).integers(0, 255, (2_000, 1_400), np.uint8)
        Image.fromarray(noise).save(packed, "JPEG", quality=92, dpi=(170, 170), comment=str(number))
        pages.append(packed.getvalue())
        size += len(pages[-1])
        if size >= LARGE_MIB << 20:
            break
    path.write_bytes(img2pdf.convert(pages))
    return path


def measure_memory(large: Path, folder: Path, secrets: Path) -> float:
    """Peak MiB of a process that signs the large file, beyond one that signs a small one."""
    small = write_paper(folder / "small.pdf", PAPER_BYTES)
    peaks = [
        int(
            subprocess.check_output(
                [sys.executable, "-m", "tests.benchmarks.signing", path, folder / "out.pdf", secrets]
            )
        )
        for path in (small, large)
    ]
    return (peaks[1] - peaks[0]) / 1_024


def paper_size(size: int) -> str:
    return f"{size // 1_000} KB"


def sign_one(source: Path, target: Path, secrets: Path) -> None:
    """The other process of ``measure_memory``: tells its peak in KiB. (That of getrusage counts the parent's too.)"""
    open_signer(Signing(), secrets).sign_pdf(source, target, stamp())
    status = Path("/proc/self/status").read_text()
    sys.stdout.write(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sign_one(*map(Path, sys.argv[1:]))
    else:
        main()
