"""Checks of what land certificates say of a parcel."""

import re
from collections.abc import Sequence

from digitize.extraction.checks.api import Candidate, Candidates
from digitize.extraction.letters import fold
from digitize.extraction.schema import DocumentType

LAND_USES = (
    "Đất ở", "Đất ở tại nông thôn", "Đất ở tại đô thị", "Đất ở nông thôn", "Đất ở đô thị", "Đất trồng cây lâu năm",
    "Đất trồng cây hàng năm khác", "Đất trồng cây hằng năm khác", "Đất bằng trồng cây hàng năm khác",
    "Đất chuyên trồng lúa nước", "Đất chuyên trồng lúa", "Đất trồng lúa", "Đất trồng lúa nước còn lại",
    "Đất trồng lúa còn lại", "Đất nuôi trồng thủy sản", "Đất nuôi trồng thuỷ sản", "Đất rừng sản xuất",
    "Đất rừng phòng hộ", "Đất rừng đặc dụng", "Đất làm muối", "Đất nông nghiệp khác", "Đất vườn", "Đất thổ cư",
    "Đất thương mại, dịch vụ", "Đất thương mại dịch vụ", "Đất cơ sở sản xuất phi nông nghiệp",
    "Đất sản xuất, kinh doanh phi nông nghiệp", "Đất khu công nghiệp", "Đất xây dựng trụ sở cơ quan",
    "Đất cơ sở tôn giáo", "Đất tôn giáo", "Đất tín ngưỡng", "Đất chăn nuôi tập trung", "Đất phi nông nghiệp khác",
)  # fmt: skip
"""Kinds of land (Circular 08/2024/TT-BTNMT, Appendix; Circulars 28/2014 and 27/2018 before it)."""

_BY_LETTERS: dict[str, set[str]] = {}
for _use in LAND_USES:
    _BY_LETTERS.setdefault(fold(_use), set()).add(_use.lower())
_MAP_NUMBER = re.compile(r"[0-9]{1,4}[a-hA-H]?(?:(?:[-/+]|, )[0-9]{1,4}[a-hA-H]?){0,6}")
_REGISTER = re.compile(r"(?:[A-ZĐ]{1,5}[ .-]{0,2})?[0-9]{1,6}(?:[ ]?/[ ]?[0-9A-ZĐ.-]{1,12}){0,3}")
_TERM = re.compile(
    r"lâu dài|ổn định lâu dài|[0-9]{1,2} năm"
    r"|(?:đến )?(?:ngày )?[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|(?:đến )?(?:tháng )?[0-9]{1,2}/[0-9]{4}"
    r"|(?:đến )?(?:ngày [0-9]{1,2} )?tháng [0-9]{1,2} năm [0-9]{4}|(?:đến )?(?:hết )?năm [0-9]{4}"
)


def map_number(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """The number of a parcel or map sheet: up to four digits and a letter, or several of them."""
    return None if field.value is None else _MAP_NUMBER.fullmatch(field.value) is not None


def land_register(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """Letters of the issuing level (CH, CS, CT, VP …) and digits, or the older ``01234 QSDĐ/…`` shapes."""
    return None if field.value is None else _REGISTER.fullmatch(field.value) is not None


def known_land_use(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """A kind of land that the law knows, in its right spelling; another wording says nothing.

    False: the letters of a known kind with other marks (``Đất ở tại đồ thị``).
    """
    if field.value is None:
        return None
    same = _BY_LETTERS.get(fold(field.value))
    return None if same is None else field.value.lower() in same


def known_term(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """For good, a number of years, or up to a date; several terms and other wordings say nothing."""
    if field.value is None:
        return None
    return True if _TERM.fullmatch(field.value.lower()) else None
