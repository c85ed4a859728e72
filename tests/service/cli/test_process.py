"""`digitize process`: every file ends with a record, and nobody's file is written over."""

import json
import os
import shutil
from pathlib import Path

import pytest

from digitize.model import Record
from tests.papers import draw_page, stamp, write_jpeg
from tests.service.cli.conftest import WRITERS, Batch, Terminal


def test_every_file_of_a_batch_ends_with_a_record_on_one_line(batch: Batch) -> None:
    assert batch.done.returncode == 10  # the highest of the files' codes
    ended = {record.source.filename: record for record in batch.records}
    assert set(ended) == set(WRITERS)  # notes.txt is no scan
    codes = {name: record.problem.code if record.problem else None for name, record in ended.items()}
    assert codes == {
        "a-empty.pdf": "input_empty",
        "b-text.pdf": "input_unsupported",
        "c-damaged.tif": "input_damaged",
        "scan.jpg": None,
        "scan.pdf": None,
        "trắng.png": "input_unreadable",
    }
    assert {ended["scan.jpg"].status, ended["scan.pdf"].status} == {"published"}


def test_a_refused_file_leaves_its_record_only(batch: Batch) -> None:
    record = Record.from_json((batch.out / "a-empty.json").read_bytes())
    assert (record.status, record.source.size) == ("rejected", 0)
    assert record.problem is not None
    assert not (batch.out / "a-empty.pdf").exists()
    assert f"input_empty: {batch.inputs}/a-empty.pdf: The file" in batch.done.stderr


def test_nothing_but_sentences_stands_on_standard_error(batch: Batch) -> None:
    codes = sorted(line.split(": ")[0] for line in batch.done.stderr.splitlines())
    assert codes == ["input_damaged", "input_empty", "input_unreadable", "input_unsupported"]


def test_what_was_there_is_never_written_over(batch: Batch) -> None:
    assert {path for path, data in batch.before.items() if path.read_bytes() != data} == set()


def test_two_inputs_of_one_stem_beside_a_foreign_pdf_are_numbered(batch: Batch) -> None:
    made = {path.name for path in batch.out.iterdir()} - {path.name for path in batch.before}
    assert made == {
        *("a-empty.json", "b-text-2.json", "c-damaged.json", "trắng.json"),
        *(f"scan-{number}.{suffix}" for number in (2, 3) for suffix in ("json", "json.p7s", "pdf")),
    }
    names = {Record.from_json((batch.out / f"scan-{n}.json").read_bytes()).source.filename for n in (2, 3)}
    assert names == {"scan.jpg", "scan.pdf"}


def test_the_record_on_the_terminal_is_the_one_in_the_folder(batch: Batch) -> None:
    kept = {Record.from_json(path.read_bytes()).to_json() for path in batch.out.glob("*.json")}
    assert {record.to_json() for record in batch.records} == kept


def test_all_good_ends_with_0_and_again_with_the_same_names(terminal: Terminal) -> None:
    write_jpeg(terminal.home / "scan.jpg")
    for _ in range(2):
        done = terminal.run("process", "scan.jpg", "--out", ".", LC_ALL="vi_VN.UTF-8")
        assert done.returncode == 0, done.stderr
        assert "đã công bố" in done.stdout
    made = sorted(path.name for path in terminal.home.glob("scan*"))
    assert made == ["scan.jpg", "scan.json", "scan.json.p7s", "scan.pdf"]


def test_a_held_input_ends_with_11(terminal: Terminal) -> None:
    write_jpeg(terminal.home / "scan.jpg")
    done = terminal.run("process", "scan.jpg", "--out", "out", DIGITIZE_LIMITS__MAX_PAGE_MEGAPIXELS="1")
    assert done.returncode == 11
    assert "input_bomb" in done.stderr
    assert json.loads((terminal.home / "out" / "scan.json").read_bytes())["status"] == "quarantined"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("far/nowhere.pdf", "no file or folder far/nowhere.pdf"),
        ("empty-folder", "no scan"),
        ("/dev/null", "/dev/null is no file"),
    ],
)
def test_nothing_to_process_is_a_wrong_call(terminal: Terminal, path: str, said: str) -> None:
    (terminal.home / "empty-folder").mkdir()
    done = terminal.run("process", path, "--out", "out")
    assert done.returncode == 2
    assert "invalid_request" in done.stderr
    assert said in done.stderr
    assert not (terminal.home / "out").exists()


def test_a_missing_language_stops_the_batch_before_it_starts(terminal: Terminal) -> None:
    write_jpeg(terminal.home / "scan.jpg")
    done = terminal.run("process", "scan.jpg", "--out", "out", DIGITIZE_RECOGNITION__LANGUAGE="vie+xyz")
    assert done.returncode == 3
    assert "tesseract-ocr-xyz" in done.stderr
    assert not Path(terminal.home / "out").exists()


@pytest.fixture
def earlier(batch: Batch, terminal: Terminal) -> Path:
    """A folder with what an earlier run made of ``scan.jpg`` of the batch."""
    out = terminal.home / "out"
    out.mkdir()
    made = (path.with_suffix("") for path in batch.out.glob("scan-?.json"))
    stem = next(one for one in made if b'"scan.jpg"' in one.with_suffix(".json").read_bytes())
    for suffix in (".json", ".json.p7s", ".pdf"):
        shutil.copyfile(stem.with_suffix(suffix), out / f"scan{suffix}")
    return out


def test_another_paper_of_the_same_name_is_numbered_and_again_with_the_same_name(
    terminal: Terminal, earlier: Path
) -> None:
    (terminal.home / "scan.jpg").write_bytes(b"refused")
    kept = {path: path.read_bytes() for path in earlier.iterdir()}
    for _ in range(2):
        assert terminal.run("process", "scan.jpg", "--out", earlier).returncode == 10
        assert {path for path in earlier.iterdir() if kept.get(path) != path.read_bytes()} == {earlier / "scan-2.json"}


def test_a_paper_refused_now_leaves_nothing_of_its_earlier_run(batch: Batch, terminal: Terminal, earlier: Path) -> None:
    scan = batch.inputs / "scan.jpg"
    done = terminal.run("process", scan, "--out", earlier, DIGITIZE_LIMITS__MAX_PAGE_MEGAPIXELS="1")
    assert done.returncode == 11
    assert [path.name for path in earlier.iterdir()] == ["scan.json"]


def test_somebody_elses_json_is_not_written_over(terminal: Terminal) -> None:
    out = terminal.home / "out"
    out.mkdir()
    (out / "scan.json").write_text('{"mine": true}')
    write_jpeg(terminal.home / "scan.jpg")
    assert terminal.run("process", "scan.jpg", "--out", "out").returncode == 0
    assert (out / "scan.json").read_text() == '{"mine": true}'
    assert (out / "scan-2.pdf").exists()


def test_a_secret_paper_leaves_a_refusal_without_its_text(terminal: Terminal) -> None:
    write_jpeg(terminal.home / "scan.jpg", stamp(draw_page(), "MẬT", "red", (20, 15)))
    done = terminal.run("process", "scan.jpg", "--out", "out")
    assert done.returncode == 10
    assert "secret_paper: scan.jpg: " in done.stderr
    assert "delete it" in done.stderr
    assert "was deleted" not in done.stderr
    assert "scan.jpg" in done.stdout
    assert [path.name for path in (terminal.home / "out").iterdir()] == ["scan.json"]
    record = Record.from_json((terminal.home / "out" / "scan.json").read_bytes())
    assert record.problem is not None
    assert record.problem.code == "secret_paper"
    assert (record.pages, record.fields) == ((), {})
    assert "CỘNG" not in done.stdout + done.stderr


def test_a_name_of_another_encoding_or_of_full_length_stops_nobody(terminal: Terminal) -> None:
    scan = write_jpeg(terminal.home / "scan.jpg").read_bytes()
    (terminal.home / "in").mkdir()
    for name in (b"h\xe9.jpg", "ạ".encode() * 83 + b".jpg"):
        Path(os.fsdecode(bytes(terminal.home / "in") + b"/" + name)).write_bytes(scan)
    assert terminal.run("process", "in", "--out", "out").returncode == 0
    made = sorted(path.name for path in (terminal.home / "out").glob("*.pdf"))
    assert made == ["h\ufffd.pdf", "ạ" * 73 + ".pdf"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("verify", "far/x.pdf"), "file or folder far/x.pdf"),
        (("procedures", "import", "/dev/null"), "/dev/null is no file"),
        (("doctypes", "lint", "far/[1].toml"), "file or folder far/[1].toml"),
    ],
)
def test_a_wrong_path_is_named_as_it_was_given(started: Terminal, arguments: tuple[str, ...], said: str) -> None:
    (started.home / "far").mkdir()
    done = started.run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_name_no_file_can_have_is_named_as_missing(terminal: Terminal) -> None:
    done = terminal.run("process", "a" * 5_000 + ".pdf", "--out", "out")
    assert done.returncode == 2
    assert "aaaa" in done.stderr
    assert "Traceback" not in done.stderr
