"""Type files hold together, and an error in one names file, line and key."""

from pathlib import Path

import pytest

from digitize.errors import ConfigError
from digitize.extraction.doctypes import FOLDER, load_document_type, load_document_types

GOOD = """\
code = "sample"
name_vi = "Mẫu"
name_en = "Sample"

[match]
titles = ["GIẤY MẪU"]

[owner]
owner_name = "full_name"

[[fields]]
name = "full_name"
strategies = ["label"]
labels = ["Họ và tên"]
normaliser = "name"

[[fields]]
name = "date_of_birth"
strategies = ["label"]
labels = ["Ngày sinh"]
normaliser = "date"
checks = ["valid_date"]
"""


def write(folder: Path, source: str) -> Path:
    file = folder / "sample.toml"
    file.write_text(source, encoding="utf-8")
    return file


def test_every_type_of_the_project_loads() -> None:
    types = load_document_types()
    assert {"administrative_document", "birth_certificate"} <= set(types)
    assert set(types) == {file.stem for file in FOLDER.glob("*.toml")}


def test_a_good_file_loads(tmp_path: Path) -> None:
    loaded = load_document_type(write(tmp_path, GOOD))
    assert [field.name for field in loaded.fields] == ["full_name", "date_of_birth"]


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ('normaliser = "date"', 'normaliser = "datum"', 21, "fields.1.normaliser"),
        ('checks = ["valid_date"]', 'checks = ["valid_day"]', 22, "fields.1.checks"),
        ('checks = ["valid_date"]', 'checks = ["matches_words:words"]', 22, "fields.1.checks"),
        ('checks = ["valid_date"]', 'checks = ["matches_words"]', 22, "fields.1.checks"),
        ('labels = ["Ngày sinh"]', 'label = ["Ngày sinh"]', 20, "fields.1.label"),
        ('labels = ["Họ và tên"]', "labels = []", 13, "fields.0.strategies"),
        ('strategies = ["label"]\nlabels = ["Họ', 'strategies = ["magic"]\nlabels = ["Họ', 13, "fields.0.strategies"),
        ('owner_name = "full_name"', 'owner_name = "fullname"', 9, "owner.owner_name"),
        ('code = "sample"', 'code = "other"', 1, "code"),
        ('titles = ["GIẤY MẪU"]', "titles = []", 5, "match"),
        ('owner_name = "full_name"', 'owner_name = ["full_name", "other"]', 9, "owner.owner_name"),
        ("[owner]", '[same]\nvalid_until = "expiry"\n\n[owner]', 9, "same.valid_until"),
        ('titles = ["GIẤY MẪU"]', 'titles = ["GIẤY MẪU"]\nmarks_min = 2', 7, "match.marks_min"),
        ('["label"]\nlabels = ["Họ', '["only_of_shape"]\nlabels = ["Họ', 15, "fields.0.normaliser"),
        ('name = "date_of_birth"', 'name = "full_name"', 18, "fields.1.name"),
        ('normaliser = "name"', 'normaliser = "name"\nsection = "mother"', 16, "fields.0.section"),
    ],
)  # fmt: skip
def test_an_error_names_file_line_and_key(tmp_path: Path, old: str, new: str, line: int, key: str) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError) as raised:
        load_document_type(write(tmp_path, GOOD.replace(old, new, 1)))
    assert f"sample.toml: line {line}: {key}: " in str(raised.value)


def test_broken_toml_names_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"sample\.toml: .*line 5"):
        load_document_type(write(tmp_path, GOOD.replace("[match]", "[match")))


def test_a_folder_without_types_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        load_document_types(tmp_path)
