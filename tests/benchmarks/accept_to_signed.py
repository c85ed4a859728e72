"""`make bench`: what a page costs from accept to signed, beside the bare ``tesseract`` command on the same images."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize.config import Limits, Recognition
from digitize.errors import DigitizeError
from digitize.ingestion.page_images import make_page_image
from digitize.inspection.inspect import inspect
from samples.expectations import load_samples
from tests.benchmarks.figures import Cost, Figure, measure, middle, report

REPEATS = 3
ROOT = Path(__file__).parents[2]


def main() -> None:
    with TemporaryDirectory(prefix="digitize-bench-") as name:
        folder = Path(name)
        files, images = choose(folder)
        ours: list[Cost] = []
        bare: list[Cost] = []
        for _ in range(REPEATS):  # in turns, so that a busy moment of the machine meets both
            ours.append(measure(lambda: process(files, folder / "out")))
            bare.append(measure(lambda: recognize_bare(images, folder)))
    pages = len(images)
    mine, theirs = middle(ours), middle(bare)
    how = f"{pages} pages of {len(files)} samples, median of {REPEATS}, in turns"
    report(
        "bench",
        [
            Figure("CPU, accept to signed", mine.cpu_s / pages, "", "s/page", f"`digitize process`, {how}"),
            Figure("CPU, bare tesseract", theirs.cpu_s / pages, "", "s/page", f"`tesseract IMG -l vie`, {how}"),
            Figure("CPU ratio", mine.cpu_s / theirs.cpu_s, "≤ 1.25", "", "the first over the second"),
            Figure("wall, accept to signed", mine.wall_s / pages, "", "s/page", "all cores"),
            Figure("wall, bare tesseract", theirs.wall_s / pages, "", "s/page", "as many side by side as cores"),
        ],
    )


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


def process(files: list[Path], out: Path) -> None:
    command = [Path(sys.executable).parent / "digitize", "process", *files, "--out", out]
    subprocess.run(command, check=True, capture_output=True, cwd=out.parent)


def recognize_bare(images: list[Path], folder: Path) -> None:
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}

    def one(image: Path) -> None:
        command = ["tesseract", image, folder / image.stem, "-l", "vie"]
        subprocess.run(command, check=True, capture_output=True, env=environment)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(one, images))


if __name__ == "__main__":
    main()
