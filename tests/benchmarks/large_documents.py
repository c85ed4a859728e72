"""`make bench-large`: what a document of hundreds of pages takes of memory and disk, by command and by workers.

``PAGES=40 make bench-large`` for a shorter run: memory that grows with the pages shows by comparing two.
"""

import io
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import img2pdf
import numpy as np
from PIL import Image

from digitize.model import Record
from storage.catalogue import open_catalogue
from storage.keys import signed_key
from tests.benchmarks.figures import Figure, report
from tests.e2e.stack import DIGITIZE, ENDED, Stack, processes, running
from tests.papers import draw_page

PDF_PAGES = int(os.environ.get("PAGES", "500"))
TIFF_PAGES = max(1, PDF_PAGES // 5)
A4_AT_300_DPI = (2480, 3508)
MEMORY_REACH_MIB = 600
_PAPERS = 4
"""Sheets of different grain that the pages are drawn on: drawing grain costs more than all the rest."""
_OBJECT_STORE = "weed"
_MIB = 1 << 20
_LOOK_EVERY_S = 0.2
_FOLDER_EVERY = 10
_WITHIN_S = 3 * 3600


@dataclass
class Peaks:
    """The most seen of each while the watch was kept."""

    memory_mib: dict[str, float] = field(default_factory=dict)
    """Resident, of one process, by what the process is."""
    open_files: int = 0
    folder_mib: float = 0.0

    @property
    def ours(self) -> tuple[float, str]:
        """Of the largest process but the object store, and which one that is."""
        return max((value, name) for name, value in self.memory_mib.items() if not name.startswith(_OBJECT_STORE))


def main() -> None:
    with TemporaryDirectory(prefix="digitize-bench-", dir=os.environ.get("TMPDIR")) as name:
        folder = Path(name)
        scans = {
            f"PDF, {PDF_PAGES} JPEG pages": write_pdf(folder / "large.pdf", PDF_PAGES),
            f"TIFF, {TIFF_PAGES} JPEG pages": write_tiff(folder / "jpeg.tiff", TIFF_PAGES, "jpeg"),
            f"TIFF, {TIFF_PAGES} lossless pages": write_tiff(folder / "lossless.tiff", TIFF_PAGES, "tiff_lzw"),
        }
        figures: list[Figure] = []
        for title, scan in scans.items():
            figures += by_command(title, scan, folder)
        home = folder / "office"
        home.mkdir()
        with running(home, workers=2) as stack:
            title, scan = next(iter(scans.items()))
            figures += by_workers(title, scan, stack)
    report("large", figures)


def by_command(title: str, scan: Path, folder: Path) -> list[Figure]:
    out, temporary = folder / f"out-{scan.stem}", folder / "tmp"
    temporary.mkdir(exist_ok=True)
    environment = os.environ | {"TMPDIR": str(temporary), "DIGITIZE_DATA_DIR": str(folder / "data")}
    started = time.monotonic()
    command: list[str | Path] = [DIGITIZE, "process", scan, "--out", out]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    with watch(process.pid, temporary) as peaks:
        if process.wait() != 0:
            raise SystemExit(f"digitize process ended with {process.returncode}")
    wall_s = time.monotonic() - started
    record = Record.from_json((out / f"{scan.stem}.json").read_bytes())
    signed = out / f"{scan.stem}.pdf"
    return list(_figures(f"{title}, `digitize process`", scan, signed.stat().st_size, record, peaks, wall_s))


def by_workers(title: str, scan: Path, stack: Stack) -> list[Figure]:
    started = time.monotonic()
    with watch(stack.process.pid, stack.config.data_dir / "tmp") as peaks:
        identity = stack.drop(scan)
        record = _wait(stack, identity)
    wall_s = time.monotonic() - started
    size = next(found.size for found in stack.stores.archive.list(signed_key(identity)))
    figures = list(_figures(f"{title}, 2 workers", scan, size, record, peaks, wall_s))
    return [*figures, Figure(f"{title}, 2 workers: joins", _joins(stack, identity), "= 1", "", "of its page ranges")]


def _joins(stack: Stack, identity: str) -> int:
    events = open_catalogue(stack.config).events(identity, limit=10_000)
    return [event.kind for event in events].count("joined")


def _wait(stack: Stack, identity: str) -> Record:
    """The papers have no field to doubt, so they are published without a reviewer."""
    catalogue = open_catalogue(stack.config)
    deadline = time.monotonic() + _WITHIN_S
    while time.monotonic() < deadline:
        row = catalogue.find(identity)
        if row is not None and row.status in ENDED and row.record is not None:
            return row.record
        time.sleep(1)
    raise SystemExit("the document did not end")


def _figures(title: str, scan: Path, signed_size: int, record: Record, peaks: Peaks, wall_s: float) -> Iterator[Figure]:
    if record.pdfa != "3b" or record.source.page_count != len(record.pages):
        raise SystemExit(f"{title}: {record.status}, {len(record.pages)} pages, PDF/A {record.pdfa}")
    pages = len(record.pages)
    memory_mib, largest = peaks.ours
    size_reach = "≤ 1.15" if "JPEG" in title else ""
    yield Figure(f"{title}: memory", memory_mib, f"≤ {MEMORY_REACH_MIB}", "MiB", f"largest process: {largest}")
    yield Figure(f"{title}: signed ÷ input", signed_size / scan.stat().st_size, size_reach, "", "bytes")
    yield Figure(f"{title}: temporary files ÷ input", peaks.folder_mib * _MIB / scan.stat().st_size, "", "", "bytes")
    yield Figure(f"{title}: open files", peaks.open_files, "", "", "most in one process")
    yield Figure(f"{title}: wall", wall_s / pages, "", "s/page", f"{pages} pages, all stages")


@contextmanager
def watch(root: int, folder: Path) -> Iterator[Peaks]:
    """Look at the process ``root``, at all below it, and at the folder, until the block ends."""
    peaks, done = Peaks(), threading.Event()

    def look() -> None:
        turn = 0
        while not done.wait(_LOOK_EVERY_S):
            for pid, command in _below(root):
                _note(pid, command, peaks)
            if turn % _FOLDER_EVERY == 0:
                peaks.folder_mib = max(peaks.folder_mib, _folder_mib(folder))
            turn += 1

    thread = threading.Thread(target=look, name="watch", daemon=True)
    thread.start()
    try:
        yield peaks
    finally:
        done.set()
        thread.join()


def _below(root: int) -> Iterator[tuple[int, str]]:
    everything = list(processes())
    family, found = {root}, True
    while found:
        children = {pid for pid, parent, _ in everything if parent in family} - family
        family |= children
        found = bool(children)
    return ((pid, command) for pid, _, command in everything if pid in family)


def _note(pid: int, command: str, peaks: Peaks) -> None:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        open_files = sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:  # ended meanwhile
        return
    marks = [line for line in status.splitlines() if line.startswith("VmHWM:")]  # the kernel's own high-water mark
    if marks:
        mib = int(marks[0].split()[1]) / 1024
        name = _name(command)
        peaks.memory_mib[name] = max(mib, peaks.memory_mib.get(name, 0.0))
        if not name.startswith(_OBJECT_STORE):
            peaks.open_files = max(open_files, peaks.open_files)


def _name(command: str) -> str:
    if "forkserver" in command:
        return "isolated process"
    words = [Path(word).name for word in command.split()] or ["?"]
    if not words[0].startswith("python"):
        return words[0]
    return " ".join(word for word in words[1:4] if not word.startswith("-")) or words[0]


def _folder_mib(folder: Path) -> float:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(parent) / name).stat().st_size
            except OSError:  # removed meanwhile
                continue
    return total / _MIB


def write_pdf(path: Path, pages: int) -> Path:
    jpegs = []
    for page in draw_pages(pages):
        packed = io.BytesIO()
        page.save(packed, "JPEG", quality=70, dpi=(300, 300))
        jpegs.append(packed.getvalue())
    with path.open("wb") as file:
        img2pdf.convert(jpegs, outputstream=file)
    return path


def write_tiff(path: Path, pages: int, compression: str) -> Path:
    """Lossless pages are drawn without grain: with it, a hundred would exceed what one document may weigh."""
    drawn = draw_pages(pages, grain=0 if compression != "jpeg" else 6)
    first = next(drawn)
    first.save(path, save_all=True, append_images=drawn, compression=compression, dpi=(300, 300))
    return path


def draw_pages(count: int, grain: int = 6) -> Iterator[Image.Image]:
    """Tinted paper with the grain of a scanner and a few words, which are read quickly."""
    papers = [_paper(seed, grain) for seed in range(_PAPERS)]
    for number in range(count):
        words = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", f"Tờ số {number + 1} của tập hồ sơ")
        ink = draw_page(words, A4_AT_300_DPI).convert("L")
        page = papers[number % _PAPERS].copy()
        page.paste("black", mask=ink.point(lambda value: 255 - value))
        yield page


def _paper(seed: int, grain: int) -> Image.Image:
    width, height = A4_AT_300_DPI
    random = np.random.default_rng(seed)
    tint = np.array((246, 243, 236), np.int16)
    noise = random.integers(-grain, grain + 1, (height, width, 3), np.int16)
    return Image.fromarray((tint + noise).clip(0, 255).astype(np.uint8))


if __name__ == "__main__":
    main()
