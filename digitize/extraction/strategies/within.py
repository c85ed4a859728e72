"""Values that stand among other words behind their label: the words of the value alone are read and judged.

``Cho: Ông Nguyễn Văn A, sinh năm 1960`` holds a name, ``1.234,5 m² (bằng chữ: …)`` an area; ``Đăng ký thay đổi lần thứ
2, ngày 05 tháng 3 năm 2023`` is the last of several dates.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from digitize.extraction.layout import Token
from digitize.extraction.letters import squeeze
from digitize.extraction.normalisers import day
from digitize.extraction.paper import Paper, Reading, read
from digitize.extraction.schema import FieldSpec
from digitize.extraction.strategies.form import find_by_label, read_labels

_HONORIFICS = {"ông", "bà", "ông/bà", "(bà)", "(ông)", "ong", "anh", "chị", "anh/chị", "(chị)", "em", "mr", "ms"}
"""With their marks: ``Bá`` and ``Hồ`` are names."""
_AFTER_NAME = {
    "sinh",
    "nam",
    "ngay",
    "cmnd",
    "cccd",
    "cancuoc",
    "so",
    "va",
    "dan",
    "gioi",
    "hien",
    "chucvu",
    "chucdanh",
}
_LATER = ("thaydoilan", "caplailan")
WORDS_LABELS = ("Bằng chữ", "Viết bằng chữ", "Ghi bằng chữ", "Số tiền bằng chữ")
_UNITS_IN_WORDS = ("dong", "metvuong")
_SQUARE = re.compile(r"m[0-9]?")
_UNIT = re.compile(r"m[0-9]?|met|dong|vnd|d")
_AMOUNT_WORDS_MAX = 4

Pick = Callable[[Sequence[Token]], Sequence[Token]]


def find_person(paper: Paper, field: FieldSpec) -> Reading | None:
    """The name behind a label, without ``Ông`` or ``Bà`` before it and what is said of the person after it."""
    return _first(paper, field, pick_person)


def find_last_date(paper: Paper, field: FieldSpec) -> Reading | None:
    """The lowest date behind a label of the field: of several registrations the last.

    Doubted where a later registration (``thay đổi lần thứ …``) stands below whose label or date was not read.
    """
    found = [reading for reading in read_labels(paper, field) if reading.text is not None and day(reading.text)]
    if not found:
        return None
    last = found[-1]
    rows = ("".join(token.squeezed for token in row) for row in _rows_below(paper, last))
    if any(later in text for text in rows for later in _LATER):
        return replace(last, doubts=(*last.doubts, "incomplete"))
    return last


def _rows_below(paper: Paper, reading: Reading) -> Iterator[tuple[Token, ...]]:
    if reading.sheet is None:
        return
    bottom = max((token.top + token.bottom) / 2 for token in reading.tokens) if reading.tokens else 0.0
    for row in paper.sheet(reading.sheet).rows:
        tokens = tuple(token for segment in row.segments for token in segment.tokens)
        if tokens and tokens[0].top > bottom:
            yield tokens


def find_amount(paper: Paper, field: FieldSpec) -> Reading | None:
    """An area or a sum of money. Its text goes on with the words that say it again, where they follow."""
    whole = find_by_label(paper, field)
    amount = None if whole is None else _narrow(whole, _pick_amount)
    if amount is not None and _UNIT.fullmatch(amount.tokens[-1].squeezed):
        # What stands behind the unit is another cell's.
        amount = replace(amount, doubts=tuple(doubt for doubt in amount.doubts if doubt != "gap"))
    if whole is None or amount is None:
        return whole
    said = _said_in_words(paper, field, replace(amount, text=whole.text))
    text = f"{amount.text} {said}" if said else whole.text if "chữ" in (whole.text or "") else amount.text
    # The raised 2 of m² is read as anything, and says nothing of the number.
    return replace(amount, text=text, tokens=tuple(t for t in amount.tokens if not _SQUARE.fullmatch(t.squeezed)))


def _first(paper: Paper, field: FieldSpec, pick: Pick) -> Reading | None:
    empty: Reading | None = None
    for reading in read_labels(paper, field):
        narrowed = _narrow(reading, pick)
        if narrowed is not None:
            return narrowed
        empty = empty or reading
    return empty


def _narrow(reading: Reading, pick: Pick) -> Reading | None:
    kept = tuple(pick(reading.tokens))
    if reading.text is None or reading.sheet is None or not kept:
        return None
    # What stands behind a gap is doubted only where the value goes up to it.
    doubts = tuple(doubt for doubt in reading.doubts if doubt != "gap" or kept[-1] is reading.tokens[-1])
    return read(kept, reading.sheet, reading.label_score, doubts=doubts, row=reading.row)


def pick_person(tokens: Sequence[Token]) -> Sequence[Token]:
    start = 0
    while start < len(tokens) and (_is_title(tokens, start) or not tokens[start].squeezed):
        start += 1
    end = start
    while end < len(tokens) and tokens[start].bare[:1].isupper():
        token = tokens[end]
        is_said_of = token.squeezed in _AFTER_NAME and not token.bare[:1].isupper()
        if is_said_of or any(c.isdigit() for c in token.text) or token.text.startswith("("):
            break
        end += 1
        if token.text.endswith((",", ";", ":")):
            break
    return tokens[start:end]


def _is_title(tokens: Sequence[Token], index: int) -> bool:
    word = tokens[index].text.lower().rstrip(".:,")
    before_title = index + 1 < len(tokens) and tokens[index + 1].text.lower().rstrip(".:,") in _HONORIFICS
    return word in _HONORIFICS or (word == "hộ" and before_title)


def _pick_amount(tokens: Sequence[Token]) -> Sequence[Token]:
    """From the first digits to the unit."""
    start = next((i for i, token in enumerate(tokens) if token.bare[:1].isdigit()), None)
    if start is None:
        return ()
    end = start + 1
    while end < len(tokens) and end - start < _AMOUNT_WORDS_MAX and tokens[end].bare.replace(".", "").isdigit():
        end += 1
    if end < len(tokens) and _UNIT.fullmatch(tokens[end].squeezed):
        end += 1
    return tokens[start:end]


def _said_in_words(paper: Paper, field: FieldSpec, amount: Reading) -> str | None:
    """The label and the words of ``Bằng chữ: …`` that follow the amount on its page."""
    if "chữ" in (amount.text or ""):
        return None
    words = FieldSpec(name="words", strategies=("label",), labels=WORDS_LABELS, section=field.section, lines=2)
    for reading in read_labels(paper, words):
        if reading.sheet == amount.sheet and reading.text is not None and _follows(reading.row, amount.tokens[-1]):
            # Cut off, it would contradict the digits.
            is_whole = any(unit in squeeze(reading.text) for unit in _UNITS_IN_WORDS)
            return " ".join([*(token.text for token in reading.row), reading.text]) if is_whole else None
    return None


def _follows(label: Sequence[Token], amount: Token) -> bool:
    """Beside the amount or below it."""
    return bool(label) and (
        label[0].top > amount.bottom or (label[0].bottom > amount.top and label[0].left > amount.left)
    )
