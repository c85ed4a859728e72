"""What docs/portal.md shows is what a service really answers: every command is run, every answer compared."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from digitize.config import Config
from service.scopes import SCOPES
from signing.signer import open_signer
from tests.service.client.test_calls import publish_with_record_inside
from tests.service.conftest import Doors, buckets, config, doors, stores  # noqa: F401 - fixtures
from tests.service.test_prefill import MARRIAGE
from tests.service.test_verify import paper

PAGE = (Path(__file__).parents[2] / "docs" / "portal.md").read_text("utf-8")
MORE = "…"
_COMPARED = frozenset(
    {"status", "state", "verdict", "code", "title", "role", "schema", "document_type", "use", "field", "purpose"}
)
"""Of these the value counts, of others its kind."""


def examples() -> list[tuple[str, str | None]]:
    """Every ``sh`` block, with the ``json`` block right behind it."""
    pattern = r"^```sh\n(.*?)^```\n(?:\n```json\n(.*?)^```\n)?"
    return [(found[1], found[2]) for found in re.finditer(pattern, PAGE, re.DOTALL | re.MULTILINE)]


def differences(shown: Any, given: Any, place: str = "answer") -> list[str]:
    """Where what was given is not of the shape shown."""
    if isinstance(shown, dict) and isinstance(given, dict):
        names = set(shown) - {MORE}
        found = [f"{place}: {name} is missing" for name in names - set(given)]
        if MORE not in shown:
            found += [f"{place}: {name} is not shown" for name in set(given) - names]
        return found + [line for name in names & set(given) for line in _part(name, shown, given, place)]
    if isinstance(shown, list) and isinstance(given, list):
        if bool(shown) != bool(given) or len(shown) > len(given):
            return [f"{place}: {len(given)} items, shown are {len(shown)}"]
        pairs = enumerate(zip(shown, given, strict=False))
        return [line for number, (one, other) in pairs for line in differences(one, other, f"{place}[{number}]")]
    return [] if type(shown) is type(given) else [f"{place}: {type(given).__name__}, shown is {type(shown).__name__}"]


def _part(name: str, shown: dict[str, Any], given: dict[str, Any], place: str) -> list[str]:
    found = differences(shown[name], given[name], f"{place}.{name}")
    told = isinstance(shown[name], str | int) and name in _COMPARED and shown[name] != given[name]
    return [*found, f"{place}.{name}: {given[name]!r}, shown is {shown[name]!r}"] if told else found


@pytest.fixture
def environment(doors: Doors, config: Config, tmp_path: Path) -> dict[str, str]:  # noqa: F811
    """An archive of one sealed paper, and the variables that the page speaks of."""
    doors.catalogue.replace_procedures([MARRIAGE])
    unsigned, signed = tmp_path / "paper.pdf", tmp_path / "sealed.pdf"
    unsigned.write_bytes(paper())
    open_signer(config.signing, config.secrets_dir).sign_pdf(unsigned, signed, None)
    return {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "API": str(doors.http.base_url),
        "KEY": doors.key(*SCOPES),
        "ID": doors.publish(pdf=signed.read_bytes()),
    }


def test_every_example_answers_as_shown(environment: dict[str, str], tmp_path: Path) -> None:
    mark = "--- next"
    script = "\n".join(f"{commands}\necho '{mark}'" for commands, _ in examples())
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], env=environment, cwd=tmp_path, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr
    answers = done.stdout.split(f"{mark}\n")[:-1]
    assert len(answers) == len(examples())
    for (commands, shown), answer in zip(examples(), answers, strict=True):
        if shown is None:
            assert answer == "", commands
        else:
            assert differences(json.loads(shown), json.loads(answer)) == [], commands


@pytest.mark.parametrize(
    ("shown", "given"),
    [
        ({"a": 1}, {}), ({"a": 1}, {"a": 1, "b": 2}), ({"a": [1]}, {"a": []}), ({"a": []}, {"a": [1]}),
        ({"status": "published"}, {"status": "revoked"}), ({"a": "x"}, {"a": None}), ({"a": [{"b": 1}]}, {"a": [{}]}),
    ],
)  # fmt: skip
def test_what_differs_is_seen(shown: Any, given: Any) -> None:
    assert differences(shown, given)
    assert not differences(shown, shown)


def test_every_scope_can_be_copied_from_the_page() -> None:
    assert [scope for scope in SCOPES if f"--scope {scope}" not in PAGE] == []


def test_the_python_example_runs(doors: Doors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    identity = publish_with_record_inside(doors, tmp_path)
    found = re.search(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert found is not None
    monkeypatch.chdir(tmp_path)
    address = str(doors.http.base_url).rstrip("/")
    example = found[1].replace("https://digitize.example", address)
    exec(example, {"key": doors.key("lookup", "documents:read", "sensitive")})
    assert (tmp_path / f"{identity}.pdf").stat().st_size > 0
