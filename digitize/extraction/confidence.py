"""How sure a value is, and whether a person has to look.

The probability is fitted (``calibration.py``) to clues found here. Above it stand rules: what looks written by pen,
lies under a seal or is cut off waits for a person however probable it is, and so does a value whose
checks contradict it. Words wrong by a tone mark still carry 0.92 to 0.97 of Tesseract 5.3 ``vie``, so the clues say
where such errors come from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digitize.config import Extraction
from digitize.extraction.api import Clues, Doubt
from digitize.extraction.calibration import load_calibration
from digitize.extraction.checks.places import SAYING_WHERE, unmistakable_words
from digitize.extraction.clues import WEIGHED_DOUBTS, find_clues, kind_of
from digitize.extraction.heights import strange_heights
from digitize.extraction.layout import Sheet, Token
from digitize.extraction.letters import CIRCUMFLEX_OR_BREVE, is_abbreviation, is_syllable, split_tone
from digitize.extraction.names import FAMILIES, NAME_SYLLABLES, is_unusual_family, is_unusual_spelling
from digitize.extraction.paper import Paper, Reading
from digitize.extraction.printings import Vocabulary
from digitize.extraction.schema import FieldSpec
from digitize.extraction.vocabulary import AGENCY_TERMS, LEVEL_TONED, TONE_LOSING_PAIRS
from digitize.model import Box
from digitize.recognition.api import HANDWRITTEN_FROM

EDGE = 0.003
"""Share of the page at its edge, 0.6 mm of A4, within which a word counts as cut."""
FAINT_BELOW, FAINT_BELOW_WHERE_PENS_WRITE = 0.5, 0.65
"""The recognizer's own confidence. So few words are read less surely that a fit knows little of them."""
COLOURED_INK_MAX = 0.3
"""A larger coloured share of a word's dark pixels is pen, stamp or seal."""
TEXT_LAYER_CONFIDENCE = 0.996
"""Its letters are certain, its place hardly less; judged, not measured."""
FAILED_CHECK_CONFIDENCE = 0.5
DOUBT_CONFIDENCE = 0.8
LABEL_SCORE_SURE = 0.93
CONFIRMED_BY = 2
"""Other printings of a word that settle whether it lost its tone mark."""
SETTLED_BY_LIST = frozenset({"known_ethnicity", "known_nationality", "known_cause"})
"""Checks that compare letter for letter with a list in which no entry is another one without its tone."""
BY_LABEL = "label"
"""The strategy by which the lines of forms are read, which one hand fills in."""
FAINT_SHARE_WHERE_PENS_WROTE = 0.05
"""Of the words of a form filled in by pen, at least so many are hardly legible to the recognizer: 0.05 to 0.11 were,
and of printed ones 0.03 on most."""
HELD_BY_OWN_DIGITS = frozenset({"valid_personal_id", "matches_qr", "matches_mrz", "id_is_female", "id_is_male"})
"""Nothing in the nine digits of the old card tells a digit that was read wrongly, and the number is a person."""
HEIGHT_TOLERANCE = 0.3
"""Share by which a word may differ from the font size of its line."""


@dataclass(frozen=True)
class Judgement:
    confidence: float
    """0 to 1."""
    doubts: tuple[Doubt, ...]
    accepted: bool
    clues: Clues | None = None
    """What the confidence was fitted to; None where it was not: a text layer, a second source, or held by a rule."""


def judge(
    field: FieldSpec,
    reading: Reading,
    checks: tuple[Sequence[str], Sequence[str]],
    words: Vocabulary,
    sheet: Sheet | None,
    paper: Paper,
    settings: Extraction,
) -> Judgement:
    """Of a reading with a value; ``checks``: the names of those that hold, and of those that fail. ``sheet`` is None
    where the value is known from what is not printed.
    """
    held, failed = checks
    if sheet is not None and sheet.text_layer:
        gap: tuple[Doubt, ...] = ("gap",) if "gap" in reading.doubts else ()
        confidence = TEXT_LAYER_CONFIDENCE * min(1.0, reading.label_score / LABEL_SCORE_SURE)
        return judge_by_rule(confidence, failed, gap, settings)
    found: list[Doubt] = [*reading.doubts, *_doubts(field, reading, words)]
    if paper.is_filled_by_machine:
        found = [doubt for doubt in found if doubt != "handwriting"]
    elif sheet is not None and sheet.has_handwriting:
        by_label = reading.strategy == BY_LABEL and sheet.faint_share >= FAINT_SHARE_WHERE_PENS_WROTE
        if field.handwriting_prone or by_label:
            found.append("handwriting")  # who wrote the numbers wrote the words, whose shape says nothing
    if not SETTLED_BY_LIST.isdisjoint(held):
        found = [doubt for doubt in found if doubt not in {"contested", "lost_tone", "spelling", "toneless"}]
    if field.normaliser == "personal_id" and not HELD_BY_OWN_DIGITS & set(held):
        found.append("unchecked")
    doubts: tuple[Doubt, ...] = tuple(dict.fromkeys(found))
    kind = kind_of(field)
    values = find_clues(field, reading, held, doubts, words, sheet) | {"unfamiliar": paper.unfamiliar}
    clues = Clues(f"{paper.document_type.code}.{field.name}", kind, values)
    calibration = load_calibration()
    probability = calibration.probability(clues)
    # Letters of a strange size may be a pen's, where one may have filled in the form.
    weighed = WEIGHED_DOUBTS - {"height"} if field.handwriting_prone else WEIGHED_DOUBTS
    rules = [doubt for doubt in doubts if doubt not in weighed]
    if failed or rules:
        return judge_by_rule(probability, failed, doubts, settings)
    accepted = probability > calibration.bar(clues, settings.accepted_error_rate_max)
    return Judgement(round(probability, 4), doubts, accepted, clues)


def judge_by_rule(
    confidence: float, failed: Sequence[str], doubts: tuple[Doubt, ...], settings: Extraction
) -> Judgement:
    """Where nothing was fitted, or something must not be accepted whatever was."""
    if failed:
        confidence = min(confidence, FAILED_CHECK_CONFIDENCE)
    elif doubts:
        confidence = min(confidence, DOUBT_CONFIDENCE)
    accepted = not failed and not doubts and 1 - confidence <= settings.accepted_error_rate_max
    return Judgement(round(confidence, 4), doubts, accepted)


def _doubts(field: FieldSpec, reading: Reading, words: Vocabulary) -> Iterable[Doubt]:
    inks = [token.word.ink for token in reading.tokens]
    if not field.coloured and any(ink is not None and ink > COLOURED_INK_MAX for ink in inks):
        yield "ink"
    if any((token.word.handwritten or 0.0) >= HANDWRITTEN_FROM for token in reading.tokens):
        yield "handwriting"
    if any(_touches_edge(token.word.box) for token in reading.tokens):
        yield "edge"
    faint_below = FAINT_BELOW_WHERE_PENS_WRITE if field.handwriting_prone else FAINT_BELOW
    if any(token.word.confidence < faint_below for token in reading.tokens if token.squeezed):
        yield "faint"
    if field.handwriting_prone and any(ink is None for ink in inks):
        yield "no_colour"
    if reading.value is None and strange_heights(reading.tokens, reading.row, HEIGHT_TOLERANCE):
        yield "height"
    if reading.value is None:
        listed: frozenset[str] = frozenset()
        if SAYING_WHERE & set(field.checks):
            listed = unmistakable_words(" ".join(token.text for token in reading.tokens))
        for index, token in enumerate(reading.tokens):
            if token.bare.lower() not in listed:
                yield from _word_doubts(field, reading.tokens, index, words)


def _touches_edge(box: Box) -> bool:
    """What the scan cuts off there is missing from the word, and what is left may look like another."""
    return min(box[0], box[1]) < EDGE or max(box[2], box[3]) > 1 - EDGE


def _word_doubts(field: FieldSpec, tokens: Sequence[Token], index: int, words: Vocabulary) -> Iterable[Doubt]:
    word = tokens[index].bare
    if not word or any(c.isdigit() for c in word) or is_abbreviation(word) or word.lower() == "v/v":
        return
    parts = [part for part in word.replace("/", "-").split("-") if part]
    if not all(is_syllable(part.lower()) for part in parts):
        yield "spelling"
        return
    same, rival = words.look(tokens, index)
    if rival is not None:
        yield "contested"
    if field.normaliser == "name":
        if not index and word.lower() in NAME_SYLLABLES - FAMILIES:
            yield "incomplete"  # a given name: the family's is lost
        is_unusual = is_unusual_spelling if index else is_unusual_family
        if any(is_unusual(part) for part in parts):
            yield "unusual_name"
    if same < CONFIRMED_BY and any(_may_have_lost_tone(p, is_name=field.normaliser == "name") for p in parts):
        # No word of an agency's name in capitals but those known is without marks: QUANG NGAI.
        in_agency = "agency_words" in field.checks and word.isupper() and same == 0
        yield "lost_tone" if in_agency else "toneless"
    if index and f"{tokens[index - 1].bare} {word}".lower() in TONE_LOSING_PAIRS:
        yield "lost_tone"


def _may_have_lost_tone(word: str, *, is_name: bool) -> bool:
    lowered = word.lower()
    if lowered in AGENCY_TERMS or split_tone(lowered)[1]:
        return False
    in_capitals = word.isupper() and len(word) > 1
    if lowered in LEVEL_TONED and (is_name or not in_capitals):
        return False
    return in_capitals or any(letter in CIRCUMFLEX_OR_BREVE for letter in lowered)
