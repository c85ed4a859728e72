"""Corpora of fictional papers, recognized: each drawn and read once, then kept in build/evaluate/corpus.

What is kept holds as long as what decided it: a specimen's drawing hangs on the generator's code, its recognition on
the drawn pages, the recognition code and the recognizer. So a change of extraction costs no recognition, and a change
of one template redraws all but reads again only what looks different.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import TypeAdapter

from digitize.config import Limits, Recognition
from digitize.inspection.inspect import inspect
from digitize.recognition import word_confidence
from digitize.recognition.api import RecognizedPage, Recognizer, Word
from digitize.recognition.choice import open_recognizer
from digitize.recognition.document import recognize_document
from samples.generator.corpus import Specimen, draw_specimen, state_truth

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "evaluate" / "corpus"
SPLIT, PER_TEMPLATE = "calibration", 39
"""What is fitted on; every way to wear a page comes three times."""
GENERATOR_CODE = ("samples/generator",)
RECOGNITION_CODE = ("digitize/recognition", "digitize/inspection", "digitize/ingestion", "digitize/confined")
WORDS_FILE = ROOT / "digitize" / "recognition" / word_confidence.FILE_NAME
_PAGES = TypeAdapter(tuple[RecognizedPage, ...])
_CHUNK = 4
"""Specimens handed to a process at a time."""


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """One specimen with its truth and its pages as the recognize stage gives them."""

    specimen: Specimen
    truth: dict[str, Any]
    pages: tuple[RecognizedPage, ...]

    @property
    def refused(self) -> bool:
        """Whether the quality gate sends it back to be scanned again."""
        return any(page.problems for page in self.pages) or not any(page.lines for page in self.pages)


def read_papers(specimens: Iterable[Specimen], folder: Path = FOLDER) -> Iterator[ReadPaper]:
    """In order, on all cores; what is kept in ``folder`` and still holds is not read again."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = list(specimens)
    missing = [specimen for specimen in wanted if _kept(specimen, folder) is None]
    if missing:
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            for _ in pool.map(_keep, missing, [folder] * len(missing), chunksize=_CHUNK):
                pass
    for specimen in wanted:
        kept = _load(folder / f"{specimen.name}.json")
        if kept is None:
            raise FileNotFoundError(f"{specimen.name} was removed from {folder} meanwhile")
        yield ReadPaper(specimen, kept["truth"], tuple(map(_judge_words, _PAGES.validate_python(kept["pages"]))))


def read_files(paths: Iterable[Path], folder: Path = FOLDER) -> Iterator[tuple[RecognizedPage, ...]]:
    """The pages of any files, each kept by what it holds."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = list(paths)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(_read_file, wanted, [folder] * len(wanted))


def _judge_words(page: RecognizedPage) -> RecognizedPage:
    """With every word's probability as it is fitted now: pages are kept over a new fit. No page of a corpus is finer
    than it is read, so a word's height on the page is its height as read.
    """
    lines = tuple(
        replace(line, words=tuple(_judge_word(word, page.height_px) for word in line.words)) for line in page.lines
    )
    return replace(page, lines=lines)


def _judge_word(word: Word, page_height_px: int) -> Word:
    height_px = (word.box[3] - word.box[1]) * page_height_px
    return word if word.right is None else replace(word, right=round(word_confidence.probability(word, height_px), 3))


def _read_file(path: Path, folder: Path) -> tuple[RecognizedPage, ...]:
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    file = folder / f"{content}.json"
    kept = _load(file)
    if kept is None or kept["recognition"] != recognition_digest():
        kept = {"recognition": recognition_digest(), "pages": _PAGES.dump_python(_recognize([path]), mode="json")}
        _save(kept, file)
    return _PAGES.validate_python(kept["pages"])


@cache
def recognition_digest() -> str:
    """Of all that decides how a page is read: code, limits, recognizer and its languages. How probably a word is right
    is fitted to what was read, and judged again when that is loaded.
    """
    settings = Recognition().model_dump(mode="json", exclude={"pages_in_parallel"}) | Limits().model_dump(mode="json")
    said = json.dumps([settings, _recognizer().diagnostics()], sort_keys=True)
    return hashlib.sha256((code_digest(*RECOGNITION_CODE, without=WORDS_FILE) + said).encode()).hexdigest()


def code_digest(*folders: str, without: Path | None = None) -> str:
    """Of every file of code and data below these folders of the project but one, in order of their names."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts and file != without:
                digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


@cache
def generator_digest() -> str:
    return code_digest(*GENERATOR_CODE)


@cache
def _recognizer() -> Recognizer:
    return open_recognizer(Recognition(pages_in_parallel=1), Limits())


def _load(file: Path) -> dict[str, Any] | None:
    try:
        kept: dict[str, Any] = json.loads(file.read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return kept


def _save(kept: dict[str, Any], file: Path) -> None:
    unfinished = file.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
    unfinished.replace(file)


def _kept(specimen: Specimen, folder: Path) -> dict[str, Any] | None:
    kept = _load(folder / f"{specimen.name}.json")
    holds = kept and (kept["generator"], kept["recognition"]) == (generator_digest(), recognition_digest())
    return kept if holds else None


def _keep(specimen: Specimen, folder: Path) -> None:
    paper, images, dpi = draw_specimen(specimen)
    drawn = hashlib.sha256(b"".join(images)).hexdigest()
    before = _load(folder / f"{specimen.name}.json")
    if before and (before["drawn"], before["recognition"]) == (drawn, recognition_digest()):
        pages = before["pages"]
    else:
        pages = _PAGES.dump_python(_recognize_images(images), mode="json")
    kept = {
        "generator": generator_digest(),
        "drawn": drawn,
        "recognition": recognition_digest(),
        "truth": state_truth(specimen, paper, dpi),
        "pages": pages,
    }
    _save(kept, folder / f"{specimen.name}.json")


def _recognize_images(images: Iterable[bytes]) -> tuple[RecognizedPage, ...]:
    with TemporaryDirectory(prefix="digitize-corpus-") as name:
        paths = []
        for number, image in enumerate(images, start=1):
            paths.append(Path(name) / f"{number}.jpg")
            paths[-1].write_bytes(image)
        return _recognize(paths)


def _recognize(paths: Iterable[Path]) -> tuple[RecognizedPage, ...]:
    """The pages of all files one after the other."""
    limits, recognition = Limits(), Recognition(pages_in_parallel=1)
    pages: list[RecognizedPage] = []
    with TemporaryDirectory(prefix="digitize-corpus-") as name:
        for path in paths:
            inspected = inspect(path, limits, recognition)
            read = recognize_document(inspected, _recognizer(), recognition, limits, Path(name))
            pages += [replace(one.page, number=len(pages) + 1 + index) for index, one in enumerate(read)]
    return tuple(pages)
