"""Every external command runs through ``digitize/confined``: capped in time, memory, file size and output."""

import os
import subprocess
from pathlib import Path

from digitize.config import Limits
from digitize.errors import DamagedInputError, DocumentTimeoutError

COMMANDS_DIR = Path(__file__).parent / "confined"
_TIMED_OUT = 124  # exit status of timeout(1)


def confine_commands(limits: Limits) -> None:
    """Set the caps for every command this process starts from now on; called once at each entry point."""
    os.environ["CONFINED_TIME_LIMIT_S"] = str(limits.page_time_limit_s)
    os.environ["CONFINED_MEMORY_MIB"] = str(limits.subprocess_memory_mib)


def run_confined(command: str, *arguments: str | Path, limits: Limits) -> bytes:
    """Run one of the confined commands and return its standard output, at most 64 KiB.

    Raises DocumentTimeoutError past the time limit, DamagedInputError where the command fails.
    """
    done = subprocess.run(
        [COMMANDS_DIR / command, *arguments], capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode == _TIMED_OUT:
        raise DocumentTimeoutError(limit_s=limits.page_time_limit_s)
    if done.returncode != 0:
        raise DamagedInputError
    return done.stdout
