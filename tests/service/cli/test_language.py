"""Vietnamese where the locale is, English elsewhere; wrong calls and wrong configuration."""

import pytest

from tests.service.cli.conftest import Terminal

VIETNAMESE, ENGLISH = "vi_VN.UTF-8", "C.UTF-8"


@pytest.mark.parametrize(
    ("locale", "sentence"), [(VIETNAMESE, "Chạy toàn bộ hệ thống"), (ENGLISH, "Run the whole stack")]
)
def test_help_is_in_the_language_of_the_locale(terminal: Terminal, locale: str, sentence: str) -> None:
    shown = terminal.run("--help", LC_ALL=locale)
    assert shown.returncode == 0
    assert sentence in shown.stdout
    for command in (
        "up",
        "process",
        "drop",
        "status",
        "verify",
        "lookup",
        "doctor",
        "clients",
        "procedures",
        "units",
        "dossiers",
        "audit",
    ):
        assert f" {command} " in shown.stdout


@pytest.mark.parametrize(
    ("locale", "sentence"), [(VIETNAMESE, "Cấu hình sai"), (ENGLISH, "The configuration is wrong")]
)
def test_messages_are_in_the_language_of_the_locale(terminal: Terminal, locale: str, sentence: str) -> None:
    (terminal.home / "digitize.toml").write_text("[workers]\nnumber = 3\n", "utf-8")
    shown = terminal.run("status", LC_ALL=locale)
    assert shown.returncode == 3
    assert "config_invalid" in shown.stderr
    assert sentence in shown.stderr
    assert "workers.number" in shown.stderr
    assert "lease_s" in shown.stderr  # one of the keys that exist


@pytest.mark.parametrize(
    "arguments",
    [("process", "scan.pdf"), ("drop", "scan.pdf", "--unit", "H99.01"), ("lookup",), ("verify",), ("nonsense",)],
)
def test_a_wrong_call_ends_with_2(terminal: Terminal, arguments: tuple[str, ...]) -> None:
    done = terminal.run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
