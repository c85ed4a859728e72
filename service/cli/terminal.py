"""How results look in a terminal: tables, marks and messages shared by the commands."""

from collections.abc import Collection, Iterable

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from digitize.errors import DigitizeError
from digitize.model import FieldRecord, Problem, Record
from service.console.formats import masked
from service.language import say, say_problem
from service.states import STATES

out = Console()
err = Console(stderr=True)

_KEY_FIELDS = ("document_number", "issue_date", "full_name", "date_of_birth", "owner_name", "subject")
_KEY_FIELDS_SHOWN = 3
_VALUE_WIDTH = 34

STATUS_STYLES = {
    "published": "green",
    "needs_review": "yellow",
    "rejected": "red",
    "quarantined": "red",
    "received": "dim",
    "processing": "cyan",
    "revoked": "magenta",
}


def status_text(status: str) -> str:
    vi, en = (name.lower() for name in STATES[status])
    return f"[{STATUS_STYLES[status]}]{say(vi=vi, en=en)}[/]"


def show_error(error: DigitizeError) -> None:
    err.print(problem_text(error.problem()), soft_wrap=True)


def problem_text(problem: Problem, filename: str = "") -> Text:
    """``code: sentence``, of one file among several ``code: file: sentence``."""
    name = f"{filename}: " if filename else ""
    return Text.assemble((problem.code, "red"), f": {name}{say_problem(problem)}")


def key_fields(record: Record) -> str:
    """A few telling values; ``?`` marks what waits for a reviewer."""
    shown: list[str] = []
    for name in _KEY_FIELDS:
        field = record.fields.get(name)
        if field is not None and field.value is not None and len(shown) < _KEY_FIELDS_SHOWN:
            shown.append(_value(field))
    return "\n".join(shown)


def _value(field: FieldRecord) -> str:
    text = masked(", ".join(field.value) if isinstance(field.value, list) else str(field.value))
    short = text if len(text) <= _VALUE_WIDTH else text[: _VALUE_WIDTH - 1] + "…"
    escaped = short.replace("[", r"\[")
    return f"{escaped} [yellow]?[/]" if field.state == "review" else escaped


def signature_level(record: Record) -> str:
    came = say(vi="ký sẵn", en="came signed")
    levels = [s.level if s.made_by == "digitize" else f"{s.level} ({came})" for s in record.signatures]
    return ", ".join(dict.fromkeys(levels))


def plain_table(*headings: tuple[str, str], whole: Collection[int] = (0,), title: str | None = None) -> Table:
    """``headings``: Vietnamese and English. The columns ``whole``, where ids stand, are never broken over lines: the
    others give way.
    """
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for number, (vi, en) in enumerate(headings):
        table.add_column(say(vi=vi, en=en), overflow="fold", no_wrap=number in whole)
    return table


def records_table(rows: Iterable[tuple[str, Record]], *, by_id: bool = False) -> Table:
    """Document (file, or id where ``by_id``), type, key fields, state, signature level."""
    table = plain_table(
        ("Tài liệu", "Document"),
        ("Loại", "Type"),
        ("Trường chính", "Key fields"),
        ("Trạng thái", "State"),
        ("Chữ ký", "Signature"),
        whole=(0,) if by_id else (),
    )
    for name, record in rows:
        state = status_text(record.status)
        if record.problem is not None:
            state += f"\n[red]{record.problem.code}[/]"
        table.add_row(
            name.replace("[", r"\["), record.document_type.code, key_fields(record), state, signature_level(record)
        )
    return table
