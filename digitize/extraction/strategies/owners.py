"""Who a land certificate names as owner: ``Ông: …``, ``Hộ ông …``, ``Và vợ là bà: …``."""

from dataclasses import replace

from digitize.extraction.letters import squeeze
from digitize.extraction.paper import Paper, Reading
from digitize.extraction.schema import FieldSpec
from digitize.extraction.strategies.form import read_labels
from digitize.extraction.strategies.within import find_person


def find_owner_of_land(paper: Paper, field: FieldSpec) -> Reading | None:
    """The first owner. Doubted where the paper names another: then the land is not that person's alone."""
    first = find_person(paper, field)
    if first is None or first.text is None:
        return first
    # ``1. Người sử dụng đất, chủ sở hữu nhà ở …`` is the heading over them.
    owners = [text for reading in read_labels(paper, field) if (text := reading.text) and text[0].isupper()]
    texts = [text.lower() for text in owners]
    label = "".join(token.text.lower() for token in first.row)
    if len({squeeze(text) for text in texts}) > 1 or any(" và " in text for text in texts) or label.startswith("và"):
        return replace(first, doubts=(*first.doubts, "incomplete"))
    return first
