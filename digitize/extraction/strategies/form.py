"""Values beside their printed labels, as on forms and certificates."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from digitize.extraction.api import Doubt
from digitize.extraction.checks.places import breaks_off
from digitize.extraction.columns import FormLine
from digitize.extraction.head import find_date_span
from digitize.extraction.items import begins_anew, has_own_label, is_item_number, may_be_item_number, must_go_on
from digitize.extraction.labels import BAR, Hit
from digitize.extraction.layout import GAP_IN_HEIGHTS, Token
from digitize.extraction.letters import is_syllable
from digitize.extraction.normalisers import NORMALISERS, SHAPES
from digitize.extraction.paper import Paper, Reading, clean, read
from digitize.extraction.schema import FieldSpec

ROW_GAP_MAX = 2.4
"""In usual row distances: a value goes on in the next line only if that is this near."""
LOST_LINE_MIN = 1.7
LABELS_MAX = 64
"""A form says one thing this often at most."""
FULL_LINE_SHARE = 0.72
"""A line that ends left of this share of its column's width is not full, so nothing follows below, unless it ends
with a comma."""
ALIGNED_HEIGHTS = 0.8
"""Word heights by which the left ends of a value's lines differ at most, where other words stand beside them."""
BESIDE_HEIGHTS = 1.3
"""Word heights between such a line and the other words."""
SPECK_LETTERS_MAX = 2
UNDER_LINES_MAX = 3
SHAPE_WORDS_MAX = 8
"""The longest run of words that is one date or number: ``ngày 12 tháng 3 năm 2020``, with room for stray signs."""
MAY_GO_ON = frozenset({"text", "name", "document_number"})
"""Normalisers of values of which every beginning is a value."""
_DATE_WORDS = ("ngay", "thang", "nam")
_FILLERS = {"_", "“", "”", "‘", "’", "`", "~"}


def find_by_label(paper: Paper, field: FieldSpec) -> Reading | None:
    """The first label of the field, in its section, with a value or with words that say that there is none (``Có giá
    trị đến: Không thời hạn``); else with any text; else with nothing behind it.
    """
    worst: Reading | None = None
    for reading in read_labels(paper, field):
        if reading.text is not None and field.says_none(reading.text):
            return reading
        if reading.text is not None and NORMALISERS[field.normaliser](reading.text) is not None:
            return reading
        if worst is None or (worst.text is None and reading.text is not None):
            worst = reading
    return worst


def read_labels(paper: Paper, field: FieldSpec) -> Iterator[Reading]:
    """What stands beside every label of the field, in reading order; ``text`` is None where nothing does."""
    for hit in paper.labels.find(field.labels, field.section)[:LABELS_MAX]:
        reading = _read_value(paper, field, hit)
        doubted = reading.text is not None and "gap" not in reading.doubts and _stands_twice(paper, hit)
        yield replace(reading, doubts=(*reading.doubts, "gap")) if doubted else reading


def _read_value(paper: Paper, field: FieldSpec, hit: Hit) -> Reading:
    line = paper.labels.lines[hit.line]
    label = line.tokens[hit.start : hit.end]
    tokens: list[Token] = []
    gapped = is_cut = False
    if "right" in field.places:
        end = min((h.start for h in paper.labels.on(hit.line) if h.start >= hit.end), default=len(line.tokens))
        tokens, gapped = _until_gap(line.tokens[hit.end : end])
        if gapped and end < len(line.tokens) and may_be_item_number(line.tokens[end - 1]):
            gapped = _until_gap(line.tokens[hit.end : end - 1])[1]  # 1. Thửa đất số: 569   2. Tờ bản đồ số: 03
        ends_row = end == len(line.tokens) and not gapped
    else:
        ends_row = True
    if not tokens and "below" in field.places and _heads_cells(paper, hit):
        return _read_cell(paper, hit, label)
    beside = bool(tokens)
    if _are_specks(tokens) and ends_row and "below" in field.places and _is_no_value(tokens, field):
        below, _ = _following(paper, field, hit, [], field.lines)
        if below and not _is_no_value(below, field):
            tokens, beside = [], False
    ends_cell = bool(tokens) and not ends_row and not gapped and _is_apart_from_next(line, tokens)
    is_whole = _is_whole(tokens, field) if tokens else False
    if not is_whole and (tokens or "below" in field.places) and (ends_row or gapped or ends_cell):
        lines_left = field.lines - 1 if tokens else field.lines
        following, is_cut = _following(paper, field, hit, tokens, lines_left)
        tokens = [*_without_speck(tokens), *following] if following else tokens
    if "below" in field.places and (not tokens or _is_no_value(tokens, field)):
        under = _under(paper, field, hit)
        if under:
            return read(tuple(under), line.sheet, hit.score)
    if not tokens:
        return Reading(label, line.sheet, None, label_score=hit.score)
    shaped = _of_shape(tokens, field.normaliser)
    gapped = gapped and not _has_label_behind(line, tokens)
    another = gapped and shaped and _of_shape(_behind(line, shaped), field.normaliser)
    doubts: list[Doubt] = ["gap"] if another or (gapped and not shaped) else []
    tokens = shaped or tokens
    lacks_end = "whole_place" in field.checks and must_go_on(tokens[-1])
    # ``Địa chỉ: Số 51 …``: a label that nobody listed stands within.
    holds_label = any(token.text.endswith(":") for token in tokens[:-1])
    if (not shaped and (is_cut or lacks_end or holds_label)) or _has_run_on(label, hit):
        doubts.append("incomplete")
    return read(tuple(tokens), line.sheet, hit.score, doubts=tuple(doubts), row=label if beside else ())


def _stands_twice(paper: Paper, hit: Hit) -> bool:
    """Beside itself: in the line, or in another column of the same section, so that whose value it is stays open."""
    part = paper.labels.lines[hit.line].part
    return any(
        other != hit
        and other.label == hit.label
        and (other.line == hit.line or (other.section == hit.section and part != paper.labels.lines[other.line].part))
        for other in paper.labels.hits
        if other.line == hit.line or (part and paper.labels.lines[other.line].part)
    )


def _heads_cells(paper: Paper, hit: Hit) -> bool:
    """Whether the line is labels only, two or more, each over its own value: ``Có giá trị đến   Ngày cấp``."""
    hits = paper.labels.on(hit.line)
    tokens = paper.labels.lines[hit.line].tokens
    behind_labels = {index for one in hits for index in range(one.start, one.end)}
    return len(hits) > 1 and all(index in behind_labels for index, token in enumerate(tokens) if token.squeezed)


def _read_cell(paper: Paper, hit: Hit, label: Sequence[Token]) -> Reading:
    """The words of the next line that stand under this label and under no other."""
    line = paper.labels.lines[hit.line]
    if hit.line + 1 >= len(paper.labels.lines):
        return Reading(tuple(label), line.sheet, None, label_score=hit.score)
    below = paper.labels.lines[hit.line + 1]
    near = below.sheet == line.sheet and (below.middle - line.middle) / paper.sheet(line.sheet).pitch <= ROW_GAP_MAX
    others = sorted(line.tokens[one.start].left for one in paper.labels.on(hit.line))
    reach = ALIGNED_HEIGHTS * label[0].height
    left = label[0].left - reach
    right = next((other - reach for other in others if other > label[0].left), below.right + reach)
    found = [token for token in below.tokens if left <= token.left < right] if near else []
    if not found or paper.labels.on(hit.line + 1):
        return Reading(tuple(label), line.sheet, None, label_score=hit.score)
    return read(tuple(found), line.sheet, hit.score)


def _under(paper: Paper, field: FieldSpec, hit: Hit) -> list[Token]:
    """The date or number that stands under the label in one of the lines below, whose heading may have two lines."""
    line = paper.labels.lines[hit.line]
    label = line.tokens[hit.start : hit.end]
    reach = label[0].height
    for number in range(hit.line + 1, min(hit.line + 1 + UNDER_LINES_MAX, len(paper.labels.lines))):
        below = paper.labels.lines[number]
        if below.sheet != line.sheet or paper.labels.on(number):
            break
        words = [t for t in below.tokens if label[0].left - reach < (t.left + t.right) / 2 < label[-1].right + reach]
        if shaped := _of_shape(words, field.normaliser):
            return shaped
    return []


def _are_specks(tokens: Sequence[Token]) -> bool:
    """One or two letters beside a label: strokes of a seal."""
    return bool(tokens) and sum(len(token.squeezed) for token in tokens) <= SPECK_LETTERS_MAX


def _is_whole(tokens: Sequence[Token], field: FieldSpec) -> bool:
    """A number, year, sum or code that can be read: nothing of it is in another line."""
    if field.normaliser in MAY_GO_ON:
        return False
    return NORMALISERS[field.normaliser](clean(" ".join(token.text for token in tokens))) is not None


def _is_no_value(tokens: Sequence[Token], field: FieldSpec) -> bool:
    """Of a field with a shape, such as a date."""
    if field.normaliser not in SHAPES:
        return False
    return NORMALISERS[field.normaliser](clean(" ".join(token.text for token in tokens))) is None


def _without_speck(tokens: list[Token]) -> list[Token]:
    """Of a line that goes on below: a full stop at its end is a speck, but for an abbreviation's."""
    last = tokens[-1:] if tokens and tokens[-1].text.endswith(".") else []
    if not last or last[0].bare.isupper() or not is_syllable(last[0].bare.lower()):
        return tokens
    word = replace(last[0].word, text=last[0].text.rstrip("."))
    return [*tokens[:-1], replace(last[0], word=word)]


def _behind(line: FormLine, tokens: Sequence[Token]) -> list[Token]:
    return [token for token in line.tokens if token.left > tokens[-1].right]


def _has_label_behind(line: FormLine, tokens: Sequence[Token]) -> bool:
    """Whether what stands behind the gap begins another item, though of a label nobody listed: ``Nam/Nữ: Nữ``."""
    behind = [token for token in _behind(line, tokens) if token.squeezed]
    return has_own_label(behind)


def _has_run_on(label: Sequence[Token], hit: Hit) -> bool:
    """Whether the label's last word may hold the value's first, as ``tênLÊ`` does."""
    last = label[-1]
    is_longer = sum(len(token.squeezed) for token in label) > len(hit.label)
    return is_longer and not last.text.endswith((":", ".", ";", "-", ")")) and not hit.label.endswith(last.squeezed)


def _of_shape(tokens: Sequence[Token], normaliser: str) -> list[Token]:
    """The only run of words that is a value of this shape: the number in ``CCCD số 001… do Cục … cấp``."""
    has_shape = SHAPES.get(normaliser)
    if has_shape is None:
        return []
    runs: dict[str, list[Token]] = {}
    for start, first in enumerate(tokens):
        if not any(c.isalnum() for c in first.text):
            continue
        for end in range(start + 1, min(len(tokens), start + SHAPE_WORDS_MAX) + 1):
            run = list(tokens[start:end])
            value = NORMALISERS[normaliser](clean(" ".join(token.text for token in run)))
            if value is not None and has_shape(value):
                runs.setdefault(value, run)
                break
    return next(iter(runs.values())) if len(runs) == 1 else []


def _until_gap(tokens: Sequence[Token]) -> tuple[list[Token], bool]:
    """The value's words, and whether more words stand behind a column gap. A ruled line ends a value."""
    kept = [token for token in tokens if (token.squeezed or len(token.text) == 1) and token.text not in _FILLERS]
    if not any(token.squeezed for token in kept):
        return [], False
    while kept[0].text == BAR:
        kept.pop(0)
    kept = _without_scribble(tokens, kept)
    words = set(map(id, kept))
    found: list[Token] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        # Dots between two words bridge the gap between them.
        is_wide = before and token.left - before.right > GAP_IN_HEIGHTS * 1.5 * max(before.height, token.height)
        if found and (is_wide or token.text == BAR):
            return found, any(not _is_of_frame(other) for other in kept[len(found) :])
        if id(token) in words:
            found.append(token)
    return found, False


def _is_of_frame(token: Token) -> bool:
    """A single letter or none behind a gap: the line around a form is read as ``|``, ``Í`` or ``Ỉ``."""
    return len(token.squeezed) <= 1 and not token.squeezed.isdigit()


def _without_scribble(tokens: Sequence[Token], kept: list[Token]) -> list[Token]:
    """Without what a recognizer makes of the dots at the end of a line: ``……-.---c+c+crsr``."""
    words = list(kept)
    dots = [t.right for t in tokens if t.text.startswith(("...", "…")) and t.left > kept[0].left]
    while dots and len(words) > 1 and words[-1].left >= dots[0] - 1 and not _is_word(words[-1]):
        words.pop()
    return words


def _is_word(token: Token) -> bool:
    return is_syllable(token.bare.lower()) or token.bare.isdigit()


def _following(paper: Paper, field: FieldSpec, hit: Hit, tokens: list[Token], lines: int) -> tuple[list[Token], bool]:
    """Words of the lines below that carry on the value: near, not labelled, and only under a full line.

    And whether one of them seems lost: under a full line the paper is empty, or goes on beyond ``lines``.
    """
    first = paper.labels.lines[hit.line]
    sheet = paper.sheet(first.sheet)
    lefts = [_item_left(first, hit), first.tokens[hit.start].left, *(token.left for token in tokens[:1])]
    right = _room_right(paper, first, tokens)
    found: list[Token] = []
    last, above = tokens, first
    for number in range(hit.line + 1, min(hit.line + 2 + lines, len(paper.labels.lines))):
        below = paper.labels.lines[number]
        if below.sheet != first.sheet or below.part != first.part:
            break
        unlabelled = min((hit.start for hit in paper.labels.on(number)), default=len(below.tokens))
        is_full = (
            not last or must_go_on(last[-1]) or _breaks_off(last, field) or _goes_on(last, below, unlabelled, lefts)
        )
        if not is_full and last[-1].right < first.left + FULL_LINE_SHARE * (right - first.left):
            break
        step = (below.middle - above.middle) / sheet.pitch
        is_beyond = number == hit.line + 1 + lines
        if step > ROW_GAP_MAX:
            return found, bool(last) and not is_beyond
        date = find_date_span(below.tokens)
        if date is not None and field.normaliser != "date" and not _is_apart_from_next(below, below.tokens[: date[0]]):
            before = below.tokens[: date[0]]
            if last and before and not before[-1].text.endswith(",") and _breaks_off([*tokens, *found], field):
                return [*found, *before], False  # Đã đăng ký tại: … tỉnh Bình | Dương ngày …
            break  # place and date above a signature
        carried_on = _carried_on(paper, number, lefts, beside=right < first.right)
        if not carried_on:
            return found, bool(last) and step > LOST_LINE_MIN and not is_beyond
        if last and (anew := begins_anew(last, carried_on, right)) is not False:
            return found, anew is None
        if is_beyond:
            return found, True
        last, above = carried_on, below
        found += last
        right = _room_right(paper, below, carried_on)
    return found, False


def _is_apart_from_next(line: FormLine, tokens: Sequence[Token]) -> bool:
    """Whether what stands right of these words is another column's."""
    if not tokens:
        return False
    last = tokens[-1]
    following = next((token for token in line.tokens if token.squeezed and token.left > last.right), None)
    return following is not None and following.left - last.right > GAP_IN_HEIGHTS * last.height


def _item_left(line: FormLine, hit: Hit) -> float:
    """Where the item begins whose label this is: with its number, if it has one."""
    at = hit.start - 1 if hit.start and is_item_number(line.tokens[hit.start - 1]) else hit.start
    return line.tokens[at].left


def _room_right(paper: Paper, line: FormLine, tokens: Sequence[Token]) -> float:
    """How far these words of the line could reach: as far as any line does that ends before what stands right of
    them; else as any line of the column.
    """
    end = tokens[-1].right if tokens else line.right
    beside = min((token.left for token in line.tokens if token.squeezed and token.left > end), default=None)
    if beside is None and not line.part:
        return line.right
    column = [o for o in paper.labels.lines if o.sheet == line.sheet and (o.part == line.part or beside is not None)]
    rights = (token.right for other in column for token in other.tokens if token.squeezed)
    return max((right for right in rights if beside is None or right < beside), default=line.right)


def _breaks_off(tokens: Sequence[Token], field: FieldSpec) -> bool:
    """``ngày 24 tháng 11 năm``, whose year stands below; ``tỉnh Quảng``, whose name goes on there."""
    if "whole_place" in field.checks:
        return breaks_off([token.bare for token in tokens])
    return field.normaliser == "date" and tokens[-1].squeezed.endswith(_DATE_WORDS)


def _goes_on(value: Sequence[Token], below: FormLine, end: int, lefts: Sequence[float]) -> bool:
    """Whether the line below, up to its first label, is no new item by its look: it begins with a small letter, or
    carries on capitals.
    """
    if not below.tokens or not any(abs(below.tokens[0].left - left) < below.tokens[0].height for left in lefts):
        return False
    first = below.tokens[0].bare
    in_capitals = all(_is_upper(tokens) for tokens in (value, below.tokens[:end]))
    return in_capitals or (len(first) > 1 and first.islower() and is_syllable(first))


def _is_upper(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and "".join(token.bare for token in tokens).isupper() and tokens[0].bare.isalpha()


def _is_said_for(line: FormLine, index: int, hits: Sequence[Hit]) -> bool:
    """Whether the word is part of a label, its number, or the first behind one: then it begins that label's value."""
    if may_be_item_number(line.tokens[index]) and any(hit.start == index + 1 for hit in hits):
        return True
    before = index
    while before and not line.tokens[before - 1].squeezed:
        before -= 1
    return any(hit.start <= index < hit.end or hit.end == before for hit in hits)


def _carried_on(paper: Paper, number: int, lefts: Sequence[float], *, beside: bool) -> list[Token]:
    """The line below; where labels stand in it or the value has others ``beside`` it, only words that begin where the
    value or its label does and are the value of none of them.
    """
    line, hits = paper.labels.lines[number], paper.labels.on(number)
    if not hits and not beside:
        return _until_gap(line.tokens)[0]
    for index, token in enumerate(line.tokens):
        reach = ALIGNED_HEIGHTS * token.height
        is_free = index == 0 or token.left - line.tokens[index - 1].right > BESIDE_HEIGHTS * token.height
        if is_free and not _is_said_for(line, index, hits) and any(abs(token.left - left) < reach for left in lefts):
            end = min((hit.start for hit in hits if hit.start > index), default=len(line.tokens))
            return _until_gap(line.tokens[index:end])[0]
    return []
