"""The fast recognizer: Tesseract through ``tesserocr``, resident in confined processes of its own.

The command pays for its start and its language data on every page; here they are paid once a process. tesserocr runs
Tesseract's C++ code inside the Python process that calls it, so that process must be one that may be killed.
"""

import json
import os
import selectors
import subprocess
import sys
import threading
import weakref
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from digitize.config import Limits, Recognition
from digitize.confinement import run_confined
from digitize.errors import DamagedInputError, DocumentTimeoutError, RecognizerError
from digitize.recognition.api import PageImage, RecognizedPage
from digitize.recognition.tesseract_files import credible_dpi, read_page

_PROGRAM = Path(__file__).with_name("resident_process.py")
_MIB = 1 << 20
_FILE_MAX_MIB = 64
"""Words of the densest page are below 1 MiB."""
_PAGES_PER_PROCESS = 200
_END_WITHIN_S = 5
_ANSWER_MAX_BYTES = 64


def is_installed() -> bool:
    return find_spec("tesserocr") is not None


class ResidentRecognizer:
    """As many processes as threads recognize at once; idle ones wait for the next page."""

    def __init__(self, recognition: Recognition, limits: Limits) -> None:
        self._language = recognition.language
        self._limits = limits
        self._idle: list[_Process] = []
        self._lock = threading.Lock()
        self._tessdata = ""

    def recognize(self, image: PageImage) -> RecognizedPage:
        process = self._take(image)
        with TemporaryDirectory() as folder:
            tsv = Path(folder) / "page.tsv"
            answer = process.ask(
                image=str(image.path.absolute()),
                tsv=str(tsv),
                dpi=credible_dpi(image),
                cpu_limit_s=self._limits.page_time_limit_s,
            )
            if answer is None:
                raise DocumentTimeoutError(limit_s=self._limits.page_time_limit_s)
            if answer:
                self._give_back(process)
            if answer != "done":
                raise RecognizerError(page=image.number)
            return read_page(tsv.read_text("utf-8"), image)

    def diagnostics(self) -> dict[str, str]:
        """The version is tesserocr's own Tesseract, the languages those of the command, whose data it reads."""
        script = "import tesserocr; print(tesserocr.tesseract_version().split()[1])"
        asked = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False)
        _, languages = _find_language_data(self._limits)
        version = f"{asked.stdout.strip()} (tesserocr)" if asked.returncode == 0 else ""
        return {"version": version, "languages": ",".join(languages)}

    def _take(self, image: PageImage) -> "_Process":
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if not self._tessdata:
                self._tessdata, _ = _find_language_data(self._limits)
        if not self._tessdata:
            raise RecognizerError(page=image.number)
        return _Process(self._tessdata, self._language, self._limits)

    def _give_back(self, process: "_Process") -> None:
        if process.pages < _PAGES_PER_PROCESS:
            with self._lock:
                self._idle.append(process)


class _Process:
    """One resident process; it ends where this object or its owner does."""

    def __init__(self, tessdata: str, language: str, limits: Limits) -> None:
        self.pages = 0
        self._time_limit_s = limits.page_time_limit_s
        memory = limits.subprocess_memory_mib * _MIB
        watched, held = os.pipe()  # nothing is written to it: it ends when this process does
        self._popen = subprocess.Popen(
            [sys.executable, "-I", _PROGRAM, tessdata, language, str(memory), str(_FILE_MAX_MIB * _MIB), str(watched)],
            pass_fds=(watched,),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},  # as for the command, see digitize/confined
            bufsize=0,
        )
        os.close(watched)
        weakref.finalize(self, _end, self._popen, held)

    def ask(self, **request: object) -> str | None:
        """``done`` or ``failed``; empty where the process died; None where it was killed at the time limit."""
        stdin, stdout = _pipes(self._popen)
        self.pages += 1
        try:
            stdin.write(json.dumps(request).encode() + b"\n")
        except OSError:
            return ""
        with selectors.DefaultSelector() as selector:  # select(2) fails above 1,024 open files
            selector.register(stdout, selectors.EVENT_READ)
            if not selector.select(self._time_limit_s):
                self._popen.kill()
                return None
        return os.read(stdout.fileno(), _ANSWER_MAX_BYTES).decode("ascii", "replace").strip()


def _pipes(popen: "subprocess.Popen[bytes]") -> tuple[Any, Any]:
    if popen.stdin is None or popen.stdout is None:
        raise AssertionError("both were asked for")
    return popen.stdin, popen.stdout


def _end(popen: "subprocess.Popen[bytes]", held: int) -> None:
    popen.kill()
    os.close(held)
    for pipe in _pipes(popen):
        with suppress(OSError):
            pipe.close()
    with suppress(subprocess.TimeoutExpired):
        popen.wait(_END_WITHIN_S)


def _find_language_data(limits: Limits) -> tuple[str, list[str]]:
    """Where the installed command has its language data, and the languages; empty without the command.

    Both recognizers read the same data, so that what one reads the other does.
    """
    try:
        heading, *languages = run_confined("tesseract", "--list-langs", limits=limits).decode().splitlines()
        return heading.split('"')[1], sorted(languages)
    except (DamagedInputError, DocumentTimeoutError, ValueError, IndexError):
        return "", []
