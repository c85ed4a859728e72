"""Commands run on hostile files are capped, whatever the command does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from digitize.config import Limits
from digitize.confinement import COMMANDS_DIR, confine_commands, run_confined
from digitize.errors import DamagedInputError, DocumentTimeoutError
from tests.sessions import in_session, until


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a misbehaving program where the system's pdfinfo would be found."""

    def install(script: str, limits: Limits) -> None:
        program = tmp_path / "pdfinfo"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        for name in ("CONFINED_TIME_LIMIT_S", "CONFINED_MEMORY_MIB"):
            monkeypatch.setenv(name, "")  # restored afterwards
        confine_commands(limits)

    return install


def test_endless_output_is_cut(stand_in) -> None:
    stand_in(
        "yes complaint | head -c 100000000 >&2 & yes output | head -c 100000000; wait", Limits(page_time_limit_s=5)
    )
    done = subprocess.run([COMMANDS_DIR / "pdfinfo"], capture_output=True, check=False)
    assert 0 < len(done.stdout) <= 65_536
    assert 0 < len(done.stderr) <= 65_536


def test_a_command_that_hangs_is_ended(stand_in) -> None:
    limits = Limits(page_time_limit_s=1)
    stand_in("sleep 600", limits)
    with pytest.raises(DocumentTimeoutError):
        run_confined("pdfinfo", limits=limits)


def test_a_command_ends_with_the_caller_that_is_killed(stand_in, tmp_path: Path) -> None:
    """Whatever the command has started ends too, and lets go of the pipes to others."""
    stand_in(f"echo $$ > {tmp_path}/pid; sleep 600 & sleep 600", Limits())
    script = f"import subprocess; subprocess.run([{str(COMMANDS_DIR / 'pdfinfo')!r}], capture_output=True)"
    caller = subprocess.Popen([sys.executable, "-c", script], start_new_session=True)
    until((tmp_path / "pid").exists)
    assert len(in_session(caller.pid)) > 3
    caller.kill()
    caller.wait()
    until(lambda: not in_session(caller.pid))


def test_a_command_that_takes_all_memory_fails(stand_in) -> None:
    limits = Limits(subprocess_memory_mib=64)
    stand_in("exec python3 -c 'x = bytearray(1 << 30)'", limits)
    with pytest.raises(DamagedInputError):
        run_confined("pdfinfo", limits=limits)


def test_the_real_command_answers() -> None:
    assert b"pdfinfo" in subprocess.run([COMMANDS_DIR / "pdfinfo", "-v"], capture_output=True, check=True).stderr
