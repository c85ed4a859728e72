"""What portals ask most, side by side, where the answers are waited for on the event loop."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import psycopg

from storage.reuse_api import Component, Procedure, Substitute
from tests.service.conftest import NAME, OWNER, PURPOSE, Doors

PROCEDURE = Procedure(
    PURPOSE["procedure"],
    "Đăng ký kết hôn",
    (Component("TP01", "Giấy khai sinh", True, True, (Substitute("birth_certificate"),)),),
)
ASKED = {
    "lookup": {"owner_id": OWNER, "purpose": PURPOSE},
    "prefill": {"procedure": PROCEDURE.code, "owner_id": OWNER, "purpose": PURPOSE},
    "search": {"query": "khai sinh", "purpose": PURPOSE},
}


def ask(doors: Doors, route: str, headers: dict[str, str]) -> Any:
    answer = httpx.post(f"{doors.http.base_url}/v1/{route}", json=ASKED[route], headers=headers, timeout=30)
    return answer.status_code, answer.json()


def test_many_portals_at_once_are_answered_and_each_use_is_in_the_log(postgresql_doors: Doors) -> None:
    doors = postgresql_doors
    doors.catalogue.replace_procedures([PROCEDURE])
    identities = {doors.publish(), doors.publish("H99.02")}
    headers = doors.bearer("lookup", "search")
    routes = [*ASKED] * 20
    with ThreadPoolExecutor(20) as portals:
        answers = list(portals.map(lambda route: ask(doors, route, headers), routes))
    assert {status for status, _ in answers} == {200}
    for route, (_, told) in zip(routes, answers, strict=True):
        if route == "lookup":
            assert {one["document_id"] for one in told["documents"]} == identities
        elif route == "prefill":
            assert told["components"][0]["state"] == "held"
            assert told["form"]["full_name"][0]["value"] == NAME
    kinds = [kind for kind in doors.kinds() if kind.startswith("access.")]
    assert sorted(kinds) == sorted(f"access.{route}" for route in routes)
    assert doors.catalogue.verify_log() is None


def test_what_a_client_may_not_do_is_refused_and_logged(postgresql_doors: Doors) -> None:
    doors = postgresql_doors
    doors.catalogue.replace_procedures([PROCEDURE])
    _, key = doors.catalogue.add_client(
        "portal", frozenset({"lookup"}), frozenset(), procedures=frozenset({"9.999999"})
    )
    for route in ("lookup", "prefill"):
        status, told = ask(doors, route, {"Authorization": f"Bearer {key}"})
        assert (status, told["code"]) == (403, "not_permitted")
    assert doors.kinds()[:2] == ["access.denied"] * 2
    unknown = {**ASKED["prefill"], "procedure": "9.999999", "purpose": {**PURPOSE, "procedure": "9.999999"}}
    answer = doors.http.post("/v1/prefill", json=unknown, headers={"Authorization": f"Bearer {key}"})
    assert (answer.status_code, answer.json()["code"]) == (422, "procedure_unknown")


def test_a_database_that_went_away_is_said_and_the_next_question_answered(postgresql_doors: Doors) -> None:
    doors = postgresql_doors
    headers = doors.bearer("lookup")
    assert ask(doors, "lookup", headers)[0] == 200
    with psycopg.connect(str(doors.config.storage.database_url), autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    status, told = ask(doors, "lookup", headers)
    assert (status, told["code"]) == (503, "catalogue_unavailable")
    assert ask(doors, "lookup", headers)[0] == 200
