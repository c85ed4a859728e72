"""What reads a page: this project, the bare ``tesseract`` command, and OCRmyPDF where it is installed."""

import os
import resource
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize.config import Limits, Recognition
from digitize.inspection.inspect import inspect
from digitize.recognition.choice import open_recognizer
from digitize.recognition.document import recognize_document
from tests.benchmarks.evaluation.cases import Case

OCRMYPDF = Path(__file__).parents[3] / "build" / "ocrmypdf" / "bin" / "ocrmypdf"
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}


@dataclass(frozen=True, slots=True)
class Reading:
    lines: tuple[str, ...]
    cpu_s: float
    problems: tuple[str, ...] = ()
    """Why nobody can read the page; only this project says so."""
    confidence: float | None = None


def read(engine: str, case: Case) -> Reading:
    used = _cpu_s()
    lines, problems, confidence = _ENGINES[engine](case)
    return Reading(lines, _cpu_s() - used, problems, confidence)


def available() -> list[str]:
    return [name for name in _ENGINES if name != "ocrmypdf" or OCRMYPDF.exists()]


Found = tuple[tuple[str, ...], tuple[str, ...], float | None]


def _read_ours(case: Case) -> Found:
    limits, recognition = Limits(), Recognition(pages_in_parallel=1)
    inspected = inspect(case.image, limits, recognition)
    with TemporaryDirectory() as folder:
        recognizer = open_recognizer(recognition, limits)
        pages = [r.page for r in recognize_document(inspected, recognizer, recognition, limits, Path(folder))]
    lines = tuple(line.text for page in pages for line in page.lines)
    return lines, pages[0].problems, pages[0].mean_confidence


def _read_bare(case: Case) -> Found:
    command = ["tesseract", case.image, "stdout", "-l", "vie", "--dpi", str(case.dpi)]
    return tuple(_run(command).splitlines()), (), None


def _read_ocrmypdf(case: Case) -> Found:
    with TemporaryDirectory() as folder:
        text = Path(folder) / "text.txt"
        options = ["-l", "vie", "-j", "1", "-q", "--deskew", "--rotate-pages", "--output-type", "pdf"]
        resolution = ["--image-dpi", str(case.dpi)]
        _run([OCRMYPDF, *options, *resolution, "--sidecar", text, case.image, Path(folder) / "out.pdf"])
        return tuple(text.read_text("utf-8").splitlines()), (), None


def _run(command: list[str | Path]) -> str:
    done = subprocess.run(command, capture_output=True, check=True, env=os.environ | _ONE_THREAD)
    return done.stdout.decode("utf-8", "replace")


def _cpu_s() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


_ENGINES: dict[str, Callable[[Case], Found]] = {"ours": _read_ours, "tesseract": _read_bare, "ocrmypdf": _read_ocrmypdf}
