"""What Tesseract leaves of one recognition, words with boxes (TSV), as a page."""

import csv
import unicodedata

from digitize.recognition.api import Line, PageImage, RecognizedPage, Word

COLUMNS = (
    *("level", "page_num", "block_num", "par_num", "line_num", "word_num"),
    *("left", "top", "width", "height", "conf", "text"),
)
_WORD_LEVEL = "5"
_DPI_RANGE = (70, 2_400)  # what Tesseract itself accepts as credible


def credible_dpi(image: PageImage) -> int:
    lowest, highest = _DPI_RANGE
    return min(max(image.dpi, lowest), highest)


def read_page(tsv: str, image: PageImage) -> RecognizedPage:
    return RecognizedPage(
        number=image.number,
        width_px=image.width_px,
        height_px=image.height_px,
        dpi=image.dpi,
        lines=parse_tsv(tsv, image.width_px, image.height_px),
        rotation=image.rotation,
    )


_NO_ETH = str.maketrans("Ðð", "Đđ")
"""Eth looks like Đ and is no letter of Vietnamese."""


def parse_tsv(tsv: str, width_px: int, height_px: int) -> tuple[Line, ...]:
    """Tesseract's TSV as lines of words with boxes as fractions of the page, confidences from 0 to 1."""
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for row in csv.DictReader(tsv.splitlines(), COLUMNS, delimiter="\t", quoting=csv.QUOTE_NONE):
        text = unicodedata.normalize("NFC", "".join((row["text"] or "").split())).translate(_NO_ETH)
        if row["level"] != _WORD_LEVEL or not text:
            continue
        left, top = int(row["left"]), int(row["top"])
        right, bottom = left + int(row["width"]), top + int(row["height"])
        box = (left / width_px, top / height_px, min(1.0, right / width_px), min(1.0, bottom / height_px))
        word = Word(text, box, max(0.0, float(row["conf"])) / 100)
        key = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
        lines.setdefault(key, []).append(word)
    return tuple(Line(tuple(words), block) for (block, _, _), words in lines.items())
