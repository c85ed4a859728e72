"""Tables that offices have: CSV as saved by a spreadsheet, XLSX, or JSON; every refused row is told with its reason.

A procedure, unit or dossier any of whose rows is refused stays as it was: half a procedure would tell citizens that a
paper is not needed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from digitize.config import Level
from digitize.door_errors import SheetError
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.letters import fold
from digitize.vietnam_time import VIETNAM_TIME, is_to_come
from service.import_sentences import COMPARED, CONTRADICTS, EMPTY, REPEATED, TAKES, TO_COME
from service.models import ApplicantId, Code, Moment
from service.sheet_times import read_day, read_end, read_time
from service.sheets import read_sheet
from storage.reuse_api import Component, DossierRow, Procedure, Substitute, Unit

_RESULT_OF = "result:"
_COMPARED, _TO_COME = "does_not_go", "to_come"
_SHORT_OF_A_ZERO = 11
"""Digits."""
_YES = frozenset({"1", "x", "yes", "y", "true", "co", "bat buoc"})
_NO = frozenset({"", "0", "no", "n", "false", "khong"})
Imported = TypeVar("Imported")


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken, and why."""

    row: int
    """As a spreadsheet counts, its heading being row 1."""
    column: str
    """As the sheet calls it."""
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Table(Generic[Imported]):
    taken: tuple[Imported, ...]
    rows: int
    refused: tuple[Refused, ...]
    left_alone: tuple[str, ...]
    """Codes of which a row was refused, and which stay as they were."""


def _yes_or_no(value: object) -> object:
    if isinstance(value, bool):
        return value
    told = fold(str(value or "")).strip()
    if told in _YES | _NO:
        return told in _YES
    raise ValueError


def _nothing(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]
SheetDay = Annotated[date, BeforeValidator(read_day), Field(ge=date(1900, 1, 1), lt=date(3000, 1, 1))]
SheetTime = Annotated[Moment, BeforeValidator(read_time)]
SheetEnd = Annotated[Moment, BeforeValidator(read_end)]
Months = Annotated[int, Field(ge=1, le=1_200)]
Name = Annotated[str, Field(min_length=1, max_length=1_000)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, coerce_numbers_to_str=True)

    headings: ClassVar[Mapping[str, str]] = {}
    """What Vietnamese sheets call a field; its own name is the English heading."""


def _does_not_go() -> PydanticCustomError:
    """With another value of the row, each by itself being right."""
    return PydanticCustomError(_COMPARED, "does not go with another value of the row")


class _ProcedureRow(_Row):
    headings = {
        "Mã thủ tục": "procedure",
        "Tên thủ tục": "procedure_name",
        "Mã thành phần": "component",
        "Tên thành phần": "component_name",
        "Bắt buộc": "required",
        "Số hóa": "digitized",
        "Giấy tờ thay thế": "stands_in",
        "Hiệu lực (tháng)": "months",
    }

    procedure: Code
    procedure_name: Name
    component: Code
    component_name: Name
    required: YesOrNo = True
    digitized: YesOrNo = False
    stands_in: Annotated[str | None, BeforeValidator(_nothing)] = None
    months: Annotated[Months | None, BeforeValidator(_nothing)] = None

    @field_validator("stands_in")
    @classmethod
    def _is_known(cls, told: str | None) -> str | None:
        if told is not None and not told.startswith(_RESULT_OF) and told not in load_document_types():
            raise ValueError
        return told

    @field_validator("months")
    @classmethod
    def _of_a_substitute(cls, months: int | None, row: ValidationInfo) -> int | None:
        if months is not None and row.data.get("stands_in", "") is None:
            raise _does_not_go()
        return months

    def substitute(self) -> Substitute | None:
        if self.stands_in is None:
            return None
        if self.stands_in.startswith(_RESULT_OF):
            return Substitute(result_of=self.stands_in.removeprefix(_RESULT_OF).strip(), months=self.months)
        return Substitute(self.stands_in, months=self.months)


class _UnitRow(_Row):
    headings = {
        "Mã đơn vị": "code",
        "Tên đơn vị": "name",
        "Cấp": "level",
        "Hiệu lực từ": "valid_from",
        "Hiệu lực đến": "valid_to",
        "Đơn vị kế thừa": "successor",
    }

    code: Code
    name: Name
    level: Level
    valid_from: Annotated[SheetDay | None, BeforeValidator(_nothing)] = None
    valid_to: Annotated[SheetDay | None, BeforeValidator(_nothing)] = None
    successor: Annotated[Code | None, BeforeValidator(_nothing)] = None

    @field_validator("valid_to")
    @classmethod
    def _begins_before_it_ends(cls, valid_to: date | None, row: ValidationInfo) -> date | None:
        valid_from = row.data.get("valid_from")
        if valid_from and valid_to and valid_to < valid_from:
            raise _does_not_go()
        return valid_to


def _with_its_zeros(value: object) -> object:
    """A citizen's number of twelve digits begins with 0, which a cell that holds a number has lost: eleven are left."""
    is_short = isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) == _SHORT_OF_A_ZERO
    if is_short or isinstance(value, int | float):
        raise ValueError
    return value


class _DossierRow(_Row):
    headings = {
        "Mã hồ sơ": "code",
        "Mã thủ tục": "procedure",
        "Đơn vị": "unit",
        "Mã đơn vị": "unit",
        "Số định danh": "owner_id",
        "Ngày tiếp nhận": "received_at",
        "Ngày có kết quả": "resolved_at",
    }

    code: Code
    procedure: Code
    unit: Code
    owner_id: Annotated[ApplicantId | None, BeforeValidator(_with_its_zeros), BeforeValidator(_nothing)] = None
    received_at: SheetTime
    resolved_at: Annotated[SheetEnd | None, BeforeValidator(_nothing)] = None

    @field_validator("received_at", "resolved_at")
    @classmethod
    def _has_come(cls, moment: datetime | None) -> datetime | None:
        if moment is not None and is_to_come(moment, datetime.now(VIETNAM_TIME)):
            raise PydanticCustomError(_TO_COME, "has not come yet")
        return moment

    @field_validator("resolved_at")
    @classmethod
    def _received_before_resolved(cls, resolved_at: datetime | None, row: ValidationInfo) -> datetime | None:
        received_at = row.data.get("received_at")
        if received_at and resolved_at and resolved_at < received_at:
            raise _does_not_go()
        return resolved_at


_LEVELS = {"bo": "ministry", "tinh": "province", "huyen": "district", "xa": "commune"}


def read_procedures(path: Path) -> Table[Procedure]:
    """Raises SheetError where the file is no table at all."""

    def collect(rows: Sequence[tuple[int, _ProcedureRow]]) -> Iterator[Procedure | Refused]:
        parts: dict[str, list[_ProcedureRow]] = {}
        for number, row in rows:
            before = parts.setdefault(row.component, [])
            if before and _told_of_component(before[0]) != _told_of_component(row):
                yield Refused(number, "component", *CONTRADICTS)
            before.append(row)
        first = rows[0][1]
        yield Procedure(first.procedure, first.procedure_name, tuple(_component(some) for some in parts.values()))

    return _read(path, _ProcedureRow, lambda row: row.procedure, collect, spans_rows=True)


def _told_of_component(row: _ProcedureRow) -> tuple[object, ...]:
    return row.procedure_name, row.component_name, row.required, row.digitized


def _component(rows: Sequence[_ProcedureRow]) -> Component:
    substitutes = [one for row in rows if (one := row.substitute()) is not None]
    first = rows[0]
    return Component(
        first.component,
        first.component_name,
        required=first.required,
        digitized=first.digitized,
        substitutes=tuple(dict.fromkeys(substitutes)),
    )


def read_units(path: Path) -> Table[Unit]:
    """Raises SheetError where the file is no table at all."""
    return _read(path, _UnitRow, lambda row: row.code, _only(lambda row: Unit(**row.model_dump())))


def read_dossiers(path: Path) -> Table[tuple[DossierRow, str | None]]:
    """Raises SheetError where the file is no table at all."""

    def dossier(row: _DossierRow) -> tuple[DossierRow, str | None]:
        return DossierRow(**row.model_dump(exclude={"owner_id"})), row.owner_id

    return _read(path, _DossierRow, lambda row: row.code, _only(dossier))


RowModel = TypeVar("RowModel", bound=_Row)
Collect = Callable[[Sequence[tuple[int, RowModel]]], Iterator[Imported | Refused]]


def _only(convert: Callable[[RowModel], Imported]) -> Collect[RowModel, Imported]:
    def collect(rows: Sequence[tuple[int, RowModel]]) -> Iterator[Imported | Refused]:
        yield convert(rows[0][1])
        for number, _ in rows[1:]:
            yield Refused(number, "code", *REPEATED)

    return collect


def _read(
    path: Path,
    model: type[RowModel],
    code_of: Callable[[RowModel], str],
    collect: Collect[RowModel, Imported],
    *,
    spans_rows: bool = False,
) -> Table[Imported]:
    """``spans_rows``: several rows have one code, so that a row without a good one is taken to belong to the row above,
    as where cells were merged.
    """
    groups: dict[str, list[tuple[int, RowModel]]] = {}
    refused: list[Refused] = []
    broken: set[str] = set()
    called: dict[str, str] = {}
    count, above = 0, ""
    code_column = next(iter(model.model_fields))
    for number, row_cells in read_sheet(path, _required(model)):
        count += 1
        called = called or _called(row_cells, model)
        cells = _cells(row_cells, model)
        try:
            row = model.model_validate(cells)
        except ValidationError as error:
            refused += [_refused(number, one) for one in error.errors()]
            wrong_columns = {str(one["loc"][0]) for one in error.errors()}
            code = str(cells.get(code_column, "")).strip()
            broken.add(code)
            if code_column not in wrong_columns:
                above = code
            elif spans_rows:
                broken.add(above)
            continue
        above = code_of(row)
        groups.setdefault(code_of(row), []).append((number, row))
    taken: list[Imported] = []
    for code, rows in groups.items():
        found = [] if code in broken else list(collect(rows))
        wrong = [one for one in found if isinstance(one, Refused)]
        refused += wrong
        if wrong:
            broken.add(code)
        else:
            taken += [one for one in found if not isinstance(one, Refused)]
    told = (replace(one, column=called.get(one.column, one.column)) for one in refused)
    return Table(
        tuple(taken), count, tuple(sorted(told, key=lambda one: one.row)), tuple(sorted(broken & groups.keys()))
    )


def _refused(number: int, error: Mapping[str, Any]) -> Refused:
    """Without the value: it may be personal data, and the row's number finds it."""
    field = str(error["loc"][0])
    if error["type"] == _COMPARED:
        return Refused(number, field, *COMPARED[field])
    if error["type"] == _TO_COME:
        return Refused(number, field, *TO_COME)
    is_empty = error["type"] == "missing" or error["input"] in (None, "")
    return Refused(number, field, *(EMPTY if is_empty else TAKES[field]))


def _called(cells: Mapping[str, object], model: type[_Row]) -> dict[str, str]:
    """What this sheet calls each field."""
    return {name: heading for heading in cells if (name := _column(heading, model)) is not None}


def _cells(cells: Mapping[str, object], model: type[_Row]) -> dict[str, object]:
    """What the model knows of a row, by its field; columns it does not have are left out."""
    found = {_column(heading, model): cell for heading, cell in cells.items()}
    # An empty cell of XLSX or JSON is what it is in CSV, and no missing column.
    return {name: "" if cell is None else _cell(name, cell) for name, cell in found.items() if name is not None}


def _required(model: type[_Row]) -> Callable[[Sequence[str]], None]:
    def check(headings: Sequence[str]) -> None:
        missing = model.model_fields.keys() - {_column(one, model) for one in headings}
        needed = [name for name, field in model.model_fields.items() if field.is_required() and name in missing]
        if needed:
            vietnamese = {name: heading for heading, name in reversed(tuple(model.headings.items()))}
            named = ", ".join(f"{vietnamese[name]} ({name})" for name in needed)
            raise SheetError(
                reason_vi=f"dòng đầu phải là tên cột, và thiếu cột {named}",
                reason_en=f"its first row has to be the headings, and columns are missing: {named}",
            )

    return check


def _column(heading: str, model: type[_Row]) -> str | None:
    told = _folded(heading)
    by_heading = {_folded(known): name for known, name in model.headings.items()}
    name = by_heading.get(told, told.replace(" ", "_"))
    return name if name in model.model_fields else None


def _folded(heading: str) -> str:
    return " ".join(fold(heading).replace("_", " ").split())


def _cell(name: str, cell: object) -> object:
    if name == "level" and isinstance(cell, str):
        return _LEVELS.get(fold(cell).strip(), cell)
    return cell
