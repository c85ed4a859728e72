"""Which recognizer reads the pages."""

from digitize.config import Limits, Recognition
from digitize.recognition.api import Recognizer
from digitize.recognition.resident import ResidentRecognizer, is_installed
from digitize.recognition.tesseract import TesseractRecognizer

RECOGNIZERS: dict[str, type[ResidentRecognizer] | type[TesseractRecognizer]] = {
    "tesserocr": ResidentRecognizer,
    "pytesseract": TesseractRecognizer,
}


def open_recognizer(recognition: Recognition, limits: Limits) -> Recognizer:
    """The one configured; else the fast one where it is installed."""
    name = recognition.recognizer or ("tesserocr" if is_installed() else "pytesseract")
    return RECOGNIZERS[name](recognition, limits)
