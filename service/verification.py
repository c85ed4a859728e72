"""Verification of a PDF from anywhere, in a process of its own.

The file is hostile until shown otherwise, and the code that reads it is large; neither belongs in the process
that holds the API keys. The child gets the file as an unnamed temporary file on its standard input, caps on
memory, CPU time and output, no credentials, and nothing of it remains when it ends, however it ends.
"""

import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO

from anyio import CapacityLimiter, to_thread

from digitize.config import Limits
from digitize.errors import DamagedInputError, DocumentTimeoutError, EmptyFileError
from service.models import VerificationOut

_REPORT_BYTES_MAX = 4 * 1024 * 1024
_PATH = "/usr/bin:/bin"


class Verifier:
    """At most ``at_once`` verifications run; more wait their turn."""

    def __init__(self, limits: Limits, *, secrets_dir: Path, trust_roots_file: Path | None, at_once: int) -> None:
        self._limits = limits
        # Only certificates are read from there: the development CA's root.
        self._trust = [str(path.resolve()) for path in (secrets_dir, trust_roots_file) if path is not None]
        self._limiter = CapacityLimiter(at_once)

    async def verify(self, untrusted_chunks: AsyncIterator[bytes]) -> VerificationOut:
        """Report on the PDF that streams in.

        Raises EmptyFileError, DocumentTimeoutError past ``page_time_limit_s``, DamagedInputError where the
        reading process dies of the file. A file that is no PDF is a report (TOTAL-FAILED), not an error.
        """
        with tempfile.TemporaryFile() as pdf:
            size = 0
            async for chunk in untrusted_chunks:
                size += len(chunk)
                await to_thread.run_sync(pdf.write, chunk)
            if size == 0:
                raise EmptyFileError
            pdf.flush()
            report = await to_thread.run_sync(self._run, pdf, limiter=self._limiter)
        return VerificationOut.model_validate_json(report)

    def _run(self, pdf: IO[bytes]) -> bytes:
        time_limit_s = self._limits.page_time_limit_s
        caps = [str(self._limits.subprocess_memory_mib), str(time_limit_s), str(_REPORT_BYTES_MAX)]
        command = [sys.executable, "-I", "-m", "service.untrusted_pdf", *caps, *self._trust]
        pdf.seek(0)
        with tempfile.TemporaryFile() as report:
            try:
                done = subprocess.run(
                    command,
                    stdin=pdf,
                    stdout=report,
                    stderr=subprocess.DEVNULL,
                    env={"PATH": _PATH, "LC_ALL": "C.UTF-8"},
                    timeout=time_limit_s,
                    start_new_session=True,
                    check=False,
                )
            except subprocess.TimeoutExpired:
                raise DocumentTimeoutError(limit_s=time_limit_s) from None
            if done.returncode != 0:
                raise DamagedInputError
            report.seek(0)
            return report.read(_REPORT_BYTES_MAX)
