"""`digitize doctypes`: faults, a type and what it makes of a scan, in words of people who are no engineers."""

from pathlib import Path

import pytest

from digitize.extraction.doctypes import FOLDER
from samples.expectations import DOCUMENTS
from tests.digitize.extraction.test_doctypes import GOOD
from tests.service.cli.conftest import Terminal

BIRTH_SCAN = DOCUMENTS / "birth-certificate" / "birth-certificate.jpg"
VIETNAMESE = {"LC_ALL": "vi_VN.UTF-8"}


def write(terminal: Terminal, source: str) -> Path:
    file = terminal.home / "sample.toml"
    file.write_text(source, "utf-8")
    return file


def test_a_good_file_has_no_faults(terminal: Terminal) -> None:
    done = terminal.run("doctypes", "lint", write(terminal, GOOD))
    assert (done.returncode, done.stdout) == (0, "sample.toml: no faults.\n")


def test_a_fault_is_named_with_its_line(terminal: Terminal) -> None:
    done = terminal.run("doctypes", "lint", write(terminal, GOOD.replace("GIẤY MẪU", "GIẤY KHAI SINH")), **VIETNAMESE)
    assert done.returncode == 3
    assert done.stdout.startswith("sample.toml: dòng 6: match.titles: tiêu đề “GIẤY KHAI SINH” đã thuộc loại")


def test_a_file_that_does_not_load_says_where(terminal: Terminal) -> None:
    done = terminal.run("doctypes", "lint", write(terminal, GOOD.replace("valid_date", "valid_day")))
    assert done.returncode == 3
    assert "sample.toml: line 22: fields.1.checks: valid_day is unknown" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("lint", "nowhere.toml"),
        ("lint", "digitize.txt"),
        ("show", "passport"),
        ("try", "nowhere.toml", "scan.jpg"),
        ("try", str(FOLDER / "diploma.toml"), "nowhere.jpg"),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(terminal: Terminal, arguments: tuple[str, ...]) -> None:
    done = terminal.run("doctypes", *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("invalid_request: ")
    assert done.stdout == ""


def test_a_type_is_shown_in_words(terminal: Terminal) -> None:
    shown = terminal.run("doctypes", "show", "land_use_certificate", **VIETNAMESE).stdout
    for said in ("Giấy chứng nhận quyền sử dụng đất", "HỢP ĐỒNG TẶNG CHO", "Diện tích (m²) *", "khớp phần bằng chữ"):
        assert said in shown
    by_file = terminal.run("doctypes", "show", FOLDER / "land_use_certificate.toml", **VIETNAMESE).stdout
    assert by_file == shown


def test_a_type_is_tried_on_a_scan(terminal: Terminal) -> None:
    done = terminal.run("doctypes", "try", FOLDER / "birth_certificate.toml", BIRTH_SCAN)
    assert done.returncode == 0
    assert "birth_certificate: 0.98 “GIẤY KHAI SINH”" in done.stdout
    for said in ("Sex", "female", "matches the personal id"):
        assert said in done.stdout


def test_another_type_says_that_it_is_not_meant(terminal: Terminal) -> None:
    done = terminal.run("doctypes", "try", FOLDER / "diploma.toml", BIRTH_SCAN, **VIETNAMESE)
    assert done.returncode == 0
    assert "Không phải diploma" in done.stdout
    assert "được chọn là: birth_certificate" in done.stdout
