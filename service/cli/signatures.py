"""`digitize signatures`: until when the proof of what is published lasts, and its renewal ahead of time."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime

from rich.table import Table

from digitize.config import load_config
from digitize.errors import InvalidRequestError
from service.cli.catalogue import open_started_catalogue
from service.cli.exit_codes import ExitCode
from service.cli.terminal import out
from service.language import say

_MONTH = "%Y-%m"


def forecast(*, as_json: bool) -> ExitCode:
    """By month in which timestamps run out."""
    outlook = open_started_catalogue().outlook()
    if as_json:
        sys.stdout.write(json.dumps([asdict(one) for one in outlook], indent=2) + "\n")
        return ExitCode.OK
    table = Table(
        title=say(vi="Dấu thời gian lưu trữ theo tháng hết hạn", en="Archive timestamps by the month they run out"),
        title_justify="left",
        pad_edge=False,
    )
    table.add_column(say(vi="Hết hạn", en="Runs out"))
    table.add_column(say(vi="Khóa của máy chủ", en="Server's key"))
    table.add_column(say(vi="Tài liệu", en="Documents"), justify="right")
    table.add_column(say(vi="Đang lỗi", en="Failing"), justify="right")
    for one in outlook:
        month = one.month or say(vi="chưa có", en="none yet")
        table.add_row(month, one.algorithm or "—", str(one.documents), str(one.failing))
    out.print(table)
    signing = load_config().signing
    if signing.tsa_url is None:
        out.print(
            say(
                vi="Chưa đặt signing.tsa_url nên không có dấu thời gian nào được thêm.",
                en="signing.tsa_url is not set, so no timestamps are added.",
            )
        )
    else:
        out.print(
            say(
                vi=f"Mỗi tài liệu được gia hạn {signing.renewal_ahead_days} ngày trước khi hết hạn.",
                en=f"Each document is renewed {signing.renewal_ahead_days} days before that.",
            )
        )
    return ExitCode.OK


def renew(*, before: str | None, algorithm: str | None) -> ExitCode:
    """Raises InvalidRequestError where ``before`` is no month."""
    try:
        end = datetime.strptime(before, _MONTH).replace(tzinfo=UTC) if before else None
    except ValueError:
        raise InvalidRequestError(detail="--before: YYYY-MM") from None
    ordered = open_started_catalogue().renew_preservations(ends_before=end, algorithm=algorithm)
    out.print(
        say(
            vi=f"{ordered} tài liệu sẽ được gia hạn dấu thời gian, lần lượt, khi hệ thống chạy.",
            en=f"Documents that get a new timestamp, one after another, while the system runs: {ordered}.",
        )
    )
    return ExitCode.OK
