"""Tells a page that bears a secrecy mark (dấu chỉ độ mật: MẬT, TỐI MẬT, TUYỆT MẬT) from one that speaks of secrets.

Such a paper must not be digitized (Circular 01/2023/TT-VPCP, Art. 4). The mark stands alone, in capitals, below or
beside the number (Decree 30/2020/NĐ-CP, Appendix I, box 10a), as a red stamp in a frame or printed. Where its frame or
its ink is seen, that it is a stamp is known, and lost marks or a misread letter are borne; words without a frame count
at the head of the page only, where no table's row and no title that runs over two lines holds them.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from PIL import Image

from digitize.errors import SecretPaperError
from digitize.recognition.api import Line, PageImage, RecognizedPage, Recognizer, Word
from digitize.recognition.preparation import Prepared
from digitize.recognition.stamps import draw_stamps

MARKS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")

_MARK_WITHOUT_TONES = re.compile(r"MA[TI]|TOI MA[TI]|TUYE[TI] MA[TI]")
"""As Tesseract reads stamps: I for a T that touches its frame."""
_LONE_MISREAD = frozenset({"MẠT", "MÂT"})
"""What else a MẬT without a frame may be read as: no word of that spelling stands alone on a paper."""
_FRAME_SIGNS = " |[](){}!.,:;'\"_-–—=\\/"
_HEAD_BELOW = 0.4
"""Share of the page's height; the title of an official paper begins at 0.15 to 0.3."""
_GAP_IN_HEIGHTS = 1.2
"""From which two words of a row stand apart."""
_BESIDE_MAX = 2
"""Parts of a row: the mark and what stands to its right; a table's row has more, or the mark behind its heading."""
_TITLE_LEADS = frozenset({"BÍ", "BẢO", "ĐỘ", "MỨC", "VÀ", "HOẶC"})
"""Last words of a title's line that goes on with MẬT in the next."""
_TITLE_WITHIN_HEIGHTS = 2.5


def refuse_secret_words(page: RecognizedPage) -> None:
    """Raises SecretPaperError where the words at the head are a mark."""
    if _has_mark(page):
        raise SecretPaperError(page=page.number)


def refuse_secret_stamps(prepared: Prepared, recognizer: Recognizer, folder: Path) -> None:
    """Raises SecretPaperError where a framed or red stamp reads as a mark, anywhere on the page.

    Only what has a stamp's size is read, which most pages have none of.
    """
    for number, stamp in enumerate(draw_stamps(prepared)):
        if is_mark(_read(stamp, number, prepared.image, recognizer, folder)):
            raise SecretPaperError(page=prepared.image.number)


def is_mark(text: str) -> bool:
    """Whether the text of a stamp is a secrecy mark; tones may be lost, the frame read as signs."""
    upper = text.strip(_FRAME_SIGNS)
    bare = "".join(c for c in unicodedata.normalize("NFD", upper) if not unicodedata.combining(c))
    single = re.sub(r"([A-Z])\1", r"\1", " ".join(bare.split()))  # MÂẬT
    # The frame is read as I, and so is the T beside it.
    return any(_MARK_WITHOUT_TONES.fullmatch(one) for one in (single, single.strip("Il1 "), single.lstrip("Il1 ")))


def _read(stamp: Image.Image, number: int, image: PageImage, recognizer: Recognizer, folder: Path) -> str:
    path = folder / f"{image.number:06d}_stamp_{number}.bmp"
    stamp.save(path)
    return recognizer.recognize(PageImage(image.number, path, stamp.width, stamp.height, image.dpi)).text


def _has_mark(page: RecognizedPage) -> bool:
    for row in _rows(page):
        parts = list(_parts(row, page.width_px / page.height_px))
        first = " ".join(word.text for word in parts[0]).strip(_FRAME_SIGNS)
        alone = len(parts) <= _BESIDE_MAX and _middle(parts[0][0]) < _HEAD_BELOW
        if alone and _is_printed_mark(first) and not _ends_title(parts[0], page.lines):
            return True
    return False


def _is_printed_mark(text: str) -> bool:
    return text in MARKS or text in _LONE_MISREAD or (" " in text and text.isupper() and is_mark(text))


def _rows(page: RecognizedPage) -> Iterator[list[Word]]:
    """Words that stand beside each other, from left to right, whatever lines and blocks they were read in."""
    falls = math.tan(math.radians(page.skew)) * page.width_px / page.height_px

    def level(word: Word) -> float:
        return _middle(word) - falls * (word.box[0] + word.box[2]) / 2

    rows: list[list[Word]] = []
    for word in sorted((word for line in page.lines for word in line.words), key=level):
        reach = (word.box[3] - word.box[1]) / 2
        if rows and any(abs(level(w) - level(word)) < min(reach, (w.box[3] - w.box[1]) / 2) for w in rows[-1]):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        yield sorted(row, key=lambda word: word.box[0])


def _parts(row: Sequence[Word], aspect: float) -> Iterator[list[Word]]:
    """The row cut at its wide gaps."""
    height = max(word.box[3] - word.box[1] for word in row) / aspect
    part = [row[0]]
    for before, after in pairwise(row):
        if after.box[0] - before.box[2] > _GAP_IN_HEIGHTS * height:
            yield part
            part = []
        part.append(after)
    yield part


def _ends_title(part: Sequence[Word], lines: Sequence[Line]) -> bool:
    """Whether a title above goes on here: QUY CHẾ BẢO / MẬT."""
    left, top, right, bottom = part[0].box[0], part[0].box[1], part[-1].box[2], part[0].box[3]
    reach = _TITLE_WITHIN_HEIGHTS * (bottom - top)
    return any(
        line.words[-1].text.upper().strip(_FRAME_SIGNS) in _TITLE_LEADS
        for line in lines
        if line.words and top - reach < line.box[3] <= (top + bottom) / 2 and line.box[0] < right and line.box[2] > left
    )


def _middle(word: Word) -> float:
    return (word.box[1] + word.box[3]) / 2
