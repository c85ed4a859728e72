"""Faults of a type file that loads are found with their line; the project's own files have none."""

from pathlib import Path

import pytest

from digitize.errors import ConfigError
from digitize.extraction.doctypes import FOLDER, load_document_types
from digitize.extraction.lint import lint
from tests.digitize.extraction.test_doctypes import GOOD, write

TYPES = load_document_types().values()


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_types_of_the_project_have_no_faults(file: Path) -> None:
    assert lint(file, TYPES) == []


def test_a_good_file_has_no_faults(tmp_path: Path) -> None:
    assert lint(write(tmp_path, GOOD), TYPES) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "said"),
    [
        ('["Ngày sinh"]', '[\n  "Ngày sinh",\n  "NGAY SINH:",\n]', 22, "fields.1.labels", "is “Ngày sinh” again"),
        ('["Ngày sinh"]', '["Họ và tên"]', 20, "fields.1.labels", "belongs to full_name already"),
        ('["Ngày sinh"]', '["Giấy mẩu"]', 20, "fields.1.labels", "looks like the title “GIẤY MẪU”"),
        ('["Ngày sinh"]', '["Ngày sinh", "n"]', 20, "fields.1.labels", "too short"),
        ('["label"]\nlabels = ["Ngày', '["head_date"]\nlabels = ["Ngày', 20, "fields.1.labels", "no strategy uses"),
        ('"GIẤY MẪU"', '"GIẤY KHAI SINH"', 6, "match.titles", "belongs to the type birth_certificate already"),
        ('"GIẤY MẪU"', '"QUYẾT ĐỊNH"', 6, "match.titles", "belongs to the type administrative_document already"),
        ('"GIẤY MẪU"', '"TỜ KHAI THUẾ"', 6, "match.titles", "belongs to the type application_form already"),
        ('["GIẤY MẪU"]', '["GIẤY MẪU"]\nopenings = ["ĐƠN"]', 7, "match.openings", "is too short"),
        ('["GIẤY MẪU"]', '["GIẤY MẪU"]\nlook_alikes = ["Giấy mầu."]', 6, "match.titles", "under look_alikes too"),
    ],
)
def test_a_fault_is_found_with_its_line(tmp_path: Path, old: str, new: str, line: int, key: str, said: str) -> None:
    assert old in GOOD
    (finding,) = lint(write(tmp_path, GOOD.replace(old, new, 1)), TYPES)
    assert (finding.line, finding.key) == (line, key)
    assert said in finding.en
    assert finding.vi != finding.en


def test_a_file_that_does_not_load_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"sample\.toml: line 21: fields\.1\.normaliser"):
        lint(write(tmp_path, GOOD.replace('"date"', '"datum"')), TYPES)
