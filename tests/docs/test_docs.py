"""The documentation says what the code does: every error, setting, command and exit code has its place."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from scripts.write_docs import PAGES, error_types
from service.cli.app import app
from service.cli.exit_codes import ExitCode

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", PAGES)
def test_written_pages_are_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name](), "run make docs"


@pytest.mark.parametrize("command", sorted(get_command(app).commands))  # type: ignore[attr-defined]
def test_every_command_is_documented(command: str) -> None:
    assert f"## digitize {command}" in (ROOT / "docs" / "cli.md").read_text("utf-8")


@pytest.mark.parametrize("code", ExitCode)
def test_every_exit_code_is_documented(code: ExitCode) -> None:
    assert re.search(rf"^\| {code.value} \|", (ROOT / "docs" / "cli.md").read_text("utf-8"), re.MULTILINE)


def test_every_error_ends_in_a_documented_exit_code() -> None:
    assert {error.exit_code for error in error_types()} <= {code.value for code in ExitCode}


@pytest.mark.parametrize(
    "page",
    ["README.md", "README.vi.md", "ARCHITECTURE.md"]
    + [f"docs/{name}.md" for name in ("portal", "reuse", "stations", "stations.vi")],
)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    targets = [t.split("#")[0] for t in re.findall(r"\]\(([^)]+)\)", text) if not t.startswith("http")]
    assert targets
    assert [t for t in targets if t and not ((ROOT / page).parent / t).exists()] == []
