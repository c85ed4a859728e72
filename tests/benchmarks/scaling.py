"""`make bench-scaling`: pages a second of the whole stack with two workers beside one, for many small documents and for
one large one.

Each worker reads one page at a time (``pages_in_parallel = 1``), so that a worker is a core. What the machine itself
gives is measured in the same turns: bare ``tesseract`` on the same pages, two commands side by side beside one.
"""

import io
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import img2pdf
from PIL import Image

from digitize.model import Status
from digitize.recognition.api import PageImage
from storage.catalogue import SqlCatalogue, open_catalogue
from tests.benchmarks.accept_to_signed import choose
from tests.benchmarks.figures import Figure, report
from tests.benchmarks.peers import run_tesseract
from tests.e2e.stack import ENDED, Stack, prepare, start

REPEATS = int(os.environ.get("REPEATS", "3"))
PAGES = int(os.environ.get("PAGES", "48"))
REACH = "≥ 1.8"
_SMALL, _LARGE, _BARE = "many small documents", "one large document", "bare tesseract"
_WITHIN_S = 3_600
_LOOK_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class Load:
    files: list[Path]
    """As many as there are pages."""
    images: list[PageImage]
    large: Path


def main() -> None:
    rates: dict[tuple[str, int], list[float]] = {}
    with TemporaryDirectory(prefix="digitize-bench-") as name:
        folder = Path(name)
        load = make_load(folder)
        for turn in range(REPEATS):  # in turns, so that a busy moment of the machine meets all
            for workers in (1, 2):
                home = folder / f"office-{turn}-{workers}"
                home.mkdir()
                for title, rate in measure_stack(home, workers, load).items():
                    rates.setdefault((title, workers), []).append(rate)
                rates.setdefault((_BARE, workers), []).append(measure_bare(workers, load))
            # After every turn: a run that is stopped early has told what it found.
            report("scaling", [figure for title in (_SMALL, _LARGE, _BARE) for figure in compare(title, rates)])


def compare(title: str, rates: dict[tuple[str, int], list[float]]) -> list[Figure]:
    one, two = rates[title, 1], rates[title, 2]
    how = f"{PAGES} pages, median of {len(one)}, in turns; one page at a time each"
    ratios = [after / before for before, after in zip(one, two, strict=True)]
    told = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    reach = "" if title == _BARE else REACH
    return [
        Figure(f"{title}, 1 worker", median(one), "", "pages/s", how),
        Figure(f"{title}, 2 workers", median(two), "", "pages/s", how),
        Figure(f"{title}, 2 ÷ 1", median(ratios), reach, "", f"turn by turn: {told}"),
    ]


def make_load(folder: Path) -> Load:
    """The samples whose pages are recognized, over and over until there are enough."""
    files, images = choose(folder)
    singles = [path for path in files if len(list((folder / path.parent.name).iterdir())) == 1]
    chosen = list(islice(cycle(images), PAGES))
    large = folder / "large.pdf"
    large.write_bytes(img2pdf.convert([_jpeg(image, number) for number, image in enumerate(chosen)]))
    return Load(list(islice(cycle(singles), PAGES)), chosen, large)


def _jpeg(image: PageImage, number: int) -> bytes:
    packed = io.BytesIO()
    with Image.open(image.path) as page:
        # A comment of its own: no two pages of the file are the same object.
        page.convert("RGB").save(packed, "JPEG", quality=80, dpi=(image.dpi, image.dpi), comment=str(number))
    return packed.getvalue()


def measure_stack(home: Path, workers: int, load: Load) -> dict[str, float]:
    """Pages a second of a new stack, from the first claim to the last end."""
    config, environment = prepare(home, workers)
    stack = start(config, environment | {"DIGITIZE_RECOGNITION__PAGES_IN_PARALLEL": "1"}, home / "up.log")
    try:
        work_off(stack, [partial(stack.drop, load.files[0], component="WARM")])
        small = [partial(stack.drop, path, component=f"TP{number}") for number, path in enumerate(load.files)]
        return {
            _SMALL: PAGES / work_off(stack, small),
            _LARGE: PAGES / work_off(stack, [partial(stack.drop, load.large)]),
        }
    finally:
        stack.stop()


def work_off(stack: Stack, drops: "list[partial[str]]") -> float:
    """Seconds from the first claim of any of the documents to the end of the last."""
    catalogue = open_catalogue(stack.config)
    identities = [drop() for drop in drops]
    deadline = time.monotonic() + _WITHIN_S
    while not all(has_ended(catalogue, identity) for identity in identities):
        if time.monotonic() > deadline:
            raise SystemExit("the documents did not end")
        time.sleep(_LOOK_EVERY_S)
    events = [event for identity in identities for event in catalogue.events(identity, limit=1_000)]
    begun = min(event.at for event in events if event.kind == "claimed")
    return (max(event.at for event in events) - begun).total_seconds()


def has_ended(catalogue: SqlCatalogue, identity: str) -> bool:
    row = catalogue.find(identity)
    if row is not None and row.status in {Status.REJECTED, Status.QUARANTINED}:
        raise SystemExit(f"{row.status}: {row.error_code}")
    return row is not None and row.status in ENDED


def measure_bare(commands: int, load: Load) -> float:
    started = time.monotonic()
    with ThreadPoolExecutor(commands) as pool:
        list(pool.map(lambda image: run_tesseract(image.path, image.dpi), load.images))
    return PAGES / (time.monotonic() - started)


if __name__ == "__main__":
    main()
