"""Tables in files: CSV as saved by a spreadsheet, XLSX, or JSON; row by row."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from digitize.door_errors import SheetError

_BYTES_MAX = 64 << 20
_ROWS_MAX = 200_000


def read_sheet(path: Path, check: Callable[[Sequence[str]], None]) -> Iterator[tuple[int, dict[str, object]]]:
    """The number of each row as a spreadsheet counts (its heading is row 1) with its cells by heading; empty rows are
    left out. ``check`` sees the headings first. Raises SheetError where the file is no table.
    """
    if not path.is_file():
        raise SheetError(reason_vi="không có tệp đó", reason_en="there is no such file")
    if path.stat().st_size > _BYTES_MAX:
        mib = _BYTES_MAX >> 20
        raise SheetError(reason_vi=f"tệp lớn hơn {mib} MiB", reason_en=f"the file has more than {mib} MiB")
    readers = {".csv": _csv_rows, ".xlsx": _xlsx_rows, ".json": _json_rows}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise SheetError(
            reason_vi="tên tệp phải kết thúc bằng .xlsx, .csv hoặc .json",
            reason_en="its name has to end in .xlsx, .csv or .json",
        )
    rows = reader(path.read_bytes())
    headings = [str(cell or "") for cell in next(rows, ())]
    check(headings)
    for number, cells in enumerate(rows, start=2):
        if number > _ROWS_MAX:
            raise SheetError(reason_vi=f"có hơn {_ROWS_MAX} dòng", reason_en=f"it has more than {_ROWS_MAX} rows")
        if any(cell not in (None, "") for cell in cells):
            yield number, dict(zip(headings, cells, strict=False))


def _csv_rows(data: bytes) -> Iterator[Sequence[object]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetError(
            reason_vi="chữ không phải UTF-8, hãy lưu dưới dạng “CSV UTF-8” hoặc .xlsx",
            reason_en="its letters are not UTF-8, save it as “CSV UTF-8” or .xlsx",
        ) from None
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise SheetError(reason_vi=f"dấu nháy không khép ({error})", reason_en=f"it is no CSV ({error})") from None


def _xlsx_rows(data: bytes) -> Iterator[Sequence[object]]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, SyntaxError):
        raise SheetError(
            reason_vi="tệp hỏng hoặc không phải .xlsx, hãy mở bằng bảng tính rồi lưu lại thành .xlsx",
            reason_en="it is damaged or no .xlsx, open it in a spreadsheet and save it as .xlsx",
        ) from None


def _json_rows(data: bytes) -> Iterator[Sequence[object]]:
    try:
        rows = json.loads(data)
    except (ValueError, RecursionError):
        raise SheetError(reason_vi="tệp không phải JSON", reason_en="it is no JSON") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SheetError(
            reason_vi="JSON phải là danh sách các dòng, mỗi dòng là một đối tượng",
            reason_en="JSON has to be a list of rows, each an object",
        )
    heading = list(dict.fromkeys(name for row in rows for name in row))
    yield heading
    for row in rows:
        yield [row.get(name) for name in heading]
