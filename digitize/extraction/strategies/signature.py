"""The signature block (Decree 30/2020, Appendix I, boxes 7a and 7b): position above, name below.

It stands in the right half, beside the list of recipients; seal and signature lie over it, so names are often
broken: a broken name is given as read, and its confidence sends it to review.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from digitize.extraction.head import find_date_phrases, is_date_with_place
from digitize.extraction.layout import Segment, Sheet
from digitize.extraction.letters import is_syllable, squeeze
from digitize.extraction.paper import Paper, Reading, read
from digitize.extraction.schema import FieldSpec
from digitize.extraction.vocabulary import AGENCY_NOUNS, CAPACITIES, CAPACITY_WORDS

PAGE_PLACE = (0.48, 0.4, 0.2)
CARD_PLACE = (0.45, 0.28, 0.5)
"""Where a block's lines have their centres and begin, at least, as shares of the width; and how far below the last
line of the position the name stands, at most, as a share of the height."""
CLOSING_DATE_REACH = 0.55
"""Of the width; the line of place and date over a signature ends right of this."""
POSITION_LINES_MAX = 5
POSITION_STEP_MAX = 1.6
LETTER_LOST_FROM = 90.0
"""Ratio of 100: ``IÁM ĐỐC`` has 92, ``TRƯỞNG BỘ`` to ``trưởng`` less than 86."""
LETTERS_LOST_FROM = 76.0
"""The same, where nothing else can stand: ``ÁM ĐỐC`` has 83, ``TAM ĐỌC`` 77."""
ROW_SHARE = 0.5
CAPITALS_APART = 3.0
"""In word heights: within one row, and how far its words in capitals are set apart at most."""
NAME_WORDS = range(2, 7)
CAPITAL_SHARE_MIN = 0.8
NAME_CAPITAL_SHARE_MAX = 0.6

IN_THE_NAME_OF = "tm"
LEVELS = ("xa ", "phuong ", "thi tran ", "huyen ", "quan ", "thi xa ", "thanh pho ", "tinh ", "dac khu ")
"""Folded words before the name of a place."""
_TITLES = ("nguoiky", "dau", "xacnhan", "thutruong", "daidien")
"""Squeezed; what stands over a position and is none."""
_AUTHORITIES = ("TM", "T/M", "KT", "TL", "TUQ", "Q")
_CAPACITIES = frozenset(squeeze(word) for word in CAPACITY_WORDS)
_OPENINGS = (
    "chutich", "phochutich", "giamdoc", "phogiamdoc", "truong", "photruong", "botruong", "thutruong", "chanh",
    "phochanh", "cuctruong", "tonggiamdoc", "vientruong", "hieutruong", "congchuc", "thutuong",
)  # fmt: skip
_WHOLE = tuple(squeeze(before + capacity) for capacity in CAPACITIES for before in ("", "PHÓ "))


@dataclass(frozen=True)
class SignatureBlock:
    sheet: Sheet
    position: tuple[Segment, ...]
    name: Segment | None
    recipients: Segment | None
    """``Nơi nhận``, left of the block."""


def find_signer_position(paper: Paper, _field: FieldSpec) -> Reading | None:
    block = find_block(paper)
    if block is None or not block.position:
        return None
    tokens = tuple(token for segment in block.position for token in segment.tokens)
    # Boxes 7a and 9b start on one line, so a position that starts lower has lost its first line under the seal.
    lost = block.recipients is not None and block.position[0].middle > block.recipients.middle + block.sheet.pitch
    return read(tokens, block.sheet.number, doubts=("incomplete",) if lost or _is_led_up_to(block) else ())


def _is_led_up_to(block: SignatureBlock) -> bool:
    """Whether a line of capitals stands close over the position that is neither its title nor an agency."""
    first, sheet = block.position[0], block.sheet
    over = [s for s in sheet.segments if 0 < first.middle - s.middle <= POSITION_STEP_MAX * sheet.pitch]
    return any(
        s.left < first.centre < s.right
        and s.capital_share >= CAPITAL_SHARE_MIN
        and not s.squeezed.startswith(_TITLES)
        and not (s.folded + " ").startswith(AGENCY_NOUNS)
        and not names_place(s)
        for s in over
    )


def find_signer_name(paper: Paper, _field: FieldSpec) -> Reading | None:
    block = find_block(paper)
    if block is None or block.name is None:
        return None
    # A name found below the date alone may be another's, or only its end.
    return read(block.name.tokens, block.sheet.number, doubts=() if block.position else ("incomplete",))


def find_block(paper: Paper) -> SignatureBlock | None:
    """From the last page back: the page with a position wins over one with a name alone."""
    blocks = [block for block in map(_block_of, reversed(paper.sheets)) if block is not None]
    return next((b for b in blocks if b.position), blocks[0] if blocks else None)


def _block_of(sheet: Sheet) -> SignatureBlock | None:
    centre, left, _ = _place(sheet)
    right = _joined([s for s in sheet.segments if s.centre > sheet.width * centre and s.left > sheet.width * left])
    positions = _positions(sheet, right)
    recipients = next((s for s in sheet.segments if s.squeezed.startswith("noinhan")), None)
    if not positions and sheet.lies_across:
        # Of two columns in two languages the left one is signed.
        right = _joined(sheet.segments)
        positions = _positions(sheet, right)[-1:]
    # A diploma names the capacity at its head too, and the signature is below.
    blocks = [
        SignatureBlock(sheet, position, _name_below(sheet, right, position[-1]), recipients) for position in positions
    ]
    if not blocks:
        # The position is lost under the seal: the name stands below what leads down to it.
        name = next(
            (name for line in _leading_down(sheet, recipients) if (name := _name_below(sheet, right, line))), None
        )
        if name is None and right and right[-1] is sheet.segments[-1] and _is_name(right[-1]):
            name = right[-1]  # the last line of the paper
        return None if name is None else SignatureBlock(sheet, (), name, recipients)
    return next((block for block in reversed(blocks) if block.name is not None), blocks[0] if blocks else None)


def _joined(segments: Sequence[Segment]) -> list[Segment]:
    """With the words of a row in capitals together, which are set apart: ``GIÁM    ĐỐC``."""
    joined: list[Segment] = []
    for segment in segments:
        last = joined[-1] if joined else None
        height = segment.tokens[0].height
        if (
            last is not None
            and abs(last.middle - segment.middle) < ROW_SHARE * height
            and 0 < segment.left - last.right < CAPITALS_APART * height
            and min(last.capital_share, segment.capital_share) >= CAPITAL_SHARE_MIN
        ):
            joined[-1] = Segment(segment.sheet, (*last.tokens, *segment.tokens))
        else:
            joined.append(segment)
    return joined


def _leading_down(sheet: Sheet, recipients: Segment | None) -> Iterator[Segment]:
    """The list of recipients beside the block, and the line of place and date over it."""
    if recipients is not None:
        yield recipients
    yield from _closing_dates(sheet)


def _place(sheet: Sheet) -> tuple[float, float, float]:
    return CARD_PLACE if sheet.is_card else PAGE_PLACE


def _name_below(sheet: Sheet, right: Sequence[Segment], line: Segment) -> Segment | None:
    _, _, distance = _place(sheet)
    below = (s for s in right if 0 < s.middle - line.middle < distance * sheet.height)
    return next((s for s in below if _is_name(s)), None)


def _positions(sheet: Sheet, right: Sequence[Segment]) -> list[tuple[Segment, ...]]:
    """Lines of capacities that stand one below the other, group by group."""
    groups: list[list[Segment]] = []
    for segment in right:
        near = bool(groups) and segment.middle - groups[-1][-1].middle <= POSITION_STEP_MAX * sheet.pitch
        if near and names_place(segment) and _names_body(groups[-1]):
            groups[-1].append(segment)
            continue
        if not near and not opens_position(segment) and not _is_damaged_position(sheet, segment):
            continue
        damaged = _is_damaged_position(sheet, segment)
        if segment.capital_share < CAPITAL_SHARE_MIN or not (_is_position(segment) or damaged):
            continue
        if not near:
            groups.append([segment])
        elif len(groups[-1]) < POSITION_LINES_MAX:
            groups[-1].append(segment)
    return [tuple(group) for group in groups]


def _names_body(lines: Sequence[Segment]) -> bool:
    """``TM. ỦY BAN NHÂN DÂN``, also where the scan parts its words."""
    text = "".join(line.squeezed for line in lines)
    return text.startswith(IN_THE_NAME_OF) and text.endswith(("nhandan", "ubnd", "hdnd"))


def names_place(segment: Segment) -> bool:
    """``PHƯỜNG CỐC LẾU`` below ``TM. ỦY BAN NHÂN DÂN``: whose committee it is."""
    return segment.capital_share >= CAPITAL_SHARE_MIN and (segment.folded + " ").startswith(LEVELS)


def opens_position(segment: Segment) -> bool:
    opening = segment.tokens[0].text.rstrip(".").upper()
    if segment.capital_share < CAPITAL_SHARE_MIN:
        return False
    if opening in _AUTHORITIES or segment.squeezed.startswith(_OPENINGS):
        return True
    return any(fuzz.ratio(segment.squeezed, known) >= LETTER_LOST_FROM for known in (*_OPENINGS, *_WHOLE))


def _is_damaged_position(sheet: Sheet, segment: Segment) -> bool:
    """``GLAM ĐỌC`` under the line of place and date: nothing else stands there in capitals."""
    if segment.capital_share < CAPITAL_SHARE_MIN or not any(
        fuzz.ratio(segment.squeezed, known) >= LETTERS_LOST_FROM for known in _OPENINGS
    ):
        return False
    over = [
        date for date in _closing_dates(sheet) if 0 < segment.middle - date.middle <= POSITION_STEP_MAX * sheet.pitch
    ]
    return bool(over)


def _closing_dates(sheet: Sheet) -> Iterator[Segment]:
    """Lines of place and date as over a signature, the lowest first."""
    for phrase in reversed(find_date_phrases(sheet.rows, sheet.number)):
        if is_date_with_place(phrase) and phrase.date[-1].right > sheet.width * CLOSING_DATE_REACH:
            yield Segment(sheet.number, (*phrase.place, *phrase.date))


def _is_position(segment: Segment) -> bool:
    words = [token.squeezed for token in segment.tokens if token.squeezed]
    known = sum(word in _CAPACITIES for word in words)
    return bool(words) and (known * 2 >= len(words) or segment.tokens[0].text.rstrip(".").upper() in _AUTHORITIES)


def _is_name(segment: Segment) -> bool:
    """Two to six words, each a capital followed by small letters; ``“Đặng`` still counts."""
    if any(token.text.endswith(":") for token in segment.tokens):
        return False  # Quốc tịch: Việt Nam
    words = [token.bare for token in segment.tokens if token.bare]
    if len(words) not in NAME_WORDS or segment.capital_share > NAME_CAPITAL_SHARE_MAX:
        return False
    capital = sum(word[:1].isupper() for word in words)
    syllables = sum(is_syllable(word.lower()) for word in words)
    return all(word.isalpha() for word in words) and capital >= len(words) - 1 and syllables >= len(words) - 1
