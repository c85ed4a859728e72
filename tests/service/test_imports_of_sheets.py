"""Sheets of procedures, units and dossiers: what is right is taken, every refused row is told."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from digitize.door_errors import SheetError
from digitize.vietnam_time import VIETNAM_TIME
from service.import_sentences import TAKES, TO_COME
from service.imports import _DossierRow, _ProcedureRow, _Row, _UnitRow, read_dossiers, read_procedures, read_units
from storage.reuse_api import Component, Procedure, Substitute, Unit

HEADING = "Mã thủ tục,Tên thủ tục,Mã thành phần,Tên thành phần,Bắt buộc,Số hóa,Giấy tờ thay thế,Hiệu lực (tháng)"
ROWS = [
    "1.000894,Đăng ký kết hôn,TP01,Giấy xác nhận tình trạng hôn nhân,x,x,marital_status_certificate,6",
    "1.000894,Đăng ký kết hôn,TP01,Giấy xác nhận tình trạng hôn nhân,x,x,result:1.004873,6",
    "1.000894,Đăng ký kết hôn,TP02,Tờ khai,không,,,",
]
MARRIAGE = Procedure(
    "1.000894",
    "Đăng ký kết hôn",
    (
        Component(
            "TP01",
            "Giấy xác nhận tình trạng hôn nhân",
            required=True,
            digitized=True,
            substitutes=(
                Substitute("marital_status_certificate", months=6),
                Substitute(result_of="1.004873", months=6),
            ),
        ),
        Component("TP02", "Tờ khai", required=False, digitized=False, substitutes=()),
    ),
)


def sheet(folder: Path, *rows: str, heading: str = HEADING) -> Path:
    path = folder / "danh mục.csv"
    path.write_text("\n".join((heading, *rows)), "utf-8-sig")
    return path


def test_a_sheet_saved_by_a_spreadsheet_is_taken(tmp_path: Path) -> None:
    table = read_procedures(sheet(tmp_path, *ROWS))
    assert (table.taken, table.rows, table.refused, table.left_alone) == ((MARRIAGE,), 3, (), ())
    semicolons = [row.replace(",", ";") for row in ROWS]
    assert read_procedures(sheet(tmp_path, *semicolons, heading=HEADING.replace(",", ";"))).taken == (MARRIAGE,)


def test_the_same_as_xlsx_and_as_json(tmp_path: Path) -> None:
    book = Workbook()
    for row in (HEADING, *ROWS):
        book.active.append([cell or None for cell in row.split(",")])
    book.save(tmp_path / "a.xlsx")
    assert read_procedures(tmp_path / "a.xlsx").taken == (MARRIAGE,)
    rows = [dict(zip(HEADING.split(","), row.split(","), strict=True)) for row in ROWS]
    (tmp_path / "a.json").write_text(json.dumps(rows), "utf-8")
    assert read_procedures(tmp_path / "a.json").taken == (MARRIAGE,)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("1.000894,Đăng ký kết hôn,TP03,Giấy,có lẽ,,,", "Bắt buộc"),
        ("1.000894,Đăng ký kết hôn,TP03,,x,,,", "Tên thành phần"),
        ("1.000894,Đăng ký kết hôn,TP03,Giấy,x,,passport,", "Giấy tờ thay thế"),
        ("1.000894,Đăng ký kết hôn,TP03,Giấy,x,,,6", "Hiệu lực (tháng)"),
        ("1.000894,Đăng ký kết hôn,TP03,Giấy,x,,diploma,nửa năm", "Hiệu lực (tháng)"),
        ("1.000894,Đăng ký kết hôn,TP01,Tên khác,x,x,diploma,", "Mã thành phần"),
        ("1.000894,Đăng ký kết hôn,TP 03,Giấy,x,,,", "Mã thành phần"),
    ],
)
def test_a_refused_row_is_told_and_its_procedure_left_as_it_was(tmp_path: Path, row: str, column: str) -> None:
    other = "1.004873,Cấp giấy xác nhận,TP01,Tờ khai,x,,,"
    table = read_procedures(sheet(tmp_path, *ROWS, row, other))
    assert [one.code for one in table.taken] == ["1.004873"]
    assert [(one.row, one.column) for one in table.refused] == [(5, column)]
    assert table.left_alone == ("1.000894",)


@pytest.mark.parametrize("code", ["", " ", "1.000894 ", "1 000894"])
def test_no_half_procedure_is_taken_where_a_row_has_lost_its_code(tmp_path: Path, code: str) -> None:
    row = f"{code},Đăng ký kết hôn,TP03,Giấy,có lẽ,,,"
    table = read_procedures(sheet(tmp_path, *ROWS, row, "1.004873,Cấp giấy xác nhận,TP01,Tờ khai,x,,,"))
    assert [one.code for one in table.taken] == ["1.004873"]
    assert table.left_alone == ("1.000894",)
    assert {one.row for one in table.refused} == {5}


def test_a_row_without_a_code_spoils_the_procedure_it_stands_under_and_no_other(tmp_path: Path) -> None:
    wrong = "1.004873,Cấp giấy xác nhận,TP01,Tờ khai,x,,diploma,nửa năm"
    table = read_procedures(sheet(tmp_path, *ROWS, wrong, ",Cấp giấy xác nhận,TP02,Tờ khai,x,,,"))
    assert table.taken == (MARRIAGE,)
    assert {one.row for one in table.refused} == {5, 6}


def test_an_empty_cell_says_not_required_in_every_kind_of_sheet(tmp_path: Path) -> None:
    row = "1.000894,Đăng ký kết hôn,TP01,Tờ khai,,,,"
    book = Workbook()
    for one in (HEADING, row):
        book.active.append([cell or None for cell in one.split(",")])
    book.save(tmp_path / "a.xlsx")
    cells = dict(zip(HEADING.split(","), (cell or None for cell in row.split(",")), strict=True))
    (tmp_path / "a.json").write_text(json.dumps([cells]))
    for path in (sheet(tmp_path, row), tmp_path / "a.xlsx", tmp_path / "a.json"):
        (procedure,) = read_procedures(path).taken
        assert [one.required for one in procedure.components] == [False]
    without = HEADING.replace("Bắt buộc,", "")
    (procedure,) = read_procedures(sheet(tmp_path, row.replace(",,,,", ",,,"), heading=without)).taken
    assert procedure.components[0].required


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b'"', HEADING.encode("utf-16")], ids=range(5))
def test_what_is_no_sheet_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    for name in ("a.csv", "a.xlsx", "a.json", "a.doc"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SheetError):
            read_procedures(tmp_path / name)


def test_units_with_their_dates(tmp_path: Path) -> None:
    heading = "Mã đơn vị,Tên đơn vị,Cấp,Hiệu lực từ,Hiệu lực đến,Đơn vị kế thừa"
    rows = ["H99.12,Huyện Sơn Hạ,huyện,,2025-06-30,H99", "H99.13,Xã,thôn,,,", "H99.14,Xã,xã,2025-07-01,2025-06-30,"]
    table = read_units(sheet(tmp_path, *rows, heading=heading))
    assert table.taken == (Unit("H99.12", "Huyện Sơn Hạ", "district", None, date(2025, 6, 30), "H99"),)
    assert [(one.row, one.column) for one in table.refused] == [(3, "Cấp"), (4, "Hiệu lực đến")]


def test_dossiers_and_no_number_in_what_is_refused(tmp_path: Path) -> None:
    heading = "Mã hồ sơ,Mã thủ tục,Đơn vị,Số định danh,Ngày tiếp nhận,Ngày có kết quả"
    rows = [
        "H99.01-1,1.000894,H99.01,001090000001,2025-09-12T08:00:00+07:00,",
        "H99.01-1,1.000894,H99.01,,2025-09-12T08:00:00+07:00,",
        "H99.01-2,1.000894,H99.01,001090000001 hoặc khác,2025-09-12T08:00:00+07:00,",
        "H99.01-3,1.000894,H99.01,,2025-09-12T08:00:00+07:00,2025-09-11T08:00:00+07:00",
    ]
    table = read_dossiers(sheet(tmp_path, *rows, heading=heading))
    assert table.taken == ()
    assert [(one.row, one.column) for one in table.refused] == [
        (3, "Mã hồ sơ"),
        (4, "Số định danh"),
        (5, "Ngày có kết quả"),
    ]
    assert "0010900" not in repr(table)


@pytest.mark.parametrize(
    "written",
    [
        "12/09/2025 08:05", "12/9/2025  8:05:00", "2025-09-12 08:05", "2025-09-12T08:05:00",
        "2025-09-12T08:05:00+07:00", "2025-09-12T01:05:00Z", datetime(2025, 9, 12, 8, 5),  # noqa: DTZ001 - as a spreadsheet has it
    ],
)  # fmt: skip
def test_times_as_offices_write_them_are_vietnams(tmp_path: Path, written: str | datetime) -> None:
    book = Workbook()
    book.active.append(["Mã hồ sơ", "Mã thủ tục", "Đơn vị", "Ngày tiếp nhận", "Ngày có kết quả"])
    book.active.append(["H99.01-1", "1.000894", "H99.01", written, date(2025, 9, 20)])
    book.save(tmp_path / "a.xlsx")
    [(dossier, _)] = read_dossiers(tmp_path / "a.xlsx").taken
    assert dossier.received_at == datetime(2025, 9, 12, 1, 5, tzinfo=UTC)
    assert dossier.resolved_at == datetime(2025, 9, 20, 16, 59, 59, tzinfo=UTC)


def test_a_result_may_come_on_the_day_of_receipt(tmp_path: Path) -> None:
    rows = ["H99.01-1,1.000894,H99.01,12/09/2025 08:05,12/09/2025", "H99.01-2,1.000894,H99.01,12/09/2025,11/09/2025"]
    heading = "Mã hồ sơ,Mã thủ tục,Đơn vị,Ngày tiếp nhận,Ngày có kết quả"
    table = read_dossiers(sheet(tmp_path, *rows, heading=heading))
    assert [dossier.code for dossier, _ in table.taken] == ["H99.01-1"]
    assert [(one.row, one.column) for one in table.refused] == [(3, "Ngày có kết quả")]


@pytest.mark.parametrize("written", ["09/27/2025", "30/02/2025", "12/09/26", "hôm nay", "20250912", "12/09/2025 25:00"])
def test_what_is_no_time_is_not_guessed(tmp_path: Path, written: str) -> None:
    rows = [f"H99.01-1,1.000894,H99.01,{written}"]
    table = read_dossiers(sheet(tmp_path, *rows, heading="Mã hồ sơ,Mã thủ tục,Đơn vị,Ngày tiếp nhận"))
    assert [(one.column, one.en) for one in table.refused] == [("Ngày tiếp nhận", TAKES["received_at"][1])]


@pytest.mark.parametrize("number", [1_099_990_011, 1090000001.0, "01090000001"])
def test_a_persons_number_that_lost_its_zeros_is_refused(tmp_path: Path, number: object) -> None:
    book = Workbook()
    book.active.append(["Mã hồ sơ", "Mã thủ tục", "Đơn vị", "Số định danh", "Ngày tiếp nhận"])
    for code, one in (
        ("H99.01-1", number),
        ("H99.01-2", "001090000001"),
        ("H99.01-3", None),
        ("H99.01-4", "0101234567"),
    ):
        book.active.append([code, "1.000894", "H99.01", one, date(2025, 9, 12)])
    book.save(tmp_path / "a.xlsx")
    table = read_dossiers(tmp_path / "a.xlsx")
    assert [owner for _, owner in table.taken] == ["001090000001", None, "0101234567"]
    assert [(one.row, one.column) for one in table.refused] == [(2, "Số định danh")]


def test_a_day_to_come_is_refused(tmp_path: Path) -> None:
    today = datetime.now(VIETNAM_TIME).date()
    days = [(today, today), (today + timedelta(days=1), ""), (today, today + timedelta(days=1))]
    rows = [f"H99.01-{n},1.000894,H99.01,{begun:%d/%m/%Y},{ended}" for n, (begun, ended) in enumerate(days)]
    table = read_dossiers(sheet(tmp_path, *rows, heading="Mã hồ sơ,Mã thủ tục,Đơn vị,Ngày tiếp nhận,Ngày có kết quả"))
    assert [dossier.code for dossier, _ in table.taken] == ["H99.01-0"]
    assert [(one.row, one.column, one.en) for one in table.refused] == [
        (3, "Ngày tiếp nhận", TO_COME[1]),
        (4, "Ngày có kết quả", TO_COME[1]),
    ]


def test_days_of_units_as_offices_write_them(tmp_path: Path) -> None:
    heading = "Mã đơn vị,Tên đơn vị,Cấp,Hiệu lực từ,Hiệu lực đến"
    rows = [
        "H99.14,Xã,xã,01/07/2025,",
        "H99.15,Xã,xã,07/13/2025,",
        "H99.16,Xã,xã,01/07/2025 08:00,",
        "H99.17,Xã,xã,01/07/0025,",
    ]
    table = read_units(sheet(tmp_path, *rows, heading=heading))
    assert [one.valid_from for one in table.taken] == [date(2025, 7, 1)]
    assert [(one.row, one.column) for one in table.refused] == [
        (3, "Hiệu lực từ"),
        (4, "Hiệu lực từ"),
        (5, "Hiệu lực từ"),
    ]


def test_what_is_wrong_with_a_row_is_said_in_sentences(tmp_path: Path) -> None:
    rows = ["1.000894,Kết hôn,TP01,,có lẽ,,,", "1.000895,Khai sinh,TP01,Giấy,x,,,6"]
    refused = read_procedures(sheet(tmp_path, *rows)).refused
    assert [one.vi for one in refused] == [
        "Ô này trống; hãy điền, ô gộp thì bỏ gộp và điền vào từng dòng.",
        "Chỉ ghi x, có, không hoặc để trống; hãy sửa ô này.",
        "Có thời hạn mà không có giấy tờ thay thế; hãy điền giấy tờ thay thế hoặc bỏ thời hạn.",
    ]
    assert refused[0].en == "The cell is empty; fill it in, of merged cells in every row."
    with pytest.raises(SheetError, match=r"Mã thành phần \(component\), Tên thành phần"):
        read_procedures(sheet(tmp_path, "1,Kết hôn", heading="Mã thủ tục,Tên thủ tục"))


def test_the_sample_sheet_is_taken() -> None:
    table = read_procedures(Path(__file__).parents[2] / "samples" / "procedures.csv")
    assert [one.code for one in table.taken] == ["1.000894", "1.004873"]
    assert table.refused == ()


@pytest.mark.parametrize("model", [_ProcedureRow, _UnitRow, _DossierRow])
def test_every_column_says_what_it_takes(model: type[_Row]) -> None:
    assert set(model.model_fields) == set(model.headings.values())
    assert set(model.model_fields) <= set(TAKES)
