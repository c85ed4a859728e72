"""`digitize doctor`: every dependency, and for what is wrong the way to mend it."""

import errno
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import Literal

import typer
from redis import Redis
from redis.exceptions import RedisError
from rich.table import Table

from digitize.config import Config, load_config
from digitize.errors import DigitizeError, NotPermittedError, StorageUnavailableError
from digitize.machine_errors import machine_error
from service.cli.catalogue import was_started
from service.cli.exit_codes import ExitCode
from service.cli.terminal import out
from service.cli.up import web_answers
from service.language import say, say_problem
from storage.buckets import require_buckets
from storage.catalogue import open_catalogue
from workers.supervisor import is_running

State = Literal["ok", "warn", "fail"]

_MARKS = {"ok": "[green]✓[/]", "warn": "[yellow]![/]", "fail": "[red]✗[/]"}
_OLDEST_TESSERACT = (5, 0)
_DISK_WARN_GIB, _DISK_FAIL_GIB = 10, 1
_KEY_WARN_DAYS = 30
_CLOCK_SKEW_MAX_S = 5.0
_ANSWER_WITHIN_S = 5.0
_PROBE_BYTES = 64 << 10
_BUILT_AFTER = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    state: State
    found: str
    mend: str = ""


def doctor(*, as_json: bool) -> ExitCode:
    config = load_config()
    findings = [finding for check in CHECKS for finding in _run(check, config)]
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        table = Table(show_header=False, box=None, pad_edge=False)
        for finding in findings:
            mend = f"→ {finding.mend}" if finding.mend else ""
            table.add_row(_MARKS[finding.state], finding.name, finding.found, mend)
        out.print(table, highlight=False)
    failed = any(finding.state == "fail" for finding in findings)
    return ExitCode.NEEDS_MENDING if failed else ExitCode.OK


def _run(check: Callable[[Config], list[Finding]], config: Config) -> list[Finding]:
    """A check that itself falls is a finding, not the end of the others."""
    name = check.__name__.removeprefix("check_")
    try:
        return check(config)
    except DigitizeError as error:
        return [Finding(name, "fail", error.code, say_problem(error.problem()))]
    except OSError as error:
        known = machine_error(error, "" if error.filename is None else str(error.filename))
        mend = say_problem(known.problem()) if known else say(vi="xem quyền truy cập", en="check permissions")
        return [Finding(name, "fail", type(error).__name__, mend)]


def check_python(_: Config) -> list[Finding]:
    return [Finding("python", "ok", sys.version.split()[0])]


def check_tesseract(config: Config) -> list[Finding]:
    from digitize.recognition.choice import open_recognizer  # noqa: PLC0415 - loads OCR

    facts = open_recognizer(config.recognition, config.limits).diagnostics()
    if not facts["languages"]:
        return [Finding("tesseract", "fail", "—", "apt install tesseract-ocr tesseract-ocr-vie")]
    if not facts["version"]:
        mend = say(vi='đặt recognition.recognizer = "pytesseract"', en='set recognition.recognizer = "pytesseract"')
        return [Finding("tesseract", "fail", "tesserocr", mend)]
    version = tuple(int(part) for part in facts["version"].split(".")[:2])
    old = version < _OLDEST_TESSERACT
    findings = [
        Finding("tesseract", "fail" if old else "ok", facts["version"], "apt install tesseract-ocr" if old else "")
    ]
    installed = facts["languages"].split(",")
    for language in config.recognition.language.split("+"):
        missing = language not in installed
        mend = f"apt install tesseract-ocr-{language}" if missing else ""
        findings.append(Finding(f"tesseract {language}", "fail" if missing else "ok", facts["languages"], mend))
    return findings


def check_commands(config: Config) -> list[Finding]:
    needed = {"pdftoppm": "poppler-utils", "pdftotext": "poppler-utils"}
    if config.workers.redis_url is None:
        needed["redis-server"] = "redis-server"
    findings = []
    for command, package in needed.items():
        path = shutil.which(command)
        findings.append(
            Finding(command, "ok" if path else "fail", path or "—", "" if path else f"apt install {package}")
        )
    return findings


def check_object_store_program(config: Config) -> list[Finding]:
    if config.storage.endpoint is not None:
        return []
    from workers.embedded import find_weed  # noqa: PLC0415

    return [Finding("weed", "ok", str(find_weed()))]


def check_signing(config: Config) -> list[Finding]:
    from signing.policy import open_policy  # noqa: PLC0415 - loads pyHanko

    signers = open_policy(config.signing, config.secrets_dir).everybody()
    return [finding for signer in signers for finding in _describe_key(signer.diagnostics())]


def _describe_key(facts: dict[str, str]) -> list[Finding]:
    days = (datetime.fromisoformat(facts["not_after"]) - datetime.now(UTC)).days
    if days < _KEY_WARN_DAYS:
        key = Finding(
            "signing key",
            "fail" if days < 0 else "warn",
            facts["not_after"],
            say(vi=f"còn {days} ngày; xin cấp chứng thư mới", en=f"{days} days left; have a new certificate issued"),
        )
    else:
        key = Finding("signing key", "ok", f"{facts['algorithm']}, {facts['not_after']}")
    development = facts["development"] == "yes"
    mend = say(
        vi="khóa thử nghiệm: đặt signing.pkcs12_file trước khi dùng thật",
        en="development key: set signing.pkcs12_file before real use",
    )
    return [key, Finding("certificate", "warn" if development else "ok", facts["subject"], mend if development else "")]


def check_timestamps(config: Config) -> list[Finding]:
    """One timestamp, and whether it could be kept: server, roots and the authority's lists."""
    if config.signing.tsa_url is None:
        mend = say(
            vi="đặt signing.tsa_url để chứng minh được sau khi chứng thư hết hạn",
            en="set signing.tsa_url to prove seals after their certificate has run out",
        )
        return [Finding("timestamps", "warn", "—", mend)]
    from signing.augmentation import PdfAugmenter  # noqa: PLC0415 - loads pyHanko
    from signing.trust import load_trust_roots  # noqa: PLC0415

    roots = load_trust_roots(config.signing, config.secrets_dir)
    found = PdfAugmenter(config.signing.tsa_url, config.signing.tsa_time_limit_s, roots).probe()
    return [Finding("timestamps", "ok", f"{found.algorithm}, {found.ends.isoformat()}")]


def check_stamp_font(config: Config) -> list[Finding]:
    from signing.fonts import find_stamp_font, stamp_font_coverage  # noqa: PLC0415

    path = find_stamp_font(config.signing.stamp_font_file)
    missing = stamp_font_coverage(path)
    state: State = "fail" if missing else "ok"
    return [
        Finding("stamp font", state, path.name, f"apt install fonts-croscore ({''.join(missing)})" if missing else "")
    ]


def check_data_folder(config: Config) -> list[Finding]:
    """Something is written there: a full disk takes an empty file."""
    folder = _data_folder(config)
    try:
        with TemporaryFile(dir=folder) as probe:
            probe.write(bytes(_PROBE_BYTES))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        found = errno.errorcode.get(error.errno or 0, type(error).__name__)
        mend = say(
            vi=f"không ghi được vào {folder}: dọn đĩa, sửa quyền truy cập, hoặc gắn lại đĩa để ghi được",
            en=f"{folder} cannot be written: free some space, mend permissions, or mount its disk for writing",
        )
        return [Finding("data folder", "fail", found, mend)]
    return [Finding("data folder", "ok", str(folder))]


def _data_folder(config: Config) -> Path:
    """Where it lies or will lie."""
    return next(parent for parent in (config.data_dir, *config.data_dir.absolute().parents) if parent.exists())


def check_catalogue(config: Config) -> list[Finding]:
    if not was_started(config):
        mend = say(vi="chưa từng chạy gì: `digitize up`", en="nothing was ever started: `digitize up`")
        return [Finding("catalogue", "warn", "—", mend)]
    open_catalogue(config).clients()
    return [Finding("catalogue", "ok", say(vi="trả lời", en="answers"))]


def check_stack(config: Config) -> list[Finding]:
    """Store, queue and web: what is configured must answer; what `digitize up` starts, where it runs."""
    running = is_running(config.data_dir)
    parts = (
        ("object store", "objects", "storage.endpoint", config.storage.endpoint is None, _store_answers),
        ("queue", "queue", "workers.redis_url", config.workers.redis_url is None, _queue_answers),
        ("web", "web", "", True, web_answers),
    )
    findings = []
    for name, log_name, setting, is_ours, answers in parts:
        if is_ours and not running:
            mend = say(vi="hệ thống chưa chạy: `digitize up`", en="not running: start it with `digitize up`")
            findings.append(Finding(name, "warn", "—", mend))
        elif answers(config):
            findings.append(Finding(name, "ok", say(vi="trả lời", en="answers")))
        else:
            where = config.data_dir / "logs" / f"{log_name}.log" if is_ours else setting
            mend = say(vi=f"không trả lời; xem {where}", en=f"does not answer; see {where}")
            findings.append(Finding(name, "fail", "—", mend))
    return findings


def _store_answers(config: Config) -> bool:
    from storage.objects import open_stores  # noqa: PLC0415
    from workers.embedded import with_embedded  # noqa: PLC0415

    try:
        open_stores(with_embedded(config).storage).archive.stat("doctor")
    except (StorageUnavailableError, NotPermittedError):
        return False
    return True


def check_buckets(config: Config) -> list[Finding]:
    """Of a store that we do not make: what would lose scans, or keep no retention."""
    if config.storage.endpoint is None:
        return []
    try:
        require_buckets(config, mend=False)
    except StorageUnavailableError:
        return []  # told as the store
    return [Finding("buckets", "ok", say(vi="giữ mọi phiên bản", en="keep every version"))]


def _queue_answers(config: Config) -> bool:
    from workers.embedded import with_embedded  # noqa: PLC0415

    try:
        with Redis.from_url(str(with_embedded(config).workers.redis_url), socket_timeout=_ANSWER_WITHIN_S) as client:
            return bool(client.ping())
    except (RedisError, OSError, ValueError):
        return False


def check_disk(config: Config) -> list[Finding]:
    folder = _data_folder(config)
    free_gib = shutil.disk_usage(folder).free / 2**30
    state: State = "fail" if free_gib < _DISK_FAIL_GIB else "warn" if free_gib < _DISK_WARN_GIB else "ok"
    mend = "" if state == "ok" else say(vi="dọn đĩa hoặc đổi data_dir", en="free some space or move data_dir")
    return [Finding("disk", state, f"{free_gib:.0f} GiB", mend)]


def check_clock(_: Config) -> list[Finding]:
    """A clock set back makes signatures that were made before their certificate."""
    now = datetime.now(UTC)
    drift_s = abs(time.time() - now.timestamp())
    wrong = now < _BUILT_AFTER or drift_s > _CLOCK_SKEW_MAX_S
    mend = say(vi="bật đồng bộ giờ (NTP)", en="switch time synchronisation (NTP) on") if wrong else ""
    return [Finding("clock", "fail" if wrong else "ok", now.isoformat(timespec="seconds"), mend)]


def check_doctypes(_: Config) -> list[Finding]:
    from digitize.extraction.doctypes import load_document_types  # noqa: PLC0415

    return [Finding("document types", "ok", ", ".join(load_document_types()))]


CHECKS: tuple[Callable[[Config], list[Finding]], ...] = (
    check_python,
    check_tesseract,
    check_commands,
    check_object_store_program,
    check_stamp_font,
    check_signing,
    check_timestamps,
    check_doctypes,
    check_data_folder,
    check_disk,
    check_clock,
    check_catalogue,
    check_stack,
    check_buckets,
)
