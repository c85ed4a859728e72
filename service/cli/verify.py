"""`digitize verify`: every signature of a PDF, in words a clerk understands."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.table import Table

from digitize.config import load_config
from digitize.errors import InvalidRequestError
from digitize.vietnam_time import VIETNAM_TIME
from service.cli.exit_codes import ExitCode
from service.cli.files import require_file
from service.cli.terminal import out
from service.language import say
from signing.api import VerificationReport

if TYPE_CHECKING:
    from signing.trust import TrustRoots

DETACHED = ".p7s"
_EXIT_CODES = {
    "TOTAL-PASSED": ExitCode.OK,
    "INDETERMINATE": ExitCode.SIGNATURE_INDETERMINATE,
    "TOTAL-FAILED": ExitCode.SIGNATURE_FAILED,
}
_CHANGES = {
    "no": {"vi": "không", "en": "no"},
    "allowed": {"vi": "có, được phép", "en": "allowed only"},
    "forbidden": {"vi": "có, KHÔNG được phép", "en": "FORBIDDEN"},
    "unknown": {"vi": "không rõ", "en": "unknown"},
}
_STYLES = {"TOTAL-PASSED": "green", "INDETERMINATE": "yellow", "TOTAL-FAILED": "red"}


def verify(path: Path, *, as_json: bool) -> ExitCode:
    from signing.trust import load_trust_roots  # noqa: PLC0415 - pyHanko loads only where it works
    from signing.verification import verify_pdf  # noqa: PLC0415

    require_file(path)
    config = load_config()
    roots = load_trust_roots(config.signing, config.secrets_dir)
    report = _verify_beside(path, roots) if path.suffix == DETACHED else verify_pdf(path, roots)
    if as_json:
        data = asdict(report) | {"signatures": [s.model_dump(mode="json") for s in report.signatures]}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        show_report(report)
    return _EXIT_CODES[report.verdict]


def _verify_beside(path: Path, roots: "TrustRoots") -> VerificationReport:
    """A signature in a file of its own (``record.json.p7s``), over the file beside it that the name tells."""
    from signing.verdicts import summarize  # noqa: PLC0415
    from signing.verification import verify_detached  # noqa: PLC0415

    signed = path.with_suffix("")
    if not signed.is_file():
        raise InvalidRequestError(
            detail=say(
                vi=f"không có tệp {signed.name} mà chữ ký này ký cho, bên cạnh nó",
                en=f"{signed.name}, which this signature is for, does not lie beside it",
            )
        )
    return summarize([verify_detached(signed.read_bytes(), path.read_bytes(), roots)])


def show_report(report: VerificationReport) -> None:
    out.print(f"[{_STYLES[report.verdict]}]{report.verdict}[/] {say(vi=report.vi, en=report.en)}", highlight=False)
    if not report.signatures:
        return
    table = Table(pad_edge=False)
    for vi, en in (
        ("Người ký", "Signer"),
        ("Lúc", "Time"),
        ("Mức", "Level"),
        ("Nguyên vẹn", "Intact"),
        ("Tin cậy", "Trusted"),
        ("Thay đổi sau ký", "Changed since"),
        ("Kết luận", "Verdict"),
    ):
        table.add_column(say(vi=vi, en=en), overflow="fold")
    yes, no = say(vi="có", en="yes"), say(vi="không", en="no")
    for s in report.signatures:
        moment = s.timestamp_time or s.signing_time
        table.add_row(
            s.signer.replace("[", r"\["),
            moment.astimezone(VIETNAM_TIME).isoformat(timespec="seconds") if moment else "—",
            s.level,
            yes if s.intact else no,
            yes if s.trusted else no,
            say(**_CHANGES[s.changed_since]),
            f"[{_STYLES[s.verdict]}]{s.verdict}[/]" + (f"\n{s.sub_indication}" if s.sub_indication else ""),
        )
    out.print(table)
