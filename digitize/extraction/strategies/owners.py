"""Who a land certificate names as owner: ``Ông: …``, ``Hộ ông …``, ``Và vợ là bà: …``."""

from dataclasses import replace

from digitize.extraction.letters import squeeze
from digitize.extraction.paper import Paper, Reading
from digitize.extraction.schema import FieldSpec
from digitize.extraction.strategies.form import read_labels
from digitize.extraction.strategies.within import find_person

_SECOND = ("vàbà", "vàông", "vàvợ", "vàchồng")


def find_owner_of_land(paper: Paper, field: FieldSpec) -> Reading | None:
    """The first owner. Doubted where the paper names another: then the land is not that person's alone."""
    first = find_person(paper, field)
    if first is None or first.text is None:
        return first
    named = {squeeze(reading.text) for reading in read_labels(paper, field) if reading.text is not None}
    row = "".join(token.text.lower() for token in (*first.tokens, *first.row))
    if len(named) > 1 or any(second in row for second in _SECOND):
        return replace(first, doubts=(*first.doubts, "incomplete"))
    return first
