"""Checks of what certificates of enterprises and household businesses say."""

import re
from collections.abc import Sequence

from digitize.extraction import tax_codes
from digitize.extraction.checks.api import Candidate, Candidates
from digitize.extraction.letters import squeeze
from digitize.extraction.schema import DocumentType

_HOUSEHOLD_CODE = re.compile(r"[0-9]{2}[A-ZĐ]8[0-9]{6}")
_FORMS = (
    "công ty cổ phần", "công ty tnhh", "công ty trách nhiệm hữu hạn", "công ty hợp danh", "công ty một thành viên",
    "doanh nghiệp tư nhân", "doanh nghiệp tn", "dntn", "tổng công ty", "tập đoàn", "ngân hàng", "quỹ tín dụng",
    "hợp tác xã", "liên hiệp hợp tác xã", "chi nhánh", "văn phòng đại diện", "địa điểm kinh doanh", "hộ kinh doanh",
    "công ty luật", "công ty",
)  # fmt: skip
_BY_LETTERS = {squeeze(form): form for form in _FORMS}


def enterprise_name(
    field: Candidate, _all: Candidates, _others: Sequence[str], document_type: DocumentType
) -> bool | None:
    """The name begins with its legal form (Law on Enterprises, Article 37), in the right spelling.

    False: the form's letters with other marks or in other pieces (``CÔNG TY CỐ PHẦN``, ``CÔNG TY TN HH``), and of an
    enterprise any other beginning; households and shops are called as they like.
    """
    if field.value is None:
        return None
    name = " ".join(field.value.lower().split())
    begun = squeeze(name)
    forms = [form for letters, form in _BY_LETTERS.items() if begun.startswith(letters)]
    if not forms:
        return False if document_type.code == "enterprise_registration" else None
    return f"{name} ".startswith(f"{max(forms, key=len)} ")


def household_code(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """Ten signs as Circular 01/2021/TT-BKHĐT, Article 83, builds them (``60A8322849``: province, district, 8 for
    household businesses, number), or since 2023 a tax code.
    """
    if field.value is None:
        return None
    return _HOUSEHOLD_CODE.fullmatch(field.value) is not None or tax_codes.is_well_formed(field.value)
