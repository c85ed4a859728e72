"""One sample: a paper, the file it arrives as, where it is dropped and how it must end."""

import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from samples.generator.forms import Form
from samples.generator.paper import Paper

Ending = Literal["published", "needs_review", "rejected"]


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    dossier: str
    component: str
    paper: Paper
    form: Form
    ends: Ending = "published"
    code: str | None = None
    """Stable error code where the input is refused."""
    reproducible: bool = True
    """False: the form holds a key or a time; the file is kept while it is there."""

    @property
    def unit(self) -> str:
        return self.dossier.split("-")[0]

    @property
    def file_name(self) -> str:
        return f"{self.name}.{self.form.suffix}"

    @property
    def seed(self) -> int:
        return zlib.crc32(self.name.encode())

    def draw(self) -> bytes:
        return self.form.write(self.paper, self.seed)

    def expect(self) -> bytes:
        """``expected.json``: what the pipeline must make of the file."""
        readable = self.ends != "rejected"
        expected = {
            "unit": self.unit,
            "dossier": self.dossier,
            "component": self.component,
            "status": self.ends,
            "code": self.code,
            "document_type": self.paper.document_type if readable else "unknown",
            "fields": dict(self.paper.fields) if readable else {},
            "handwritten": list(self.paper.handwritten) if readable else [],
            "held": self.ends == "needs_review",
        }
        return json.dumps(expected, ensure_ascii=False, indent=2).encode() + b"\n"

    def write(self, root: Path, *, anew: bool = False) -> None:
        """Write folder ``root/name``; ``anew`` also where the bytes cannot come out the same."""
        folder = root / self.name
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / self.file_name
        if self.reproducible or anew or not target.exists():
            target.write_bytes(self.draw())
        (folder / "expected.json").write_bytes(self.expect())
