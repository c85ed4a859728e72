"""`make bench`: what a page costs from accept to signed, beside the bare ``tesseract`` command on the same images."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize.config import Limits, Recognition
from digitize.errors import DigitizeError
from digitize.ingestion.page_images import make_page_image
from digitize.inspection.inspect import inspect
from samples.expectations import load_samples
from tests.benchmarks.figures import Cost, Figure, measure, middle, report

REPEATS = int(os.environ.get("REPEATS", "5"))
REACH = {"tesserocr": "≤ 1.0", "pytesseract": "≤ 1.25"}
"""CPU over that of the bare command, by recognizer; those not installed are left out."""
ROOT = Path(__file__).parents[2]


def main() -> None:
    recognizers = [name for name in REACH if find_spec(name)]
    with TemporaryDirectory(prefix="digitize-bench-") as folder_name:
        folder = Path(folder_name)
        files, images = choose(folder)
        ours: dict[str, list[Cost]] = {name: [] for name in recognizers}
        bare: list[Cost] = []
        for _ in range(REPEATS):  # in turns, so that a busy moment of the machine meets all
            for name in recognizers:
                ours[name].append(measure(partial(process, files, folder / "out", name)))
            bare.append(measure(partial(recognize_bare, images, folder)))
    pages = len(images)
    theirs = middle(bare)
    how = f"{pages} pages of {len(files)} samples, median of {REPEATS}, in turns"
    figures = [
        Figure("CPU, bare tesseract", theirs.cpu_s / pages, "", "s/page", f"`tesseract IMG -l vie`, {how}"),
        Figure("wall, bare tesseract", theirs.wall_s / pages, "", "s/page", "as many side by side as cores"),
    ]
    for name in recognizers:
        mine = middle(ours[name])
        figures += [
            Figure(f"CPU, accept to signed, {name}", mine.cpu_s / pages, "", "s/page", f"`digitize process`, {how}"),
            Figure(f"CPU ratio, {name}", mine.cpu_s / theirs.cpu_s, REACH[name], "", "over bare tesseract"),
            Figure(f"wall, accept to signed, {name}", mine.wall_s / pages, "", "s/page", "all cores"),
        ]
    report("bench", figures)


def choose(folder: Path) -> tuple[list[Path], list[Path]]:
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
            made = [make_page_image(inspected, plan, pages, limits).path for plan in inspected.pages]
        except DigitizeError:  # the sample that is damaged on purpose
            continue
        files.append(sample.path)
        images += made
    return files, images


def process(files: list[Path], out: Path, recognizer: str) -> None:
    command = [Path(sys.executable).parent / "digitize", "process", *files, "--out", out]
    environment = os.environ | {"DIGITIZE_RECOGNITION__RECOGNIZER": recognizer}
    subprocess.run(command, check=True, capture_output=True, cwd=out.parent, env=environment)


def recognize_bare(images: list[Path], folder: Path) -> None:
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}

    def one(image: Path) -> None:
        command = ["tesseract", image, folder / image.stem, "-l", "vie"]
        subprocess.run(command, check=True, capture_output=True, env=environment)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(one, images))


if __name__ == "__main__":
    main()
