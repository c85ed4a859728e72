"""Full disks, closed folders and damaged files: one sentence with a code, no traceback, nothing lost."""

import errno
import os
import subprocess
from pathlib import Path

import pytest

from service.cli.app import main
from service.cli.process import process
from storage.catalogue import DATABASE_FILE
from tests.service.cli.conftest import DIGITIZE, WRITERS, Batch, Terminal
from workers.local import beside, write_outputs

NEW_KEY = ("clients", "add", "portal", "--scope", "lookup")


@pytest.mark.parametrize("arguments", [("--help",), NEW_KEY])
def test_a_full_output_is_said_in_one_sentence_and_leaves_no_key_nobody_saw(
    started: Terminal, arguments: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [DIGITIZE, *arguments], env=started.environment, cwd=started.home, stdout=full, stderr=-1, check=False
        )
    assert (done.returncode, done.stderr.count(b"\n")) == (20, 1), done.stderr
    assert done.stderr.startswith(b"machine_full: ")
    assert "portal" not in started.run("clients", "list").stdout


def test_a_damaged_catalogue_says_how_it_comes_back(started: Terminal) -> None:
    (started.home / "var" / DATABASE_FILE).write_bytes(b"this is no database, however long one reads it" * 100)
    done = started.run("status")
    assert done.returncode == 20
    assert "catalogue_damaged: " in done.stderr
    assert "`digitize up`" in done.stderr


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EROFS, "file_inaccessible: A file cannot be read or written (EROFS /srv/giấy [1])"),
        (errno.ENOSPC, "machine_full: "),
        (errno.ENXIO, "internal_error: An internal error occurred (OSError)"),
    ],
)
def test_what_the_system_refuses_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], number: int, said: str
) -> None:
    def refused() -> None:
        raise OSError(number, os.strerror(number), "/srv/giấy [1]")

    monkeypatch.setattr("service.cli.app.app", refused)
    monkeypatch.setattr("service.cli.app._drop_unwritten", lambda: None)
    with pytest.raises(SystemExit):
        main()
    assert capfd.readouterr().err.startswith(said)


def test_what_finds_no_room_leaves_nothing_under_its_name(tmp_path: Path) -> None:
    stem = tmp_path / "scan.1"
    beside(stem, ".pdf").write_bytes(b"earlier")
    beside(stem, ".json.partial").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space"):
        write_outputs(stem, {".pdf": b"later", ".json": b"{}"})
    assert beside(stem, ".pdf").read_bytes() == b"earlier"
    assert not beside(stem, ".json").exists()


def test_who_interrupts_a_batch_hears_what_is_done(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], batch: Batch
) -> None:
    def interrupted(paths: list[Path], *arguments: object) -> None:
        finished = arguments[-1]
        assert callable(finished)
        finished(paths[0], batch.records[0])
        raise KeyboardInterrupt

    monkeypatch.setattr("service.cli.process.process_files", interrupted)
    assert process([batch.inputs], batch.out, as_json=False) == 130
    assert f"1 of {len(WRITERS)} files" in capfd.readouterr().err
