"""What reads a page: this project, the bare ``tesseract`` command, and OCRmyPDF where it is installed."""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize.config import Limits, Recognition
from digitize.inspection.inspect import inspect
from digitize.recognition.choice import open_recognizer
from digitize.recognition.document import recognize_document
from tests.benchmarks.evaluation.cases import Case
from tests.benchmarks.evaluation.scores import Box
from tests.benchmarks.peers import OCRMYPDF, run_ocrmypdf, run_tesseract


@dataclass(frozen=True, slots=True)
class Reading:
    lines: tuple[str, ...]
    cpu_s: float = 0.0
    problems: tuple[str, ...] = ()
    """Why nobody can read the page; only this project says so."""
    confidence: float | None = None
    words: tuple[Box, ...] = ()
    """Places in the order read; only this project gives them."""


def read(engine: str, case: Case) -> Reading:
    used = _cpu_s()
    found = _ENGINES[engine](case)
    return replace(found, cpu_s=_cpu_s() - used)


def available() -> list[str]:
    return [name for name in _ENGINES if name != "ocrmypdf" or OCRMYPDF.exists()]


def _read_ours(case: Case) -> Reading:
    limits, recognition = Limits(), Recognition(pages_in_parallel=1)
    inspected = inspect(case.image, limits, recognition)
    with TemporaryDirectory() as folder:
        recognizer = open_recognizer(recognition, limits)
        pages = [r.page for r in recognize_document(inspected, recognizer, recognition, limits, Path(folder))]
    lines = tuple(line.text for page in pages for line in page.lines)
    words = tuple(word.box for page in pages for line in page.lines for word in line.words)
    return Reading(lines, problems=pages[0].problems, confidence=pages[0].mean_confidence, words=words)


def _read_bare(case: Case) -> Reading:
    return tuple(run_tesseract(case.image, case.dpi).splitlines()), (), None


def _read_ocrmypdf(case: Case) -> Reading:
    with TemporaryDirectory() as folder:
        text = Path(folder) / "text.txt"
        made = Path(folder) / "out.pdf"
        run_ocrmypdf(case.image, case.dpi, made, "--output-type", "pdf", "--sidecar", text)
        return Reading(tuple(text.read_text("utf-8").splitlines()))


def _cpu_s() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


_ENGINES: dict[str, Callable[[Case], Reading]] = {
    "ours": _read_ours,
    "tesseract": _read_bare,
    "ocrmypdf": _read_ocrmypdf,
}
