"""Loads the document types from TOML and refuses a file that does not hold together.

An error names file, line and key, since the files are edited by people who do not read Python.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from digitize.errors import ConfigError
from digitize.extraction.checks.registry import CHECK_ARGUMENTS, CHECKS
from digitize.extraction.normalisers import NORMALISERS, SHAPES
from digitize.extraction.schema import DocumentType
from digitize.extraction.sources.registry import SOURCES
from digitize.extraction.strategies.registry import STRATEGIES

FOLDER = Path(__file__).parents[1] / "doctypes"

Location = tuple[str | int, ...]


@lru_cache(maxsize=4)
def load_document_types(folder: Path = FOLDER) -> dict[str, DocumentType]:
    """Every type of the folder by its code, in the order of the file names.

    Raises ConfigError for the first file that is wrong. Cached: the files do not change while a process runs.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise ConfigError(detail=f"{folder} holds no document type")
    return {file.stem: load_document_type(file) for file in files}


def load_document_type(file: Path) -> DocumentType:
    """Raises ConfigError that names file, line and key."""
    try:
        source = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ConfigError(detail=f"{file.name}: not encoded in UTF-8") from None
    try:
        untrusted_data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(detail=f"{file.name}: {error}") from None
    try:
        document_type = DocumentType.model_validate(untrusted_data)
    except ValidationError as error:
        first = error.errors()[0]
        raise _wrong(file, source, tuple(first["loc"]), first["msg"]) from None
    if document_type.code != file.stem:
        raise _wrong(file, source, ("code",), f"must be {file.stem}, as the file is named")
    for location, message in _contradictions(document_type):
        raise _wrong(file, source, location, message)
    return document_type


def _contradictions(document_type: DocumentType) -> Iterator[tuple[Location, str]]:
    names = [field.name for field in document_type.fields]
    match = document_type.match
    if not match.titles and not match.openings and not match.kinds:
        yield ("match",), "needs titles, openings or kinds"
    if match.anchors_min > len(match.anchors):
        yield ("match", "anchors_min"), "is more than there are anchors"
    if match.marks_min > len(match.marks):
        yield ("match", "marks_min"), "is more than there are marks"
    for repeated, sources in document_type.repeated.items():
        if strangers := [name for name in sources if name not in names]:
            table = "owner" if repeated in document_type.owner else "same"
            yield (table, repeated), f"{strangers[0]} is no field of this type"
    if strangers := [name for name in document_type.second_sources if name not in SOURCES]:
        yield ("second_sources",), f"{strangers[0]} is unknown; known are {_list(SOURCES)}"
    for index, field in enumerate(document_type.fields):
        at = ("fields", index)
        if names.index(field.name) != index or field.name in document_type.repeated:
            yield (*at, "name"), f"{field.name} is there twice"
        if unknown := [name for name in field.strategies if name not in STRATEGIES]:
            yield (*at, "strategies"), f"{unknown[0]} is unknown; known are {_list(STRATEGIES)}"
        if "label" in field.strategies and not field.labels:
            yield (*at, "strategies"), "label needs labels"
        if "only_of_shape" in field.strategies and field.normaliser not in SHAPES:
            yield (*at, "normaliser"), f"only_of_shape needs one of {_list(SHAPES)}"
        if field.normaliser not in NORMALISERS:
            yield (*at, "normaliser"), f"{field.normaliser} is unknown; known are {_list(NORMALISERS)}"
        if field.section is not None and field.section not in document_type.sections:
            yield (*at, "section"), f"{field.section} is not under [sections]"
        for check in field.checks:
            name, *others = check.split(":")
            if name not in CHECKS:
                yield (*at, "checks"), f"{name} is unknown; known are {_list(CHECKS)}"
            elif stranger := [other for other in others if other not in names]:
                yield (*at, "checks"), f"{stranger[0]} is no field of this type"
            elif len(others) < CHECK_ARGUMENTS.get(name, 0):
                yield (*at, "checks"), f"{name} needs another field: {name}:field"


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _wrong(file: Path, source: str, location: Location, message: str) -> ConfigError:
    key = ".".join(str(part) for part in location)
    line = line_of(source, location)
    return ConfigError(detail=f"{file.name}: line {line}: {key}: {message}")


def line_of(source: str, location: Location) -> int:
    """1-based line of the key, or of the table it is missing from. TOML keeps no positions, so it is searched."""
    lines = source.splitlines()
    table = 0
    for position, part in enumerate(location):
        following = location[position + 1] if position + 1 < len(location) else None
        if isinstance(part, int):
            continue
        nth = following if isinstance(following, int) else 0
        header = re.compile(r"^\[\[?(\w+\.)?" + re.escape(part) + r"\]")
        headers = [i for i in range(table, len(lines)) if header.match(lines[i])]
        if len(headers) > nth:
            table = headers[nth]
            continue
        key = re.compile(r"^\s*\"?" + re.escape(part) + r"\"?\s*=")
        found = next((i for i in range(table, len(lines)) if key.match(lines[i])), None)
        if found is not None:
            table = found
    return table + 1
