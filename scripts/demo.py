"""`make demo`: the main job on real parts, with samples/ in the place of a day's scans.

Starts the embedded stack, drops every sample with its own station's key, waits for what the stations would read,
shows what came out, looks one owner up, verifies one result. Ends with 0 only where every sample ended as its
expected.json says.
"""

import argparse
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import urllib3
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from digitize.config import Config
from digitize.errors import DigitizeError, NotFoundError
from digitize.identity import document_id
from samples.expectations import Sample, differences, load_samples
from service.cli.exit_codes import ExitCode
from service.cli.terminal import err, out, records_table, show_error
from service.cli.verify import verify
from service.language import say
from storage.api import Catalogue
from storage.catalogue import DATABASE_FILE, open_catalogue
from storage.keys import inbox_key, status_key
from storage.objects import S3Store
from workers.accepted import describe_file
from workers.embedded import load_effective_config, station_client
from workers.supervisor import Supervisor

ROOT = Path(__file__).parents[1]
DATA_DIR = ROOT / "build" / "demo"
_UP_LOG = "up.log"
_UP_WITHIN_S = 90
_DONE_WITHIN_S = 600
_PURPOSE = {"dossier": "H99.01-261122-0001", "procedure": "1.000894"}
"""What the demo's portal says it needs the papers for."""
_ENDED = {"published", "needs_review", "rejected", "quarantined"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave the stack running")
    keep = parser.parse_args().keep
    for number in (signal.SIGTERM, signal.SIGHUP):  # a closed terminal ends the stack as Ctrl-C does
        signal.signal(number, signal.default_int_handler)
    try:
        return demonstrate(keep=keep)
    except DigitizeError as error:
        show_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        return int(ExitCode.INTERRUPTED)


def demonstrate(*, keep: bool) -> int:
    prepare_environment()
    make_room()
    with running_stack() as stack:
        config = load_effective_config()
        dropped = drop(load_samples(), config)
        wait(dropped, config)
        catalogue = open_catalogue(config)
        failures = show(dropped, catalogue)
        reuse(dropped, config, catalogue)
        say_next(config, catalogue, keep=keep)
        if keep:
            with suppress(KeyboardInterrupt):
                stack.wait()
    return 1 if failures else 0


def prepare_environment() -> None:
    os.environ["DIGITIZE_CONFIG"] = str(ROOT / "samples" / "digitize.toml")
    os.environ["DIGITIZE_DATA_DIR"] = str(DATA_DIR)
    if "DIGITIZE_SERVICE__PORT" not in os.environ:
        os.environ["DIGITIZE_SERVICE__PORT"] = str(free_port(8080))


def make_room() -> None:
    """Every demonstration starts from nothing. What holds more than samples is moved aside, never deleted."""
    if not DATA_DIR.exists():
        return
    supervisor = Supervisor(DATA_DIR)
    supervisor.take_data_dir()  # a demonstration that runs keeps its data
    supervisor.stop()
    if holds_more_than_samples():
        kept = DATA_DIR.with_name(f"demo-{time.strftime('%Y%m%dT%H%M%S')}")
        DATA_DIR.rename(kept)
        out.print(say(vi=f"Dữ liệu trước nằm ở {kept}", en=f"The data from before is in {kept}"), highlight=False)
    else:
        shutil.rmtree(DATA_DIR)


def holds_more_than_samples() -> bool:
    config = load_effective_config()
    if not (DATA_DIR / DATABASE_FILE).exists():
        return False
    known = {hashlib.sha256(sample.path.read_bytes()).hexdigest() for sample in load_samples()}
    try:
        rows = open_catalogue(config).documents(limit=len(known) + 1)
    except DigitizeError:  # written by an older version, or damaged
        return True
    return any(row.sha256 not in known for row in rows)


def free_port(wanted: int) -> int:
    """The wanted port where nobody has it, else any."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise SystemExit("no free port")


@contextmanager
def running_stack() -> "Iterator[subprocess.Popen[bytes]]":
    """`digitize up`, ready when the web process answers, and ended however this ends."""
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (DATA_DIR / _UP_LOG).open("wb") as log:
        stack = subprocess.Popen(
            [ROOT / ".venv" / "bin" / "digitize", "up"], stdout=log, stderr=log, start_new_session=True
        )
    try:
        out.print(say(vi="Khởi động hệ thống…", en="Starting the stack…"))
        wait_until_ready(stack)
        yield stack
    finally:
        stack.terminate()
        stack.wait()


def wait_until_ready(stack: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _UP_WITHIN_S
    url = f"http://127.0.0.1:{os.environ['DIGITIZE_SERVICE__PORT']}/health/ready"
    while time.monotonic() < deadline and stack.poll() is None:
        try:
            if urllib3.request("GET", url, timeout=2, retries=False).status == 200:  # noqa: PLR2004 - HTTP OK
                return
        except urllib3.exceptions.HTTPError:
            pass
        time.sleep(0.2)
    log_file = DATA_DIR / _UP_LOG
    err.print(log_file.read_text("utf-8", "replace"), markup=False, highlight=False)
    raise SystemExit(say(vi=f"Không khởi động được; xem {log_file}", en=f"The stack did not start; read {log_file}"))


def drop(samples: list[Sample], config: Config) -> dict[str, Sample]:
    """Each sample with the key of its own unit's station; document id to sample."""
    inboxes = {
        sample.unit: S3Store(station_client(config, sample.unit), config.storage.inbox_bucket) for sample in samples
    }
    dropped = {}
    for sample in samples:
        source = describe_file(sample.path, sample.path.name)
        place = {"unit": sample.unit, "dossier": sample.dossier, "component": sample.component}
        inboxes[sample.unit].put(inbox_key(**place, filename=sample.path.name), sample.path, source.media_type)
        dropped[document_id(**place, sha256=source.sha256)] = sample
    return dropped


def wait(dropped: dict[str, Sample], config: Config) -> None:
    """Read the stations' status objects, with the stations' keys, until every document has ended."""
    inboxes = {s.unit: S3Store(station_client(config, s.unit), config.storage.inbox_bucket) for s in dropped.values()}
    waiting = dict(dropped)
    deadline = time.monotonic() + _DONE_WITHIN_S
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err) as progress:
        task = progress.add_task(say(vi="Số hóa", en="Digitizing"), total=len(dropped))
        while waiting and time.monotonic() < deadline:
            for identity, sample in list(waiting.items()):
                try:
                    status = json.loads(inboxes[sample.unit].get(status_key(sample.unit, identity)))
                except NotFoundError:
                    continue
                if status["status"] in _ENDED:
                    del waiting[identity]
                    progress.advance(task)
            time.sleep(0.3)


def show(dropped: dict[str, Sample], catalogue: Catalogue) -> int:
    """The table, and what is not as expected; how many samples are not."""
    rows, failures = [], []
    for identity, sample in sorted(dropped.items(), key=lambda item: item[1].name):
        row = catalogue.find(identity)
        if row is None or row.record is None:
            failures.append((sample.name, ["no record"]))
            continue
        rows.append((sample.name, row.record))
        if found := differences(row.record, sample.expected):
            failures.append((sample.name, found))
    out.print(records_table(rows))
    for name, found in failures:
        out.print(f"[red]✗[/] {name}: {'; '.join(found)}", highlight=False)
    if not failures:
        out.print(
            say(
                vi=f"[green]✓[/] Cả {len(rows)} mẫu kết thúc đúng như mong đợi.",
                en=f"[green]✓[/] All {len(rows)} samples ended as expected.",
            ),
            highlight=False,
        )
    return len(failures)


def reuse(dropped: dict[str, Sample], config: Config, catalogue: Catalogue) -> None:
    """As a portal does it: look an owner up, fetch a result by its pre-signed link, verify its signatures."""
    published = (sample.expected for sample in dropped.values() if sample.expected["status"] == "published")
    owners = [expected["fields"].get("owner_id") for expected in published]
    known = [owner for owner in owners if isinstance(owner, str)]
    owner = max(known, key=known.count)
    # A birth certificate names the child's ethnicity, which no key sees unless it was given to see it.
    scopes = frozenset({"lookup", "documents:read", "sensitive", "verify"})
    client, key = catalogue.add_client("demo portal", scopes, frozenset())
    try:
        found = ask(config, key, "POST", "/v1/lookup", {"owner_id": owner, "purpose": _PURPOSE})["documents"]
        out.print()
        out.print(
            say(
                vi=f"Tra cứu chủ giấy tờ {owner[:3]}******{owner[-3:]}: nhà nước đã có {len(found)} giấy tờ",
                en=f"Look-up of owner {owner[:3]}******{owner[-3:]}: the state already holds {len(found)} papers",
            ),
            highlight=False,
        )
        for document in found:
            out.print(f"  {document['document_id']}  {document['document_type']}", highlight=False)
        link = ask(config, key, "GET", f"/v1/documents/{found[0]['document_id']}/pdf?{urlencode(_PURPOSE)}")["url"]
        target = DATA_DIR / "verified.pdf"
        target.write_bytes(urllib3.request("GET", link).data)
        verify(target, as_json=False)
    finally:
        catalogue.revoke_client(client.client_id)


def ask(config: Config, key: str, method: str, path: str, body: dict[str, object] | None = None) -> dict[str, object]:
    url = f"http://127.0.0.1:{config.service.port}{path}"
    answer = urllib3.request(method, url, json=body, headers={"Authorization": f"Bearer {key}"})
    if answer.status >= 400:  # noqa: PLR2004 - HTTP errors
        raise SystemExit(f"{method} {path}: {answer.status} {answer.data.decode()}")
    answered: dict[str, object] = answer.json()
    return answered


def say_next(config: Config, catalogue: Catalogue, *, keep: bool) -> None:
    address = f"http://127.0.0.1:{config.service.port}"
    out.print()
    if not keep:
        out.print(
            say(
                vi="Thử tiếp: make demo KEEP=1 mở bảng điều khiển; .venv/bin/digitize process TỆP --out THƯ_MỤC ",
                en="Next: make demo KEEP=1 to open the console; .venv/bin/digitize process FILE --out DIR ",
            ),
            highlight=False,
        )
        return
    _, key = catalogue.add_client("demo console", frozenset({"console"}), frozenset())
    out.print(
        say(vi=f"Bảng điều khiển: {address}/console  khóa: {key}", en=f"Console: {address}/console  key: {key}"),
        highlight=False,
    )
    out.print(f"API: {address}/openapi.json", highlight=False)
    out.print(
        f"export DIGITIZE_CONFIG={ROOT / 'samples' / 'digitize.toml'} DIGITIZE_DATA_DIR={DATA_DIR}\n"
        f"{ROOT / '.venv' / 'bin' / 'digitize'} status",
        highlight=False,
        soft_wrap=True,
    )
    out.print(say(vi="Dừng bằng Ctrl-C.", en="Stop with Ctrl-C."))


if __name__ == "__main__":
    sys.exit(main())
