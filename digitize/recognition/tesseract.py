"""The portable recognizer: the ``tesseract`` command through pytesseract.

One call a page gives words, boxes, confidences (TSV) and the text-only PDF: asking twice recognizes twice.
"""

import csv
import unicodedata
from pathlib import Path
from subprocess import SubprocessError
from tempfile import TemporaryDirectory

import pytesseract
from pytesseract import TesseractError, TesseractNotFoundError
from pytesseract.pytesseract import run_tesseract

from digitize.config import Limits, Recognition
from digitize.confinement import COMMANDS_DIR
from digitize.errors import DocumentTimeoutError, RecognizerError
from digitize.recognition.api import Line, PageImage, Recognized, RecognizedPage, Word

pytesseract.pytesseract.tesseract_cmd = str(COMMANDS_DIR / "tesseract")

_AUTOMATIC_LAYOUT = 3  # page segmentation mode: columns and blocks found, orientation taken as it is
_WORD_LEVEL = "5"
_DPI_RANGE = (70, 2_400)  # what Tesseract itself accepts as credible


class TesseractRecognizer:
    def __init__(self, recognition: Recognition, limits: Limits) -> None:
        self._language = recognition.language
        self._time_limit_s = limits.page_time_limit_s

    def recognize(self, image: PageImage) -> Recognized:
        with TemporaryDirectory() as folder:
            base = Path(folder) / "page"
            self._run(image, base)
            tsv = base.with_suffix(".tsv").read_text("utf-8")
            text_pdf = base.with_suffix(".pdf").read_bytes()
        page = RecognizedPage(
            number=image.number,
            width_px=image.width_px,
            height_px=image.height_px,
            dpi=image.dpi,
            lines=parse_tsv(tsv, image.width_px, image.height_px),
            rotation=image.rotation,
        )
        return Recognized(page, text_pdf)

    def diagnostics(self) -> dict[str, str]:
        try:
            version = str(pytesseract.get_tesseract_version())
            languages = ",".join(sorted(pytesseract.get_languages()))
        except (TesseractNotFoundError, TesseractError, SubprocessError, SystemExit):
            return {"version": "", "languages": ""}
        return {"version": version, "languages": languages}

    def _run(self, image: PageImage, base: Path) -> None:
        lowest, highest = _DPI_RANGE
        dpi = min(max(image.dpi, lowest), highest)
        config = f"--psm {_AUTOMATIC_LAYOUT} --dpi {dpi} -c textonly_pdf=1 tsv pdf"
        try:
            run_tesseract(
                str(image.path),
                str(base),
                extension="",
                lang=self._language,
                config=config,
                timeout=self._time_limit_s,
            )
        except TesseractError as error:
            raise RecognizerError(page=image.number) from error
        except TesseractNotFoundError as error:
            raise RecognizerError(page=image.number) from error
        except RuntimeError as error:  # how pytesseract reports its time limit
            raise DocumentTimeoutError(limit_s=self._time_limit_s) from error


def parse_tsv(tsv: str, width_px: int, height_px: int) -> tuple[Line, ...]:
    """Tesseract's TSV as lines of words with boxes as fractions of the page, confidences from 0 to 1."""
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for row in csv.DictReader(tsv.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = unicodedata.normalize("NFC", "".join((row["text"] or "").split()))
        if row["level"] != _WORD_LEVEL or not text:
            continue
        left, top = int(row["left"]), int(row["top"])
        right, bottom = left + int(row["width"]), top + int(row["height"])
        box = (left / width_px, top / height_px, min(1.0, right / width_px), min(1.0, bottom / height_px))
        word = Word(text, box, max(0.0, float(row["conf"])) / 100)
        key = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
        lines.setdefault(key, []).append(word)
    return tuple(Line(tuple(words), block) for (block, _, _), words in lines.items())
