"""`make bench`: what a page costs from accept to signed, beside the bare ``tesseract`` command and OCRmyPDF on the
same images.

`digitize process` gets every sample ``COPIES`` times, so that its start weighs no more than it does in an office; what
that costs is measured alone and told too.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize.config import Limits, Recognition
from digitize.errors import DigitizeError
from digitize.ingestion.page_images import make_page_image
from digitize.inspection.inspect import inspect
from digitize.recognition.api import PageImage
from samples.expectations import load_samples
from tests.benchmarks.figures import Cost, Figure, measure, middle, report
from tests.benchmarks.peers import run_ocrmypdf, run_tesseract

REPEATS = int(os.environ.get("REPEATS", "5"))
COPIES = 2
REACH = {"tesserocr": "≤ 1.0", "pytesseract": "≤ 1.25"}
"""CPU over that of the bare command, by recognizer; those not installed are left out."""
REACH_OCRMYPDF = "≤ 0.45"
ROOT = Path(__file__).parents[2]


def main() -> None:
    recognizers = [name for name in REACH if find_spec(name)]
    with TemporaryDirectory(prefix="digitize-bench-") as folder_name:
        folder = Path(folder_name)
        files, images = choose(folder)
        batch = [shutil.copy(path, folder / f"{n}-{path.name}") for path in files for n in range(COPIES)]
        work: dict[str, Callable[[], None]] = {
            "tesseract": partial(each, [partial(run_tesseract, i.path, i.dpi) for i in images]),
            "ocrmypdf": partial(
                each, [partial(run_ocrmypdf, i.path, i.dpi, i.path.with_suffix(".out")) for i in images]
            ),
        }
        for name in recognizers:
            work |= {name: partial(process, batch, folder / "out", name)}
            work |= {f"start {name}": partial(process, files[:1], folder / "out", name)}
        where = {name: where_it_goes(files, name) for name in recognizers}
        costs: dict[str, list[Cost]] = {name: [] for name in work}
        for _ in range(REPEATS):  # in turns, so that a busy moment of the machine meets all
            for name, run in work.items():
                costs[name].append(measure(run))
            # After every round: a run that is stopped early has told what it found.
            report("bench", list(tell(costs, len(files), len(images), where)))


def tell(
    costs: Mapping[str, Sequence[Cost]], files: int, pages: int, where: Mapping[str, Mapping[str, float]]
) -> Iterator[Figure]:
    how = f"{pages} pages of {files} samples, median of {len(costs['tesseract'])}, in turns"
    bare, theirs = middle(costs["tesseract"]), middle(costs["ocrmypdf"])
    yield Figure("CPU, bare tesseract", bare.cpu_s / pages, "", "s/page", f"`tesseract IMG -l vie`, {how}")
    yield Figure("wall, bare tesseract", bare.wall_s / pages, "", "s/page", "as many side by side as cores")
    yield Figure("CPU, OCRmyPDF", theirs.cpu_s / pages, "", "s/page", "--deskew --rotate-pages, as many side by side")
    for name, parts in where.items():
        mine, start = middle(costs[name]), middle(costs[f"start {name}"])
        a_page = mine.cpu_s / (pages * COPIES)
        yield Figure(f"CPU, accept to signed, {name}", a_page, "", "s/page", f"`digitize process`, {COPIES} × the same")
        yield Figure(f"CPU ratio, {name}", a_page * pages / bare.cpu_s, REACH[name], "", "over bare tesseract")
        yield Figure(f"CPU ratio, {name}", a_page * pages / theirs.cpu_s, REACH_OCRMYPDF, "", "over OCRmyPDF")
        yield Figure(f"wall, accept to signed, {name}", mine.wall_s / (pages * COPIES), "", "s/page", "all cores")
        yield Figure(f"CPU of a batch of one, {name}", start.cpu_s, "", "s", "one document, with the command's start")
        for part, spent_s in parts.items():
            yield Figure(f"  of which {part}", spent_s / pages, "", "s/page", f"{name}, one stage after the other")


def where_it_goes(files: Sequence[Path], recognizer: str) -> dict[str, float]:
    """CPU seconds by stage, the costliest first; those below a hundredth of the whole are left out."""
    command = [sys.executable, "-m", "tests.benchmarks.stages", *files]
    environment = os.environ | {"DIGITIZE_RECOGNITION__RECOGNIZER": recognizer}
    done = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
    spent: dict[str, float] = json.loads(done.stdout)
    least = sum(spent.values()) / 100
    return {part: s for part, s in sorted(spent.items(), key=lambda item: -item[1]) if s >= least}


def choose(folder: Path) -> tuple[list[Path], list[PageImage]]:
    """Samples all of whose pages are recognized, and those pages as images: text layers would flatter us."""
    files, images = [], []
    limits = Limits()
    for sample in load_samples():
        try:
            inspected = inspect(sample.path, limits, Recognition())
            if any(plan.source == "text" for plan in inspected.pages):
                continue
            pages = folder / sample.name
            pages.mkdir()
            made = [make_page_image(inspected, plan, pages, limits) for plan in inspected.pages]
        except DigitizeError:  # the sample that is damaged on purpose
            continue
        files.append(sample.path)
        images += made
    return files, images


def process(files: list[Path], out: Path, recognizer: str) -> None:
    command = [Path(sys.executable).parent / "digitize", "process", *files, "--out", out]
    environment = os.environ | {"DIGITIZE_RECOGNITION__RECOGNIZER": recognizer}
    subprocess.run(command, check=True, capture_output=True, cwd=out.parent, env=environment)


def each(calls: Sequence[Callable[[], object]]) -> None:
    """As many side by side as there are cores."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done in [pool.submit(call) for call in calls]:
            done.result()


if __name__ == "__main__":
    main()
