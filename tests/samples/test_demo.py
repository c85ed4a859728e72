"""`make demo`: a second one is told so, and Ctrl-C leaves nothing running, whenever it comes."""

import fcntl
import subprocess
from pathlib import Path

import pytest

from scripts import demo


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A data directory and an environment of its own; the signals of this process stay as they are."""
    monkeypatch.setattr(demo, "DATA_DIR", tmp_path / "demo")
    monkeypatch.setattr("sys.argv", ["demo"])
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for name in ("CONFIG", "DATA_DIR"):
        monkeypatch.setenv(f"DIGITIZE_{name}", "")  # the demo sets it; this way it is set back
    monkeypatch.setenv("DIGITIZE_SERVICE__PORT", str(demo.free_port(0)))
    return tmp_path / "demo"


def test_while_one_runs_another_says_so(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    place.mkdir()
    with (place / "supervisor.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert demo.main() == 3
    assert "stop that one first" in " ".join(capfd.readouterr().err.split())


def test_interrupted_while_it_starts_it_leaves_nothing_running(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def interrupted(stack: "subprocess.Popen[bytes]") -> None:
        started.append(stack)
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "wait_until_ready", interrupted)
    assert demo.main() == 130
    assert [stack.poll() is None for stack in started] == [False]
