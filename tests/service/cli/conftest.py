"""`digitize` as people call it: a process of its own, with a configuration and a language of its own."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image

from digitize.model import Record
from storage.catalogue import DATABASE_FILE
from tests.papers import write_jpeg, write_scanned_pdf
from tests.service.conftest import Doors

DIGITIZE = Path(sys.executable).with_name("digitize")


@dataclass(frozen=True)
class Terminal:
    """One folder, one environment."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str | Path, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [DIGITIZE, *arguments],
            env={**self.environment, **environment},
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def open_terminal(home: Path) -> Terminal:
    (home / "digitize.toml").write_text('data_dir = "var"\n[[stations]]\nunit = "H99.01"\n', "utf-8")
    return Terminal(home, {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "COLUMNS": "200"})


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """Where nothing was ever started."""
    return open_terminal(tmp_path)


@pytest.fixture
def started(terminal: Terminal, migrated_sqlite: Path) -> Terminal:
    """With the database that `digitize up` makes."""
    (terminal.home / "var").mkdir()
    shutil.copyfile(migrated_sqlite, terminal.home / "var" / DATABASE_FILE)
    return terminal


@pytest.fixture
def office(doors: Doors) -> Terminal:
    """A terminal on the host of the doors."""
    storage = doors.config.storage
    environment = {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "DIGITIZE_DATA_DIR": str(doors.config.data_dir),
        "DIGITIZE_STORAGE__ENDPOINT": str(storage.endpoint),
        "DIGITIZE_STORAGE__ACCESS_KEY": str(storage.access_key),
        "DIGITIZE_STORAGE__SECRET_KEY": str(storage.secret_key),
        "DIGITIZE_STORAGE__ARCHIVE_BUCKET": storage.archive_bucket,
    }
    return Terminal(doors.config.data_dir, environment)


@dataclass(frozen=True)
class Batch:
    """What one `digitize process` of good and bad files left."""

    terminal: Terminal
    inputs: Path
    out: Path
    done: "subprocess.CompletedProcess[str]"
    before: dict[Path, bytes]

    @property
    def records(self) -> list[Record]:
        return [Record.from_json(line) for line in self.done.stdout.splitlines()]


def write_damaged_tiff(path: Path) -> None:
    """libtiff complains of it on standard error."""
    Image.frombytes("L", (800, 1_000), random.Random(1).randbytes(800_000)).save(path, compression="tiff_lzw")
    data = bytearray(path.read_bytes())
    data[2_000:40_000] = bytes(38_000)
    path.write_bytes(data)


WRITERS: dict[str, Callable[[Path], object]] = {
    "a-empty.pdf": lambda path: path.write_bytes(b""),
    "b-text.pdf": lambda path: path.write_text("không phải PDF", "utf-8"),
    "c-damaged.tif": write_damaged_tiff,
    "scan.jpg": write_jpeg,
    "scan.pdf": write_scanned_pdf,
    "trắng.png": lambda path: Image.new("L", (400, 600), 255).save(path),
}


@pytest.fixture(scope="session")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """Inputs of which two share a stem and one has the name of a PDF that somebody else left in the folder."""
    home = tmp_path_factory.mktemp("batch")
    inputs, out = home / "inputs", home / "out"
    for folder in (inputs, out):
        folder.mkdir()
    for name, write in WRITERS.items():
        write(inputs / name)
    (inputs / "notes.txt").write_text("no scan", "utf-8")
    write_scanned_pdf(out / "b-text.pdf")
    (out / "scan.pdf").write_bytes(b"%PDF-1.7 somebody else's")
    before = {path: path.read_bytes() for path in (*inputs.iterdir(), *out.iterdir())}
    terminal = open_terminal(home)
    return Batch(terminal, inputs, out, terminal.run("process", inputs, "--out", out, "--json"), before)
