"""Tables in files: CSV as saved by a spreadsheet, XLSX, or JSON; row by row."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from digitize.errors import InvalidRequestError

_BYTES_MAX = 64 << 20
_ROWS_MAX = 200_000


def read_sheet(path: Path, check: Callable[[Sequence[str]], None]) -> Iterator[tuple[int, dict[str, object]]]:
    """The number of each row as a spreadsheet counts (its heading is row 1) with its cells by heading; empty rows are
    left out. ``check`` sees the headings first. Raises InvalidRequestError where the file is no table.
    """
    if not path.is_file() or path.stat().st_size > _BYTES_MAX:
        raise InvalidRequestError(detail=f"{path.name}: CSV, XLSX, JSON, {_BYTES_MAX >> 20} MiB")
    readers = {".csv": _csv_rows, ".xlsx": _xlsx_rows, ".json": _json_rows}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise InvalidRequestError(detail="CSV, XLSX, JSON")
    rows = reader(path.read_bytes())
    headings = [str(cell or "") for cell in next(rows, ())]
    check(headings)
    for number, cells in enumerate(rows, start=2):
        if number > _ROWS_MAX:
            raise InvalidRequestError(detail=f"over {_ROWS_MAX} rows")
        if any(cell not in (None, "") for cell in cells):
            yield number, dict(zip(headings, cells, strict=False))


def _csv_rows(data: bytes) -> Iterator[Sequence[object]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidRequestError(detail="CSV UTF-8") from None
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise InvalidRequestError(detail=f"CSV: {error}") from None


def _xlsx_rows(data: bytes) -> Iterator[Sequence[object]]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, SyntaxError):
        raise InvalidRequestError(detail="XLSX") from None


def _json_rows(data: bytes) -> Iterator[Sequence[object]]:
    try:
        rows = json.loads(data)
    except (ValueError, RecursionError):
        raise InvalidRequestError(detail="JSON") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InvalidRequestError(detail="JSON: [{…}, …]")
    heading = list(dict.fromkeys(name for row in rows for name in row))
    yield heading
    for row in rows:
        yield [row.get(name) for name in heading]
