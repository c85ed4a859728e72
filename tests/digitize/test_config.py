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


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[service]\nport = 99999\n", "service.port"),
        ("[limits]\nmax_pages = 0\n", "limits.max_pages"),
        ('[signing]\nagency = " "\n', "signing.agency"),
        ("[workers]\npoll_s = nan\n", "workers.poll_s"),
        ("[extraction]\naccepted_error_rate_max = 1.5\n", "extraction.accepted_error_rate_max"),
        ('[[stations]]\nunit = "H99.01/.."\n', "stations.0.unit"),
        ('[[stations]]\nunit = "H99.01"\n[[stations]]\nunit = "H99.01"\n', "stations: every unit"),
        ('[storage]\nwork_bucket = "archive"\n', "storage: inbox, archive and work"),
    ],
)
def test_a_value_out_of_range_is_refused_before_anything_starts(write, text: str, named: str) -> None:
    write(text)
    with pytest.raises(ConfigError) as caught:
        load_config()
    assert f"wrong: {named}" in caught.value.problem().en
