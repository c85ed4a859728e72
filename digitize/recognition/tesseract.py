"""The portable recognizer: the ``tesseract`` command through pytesseract.

One call a page gives words, boxes and confidences (TSV); the invisible text of the archive PDF is made from them, since
having Tesseract write one costs 0.03 s a page.
"""

from pathlib import Path
from subprocess import SubprocessError
from tempfile import TemporaryDirectory

import pytesseract
from pytesseract import TesseractError, TesseractNotFoundError
from pytesseract.pytesseract import run_tesseract

from digitize.config import Limits, Recognition
from digitize.confinement import COMMANDS_DIR
from digitize.errors import DocumentTimeoutError, RecognizerError
from digitize.recognition.api import PageImage, RecognizedPage
from digitize.recognition.tesseract_files import credible_dpi, read_page

pytesseract.pytesseract.tesseract_cmd = str(COMMANDS_DIR / "tesseract")

_AUTOMATIC_LAYOUT = 3  # page segmentation mode: columns and blocks found, orientation taken as it is


class TesseractRecognizer:
    def __init__(self, recognition: Recognition, limits: Limits) -> None:
        self._language = recognition.language
        self._time_limit_s = limits.page_time_limit_s

    def recognize(self, image: PageImage) -> RecognizedPage:
        with TemporaryDirectory() as folder:
            base = Path(folder) / "page"
            self._run(image, base)
            return read_page(base.with_suffix(".tsv").read_text("utf-8"), image)

    def diagnostics(self) -> dict[str, str]:
        try:
            version = str(pytesseract.get_tesseract_version())
            languages = ",".join(sorted(pytesseract.get_languages()))
        except (TesseractNotFoundError, TesseractError, SubprocessError, SystemExit):
            return {"version": "", "languages": ""}
        return {"version": f"{version} (pytesseract)", "languages": languages}

    def _run(self, image: PageImage, base: Path) -> None:
        config = f"--psm {_AUTOMATIC_LAYOUT} --dpi {credible_dpi(image)} tsv"
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
