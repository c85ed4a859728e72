"""What a recognizer gives for one page, and the port every recognizer implements."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from digitize.model import Box

HANDWRITTEN_FROM = 0.5
"""Likelihood from which a word counts as written by hand. On 10 real scans every number and day written in had 0.53 to
0.82, with black pens too; printed numbers had 0 to 0.46, those of samples 0."""


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    """NFC, no white space."""
    box: Box
    confidence: float
    """0 to 1, as the recognizer gives it: not a probability, but what every threshold on words was measured in."""
    ink: float | None = None
    """Share (0 to 1) of the word's dark pixels that are strongly coloured (blue or red pen, stamp, seal);
    None where the page has no colour, so that nothing can be said."""
    handwritten: float | None = None
    """Likelihood (0 to 1) that it was written by hand, from its shape alone, whatever its colour; see
    ``HANDWRITTEN_FROM``. None for words of letters and for text that was not recognized, which are not judged."""
    right: float | None = None
    """Probability (0 to 1) that every letter is right, fitted on papers of known text; see ``word_confidence``. None
    for text that was not recognized."""


@dataclass(frozen=True, slots=True)
class Line:
    words: tuple[Word, ...]
    block: int
    """Lines of one column or paragraph share a block number; numbers rise in reading order."""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        boxes = [word.box for word in self.words]
        return (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code or barcode. ``text`` is hostile until it has been checked: anyone can print a code."""

    text: str
    format: str
    """``qr`` or ``code128``."""
    box: Box


@dataclass(frozen=True, slots=True)
class RecognizedPage:
    number: int
    """1-based."""
    width_px: int
    height_px: int
    dpi: int
    lines: tuple[Line, ...]
    """In reading order, top to bottom; boxes are fractions of the upright page."""
    method: Literal["ocr", "text_layer"] = "ocr"
    rotation: int = 0
    """Degrees clockwise by which the image was turned to stand upright."""
    skew: float = 0.0
    blank: bool = False
    """Nothing on it was worth recognizing."""
    codes: tuple[Code, ...] = ()
    cut_off: bool = False
    """Print runs over the edge of the scan: something is missing, what is there was read."""
    problems: tuple[str, ...] = ()
    """Why nobody can read it, as codes of the record's quality; empty for a page that was read."""

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def mean_confidence(self) -> float | None:
        """Mean of the recognizer's confidence over letters, so that one long doubtful word counts as such; None without
        words.
        """
        words = [word for line in self.lines for word in line.words]
        letters = sum(len(word.text) for word in words)
        return sum(word.confidence * len(word.text) for word in words) / letters if letters else None

    @property
    def words_right(self) -> float | None:
        """Share of its words that are right, as expected; None where none was recognized."""
        judged = [word.right for line in self.lines for word in line.words if word.right is not None]
        return sum(judged) / len(judged) if judged else None


@dataclass(frozen=True, slots=True)
class PageImage:
    """One upright page as a file. What is handed to a recognizer is a grey BMP: of all formats Leptonica reads it
    at the least cost (a PGM of 300 dpi takes 60 ms more, since that is read byte by byte).
    """

    number: int
    path: Path
    width_px: int
    height_px: int
    dpi: int
    rotation: int = 0


@dataclass(frozen=True, slots=True)
class Recognized:
    page: RecognizedPage
    preview: bytes | None = None
    """A small JPEG of the upright page, for people to look at."""


class Recognizer(Protocol):
    """SHALL be safe to call from several threads; SHALL end within its own time limit."""

    def recognize(self, image: PageImage) -> RecognizedPage:
        """Raises RecognizerError, which is retryable."""
        ...

    def diagnostics(self) -> dict[str, str]:
        """Name, version and languages, for `digitize doctor`."""
        ...
