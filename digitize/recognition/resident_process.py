"""The process in which tesserocr recognizes page after page: run by path, knows nothing of this package.

Whatever a hostile page does to Tesseract's C++ code happens here and ends with this process. It reads one JSON object
a line on standard input, ``{"image", "tsv", "dpi", "cpu_limit_s"}``, writes the words to the file ``tsv``, and answers
each with the line ``done`` or ``failed``. It ends when standard input does, in the middle of a page too.
"""

import fcntl
import json
import os
import resource
import select
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI


def main(tessdata: str, language: str, memory_limit: int, file_limit: int, asker: int) -> None:
    answers = _take_standard_output()
    for kind, limit in (
        (resource.RLIMIT_AS, memory_limit),
        (resource.RLIMIT_FSIZE, file_limit),
        (resource.RLIMIT_CORE, 0),
    ):
        _lower(kind, limit)
    _die_with(asker)

    from tesserocr import PSM, PyTessBaseAPI  # noqa: PLC0415 - its memory counts against the limit too

    with PyTessBaseAPI(path=tessdata, lang=language, psm=PSM.AUTO) as tesseract:
        for line in sys.stdin:
            request = json.loads(line)
            _grant_cpu_time(request["cpu_limit_s"])
            tesseract.SetVariable("user_defined_dpi", str(request["dpi"]))
            done = _recognize(tesseract, request["image"])
            if done:
                Path(request["tsv"]).write_text(tesseract.GetTSVText(0), "utf-8")
            tesseract.Clear()
            answers.write("done\n" if done else "failed\n")
            answers.flush()


def _recognize(tesseract: "PyTessBaseAPI", image: str) -> bool:
    try:
        tesseract.SetImageFile(image)
    except RuntimeError:  # no image
        return False
    return bool(tesseract.Recognize())


def _take_standard_output() -> TextIO:
    """For the answers alone: what Tesseract and Leptonica print there must not pass for one."""
    kept = os.dup(sys.stdout.fileno())
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return os.fdopen(kept, "w")


def _die_with(asker: int) -> None:
    """Have the kernel end this process (SIGIO) once nobody holds the other end of the pipe ``asker``, where no Python
    code runs meanwhile. A parent-death signal would not do: it comes when the asking thread ends. Nor would standard
    input: the signal of a request that was written may come after the request was read.
    """
    fcntl.fcntl(asker, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(asker, fcntl.F_SETFL, fcntl.fcntl(asker, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([asker], [], [], 0)[0]:  # it was closed before
        os._exit(0)


def _lower(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _grant_cpu_time(limit_s: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + limit_s)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
