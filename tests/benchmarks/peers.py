"""The other programs that are measured beside this one, run on a page image as their documentation says."""

import os
import subprocess
from pathlib import Path

OCRMYPDF = Path(__file__).parents[2] / "build" / "peers" / "bin" / "ocrmypdf"
"""``make bench`` and ``make evaluate`` install it."""
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
"""As here: with more, Tesseract's threads wait for each other and its CPU time says nothing."""


def run_tesseract(image: Path, dpi: int) -> str:
    """The text of one page."""
    return _run(["tesseract", image, "stdout", "-l", "vie", "--dpi", str(dpi)])


def run_ocrmypdf(image: Path, dpi: int, target: Path, *options: str | Path) -> None:
    """A searchable PDF/A (what it makes unless told otherwise), set upright and straightened."""
    given = ["-l", "vie", "-j", "1", "-q", "--deskew", "--rotate-pages", "--image-dpi", str(dpi)]
    _run([OCRMYPDF, *given, *options, image, target])


def _run(command: list[str | Path]) -> str:
    done = subprocess.run(command, capture_output=True, check=True, env=os.environ | _ONE_THREAD)
    return done.stdout.decode("utf-8", "replace")
