"""`digitize doctypes`: check a document type file, show it, try it on scans."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.table import Table
from rich.text import Text

from digitize.config import Config, load_config
from digitize.errors import InvalidRequestError
from digitize.extraction.doctypes import load_document_type, load_document_types
from digitize.extraction.lint import lint as find_faults
from digitize.extraction.schema import DocumentType, FieldSpec
from digitize.extraction.trial import Trial, TriedField, try_type
from digitize.model import FieldRecord
from digitize.recognition.api import RecognizedPage
from service.cli.exit_codes import ExitCode
from service.cli.files import find_files, require_file
from service.cli.terminal import out
from service.console.codes import CHECKS, check_text, named
from service.console.labels import field_label
from service.language import say, terminal_language

_PLACES = {"right": {"vi": "bên phải", "en": "right"}, "below": {"vi": "bên dưới", "en": "below"}}


def lint(file: Path) -> ExitCode:
    """Every fault with its line. An unknown key, strategy, normaliser or check ends as ConfigError."""
    findings = find_faults(_as_file(file), load_document_types().values())
    for finding in findings:
        line = say(vi=f"dòng {finding.line}", en=f"line {finding.line}")
        out.print(Text(f"{file.name}: {line}: {finding.key}: {say(vi=finding.vi, en=finding.en)}"), soft_wrap=True)
    if findings:
        return ExitCode.CONFIG
    out.print(Text(say(vi=f"{file.name}: không có lỗi.", en=f"{file.name}: no faults.")))
    return ExitCode.OK


def show(name: str) -> ExitCode:
    """A type of the project by its code, or a file."""
    document_type = _find(name)
    match = document_type.match
    out.print(Text(f"{say(vi=document_type.name_vi, en=document_type.name_en)} ({document_type.code})", "bold"))
    _say_list(say(vi="Tiêu đề", en="Titles"), (*match.titles, *(kind.name for kind in match.kinds)))
    _say_list(say(vi="Tiêu đề bắt đầu bằng", en="Titles that begin with"), match.openings)
    _say_list(say(vi="Dấu hiệu", en="Marks"), match.marks)
    _say_list(say(vi="Không phải loại này", en="Not this type"), match.look_alikes)
    table = _table(
        ("Trường", "Field"), ("Nhãn trên giấy", "Printed labels"), ("Giá trị", "Value"), ("Đối chiếu", "Checks")
    )
    for field in document_type.fields:
        repeats = [name for name, of in document_type.repeated.items() if field.name in of]
        table.add_row(_field_name(field, repeats), _where(field), field.normaliser, _checks(field))
    out.print(table)
    out.print(Text(say(vi="* bắt buộc", en="* required"), "dim"))
    return ExitCode.OK


def attempt(file: Path, paths: list[Path]) -> ExitCode:
    """Recognizes the scans and shows what the type makes of each."""
    document_type = load_document_type(_as_file(file))
    scans = find_files(paths)
    config = load_config()
    others = load_document_types()
    for scan in scans:
        out.print(Text(scan.name, "bold"))
        _show_trial(try_type(_recognize(scan, config), document_type, others, config.extraction), document_type)
    return ExitCode.OK


# --- what a type says -------------------------------------------------------------------------------------


def _as_file(path: Path) -> Path:
    """Raises InvalidRequestError."""
    if path.suffix != ".toml":
        raise InvalidRequestError(detail=say(vi="tệp loại giấy phải là .toml", en="a type file ends in .toml"))
    return require_file(path)


def _find(name: str) -> DocumentType:
    """Raises InvalidRequestError."""
    types = load_document_types()
    if name in types:
        return types[name]
    if not name.endswith(".toml"):
        known = ", ".join(types)
        raise InvalidRequestError(detail=say(vi=f"không có loại đó; có {known}", en=f"no such type; there are {known}"))
    return load_document_type(_as_file(Path(name)))


def _say_list(heading: str, texts: Iterable[str]) -> None:
    listed = "; ".join(texts)
    if listed:
        out.print(Text(f"{heading}: ", "dim") + Text(listed))


def _table(*headings: tuple[str, str]) -> Table:
    table = Table(pad_edge=False)
    for vi, en in headings:
        table.add_column(say(vi=vi, en=en), overflow="fold")
    return table


def _field_name(field: FieldSpec, repeats: Iterable[str] = ()) -> Text:
    star = " *" if field.required else ""
    text = Text(f"{field_label(field.name, terminal_language())}{star}")
    text.append(f"\n{field.name}", "dim")
    for name in repeats:
        text.append(f"\n= {name}", "dim")
    return text


def _where(field: FieldSpec) -> Text:
    if not field.labels:
        return Text(", ".join(field.strategies), "dim")
    places = ", ".join(say(**_PLACES[place]) for place in field.places)
    section = say(vi=f"; phần {field.section}", en=f"; section {field.section}") if field.section else ""
    return Text("; ".join(field.labels)).append(f"\n→ {places}{section}", "dim")


def _checks(field: FieldSpec) -> Text:
    return Text("\n".join(named(CHECKS, check.partition(":")[0], terminal_language()) for check in field.checks))


# --- what a type makes of a scan --------------------------------------------------------------------------


def _recognize(scan: Path, config: Config) -> list[RecognizedPage]:
    from digitize.inspection.inspect import inspect  # noqa: PLC0415 - OCR loads only where it works
    from digitize.recognition.choice import open_recognizer  # noqa: PLC0415
    from digitize.recognition.document import recognize_document  # noqa: PLC0415
    from workers.workbench import require_languages  # noqa: PLC0415

    require_languages(config)
    recognizer = open_recognizer(config.recognition, config.limits)
    with TemporaryDirectory() as folder:
        inspected = inspect(scan, config.limits, config.recognition)
        read = recognize_document(inspected, recognizer, config.recognition, config.limits, Path(folder))
        return [recognized.page for recognized in read]


def _show_trial(trial: Trial, document_type: DocumentType) -> None:
    if not trial.has_words:
        out.print(Text(say(vi="Không đọc được chữ nào trên bản quét.", en="No word of the scan could be read."), "red"))
        return
    if trial.score is None:
        out.print(
            Text(
                say(
                    vi=f"Không phải {document_type.code}: không dòng nào là tiêu đề của nó, hoặc có tiêu đề khác.",
                    en=f"Not a {document_type.code}: no line is one of its titles, or one is a look-alike's.",
                ),
                "yellow",
            )
        )
    else:
        title = f" “{trial.title}”" if trial.title else ""
        out.print(Text(f"{document_type.code}: {trial.score:.2f}{title}", "green"))
    if trial.chosen != document_type.code:
        out.print(
            Text(
                say(
                    vi=f"Trong tất cả các loại, được chọn là: {trial.chosen}.",
                    en=f"Of all types, this one is chosen: {trial.chosen}.",
                ),
                "yellow",
            )
        )
    table = _table(
        ("Trường", "Field"), ("Đọc được", "Read"), ("Giá trị", "Value"), ("Tin cậy", "Sure"), ("Vì", "Because")
    )
    for field in trial.fields:
        table.add_row(_field_name(field.spec), Text("\n".join(field.candidates) or "—"), *_outcome(field))
    out.print(table)


def _outcome(field: TriedField) -> tuple[Text, Text, Text]:
    record = field.record
    if record is None:
        return (
            Text("—"),
            Text(""),
            Text(say(vi="không tìm thấy", en="not found"), "yellow" if field.spec.required else ""),
        )
    style = "green" if record.state == "accepted" else "yellow"
    value = Text("—" if record.value is None else str(record.value), style)
    return value, Text(f"{record.confidence:.3f}", style), Text("\n".join(_reasons(record)))


def _reasons(record: FieldRecord) -> Iterable[str]:
    for check in record.checks:
        yield check_text(check, terminal_language())
    settled = any(check.startswith(("failed:", "doubt:")) for check in record.checks)
    if record.state != "accepted" and not settled:
        yield say(vi="? nhận dạng chưa đủ chắc", en="? not read surely enough")
