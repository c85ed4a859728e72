"""Writes the parts of docs/ that the code knows best: errors and configuration. A test holds them to it."""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

import digitize.door_errors
import digitize.idempotency_errors
import digitize.machine_errors
import digitize.upload_errors  # noqa: F401 - so that their errors are known
from digitize.config import Config
from digitize.errors import DigitizeError

ERRORS_INTRODUCTION = (
    "Every error has a stable code, one sentence in each language, an HTTP status and an exit code. "
    "The command line writes them as `code: sentence`, of one file among several as `code: file: sentence`. "
    "Written by `scripts/write_docs.py` from `digitize/errors.py` and the files it names."
)
CONFIGURATION_INTRODUCTION = (
    "`digitize.toml` in the working directory, or the file that `DIGITIZE_CONFIG` names; every key can also be "
    "given as `DIGITIZE_<SECTION>__<KEY>`, which wins. Unknown keys are refused with the list of known ones. "
    "Written by `scripts/write_docs.py` from `digitize/config.py`."
)
DOCS = Path(__file__).parents[1] / "docs"


def errors_page() -> str:
    lines = [
        "# Errors",
        "",
        ERRORS_INTRODUCTION,
    ]
    for error in error_types():
        lines += [
            "",
            f"## {error.code}",
            "",
            f"- {error.vi}",
            f"- {error.en}",
            f"- HTTP {error.http_status} · exit code {error.exit_code} · "
            + ("retried by itself" if error.retryable else "not retried"),
        ]
    return "\n".join(lines) + "\n"


def error_types() -> list[type[DigitizeError]]:
    """Every class with a code of its own, in the order of the tree; those of single doors behind, by module."""

    def below(kind: type[DigitizeError]) -> Iterator[type[DigitizeError]]:
        # Python has them in the order in which modules happened to be loaded.
        for child in sorted(kind.__subclasses__(), key=lambda one: (one.__module__ != root, one.__module__)):
            if "code" in vars(child):
                yield child
            yield from below(child)

    root = DigitizeError.__module__
    return list(below(DigitizeError))


def configuration_page() -> str:
    lines = [
        "# Configuration",
        "",
        CONFIGURATION_INTRODUCTION,
        "",
        "## data_dir",
        "",
        "Where the embedded servers keep their data and the secrets lie. Default `~/.local/share/digitize`.",
    ]
    for name, field in Config.model_fields.items():
        section = section_of(field)
        if section is None:
            continue
        title = f"[[{name}]]" if name == "stations" else f"[{name}]"
        lines += ["", f"## {title}"]
        if section.__doc__:
            lines += ["", inspect.cleandoc(section.__doc__)]
        lines += ["", "| key | default | |", "|---|---|---|"]
        for key, part in section.model_fields.items():
            lines.append(f"| `{key}` | {_default(part)} | {_cell(part.description)} |")
    return "\n".join(lines) + "\n"


def section_of(field: FieldInfo) -> type[BaseModel] | None:
    candidates = (field.annotation, *getattr(field.annotation, "__args__", ()))
    return next((c for c in candidates if isinstance(c, type) and issubclass(c, BaseModel)), None)


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return "number of cores"
    if field.is_required():
        return "required"
    return "—" if field.default is None else f"`{field.default}`"


def _cell(text: str | None) -> str:
    return " ".join((text or "").split())


PAGES = {"errors.md": errors_page, "configuration.md": configuration_page}


def main() -> int:
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
