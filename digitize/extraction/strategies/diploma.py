"""Who confers a diploma: ``HIỆU TRƯỞNG TRƯỜNG ĐẠI HỌC … cấp`` over its title."""

from digitize.extraction.layout import Segment, Token
from digitize.extraction.paper import Paper, Reading, read
from digitize.extraction.schema import FieldSpec

CAPITAL_SHARE_MIN = 0.8
LINES_MAX = 4
COLUMN_SHARE = 0.12
"""Of the page width, from the title's middle: a bilingual diploma has another column beside."""
STEP_MAX = 3.2
"""In usual row distances: ``cấp`` stands between the school and the title."""
_CAPACITIES = (
    "hieutruong", "giamdoc", "vientruong", "botruong", "chutichhoidong", "truongban", "truongphong", "chinhuy",
)  # fmt: skip
_CONFERS = ("cap", "capbang", "trao", "captang")


def find_conferring_agency(paper: Paper, _field: FieldSpec) -> Reading | None:
    """Capitals in the title's column, upwards to the motto, without the capacity they begin with."""
    if paper.title is None:
        return None
    lines = _lines_over(paper, paper.title.segments[0])
    tokens = _without_capacity([token for line in lines for token in line.tokens])
    return read(tuple(tokens), paper.first.number) if tokens else None


def _lines_over(paper: Paper, title: Segment) -> list[Segment]:
    lines: list[Segment] = []
    below = title
    reach = COLUMN_SHARE * paper.first.width
    over = [s for s in paper.first.segments if s.middle < title.middle - 1 and abs(s.centre - title.centre) < reach]
    for segment in sorted(over, key=lambda s: -s.middle):
        if below.middle - segment.middle > STEP_MAX * paper.first.pitch or len(lines) >= LINES_MAX:
            break
        if "hanhphuc" in segment.squeezed or "chunghia" in segment.squeezed:
            break
        if segment.squeezed not in _CONFERS:
            if segment.capital_share < CAPITAL_SHARE_MIN:
                break
            lines.insert(0, segment)
        below = segment
    return lines


def _without_capacity(tokens: list[Token]) -> list[Token]:
    said = ""
    for index, token in enumerate(tokens[:5]):
        said += token.squeezed
        if said in _CAPACITIES or said.removeprefix("pho") in _CAPACITIES:
            return _without_capacity(tokens[index + 1 :])
    return tokens
