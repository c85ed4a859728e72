"""What a person corrected, in place of what was misread."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from digitize.model import Box, FieldRecord, FieldValue
from digitize.recognition.api import Line, Word

_SEXES = {"male": "Nam", "female": "Nữ"}


def correct_lines(page: int, lines: Sequence[Line], fields: Iterable[FieldRecord]) -> Sequence[Line]:
    """The lines of a page with the words in the box of every corrected field replaced by its value."""
    for field in fields:
        if field.state == "corrected" and field.page == page and field.box is not None:
            box = field.box
            kept = (Line(tuple(w for w in line.words if not _lies_in(w.box, box)), line.block) for line in lines)
            corrected = Line(tuple(_spread(_as_printed(field.value), box)), len(lines))
            lines = [line for line in (*kept, corrected) if line.words]
    return lines


def _lies_in(box: Box, outer: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _as_printed(value: FieldValue) -> str:
    """Values are normalised; a search is for what stands on paper: 07/03/2019, Nam."""
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(map(_as_printed, value))
    try:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    except ValueError:
        return _SEXES.get(value, value)


def _spread(text: str, box: Box) -> Iterator[Word]:
    """The words side by side across the box, each as wide as its letters ask."""
    words = text.split()
    letters = max(1, len(" ".join(words)))
    left, step = box[0], (box[2] - box[0]) / letters
    for word in words:
        yield Word(word, (left, box[1], left + step * len(word), box[3]), 1.0)
        left += step * (len(word) + 1)
