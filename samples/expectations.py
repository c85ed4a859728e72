"""Holds a record against a sample's ``expected.json``; used by the demo, the tests and the benchmark."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitize.model import Record

DOCUMENTS = Path(__file__).parent / "documents"


@dataclass(frozen=True, slots=True)
class Sample:
    path: Path
    unit: str
    dossier: str
    component: str
    expected: dict[str, Any]

    @property
    def name(self) -> str:
        return self.path.parent.name


def load_samples(folder: Path = DOCUMENTS) -> list[Sample]:
    """Every sample with its expectation, in the order of their names."""
    samples = []
    for file in sorted(folder.glob("*/expected.json")):
        expected = json.loads(file.read_text("utf-8"))
        (path,) = (p for p in file.parent.iterdir() if p.name != file.name)
        samples.append(Sample(path, expected["unit"], expected["dossier"], expected["component"], expected))
    return samples


def differences(record: Record, expected: dict[str, Any]) -> list[str]:
    """What is not as expected: state, error code, type, a field accepted with another value, and, where the
    document went through without a reviewer, a field that is missing.
    """
    found = []
    code = record.problem.code if record.problem else None
    for name, is_value, should_be in (
        ("status", record.status.value, expected["status"]),
        ("code", code, expected["code"]),
        ("document_type", record.document_type.code, expected["document_type"]),
    ):
        if is_value != should_be:
            found.append(f"{name}: {is_value} instead of {should_be}")
    for name, value in expected["fields"].items():
        field = record.fields.get(name)
        if field is None or field.value is None:
            if expected["status"] == "published":
                found.append(f"{name}: missing")
        elif field.state == "accepted" and field.value != value:
            found.append(f"{name}: another value accepted")
    for name, field in record.fields.items():
        if field.state == "accepted" and field.value is not None and name not in expected["fields"]:
            found.append(f"{name}: accepted, but not printed")
    return found
