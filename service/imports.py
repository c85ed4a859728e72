"""Tables that offices have: CSV as saved by a spreadsheet, XLSX, or JSON; every refused row is told with its reason.

A procedure, unit or dossier any of whose rows is refused stays as it was: half a procedure would tell citizens that a
paper is not needed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from digitize.errors import InvalidRequestError
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.letters import fold
from service.models import Code, OwnerId
from service.sheets import read_sheet
from storage.reuse_api import Component, DossierRow, Level, Procedure, Substitute, Unit

_RESULT_OF = "result:"
_YES = frozenset({"1", "x", "yes", "y", "true", "co", "bat buoc"})
_NO = frozenset({"", "0", "no", "n", "false", "khong"})
Imported = TypeVar("Imported")


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken, and why."""

    row: int
    """As a spreadsheet counts, its heading being row 1."""
    column: str
    reason: str


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
    raise ValueError("yes or no (có, không)")


def _nothing(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Months = Annotated[int, Field(ge=1, le=1_200)]
Name = Annotated[str, Field(min_length=1, max_length=1_000)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, coerce_numbers_to_str=True)

    headings: ClassVar[Mapping[str, str]] = {}
    """As Vietnamese sheets have them, folded; the English names are those of the fields."""


class _ProcedureRow(_Row):
    headings = {
        "ma thu tuc": "procedure",
        "ten thu tuc": "procedure_name",
        "ma thanh phan": "component",
        "ten thanh phan": "component_name",
        "bat buoc": "required",
        "so hoa": "digitized",
        "giay to thay the": "stands_in",
        "hieu luc (thang)": "months",
    }

    procedure: Code
    procedure_name: Name
    component: Code
    component_name: Name
    required: YesOrNo = True
    digitized: YesOrNo = False
    stands_in: Annotated[str | None, BeforeValidator(_nothing)] = None
    months: Annotated[Months | None, BeforeValidator(_nothing)] = None

    @model_validator(mode="after")
    def _stand_in_is_known(self) -> "_ProcedureRow":
        told = self.stands_in
        if told is None and self.months is not None:
            raise ValueError("months without stands_in")
        if told is not None and not told.startswith(_RESULT_OF) and told not in _type_codes():
            raise ValueError(f"stands_in: a document type (`digitize doctypes`) or {_RESULT_OF}<procedure>")
        return self

    def substitute(self) -> Substitute | None:
        if self.stands_in is None:
            return None
        if self.stands_in.startswith(_RESULT_OF):
            return Substitute(result_of=self.stands_in.removeprefix(_RESULT_OF).strip(), months=self.months)
        return Substitute(self.stands_in, months=self.months)


class _UnitRow(_Row):
    headings = {
        "ma don vi": "code",
        "ten don vi": "name",
        "cap": "level",
        "hieu luc tu": "valid_from",
        "hieu luc den": "valid_to",
        "don vi ke thua": "successor",
    }

    code: Code
    name: Name
    level: Level
    valid_from: Annotated[date | None, BeforeValidator(_nothing)] = None
    valid_to: Annotated[date | None, BeforeValidator(_nothing)] = None
    successor: Annotated[Code | None, BeforeValidator(_nothing)] = None

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> "_UnitRow":
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to before valid_from")
        return self


class _DossierRow(_Row):
    headings = {
        "ma ho so": "code",
        "ma thu tuc": "procedure",
        "ma don vi": "unit",
        "don vi": "unit",
        "so dinh danh": "owner_id",
        "ngay tiep nhan": "received_at",
        "ngay co ket qua": "resolved_at",
    }

    code: Code
    procedure: Code
    unit: Code
    owner_id: Annotated[OwnerId | None, BeforeValidator(_nothing)] = None
    received_at: AwareDatetime
    resolved_at: Annotated[AwareDatetime | None, BeforeValidator(_nothing)] = None

    @model_validator(mode="after")
    def _received_before_resolved(self) -> "_DossierRow":
        if self.resolved_at and self.resolved_at < self.received_at:
            raise ValueError("resolved_at before received_at")
        return self


_LEVELS = {"bo": "ministry", "tinh": "province", "huyen": "district", "xa": "commune"}


def read_procedures(path: Path) -> Table[Procedure]:
    """Raises InvalidRequestError where the file is no table at all."""

    def collect(rows: Sequence[tuple[int, _ProcedureRow]]) -> Iterator[Procedure | Refused]:
        parts: dict[str, list[_ProcedureRow]] = {}
        for number, row in rows:
            before = parts.setdefault(row.component, [])
            if before and _told_of_component(before[0]) != _told_of_component(row):
                yield Refused(number, "component", "the rows of this component contradict each other")
            before.append(row)
        first = rows[0][1]
        yield Procedure(first.procedure, first.procedure_name, tuple(_component(some) for some in parts.values()))

    return _read(path, _ProcedureRow, lambda row: row.procedure, collect)


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
    """Raises InvalidRequestError where the file is no table at all."""
    return _read(path, _UnitRow, lambda row: row.code, _only(lambda row: Unit(**row.model_dump())))


def read_dossiers(path: Path) -> Table[tuple[DossierRow, str | None]]:
    """Raises InvalidRequestError where the file is no table at all."""

    def dossier(row: _DossierRow) -> tuple[DossierRow, str | None]:
        return DossierRow(**row.model_dump(exclude={"owner_id"})), row.owner_id

    return _read(path, _DossierRow, lambda row: row.code, _only(dossier))


RowModel = TypeVar("RowModel", bound=_Row)
Collect = Callable[[Sequence[tuple[int, RowModel]]], Iterator[Imported | Refused]]


def _only(convert: Callable[[RowModel], Imported]) -> Collect[RowModel, Imported]:
    def collect(rows: Sequence[tuple[int, RowModel]]) -> Iterator[Imported | Refused]:
        yield convert(rows[0][1])
        for number, _ in rows[1:]:
            yield Refused(number, "code", "this code stands in an earlier row already")

    return collect


def _read(
    path: Path, model: type[RowModel], code_of: Callable[[RowModel], str], collect: Collect[RowModel, Imported]
) -> Table[Imported]:
    groups: dict[str, list[tuple[int, RowModel]]] = {}
    refused: list[Refused] = []
    broken: set[str] = set()
    count = 0
    code_column = next(iter(model.model_fields))
    for number, cells in _cells(path, model):
        count += 1
        try:
            row = model.model_validate(cells)
        except ValidationError as error:
            refused += [_refused(number, one) for one in error.errors()]
            broken.add(str(cells.get(code_column, "")))
            continue
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
    return Table(
        tuple(taken), count, tuple(sorted(refused, key=lambda one: one.row)), tuple(sorted(broken & groups.keys()))
    )


def _refused(number: int, error: Mapping[str, Any]) -> Refused:
    """Without the value: it may be personal data, and the row's number finds it."""
    column = str(error["loc"][0]) if error["loc"] else "row"
    return Refused(number, column, str(error["msg"]).removeprefix("Value error, "))


def _cells(path: Path, model: type[RowModel]) -> Iterator[tuple[int, dict[str, object]]]:
    """Of each row what the model knows, by its field; columns it does not have are left out."""
    for number, cells in read_sheet(path, _required(model)):
        found = {_column(heading, model): cell for heading, cell in cells.items()}
        yield number, {name: _cell(name, cell) for name, cell in found.items() if name is not None and cell is not None}


def _required(model: type[RowModel]) -> Callable[[Sequence[str]], None]:
    def check(headings: Sequence[str]) -> None:
        missing = model.model_fields.keys() - {_column(one, model) for one in headings}
        needed = [name for name, field in model.model_fields.items() if field.is_required() and name in missing]
        if needed:
            raise InvalidRequestError(detail=f"columns missing: {', '.join(needed)}")

    return check


def _column(heading: str, model: type[_Row]) -> str | None:
    told = " ".join(fold(heading).replace("_", " ").split())
    name = model.headings.get(told, told.replace(" ", "_"))
    return name if name in model.model_fields else None


def _cell(name: str, cell: object) -> object:
    if name == "level" and isinstance(cell, str):
        return _LEVELS.get(fold(cell).strip(), cell)
    return cell


def _type_codes() -> frozenset[str]:
    return frozenset(load_document_types())
