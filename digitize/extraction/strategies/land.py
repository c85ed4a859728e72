"""The number of a land certificate's form (số phát hành): printed alone near a corner of a page, or labelled."""

import re

from digitize.extraction.normalisers import land_serial
from digitize.extraction.paper import Paper, Reading, read
from digitize.extraction.schema import FieldSpec
from digitize.extraction.strategies.form import find_by_label

WORDS_MAX = 2
_SERIAL = re.compile(r"[A-ZĐ]{1,2}[ .-]{0,2}[0-9]{6,8}")


def find_serial(paper: Paper, field: FieldSpec) -> Reading | None:
    """Behind its label; else the only line of the paper that is nothing but such a number."""
    labelled = _labelled(paper, field)
    if labelled is not None and labelled.text is not None and land_serial(labelled.text) is not None:
        return labelled
    alone = [
        segment
        for segment in paper.segments()
        if len(segment.tokens) <= WORDS_MAX and _SERIAL.fullmatch(segment.text.strip(" .,;:|"))
    ]
    if len({land_serial(segment.text) for segment in alone}) != 1:
        return labelled
    return read(alone[0].tokens, alone[0].sheet)


def _labelled(paper: Paper, field: FieldSpec) -> Reading | None:
    """In whatever section: it stands on the first page or under the parcel."""
    for section in (None, *paper.document_type.sections):
        found = find_by_label(paper, field.model_copy(update={"section": section}))
        if found is not None:
            return found
    return None
