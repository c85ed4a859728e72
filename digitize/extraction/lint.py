"""What is wrong with a type file though it loads: words that two things claim, words too short to be told apart.

Type files hold no regular expression, so none of them can run long: patterns are the normalisers' and the checks' own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

from digitize.extraction.doctypes import Location, line_of, load_document_type
from digitize.extraction.labels import SCORE_MIN_WITHOUT_COLON, SHORTEST_WITHOUT_COLON
from digitize.extraction.letters import squeeze
from digitize.extraction.schema import DocumentType

LETTERS_MIN = 2
OPENING_LETTERS_MIN = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """``line`` is 1-based; ``key`` is dotted, as in errors of loading."""

    line: int
    key: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class _Fault:
    at: Location
    text: str
    """The printed text it is about, to find its line."""
    vi: str
    en: str


def lint(file: Path, others: Iterable[DocumentType]) -> list[Finding]:
    """In the order of lines. ``others``: the types it has to live with; one of the same code is left out.

    Raises ConfigError, with file, line and key, for a file that does not load.
    """
    document_type = load_document_type(file)
    source = file.read_text(encoding="utf-8")
    faults = [*_in_labels(document_type), *_in_titles(document_type)]
    for other in others:
        if other.code != document_type.code:
            faults += _claimed(document_type, other)
    found = [
        Finding(_line_of_text(source, fault), ".".join(str(part) for part in fault.at), fault.vi, fault.en)
        for fault in faults
    ]
    return sorted(set(found), key=lambda finding: (finding.line, finding.en))


def _line_of_text(source: str, fault: _Fault) -> int:
    start = line_of(source, fault.at)
    lines = source.splitlines()
    return next((i + 1 for i in range(start - 1, len(lines)) if f'"{fault.text}"' in lines[i]), start)


# --- labels -----------------------------------------------------------------------------------------------


def _in_labels(document_type: DocumentType) -> Iterator[_Fault]:
    fields = list(enumerate(document_type.fields))
    for index, field in fields:
        at = ("fields", index, "labels")
        yield from _twice(at, field.labels)
        yield from _too_short(at, field.labels)
        yield from _like_title(at, field.labels, document_type)
        if field.labels and not any(name.startswith("label") or name in _LABELLED for name in field.strategies):
            yield _Fault(at, field.labels[0], "không cách tìm nào dùng nhãn", "no strategy uses the labels")
    for (_, first), (index, second) in combinations(fields, 2):
        if first.strategies == second.strategies and first.section == second.section:
            shared = {squeeze(label) for label in first.labels}
            for label in second.labels:
                if squeeze(label) in shared:
                    vi = f"nhãn “{label}” đã thuộc trường {first.name}"
                    yield _Fault(
                        ("fields", index, "labels"), label, vi, f"label “{label}” belongs to {first.name} already"
                    )
    yield from _twice(("stop_labels",), document_type.stop_labels)
    for name, labels in document_type.sections.items():
        yield from _twice(("sections", name), labels)


_LABELLED = frozenset({"land_serial", "owner_of_land"})
"""Strategies that read labels, besides those called so."""


def _twice(at: Location, labels: Iterable[str]) -> Iterator[_Fault]:
    seen: dict[str, str] = {}
    for label in labels:
        before = seen.setdefault(squeeze(label), label)
        if before is not label:
            vi = f"“{label}” trùng với “{before}” khi bỏ dấu và khoảng trắng"
            yield _Fault(at, label, vi, f"“{label}” is “{before}” again, marks and spaces apart")


def _too_short(at: Location, labels: Iterable[str]) -> Iterator[_Fault]:
    for label in labels:
        if len(squeeze(label)) < LETTERS_MIN:
            yield _Fault(at, label, f"“{label}” quá ngắn để tìm", f"“{label}” is too short to be found")


def _like_title(at: Location, labels: Iterable[str], document_type: DocumentType) -> Iterator[_Fault]:
    """A title read as a label would give the words behind it as the value."""
    titles = [*document_type.match.titles, *document_type.match.openings]
    for label in labels:
        letters = squeeze(label)
        for title in titles if len(letters) >= SHORTEST_WITHOUT_COLON else ():
            if fuzz.ratio(letters, squeeze(title)) >= SCORE_MIN_WITHOUT_COLON:
                vi = f"nhãn “{label}” giống tiêu đề “{title}”"
                yield _Fault(at, label, vi, f"label “{label}” looks like the title “{title}”")


# --- titles -----------------------------------------------------------------------------------------------


def _in_titles(document_type: DocumentType) -> Iterator[_Fault]:
    match = document_type.match
    yield from _twice(("match", "titles"), match.titles)
    yield from _twice(("match", "look_alikes"), match.look_alikes)
    for opening in match.openings:
        if len(squeeze(opening)) < OPENING_LETTERS_MIN:
            vi, en = f"mở đầu “{opening}” quá ngắn", f"opening “{opening}” is too short"
            yield _Fault(("match", "openings"), opening, vi, en)
    for title in match.titles:
        if squeeze(title) in {squeeze(other) for other in match.look_alikes}:
            vi, en = f"tiêu đề “{title}” cũng nằm trong look_alikes", f"title “{title}” stands under look_alikes too"
            yield _Fault(("match", "titles"), title, vi, en)


def _claimed(document_type: DocumentType, other: DocumentType) -> Iterator[_Fault]:
    taken = {squeeze(title): title for title in (*other.match.titles, *(kind.name for kind in other.match.kinds))}
    openings = [squeeze(opening) for opening in other.match.openings]
    for title in document_type.match.titles:
        letters = squeeze(title)
        if letters in taken or any(letters.startswith(opening) for opening in openings):
            vi = f"tiêu đề “{title}” đã thuộc loại {other.code}"
            yield _Fault(("match", "titles"), title, vi, f"title “{title}” belongs to the type {other.code} already")
