"""Papers of known truth put through extraction: every field beside what it should be."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from time import process_time

from digitize.config import Extraction
from digitize.extraction.api import Clues, Extracted
from digitize.extraction.engine import extract
from digitize.extraction.schema import DocumentType
from digitize.model import FieldRecord, FieldValue
from scripts.calibration.corpus import ReadPaper


@dataclass(frozen=True, slots=True)
class JudgedField:
    """A field that is printed, or was read, or both."""

    paper: ReadPaper
    name: str
    truth: FieldValue
    """None where nothing is printed."""
    handwritten: bool
    found: FieldRecord | None
    clues: Clues | None

    @property
    def value(self) -> FieldValue:
        return None if self.found is None else self.found.value

    @property
    def right(self) -> bool:
        return self.value is not None and as_compared(self.value) == as_compared(self.truth)

    @property
    def accepted(self) -> bool:
        return self.found is not None and self.found.value is not None and self.found.state == "accepted"


@dataclass(frozen=True, slots=True)
class JudgedPaper:
    paper: ReadPaper
    extracted: Extracted
    fields: tuple[JudgedField, ...]
    """Without those that repeat another field, such as the owner's name."""
    cpu_s: float

    @property
    def type_right(self) -> bool:
        return self.extracted.document_type.code == self.paper.truth["document_type"]


def judge_papers(
    papers: Iterable[ReadPaper], types: Mapping[str, DocumentType], settings: Extraction
) -> list[JudgedPaper]:
    """Of those that pass the quality gate."""
    return [judge_paper(paper, types, settings) for paper in papers if not paper.refused]


def judge_paper(paper: ReadPaper, types: Mapping[str, DocumentType], settings: Extraction) -> JudgedPaper:
    began = process_time()
    extracted = extract(paper.pages, types, settings)
    cpu_s = process_time() - began
    printed = paper.truth["fields"]
    codes = (paper.truth["document_type"], extracted.document_type.code)
    repeated = {name for code in codes if code in types for name in types[code].repeated}
    names = [name for name in dict.fromkeys([*printed, *extracted.fields]) if name not in repeated]
    fields = tuple(
        JudgedField(
            paper,
            name,
            printed[name]["value"] if name in printed else None,
            name in printed and printed[name]["handwritten"],
            extracted.fields.get(name),
            extracted.clues.get(name),
        )
        for name in names
    )
    return JudgedPaper(paper, extracted, fields, cpu_s)


def as_compared(value: FieldValue) -> object:
    if isinstance(value, list):
        return [as_compared(one) for one in value]
    return None if value is None else unicodedata.normalize("NFC", value)
