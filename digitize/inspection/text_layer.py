"""Tells an honest text layer from a bad one, and reads the honest one.

Bad ones found on real papers: none but signing annotations over a scan, and legacy fonts (TCVN3, VNI) whose
text comes out as letters no Vietnamese word has.
"""

import re
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize.config import Limits
from digitize.confinement import run_confined
from digitize.errors import DamagedInputError
from digitize.inspection.api import PagePlan
from digitize.recognition.api import Line, RecognizedPage, Word

_WORDS_MIN = 15
"""A page with fewer words is recognized: cheap, and a stray caption must not pass for the page's text."""
_GOOD_WORDS_MIN = 0.9
_ACCENTED_MIN = 0.1
"""Share of words with a Vietnamese accent below which a longer text is not Vietnamese as a reader sees it."""
_LAYER_CONFIDENCE = 0.99
_MAX_XML_BYTES = 32 << 20
_XHTML = "{http://www.w3.org/1999/xhtml}"

_LETTERS = "a-zA-ZđĐ"
_VIETNAMESE_ACCENTS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
_WORD = re.compile(rf"[{_LETTERS}{_VIETNAMESE_ACCENTS}0-9.,;:!?()\[\]/%&@#*+=<>\"'“”‘’…_°²³\\|-]{{1,64}}|[–—•-]")


_IMPOSSIBLE = re.compile(
    rf"[aeAE][aeiouyAEIOUY][{_VIETNAMESE_ACCENTS}]"  # VNI writes the accent as a second vowel: NHAÂN, THOÂNG
    r"|[iuyIUY][\u0300\u0301\u0303\u0309\u0323]?\u0302"  # a circumflex sits on a, e and o only
)


def has_honest_text(path: Path, number: int, limits: Limits) -> bool:
    """Whether the page's own text can stand for what is printed on it."""
    try:
        root = _read_xml(path, number, limits)
    except DamagedInputError:  # Poppler cannot read its text; it may still render it
        return False
    return is_honest([_text(element) for element in root.iter(f"{_XHTML}word") if _text(element)])


def is_honest(words: list[str]) -> bool:
    if len(words) < _WORDS_MIN:
        return False
    decomposed = [unicodedata.normalize("NFD", word) for word in words]
    good = sum(1 for word in decomposed if _WORD.fullmatch(word) and not _IMPOSSIBLE.search(word))
    accented = sum(1 for word in decomposed if any(c in _VIETNAMESE_ACCENTS or c in "đĐ" for c in word))
    return good >= _GOOD_WORDS_MIN * len(words) and accented >= _ACCENTED_MIN * len(words)


def read_text_layer(path: Path, plan: PagePlan, limits: Limits) -> RecognizedPage:
    """The page's own words with their places. Raises DamagedInputError, DocumentTimeoutError."""
    lines = []
    for block_number, block in enumerate(_read_xml(path, plan.number, limits).iter(f"{_XHTML}block")):
        for line in block.iter(f"{_XHTML}line"):
            words = tuple(_word(element, plan) for element in line.iter(f"{_XHTML}word") if _text(element))
            if words:
                lines.append(Line(words, block_number))
    return RecognizedPage(
        number=plan.number,
        width_px=round(plan.width_pt * plan.dpi / 72),
        height_px=round(plan.height_pt * plan.dpi / 72),
        dpi=plan.dpi,
        lines=tuple(lines),
        method="text_layer",
    )


def _read_xml(path: Path, number: int, limits: Limits) -> ET.Element:
    with TemporaryDirectory() as folder:
        target = Path(folder) / "page.xml"
        arguments = ["-f", str(number), "-l", str(number), "-cropbox", "-bbox-layout", str(path), str(target)]
        run_confined("pdftotext", *arguments, limits=limits)
        if target.stat().st_size > _MAX_XML_BYTES:
            raise DamagedInputError
        data = target.read_text("utf-8", errors="replace")
    # Poppler copies control characters of hostile text into its XML, where they are not allowed.
    data = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", data)
    try:
        return ET.fromstring(data)  # noqa: S314 - Poppler wrote it; it declares no entities
    except ET.ParseError as error:
        raise DamagedInputError from error


def _text(element: ET.Element) -> str:
    return unicodedata.normalize("NFC", "".join((element.text or "").split()))


def _word(element: ET.Element, plan: PagePlan) -> Word:
    """Places are in points of the page as shown; the page element's own size is that of the unturned page."""

    def part(name: str, whole: float) -> float:
        return min(1.0, max(0.0, float(element.get(name, 0)) / whole))

    width, height = plan.width_pt, plan.height_pt
    box = (part("xMin", width), part("yMin", height), part("xMax", width), part("yMax", height))
    return Word(_text(element), box, _LAYER_CONFIDENCE)
