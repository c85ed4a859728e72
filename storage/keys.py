"""Every object key, in one place. Buckets are separate, so keys are relative to their bucket.

inbox     {unit}/{dossier}/{component}/{filename}     named by stations
          {unit}/_status/{document_id}.json           what became of it, for the station to read
archive   {id[0:2]}/{id}/original.{ext}  signed.pdf  record.json  record.json.p7s  revocation.json
work      {id}/pages/0001.{jpg,json}                  rebuildable; nothing deletes them but a rule of the bucket's own
          {id}/prepared/{digest}.{pdf,json}           what a key is asked to sign; deleted when the paper is published
          uploads/{upload_id}/upload.json  parts/00001   what is coming in by the API; deleted when its time is over
          finished/{upload_id}                        whole, on its way to the inbox

Archive and work keys carry the document id only: never a name, a number or anything else of a person.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from digitize.door_errors import MisplacedError
from digitize.errors import InvalidKeyError
from digitize.identity import is_document_id
from digitize.model import Role

PageExtension = Literal["jpg", "json"]

MAX_CODE_LENGTH = 64
MAX_FILENAME_BYTES = 255
"""What common file systems allow, so that a station can always save what it sent."""
MAX_PAGE_NUMBER = 9_999

_CODE = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{MAX_CODE_LENGTH - 1}}}")
"""Codes of units, dossiers and components: no white space, no sign a shell, URL or S3 policy reads."""
_RESULT = re.compile(r"KQ[0-9]+")
_EXTENSION = re.compile(r"[a-z0-9]{1,5}")
_STATUS_FOLDER = "_status"
_PARTS = {
    "unit": ("đơn vị", "the unit"),
    "dossier": ("hồ sơ", "the dossier"),
    "component": ("thành phần", "the component"),
    "filename": ("tên tệp", "the file name"),
}
"""Of an inbox key, in this order."""
_MISSING = {
    1: ("đơn vị, hồ sơ và thành phần", "unit, dossier and component are"),
    2: ("hồ sơ và thành phần", "dossier and component are"),
    3: ("hồ sơ hoặc thành phần", "the dossier or the component is"),
}
"""By the number of parts a key has."""

_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_FORBIDDEN_DIRECTIONS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Signs that turn the direction of writing make a name look like another (``fdp.exe``)."""


@dataclass(frozen=True, slots=True)
class InboxKey:
    """A checked key of the inbox. ``filename`` may hold personal data: record only."""

    unit: str
    dossier: str
    component: str
    filename: str
    """NFC, whatever form the station's system wrote; ``key`` keeps the form stored."""
    key: str

    @property
    def role(self) -> Role:
        """Component codes ``KQ1``, ``KQ2`` … name the result (kết quả giải quyết) of the procedure."""
        return "result" if _RESULT.fullmatch(self.component) else "component"


# --- inbox ------------------------------------------------------------------------------------------------


def parse_inbox_key(untrusted_key: str) -> InboxKey:
    """Check a key a station has chosen. Raises MisplacedError, which tells the part that is missing or wrong."""
    parts = untrusted_key.split("/")
    if len(parts) != len(_PARTS):
        raise _misshapen(len(parts))
    unit, dossier, component, filename = parts
    wrong = wrong_parts(unit=unit, dossier=dossier, component=component, filename=filename)
    if wrong:
        vi, en = (", ".join(_PARTS[name][language] for name in wrong) for language in (0, 1))
        raise MisplacedError(reason_vi=f"{vi} trống hoặc có ký tự không dùng được", reason_en=f"{en} cannot be used")
    return InboxKey(unit, dossier, component, unicodedata.normalize("NFC", filename), untrusted_key)


def wrong_parts(*, unit: str, dossier: str, component: str, filename: str) -> list[str]:
    """Which of these untrusted parts cannot stand in an inbox key, by name."""
    codes = {"unit": unit, "dossier": dossier, "component": component}
    wrong = [name for name, code in codes.items() if not is_code(code)]
    return wrong if _is_filename(filename) else [*wrong, "filename"]


def _misshapen(count: int) -> MisplacedError:
    """``count``: parts of the key. The last is the file; of what stands before it the first is taken for the unit."""
    if count > len(_PARTS):
        more = count - len(_PARTS)
        return MisplacedError(reason_vi=f"thừa {more} thư mục", reason_en=f"it has {more} folder(s) too many")
    missing = _MISSING[count]
    return MisplacedError(reason_vi=f"thiếu {missing[0]}", reason_en=f"{missing[1]} missing")


def inbox_key(*, unit: str, dossier: str, component: str, filename: str) -> str:
    """Key under which a station drops a scan. Raises MisplacedError where a part does not fit."""
    return parse_inbox_key(f"{unit}/{dossier}/{component}/{filename}").key


def status_key(unit: str, document_id: str) -> str:
    """Where the unit's stations read what became of a drop."""
    if not is_code(unit):
        raise InvalidKeyError
    return f"{status_prefix(unit)}{_checked(document_id)}.json"


def status_prefix(unit: str) -> str:
    return f"{unit}/{_STATUS_FOLDER}/"


def is_status_key(key: str) -> bool:
    """Whether the key lies in a unit's status folder, so that it is no scan."""
    return key.split("/")[1:2] == [_STATUS_FOLDER]


def is_code(untrusted_text: str) -> bool:
    """Whether this may stand as a unit, dossier or component in a key."""
    return _CODE.fullmatch(untrusted_text) is not None and ".." not in untrusted_text


# --- archive ----------------------------------------------------------------------------------------------


def archive_prefix(document_id: str) -> str:
    checked = _checked(document_id)
    return f"{checked[:2]}/{checked}/"


def original_key(document_id: str, extension: str) -> str:
    """``extension`` is that of the media type found in the bytes, never of the name the station gave."""
    if not _EXTENSION.fullmatch(extension):
        raise ValueError("an extension is one to five lower-case letters or digits")
    return f"{archive_prefix(document_id)}original.{extension}"


def signed_key(document_id: str) -> str:
    return f"{archive_prefix(document_id)}signed.pdf"


def record_key(document_id: str) -> str:
    return f"{archive_prefix(document_id)}record.json"


def record_signature_key(document_id: str) -> str:
    """Detached CMS signature over the bytes of ``record.json``."""
    return f"{archive_prefix(document_id)}record.json.p7s"


def revocation_key(document_id: str) -> str:
    """When and why a published paper ceased to be valid; there only if it did."""
    return f"{archive_prefix(document_id)}revocation.json"


# --- work -------------------------------------------------------------------------------------------------


def work_prefix(document_id: str) -> str:
    """All that lies in the work bucket of a document."""
    return f"{_checked(document_id)}/"


def pages_prefix(document_id: str) -> str:
    return f"{work_prefix(document_id)}pages/"


def prepared_prefix(document_id: str) -> str:
    return f"{work_prefix(document_id)}prepared/"


def page_key(document_id: str, number: int, extension: PageExtension) -> str:
    """``number`` is 1-based."""
    if not 1 <= number <= MAX_PAGE_NUMBER:
        raise ValueError(f"page numbers run from 1 to {MAX_PAGE_NUMBER}")
    return f"{pages_prefix(document_id)}{number:04d}.{extension}"


def prepared_key(document_id: str, digest: str, extension: Literal["pdf", "json"]) -> str:
    """A PDF that lacks nothing but the signature over ``digest`` (hexadecimal), and its record."""
    return f"{prepared_prefix(document_id)}{digest}.{extension}"


# --- uploads, in the work bucket --------------------------------------------------------------------------

UPLOADS_PREFIX = "uploads/"
FINISHED_PREFIX = "finished/"
MAX_PART_NUMBER = 99_999
_UPLOAD_ID = re.compile(r"[0-9a-f]{32}")


def is_upload_id(untrusted_text: str) -> bool:
    return _UPLOAD_ID.fullmatch(untrusted_text) is not None


def upload_prefix(upload_id: str) -> str:
    if not is_upload_id(upload_id):
        raise ValueError("not an upload id")
    return f"{UPLOADS_PREFIX}{upload_id}/"


def upload_key(upload_id: str) -> str:
    return f"{upload_prefix(upload_id)}upload.json"


def parts_prefix(upload_id: str) -> str:
    return f"{upload_prefix(upload_id)}parts/"


def part_key(upload_id: str, number: int) -> str:
    """``number`` is 1-based."""
    if not 1 <= number <= MAX_PART_NUMBER:
        raise ValueError(f"part numbers run from 1 to {MAX_PART_NUMBER}")
    return f"{parts_prefix(upload_id)}{number:05d}"


def finished_key(upload_id: str) -> str:
    if not is_upload_id(upload_id):
        raise ValueError("not an upload id")
    return f"{FINISHED_PREFIX}{upload_id}"


def _checked(document_id: str) -> str:
    if not is_document_id(document_id):
        raise ValueError("not a document id")
    return document_id


def _fits(text: str, limit_bytes: int) -> bool:
    return len(text.encode("utf-8", "surrogatepass")) <= limit_bytes


def _is_filename(untrusted_text: str) -> bool:
    return (
        untrusted_text.strip() not in {"", ".", ".."}
        and {"/", "\\"}.isdisjoint(untrusted_text)
        and _fits(untrusted_text, MAX_FILENAME_BYTES)
        and not any(
            unicodedata.category(c) in _FORBIDDEN_CATEGORIES or unicodedata.bidirectional(c) in _FORBIDDEN_DIRECTIONS
            for c in untrusted_text
        )
    )
