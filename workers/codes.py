"""Codes of digitized papers: of results as Decree 45/2020, Art. 14 has it, of components as the office configures it.

A component's code holds its owner's number (Circular 01/2023, Art. 10), so it is a field of the record and never a key.
"""

import re
from collections.abc import Sequence

from digitize.model import Record

_RESULT = re.compile(r"KQ([0-9]{1,3})")
_SERIALS = 99
"""Papers of one dossier, or of one owner and component, that can have a code of their own."""


def code_candidates(record: Record, procedure: str | None, template: str) -> Sequence[str]:
    """The first that nobody has is the paper's; none where no dossier is known."""
    dossier = record.dossier
    if dossier.code is None:
        return ()
    if record.role == "result":
        told = _RESULT.fullmatch(dossier.component or "")
        first = int(told[1]) if told else 1
        numbers = dict.fromkeys((first, *range(1, _SERIALS + 1)))
        return [f"{dossier.code}-KQ{number}" for number in numbers]
    owner = record.fields.get("owner_id")
    known = owner is not None and owner.state != "review" and isinstance(owner.value, str)
    parts = {
        "owner_id": owner.value if owner is not None and known else "",
        "dossier": dossier.code,
        "procedure": procedure or dossier.procedure or "",
        "component": dossier.component or "",
        "document_type": record.document_type.code,
    }
    return [template.format(**parts, serial=serial) for serial in range(1, _SERIALS + 1)]
