"""`digitize status`, `lookup`, `clients` and `drop`: before anything was started, and after."""

import json

import pytest

from tests.papers import write_jpeg
from tests.service.cli.conftest import Terminal
from tests.service.conftest import OWNER, PURPOSE, Doors

PLACE = ("--dossier", "H99.01-261122-0001", "--component", "TP01")


LOOKUP = ("lookup", "--owner", "001319012345", "--dossier", "H99.01-261122-0001", "--procedure", "1.000894")


@pytest.mark.parametrize("arguments", [("status",), LOOKUP, ("clients", "list")])
def test_where_nothing_was_started_it_says_so(terminal: Terminal, arguments: tuple[str, ...]) -> None:
    done = terminal.run(*arguments)
    assert done.returncode == 3
    assert "`digitize up`" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert not (terminal.home / "var").exists()


def test_an_empty_catalogue_has_no_documents(started: Terminal) -> None:
    shown = started.run("status")
    assert shown.returncode == 0
    assert "Documents by unit" in shown.stdout
    assert "`digitize up`" in shown.stderr
    assert json.loads(started.run("status", "--json").stdout) == {"counts": [], "latest": []}


def test_an_unknown_owner_is_not_found_and_not_logged(started: Terminal) -> None:
    done = started.run(*LOOKUP)
    assert done.returncode == 4
    assert "No paper" in done.stdout
    stored = b"".join(path.read_bytes() for path in (started.home / "var").glob("catalogue.sqlite*"))
    assert b"access.lookup" in stored
    assert b"001319012345" not in stored


def test_keys_come_and_go(started: Terminal) -> None:
    added = started.run("clients", "add", "cổng thử", "--scope", "lookup", "--unit", "H99.01")
    assert added.returncode == 0
    client_id, key = added.stdout.split()[:2]
    listed = started.run("clients", "list").stdout
    assert client_id in listed
    assert "H99.01" in listed
    assert key not in listed
    assert started.run("clients", "revoke", client_id).returncode == 0
    assert client_id not in started.run("clients", "list").stdout


def test_an_unknown_scope_is_refused(started: Terminal) -> None:
    done = started.run("clients", "add", "portal", "--scope", "everything")
    assert done.returncode == 2
    assert "documents:read" in done.stderr


def test_an_unknown_unit_has_no_station(terminal: Terminal) -> None:
    write_jpeg(terminal.home / "scan.jpg")
    done = terminal.run("drop", "scan.jpg", "--unit", "H99.03", *PLACE)
    assert done.returncode == 3
    assert "H99.01" in done.stderr


def test_a_key_the_inbox_would_not_take_is_not_even_sent(terminal: Terminal) -> None:
    write_jpeg(terminal.home / "scan.jpg")
    done = terminal.run("drop", "scan.jpg", "--unit", "H99.01", "--dossier", "../H99.02", "--component", "TP01")
    assert done.returncode == 2
    assert "invalid_request" in done.stderr


def test_urgent_and_bulk_exclude_each_other(terminal: Terminal) -> None:
    write_jpeg(terminal.home / "scan.jpg")
    done = terminal.run("drop", "scan.jpg", "--unit", "H99.01", *PLACE, "--urgent", "--bulk")
    assert done.returncode == 2
    assert "--bulk" in done.stderr


def test_a_store_that_does_not_answer_ends_with_20(terminal: Terminal) -> None:
    write_jpeg(terminal.home / "scan.jpg")
    done = terminal.run("drop", "scan.jpg", "--unit", "H99.01", *PLACE)
    assert done.returncode == 20
    assert "storage_unavailable" in done.stderr
    assert "`digitize up`" in done.stderr


def test_ids_are_whole_where_the_terminal_is_narrow(doors: Doors, office: Terminal) -> None:
    identity = doors.publish()
    purpose = ("--dossier", PURPOSE["dossier"], "--procedure", PURPOSE["procedure"])
    for arguments in (("status",), ("lookup", "--owner", OWNER, *purpose), ("audit", "owner", "--owner", OWNER)):
        assert identity in office.run(*arguments, COLUMNS="80").stdout


def test_a_whole_log_gives_what_to_write_down(doors: Doors, office: Terminal) -> None:
    doors.publish()
    last = doors.catalogue.events(limit=1)[0]
    done = office.run("audit", "verify")
    assert done.returncode == 0
    assert f"Entries: {last.sequence}, since" in done.stdout
    assert last.hash in done.stdout


def test_rates_of_dossiers_that_were_imported(started: Terminal) -> None:
    assert "No dossiers are known" in started.run("dossiers", "rates").stdout
    heads = "code,procedure,unit,received_at,resolved_at"
    rows = [f"H99.01-251101-{n},1.000894,H99.01,2025-11-0{n}T08:00:00+07:00,2025-11-20T08:00:00+07:00" for n in (1, 2)]
    (started.home / "dossiers.csv").write_text("\n".join([heads, *rows]), "utf-8")
    (started.home / "units.csv").write_text("code,name,level,valid_from\nH99.01,Xã Sơn Hạ,xã,01/07/2025\n", "utf-8")
    assert started.run("units", "import", "units.csv").returncode == 0
    lines = [line.split() for line in started.run("units", "list").stdout.splitlines()]
    assert ["H99.01", "Xã", "Sơn", "Hạ", "Commune", "01/07/2025", "—", "—"] in lines
    assert started.run("dossiers", "import", "dossiers.csv").returncode == 0
    november = ("dossiers", "rates", "--from", "01/11/2025", "--to", "2025-11-30")
    target = {"DIGITIZE_TARGETS__RESULTS": '{"commune": 0.5}'}
    shown = started.run(*november, **target)
    assert shown.returncode == 0, shown.stderr
    assert "Commune" in shown.stdout
    assert "below 50.00\u00a0%" in shown.stdout
    assert "procedure was not imported: 2" in shown.stdout
    told = json.loads(started.run(*november, "--json", **target).stdout)
    assert (told["from"], told["to"]) == ("2025-11-01", "2025-11-30")
    assert told["levels"] == [
        {
            "level": "commune",
            "components": {"dossiers": 0, "digitized": 0, "share": None, "target": None, "reached": None},
            "results": {"dossiers": 2, "digitized": 0, "share": 0.0, "target": 0.5, "reached": False},
        }
    ]
    assert [(one["unit"], one["name"], one["results"]["dossiers"]) for one in told["units"]] == [
        ("H99.01", "Xã Sơn Hạ", 2)
    ]
    backwards = started.run("dossiers", "rates", "--from", "30/11/2025", "--to", "01/11/2025")
    assert backwards.returncode == 2
    assert "invalid_request" in backwards.stderr
