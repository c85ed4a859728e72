"""Fields of real scans, compared as their folder's own description says."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from digitize.config import Extraction
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.engine import extract
from digitize.extraction.letters import fold
from digitize.model import FieldRecord
from scripts.calibration.corpus import read_files

QUICK_PAGES_MAX = 2


@dataclass(frozen=True, slots=True)
class RealField:
    file: str
    name: str
    truth: str | None
    """None where nothing is printed."""
    handwritten: bool
    right: bool
    found: FieldRecord | None

    @property
    def accepted(self) -> bool:
        return self.found is not None and self.found.value is not None and self.found.state == "accepted"


def judge_real(real: Path, *, quick: bool) -> Iterator[RealField]:
    """Every field of the papers that ``truth.json`` describes; ``quick``: of the shorter ones."""
    types = load_document_types()
    truths = json.loads((real / "truth.json").read_text("utf-8")).values()
    chosen = [truth for truth in truths if not quick or truth["page_count"] <= QUICK_PAGES_MAX]
    for truth, pages in zip(chosen, read_files([real / truth["file"] for truth in chosen]), strict=True):
        extracted = extract(pages, types, Extraction())
        of_type = extracted.document_type.code == truth["document_type"]
        for name, printed in truth["fields"].items():
            found = extracted.fields.get(name)
            value = found.value if found is not None and isinstance(found.value, str) else None
            allowed = [_bare(name, text) for text in (printed, *truth["accept"].get(name, [])) if text]
            right = of_type and value is not None and _bare(name, value) in allowed
            yield RealField(truth["file"], name, printed, name in truth["handwritten"], right, found)


def _bare(name: str, text: str) -> str:
    if name == "document_number":
        return "".join(text.split())
    if name == "subject":
        opening = next((opening for opening in ("v/v ", "ve viec ") if fold(text).startswith(opening)), "")
        return text[len(opening) :].rstrip(".")
    return text
