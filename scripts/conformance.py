"""`make conformance`: every PDF whose record says PDF/A-3b holds before veraPDF, and no other claims it.

The samples are processed by `digitize process`; papers that stand close to what the standard forbids are drawn
(``tests/awkward_papers.py``) and assembled. veraPDF comes from Maven Central once (``scripts/verapdf``)
and stays in ``build/verapdf``. Where it cannot be fetched, that is said in one line and nothing is checked.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import time_machine
from rich.console import Console
from rich.table import Table

from digitize.assembly.document import assemble
from digitize.config import Limits, Officer, Recognition, Signing
from digitize.inspection.inspect import inspect
from digitize.model import Record, Status
from samples.expectations import DOCUMENTS, load_samples
from service.cli.exit_codes import ExitCode
from signing.api import Stamp
from signing.augmentation import PdfAugmenter
from signing.policy import SigningPolicy, open_policy
from tests.awkward_papers import write_images, write_pdfs
from tests.pki.authority import running_authority
from workers.accepted import describe_file

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "scripts" / "verapdf"
VALIDATOR = ROOT / "build" / "verapdf"
JARS, CLASSES = VALIDATOR / "lib", VALIDATOR / "classes"
RESULTS = ROOT / "build" / "conformance"

_PROCESSED = frozenset({ExitCode.OK, ExitCode.REJECTED, ExitCode.QUARANTINED})
"""One sample is damaged on purpose."""
_UNREACHABLE = ("Could not transfer", "in offline mode")
"""How Maven begins to tell that the network failed it, whatever the reason."""


class ConformanceError(Exception):
    """The check itself could not be made."""


@dataclass(frozen=True, slots=True)
class Verdict:
    outcome: str
    """compliant, violated or unreadable."""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One published PDF, what its record says of it, what the file claims, and what veraPDF finds."""

    path: Path
    record: Record
    claims: bool
    verdict: Verdict = field(default=Verdict("unreadable"))

    @property
    def fault(self) -> str | None:
        if self.record.pdfa == "3b":
            if not self.claims:
                return "the record says 3b, the file does not"
            return None if self.verdict.outcome == "compliant" else "; ".join(self.verdict.rules)
        if self.claims and not self.record.source.signed:  # the bytes of a signed input are not ours to change
            return "claims PDF/A, its record does not"
        return None


def main() -> int:
    if not provide_validator():
        print("conformance: skipped, Maven Central cannot be reached to fetch veraPDF")
        return 0
    shutil.rmtree(RESULTS, ignore_errors=True)
    assembled = assemble_awkward_papers()
    unsigned = next(paper for paper in assembled if paper.record.pdfa == "3b")
    papers = [*read_papers(process_samples()), *assembled, *seal_and_preserve(unsigned)]
    verdicts = validate([paper.path for paper in papers])
    papers = [Paper(p.path, p.record, p.claims, verdicts[p.path]) for p in papers]
    show(papers)
    missing = sorted(expected_names() - {paper.path.stem for paper in papers})
    if missing:
        print(f"conformance: no PDF was made of {', '.join(missing)}")
    return 1 if missing or any(paper.fault for paper in papers) else 0


def expected_names() -> set[str]:
    """Samples that must come out as a PDF; without this a broken recognizer would leave nothing to find fault with."""
    refused = {Status.REJECTED, Status.QUARANTINED}
    return {sample.path.stem for sample in load_samples() if sample.expected["status"] not in refused}


def provide_validator() -> bool:
    """Fetch and compile what is not there yet. False where the network does not allow it."""
    if not _is_complete(JARS):
        shutil.rmtree(JARS, ignore_errors=True)
        command = ["mvn", "--batch-mode", "--quiet", "--update-snapshots", "--file", str(SOURCES / "pom.xml")]
        goal = ["validate", f"-DoutputDirectory={JARS}"]
        fetched = subprocess.run([*command, *goal], capture_output=True, text=True, check=False)
        said = fetched.stdout + fetched.stderr
        if fetched.returncode != 0:
            if any(sign in said for sign in _UNREACHABLE):
                return False
            raise ConformanceError(f"Maven: {said.strip()}")
        if not _is_complete(JARS):
            raise ConformanceError("the files fetched are not those of scripts/verapdf/jars.sha256")
    source, compiled = SOURCES / "Validate.java", CLASSES / "Validate.class"
    if not compiled.is_file() or compiled.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["javac", "-nowarn", "-cp", JARS / "*", "-d", CLASSES, source], check=True)
    return True


def _is_complete(jars: Path) -> bool:
    """Every file of the list, with its sum, and nothing else: all of the folder is on the class path."""
    wanted = {}
    for line in (SOURCES / "jars.sha256").read_text("ascii").splitlines():
        digest, name = line.split()
        wanted[name] = digest
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in jars.glob("*")}
    return found == wanted


def process_samples() -> Path:
    """Run `digitize process` on the samples, with keys of its own; the folder of PDFs and records."""
    out = RESULTS / "out"
    out.mkdir()
    environment = os.environ | {"DIGITIZE_DATA_DIR": str(RESULTS / "data")}
    command = [str(Path(sys.executable).parent / "digitize"), "process", str(DOCUMENTS), "--out", str(out)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in _PROCESSED:
        raise ConformanceError(f"digitize process ended with {done.returncode}: {done.stderr.strip()}")
    return out


def read_papers(out: Path) -> list[Paper]:
    return [
        Paper(path, Record.from_json(path.with_suffix(".json").read_bytes()), claims_pdfa(path))
        for path in sorted(out.glob("*.pdf"))
    ]


def assemble_awkward_papers() -> list[Paper]:
    """Without recognition and signature, which the samples show."""
    drawn = RESULTS / "drawn"
    drawn.mkdir(parents=True)
    limits, papers = Limits(), []
    for scan in [*write_images(drawn), *(path for path, _ in write_pdfs(drawn))]:
        folder = RESULTS / "assembled" / scan.name
        folder.mkdir(parents=True)
        inspected = inspect(scan, limits, Recognition())
        source = describe_file(scan, scan.name)
        record = Record(document_id="0" * 26, status=Status.PUBLISHED, source=source)
        assembled = assemble(inspected, {}, record, datetime.now(UTC), folder)
        path = assembled.path.rename(folder.with_name(f"{scan.name}.pdf"))
        papers.append(Paper(path, assembled.record, claims_pdfa(path)))
    return papers


def seal_and_preserve(unsigned: Paper) -> list[Paper]:
    """With everything a PDF may get behind it: the officer's and the agency's signature, evidence, two timestamps."""
    folder = RESULTS / "preserved"
    folder.mkdir()
    with running_authority(folder) as authority:
        officer_file, officer_passphrase = authority.pkcs12("officer")
        pkcs12_file, passphrase_file = authority.pkcs12("seal")
        config = Signing(
            pkcs12_file=pkcs12_file,
            pkcs12_passphrase_file=passphrase_file,
            trust_roots_file=authority.root_file(),
            tsa_url=authority.tsa_url,
            officers=(Officer(pkcs12_file=officer_file, pkcs12_passphrase_file=officer_passphrase),),
        )
        paths = [sign_all(open_policy(config, folder), unsigned.path, folder)]
        augmenter = PdfAugmenter(authority.tsa_url, config.tsa_time_limit_s, authority.roots)
        for days in (2, 400):
            target = folder / f"preserved-{days}.pdf"
            with time_machine.travel(datetime.now(UTC) + timedelta(days=days)):
                augmenter.augment(paths[-1], target)
            paths.append(target)
    return [Paper(path, unsigned.record, claims_pdfa(path)) for path in paths]


def sign_all(policy: SigningPolicy, path: Path, folder: Path) -> Path:
    """By the officer and the agency."""
    stamps = [
        Stamp("", "NGUYỄN VĂN QUÉT", datetime.now(UTC), left=True),
        Stamp("SAO Y", "XÃ THỬ NGHIỆM", datetime.now(UTC)),
    ]
    following = policy.agency.lines(stamps[1])
    for stamp, step in zip(stamps, policy.steps(None, "component"), strict=True):
        prepared, target = folder / f"{step.who}.prepared", folder / f"{step.who}.pdf"
        preparation = step.signer.prepare(path, prepared, stamp, step.turn, following)
        signature = step.signer.sign(preparation, "conformance", None).signature
        if signature is None:
            raise ConformanceError("a key in a file answers at once")
        step.signer.complete(prepared, preparation, signature, target)
        path = target
    return path


def claims_pdfa(path: Path) -> bool:
    with pikepdf.open(path) as pdf:
        return pdf.open_metadata().get("pdfaid:part") is not None


def validate(paths: Sequence[Path]) -> dict[Path, Verdict]:
    command = ["java", "-cp", os.pathsep.join([str(JARS / "*"), str(CLASSES)]), "Validate", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    verdicts = dict(_parse(done.stdout))
    if set(verdicts) != set(paths):
        raise ConformanceError("veraPDF did not answer for every file")
    return verdicts


def _parse(answer: str) -> Iterator[tuple[Path, Verdict]]:
    rules: list[str] = []
    for line in answer.splitlines():
        kind, *rest = line.split("\t")
        if kind == "rule":
            rules.append(f"{rest[0]} {rest[1]} @ {rest[2]}")
        else:
            yield Path(rest[0]), Verdict(kind, tuple(rules))
            rules = []


def show(papers: Sequence[Paper]) -> None:
    table = Table(title="PDF/A-3b before veraPDF", title_justify="left", width=140)
    for heading in ("paper", "record says", "file claims", "veraPDF", "fault"):
        table.add_column(heading, overflow="fold")
    for paper in papers:
        says = paper.record.pdfa or ("none, signed input" if paper.record.source.signed else "none")
        claims = "PDF/A" if paper.claims else "nothing"
        table.add_row(paper.path.stem, says, claims, paper.verdict.outcome, paper.fault or "")
    Console(width=140).print(table)
    held = sum(1 for paper in papers if paper.record.pdfa == "3b" and paper.fault is None)
    print(f"conformance: {held} of {len(papers)} PDFs are PDF/A-3b, {sum(1 for p in papers if p.fault)} at fault")


if __name__ == "__main__":
    sys.exit(main())
