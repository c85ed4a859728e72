"""The QR code of the citizen's card (thẻ căn cước): parts divided by ``|``.

The chip card of 2021 has seven: number, old number, name, birth date, sex, residence, date of issue. The card of 2024
(Circular 16/2024/TT-BCA) has more, and no published order. So parts are known by their shape, the order deciding only
between parts of one shape.
"""

from collections.abc import Iterator, Sequence

from digitize.extraction import personal_ids
from digitize.extraction.normalisers import day, name, sex, text
from digitize.extraction.sources.api import Fact, Witness
from digitize.recognition.api import Code, RecognizedPage

_PARTS_MIN = 5
_PARTS_MAX = 20
_DATE_DIGITS = 8


def find_citizen_qr(pages: Sequence[RecognizedPage]) -> Iterator[Witness]:
    for page in pages:
        for code in page.codes:
            facts = parse_citizen_qr(code)
            if facts:
                yield Witness("qr", facts, page.number, code.box)


def parse_citizen_qr(code: Code) -> tuple[Fact, ...]:
    """Nothing where the text is no citizen's card: it has no number, no birth date or no name."""
    parts = [part.strip() for part in code.text.split("|")[: _PARTS_MAX + 1]]
    if code.format != "qr" or not _PARTS_MIN <= len(parts) <= _PARTS_MAX:
        return ()
    numbers = [part for part in parts if len(part) == personal_ids.LENGTH and personal_ids.is_well_formed(part)]
    dates = [(index, date) for index, part in enumerate(parts) if (date := _read_date(part)) is not None]
    if not numbers or not dates:
        return ()
    born_at, born = min(dates, key=lambda found: found[1])
    full_name = next((value for part in parts[:born_at] if (value := _read_name(part)) is not None), None)
    if full_name is None:
        return ()
    old = next((part for part in parts if len(part) == personal_ids.OLD_LENGTH and part.isdigit()), None)
    sex_at = next((index for index, part in enumerate(parts) if sex(part) is not None), None)
    residence = text(parts[sex_at + 1]) if sex_at is not None and sex_at + 1 < len(parts) else None
    issued = max(date for _, date in dates) if len(dates) > 1 else None
    found = {
        "personal_id": numbers[0],
        "date_of_birth": born,
        "sex": None if sex_at is None else sex(parts[sex_at]),
        "issue_date": issued,
        "old_id": old,
    }
    facts = [Fact(field, value) for field, value in found.items() if value is not None]
    facts.append(Fact("full_name", full_name, "name"))
    if residence is not None and _read_date(residence) is None:
        facts.append(Fact("residence", residence, "place", fills=False))
    return tuple(facts)


def _read_date(part: str) -> str | None:
    if len(part) != _DATE_DIGITS or not (part.isascii() and part.isdigit()):
        return None
    return day(f"{part[:2]}/{part[2:4]}/{part[4:]}")


def _read_name(part: str) -> str | None:
    value = name(part)
    return value if value is not None and " " in value and sex(value) is None else None
