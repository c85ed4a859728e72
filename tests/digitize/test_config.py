"""Configuration is refused whole rather than half understood."""

from pathlib import Path

import pytest

from digitize.config import load_config
from digitize.errors import ConfigError


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def write_file(text: str) -> None:
        path = tmp_path / "digitize.toml"
        path.write_text(text, "utf-8")
        monkeypatch.setenv("DIGITIZE_CONFIG", str(path))

    return write_file


def test_an_unknown_key_is_refused_with_the_known_ones(write) -> None:
    write('[signing]\nagencey = "x"\n')
    with pytest.raises(ConfigError) as caught:
        load_config()
    message = caught.value.problem().en
    assert "signing.agencey is unknown" in message
    assert "agency" in message
    assert "tsa_url" in message


def test_an_unknown_section_is_refused_with_the_known_ones(write) -> None:
    write("[signing2]\nx = 1\n")
    with pytest.raises(ConfigError, match="signing2 is unknown; known are"):
        load_config()


def test_a_wrong_value_names_its_key(write) -> None:
    write('[limits]\nmax_pages = "many"\n')
    with pytest.raises(ConfigError, match=r"limits\.max_pages"):
        load_config()


def test_broken_toml_is_a_configuration_error(write) -> None:
    write("[signing\n")
    with pytest.raises(ConfigError):
        load_config()


def test_the_environment_wins_over_the_file(write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("[limits]\nmax_pages = 5\n")
    monkeypatch.setenv("DIGITIZE_LIMITS__MAX_PAGES", "7")
    assert load_config().limits.max_pages == 7


def test_a_named_file_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGITIZE_CONFIG", "/nowhere/digitize.toml")
    with pytest.raises(ConfigError):
        load_config()
