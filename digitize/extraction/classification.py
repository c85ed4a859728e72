"""Which type a paper is of: by its title, else by its printed kind together with the layout of Decree 30/2020."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digitize.extraction.head import NUMBER_WITH_SYMBOL, Head, find_head, is_date_with_place
from digitize.extraction.layout import Sheet
from digitize.extraction.schema import Anchor, DocumentType
from digitize.extraction.titles import Title, count_marks, find_kind, find_title

TITLE_CONFIDENCE = 0.98
"""Of a title that matches letter for letter."""
KIND_CONFIDENCE = 0.95
BESIDE_SCORE_MIN = 0.95
MARKS_CONFIDENCE = 0.9
"""Of a paper known by what it bears besides its title; each mark beyond those needed adds ANCHOR_CONFIDENCE."""
ANCHOR_CONFIDENCE = 0.01
"""Added for each anchor beyond those needed."""


@dataclass(frozen=True)
class Classified:
    document_type: DocumentType
    confidence: float
    beside_another: bool = False
    """The title of another type stands on the page as well: two papers were scanned as one."""


def classify(sheets: Sequence[Sheet], document_types: Iterable[DocumentType]) -> Classified | None:
    """The best type, or None: a paper nobody knows is better than a paper known wrongly.

    By the title on the first page; else by the kind in the layout of an official paper; else by the marks that only
    papers of one type bear, on any page: the back of a card may lie first.
    """
    if not sheets:
        return None
    types, first = list(document_types), sheets[0]
    titled: list[tuple[DocumentType, Title]] = []
    for document_type in types:
        match = document_type.match
        title = find_title(first, match.titles, match.look_alikes, match.openings)
        if title is not None:
            titled.append((document_type, title))
    if titled:
        document_type, title = _heading(titled)
        beside = _stands_beside_another(document_type, title, titled)
        return Classified(document_type, round(TITLE_CONFIDENCE * title.score, 3), beside)
    head = find_head(first)
    for document_type in types:
        confidence = _by_layout(first, head, document_type)
        if confidence is not None:
            return Classified(document_type, confidence)
    marked = [found for document_type in types if (found := _by_marks(sheets, document_type)) is not None]
    marked.sort(key=lambda found: found.confidence, reverse=True)
    is_clear = len(marked) == 1 or (len(marked) > 1 and marked[0].confidence > marked[1].confidence)
    return marked[0] if is_clear else None


def _by_marks(sheets: Sequence[Sheet], document_type: DocumentType) -> Classified | None:
    match = document_type.match
    if not match.marks or _is_look_alike(sheets[0], match.look_alikes):
        return None
    beyond = count_marks(sheets, match.marks) - match.marks_min
    confidence = round(min(0.97, MARKS_CONFIDENCE + ANCHOR_CONFIDENCE * beyond), 3)
    return Classified(document_type, confidence) if beyond >= 0 else None


def _heading(titled: Sequence[tuple[DocumentType, Title]]) -> tuple[DocumentType, Title]:
    """The best title, and of equals the longer.

    A title known by its opening wins over one below it: ``TỜ KHAI CẤP`` over ``GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN``
    asks for that paper and is none.
    """
    best = max(titled, key=lambda found: (found[1].score, len(found[1].segments)))
    opened = min((f for f in titled if f[1].by_opening), key=lambda f: f[1].segments[0].middle, default=best)
    return opened if opened[1].segments[0].middle < best[1].segments[0].middle - 1 else best


def _stands_beside_another(
    document_type: DocumentType, title: Title, titled: Sequence[tuple[DocumentType, Title]]
) -> bool:
    """A title that holds another one, or asks for the paper it names, is one paper's."""
    lines = set(map(id, title.segments))
    return not title.by_opening and any(
        other != document_type
        and not one.by_opening
        and min(one.score, title.score) >= BESIDE_SCORE_MIN
        and lines.isdisjoint(map(id, one.segments))
        for other, one in titled
    )


def _by_layout(first: Sheet, head: Head, document_type: DocumentType) -> float | None:
    match = document_type.match
    if not match.kinds:
        return None
    anchors = sum(_stands(anchor, head) for anchor in match.anchors)
    found = find_kind(first, head, match.kinds)
    if found is None or anchors < match.anchors_min:
        return None
    if match.look_alikes and _is_look_alike(first, match.look_alikes):
        return None
    score = found.title.score if found.title else 1.0
    return round(min(0.99, KIND_CONFIDENCE * score + ANCHOR_CONFIDENCE * (anchors - match.anchors_min)), 3)


def _is_look_alike(first: Sheet, look_alikes: tuple[str, ...]) -> bool:
    return find_title(first, look_alikes, ()) is not None


def _stands(anchor: Anchor, head: Head) -> bool:
    if anchor == "motto":
        return head.motto is not None
    if anchor == "symbol_number":
        return head.number is not None and NUMBER_WITH_SYMBOL.search(head.number.text) is not None
    if anchor == "place_and_date":
        return head.place_and_date is not None and is_date_with_place(head.place_and_date)
    if anchor == "addressee":
        return head.addressee is not None
    return head.about is not None
