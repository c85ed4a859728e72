"""Tells a page whose print runs over the edge of the scan: laid askew on the glass, or photographed too near.

It is marked and never refused: what was read is right, and whether what is missing matters is for a person to say.
"""

from statistics import median

from digitize.recognition.api import Line, RecognizedPage, Word

_AT_EDGE_PX = 3
_LINES_MIN, _WORDS_MIN = 3, 3
"""Lines of so many sure words that end at the same side of the scan; the shadow of an edge is read as bars."""
_HALVED_MIN, _TALL = 4, 1.3
"""Words along the top or the bottom, and their height over that of the page's words: a line that is cut through is read
as letters without sense."""
_LETTERS_MIN = 2
_SURE_FROM = 0.6
"""Confidence of the words by which a line counts as print."""


def is_cut_off(page: RecognizedPage) -> bool:
    """``page``: with boxes on the upright page."""
    x, y = _AT_EDGE_PX / page.width_px, _AT_EDGE_PX / page.height_px
    print_ = [line for line in page.lines if sum(map(_is_sure, line.words)) >= _WORDS_MIN]
    sides = (
        sum(line.box[0] <= x and _has_letters(_outermost(line, 0)) for line in print_),
        sum(line.box[2] >= 1 - x and _has_letters(_outermost(line, 2)) for line in print_),
    )
    heights = [word.box[3] - word.box[1] for line in page.lines for word in line.words if _is_sure(word)]
    if not heights:
        return False
    tallest = _TALL * median(heights)
    low = [w for line in page.lines for w in line.words if _has_letters(w) and w.box[3] - w.box[1] <= tallest]
    halved = (sum(w.box[1] <= y for w in low), sum(w.box[3] >= 1 - y for w in low))
    return max(sides) >= _LINES_MIN or max(halved) >= _HALVED_MIN


def _outermost(line: Line, side: int) -> Word:
    return (min if side == 0 else max)(line.words, key=lambda word: word.box[side])


def _has_letters(word: Word) -> bool:
    return sum(c.isalnum() for c in word.text) >= _LETTERS_MIN


def _is_sure(word: Word) -> bool:
    return word.confidence >= _SURE_FROM and _has_letters(word)
