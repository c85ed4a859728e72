"""In whose name a certificate is signed: ``TM. ỦY BAN NHÂN DÂN HUYỆN …`` over the capacity, where the head names
nobody, as on land certificates.
"""

from collections.abc import Sequence

from digitize.extraction.layout import Segment
from digitize.extraction.paper import Paper, Reading, read
from digitize.extraction.schema import FieldSpec
from digitize.extraction.strategies.signature import (
    CAPITAL_SHARE_MIN,
    IN_THE_NAME_OF,
    POSITION_STEP_MAX,
    SignatureBlock,
    find_block,
    names_place,
    opens_position,
)
from digitize.extraction.vocabulary import AGENCY_NOUNS

AGENCY_LINES_MAX = 3
_MINISTRIES = frozenset({"bocongan"})
"""Squeezed; that issue cards."""


def find_signing_agency(paper: Paper, _field: FieldSpec) -> Reading | None:
    """The agency over the capacity, without ``TM.``."""
    block = find_block(paper)
    lines = [] if block is None else _agency_lines(block)
    tokens = [token for line in lines for token in line.tokens]
    if tokens and tokens[0].squeezed == IN_THE_NAME_OF:
        tokens = tokens[1:]
    return read(tuple(tokens), lines[0].sheet) if tokens else None


def find_ministry(paper: Paper, _field: FieldSpec) -> Reading | None:
    """A line that is nothing but the name of a ministry, as at the foot of a card; the lowest of them."""
    lines = [segment for segment in paper.segments() if segment.squeezed in _MINISTRIES]
    return read(lines[-1].tokens, lines[-1].sheet) if lines else None


def _capacity_lines(position: Sequence[Segment]) -> tuple[Segment, ...]:
    return tuple(
        line
        for line in position
        if line.tokens[0].squeezed != IN_THE_NAME_OF and not _is_agency(line) and not names_place(line)
    )


def _agency_lines(block: SignatureBlock) -> list[Segment]:
    """Capitals that lead down to the capacity without a wider step, from the line that opens with an agency."""
    capacity = _capacity_lines(block.position)
    if not capacity:
        return []
    near = [s for s in block.sheet.segments if s.middle < capacity[0].middle - 1 and _stands_over(s, capacity[0])]
    lines: list[Segment] = []
    below = capacity[0]
    for segment in sorted(near, key=lambda s: -s.middle)[:AGENCY_LINES_MAX]:
        if below.middle - segment.middle > POSITION_STEP_MAX * block.sheet.pitch:
            break
        if segment.capital_share < CAPITAL_SHARE_MIN:
            break
        lines.insert(0, segment)
        below = segment
        if segment.tokens[0].squeezed == IN_THE_NAME_OF:
            return lines
    return lines if lines and _is_agency(lines[0]) else []


def _stands_over(segment: Segment, line: Segment) -> bool:
    return segment.left < line.centre < segment.right


def _is_agency(line: Segment) -> bool:
    return (line.folded + " ").startswith(AGENCY_NOUNS) and not opens_position(line)
