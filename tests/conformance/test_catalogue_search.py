"""What a catalogue must know about text search, on SQLite and on PostgreSQL."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from digitize.errors import CursorError
from digitize.model import FieldRecord, PageRecord
from storage.api import Publish
from storage.database import open_engine
from storage.reuse_api import Revocation
from storage.search_api import SearchQuery
from tests.conformance.conftest import MINUTE, Desk, record
from tests.portals import search

TEXT = "CỘNG HÒA XÃ HỘI\nHọ, chữ đệm, tên: Nguyễn Thị Bốn\nSố định danh: 001090000001\nSố: 123/QĐ-UBND"


def publish(
    desk: Desk, printed: str = TEXT, unit: str = "H99.01", type_code: str = "diploma", **fields: FieldRecord
) -> str:
    identity = desk.receive(unit)
    desk.clock.advance()
    bare = record(identity, type_code=type_code)
    pages = (PageRecord(number=1, text=printed, dpi=300),)
    told = bare.model_copy(update={"pages": pages, "fields": {**bare.fields, **fields}})
    desk.catalogue.settle(desk.claim(identity), Publish(told))
    return identity


def query(words: str, **parts: object) -> SearchQuery:
    return replace(SearchQuery("client", words), **parts)  # type: ignore[arg-type]


def find(desk: Desk, words: str, **parts: object) -> list[str]:
    return [row.document_id for row in search(desk.catalogue, query(words, **parts), 50).rows]


def test_the_newest_come_first_page_by_page_and_each_once(desk: Desk) -> None:
    identities = [publish(desk) for _ in range(5)]
    given: list[str] = []
    cursor = None
    for rows in (2, 2, 1):
        page = search(desk.catalogue, query("hòa"), 2, cursor)
        assert len(page.rows) == rows
        given += [row.document_id for row in page.rows]
        publish(desk)  # what comes between two pages moves nothing
        cursor = page.cursor
    assert cursor is None
    assert given == identities[::-1]


def test_all_that_is_published_in_one_instant_is_found(desk: Desk) -> None:
    identities = []
    for _ in range(3):
        identities.append(publish(desk))
        desk.clock.advance(-MINUTE)
    assert find(desk, "hòa") == identities[::-1]


def test_a_revoked_paper_is_not_found_from_that_instant_on(desk: Desk) -> None:
    first, second, third = (publish(desk) for _ in range(3))
    page = search(desk.catalogue, query("hòa"), 1)
    desk.catalogue.revoke(second, Revocation(desk.clock(), "Cấp sai thẩm quyền"), "test")
    assert find(desk, "hòa") == [third, first]
    behind = search(desk.catalogue, query("hòa"), 1, page.cursor)
    assert [row.document_id for row in behind.rows] == [first]
    assert behind.cursor is None


def test_only_what_the_client_may_see(desk: Desk) -> None:
    kinh = FieldRecord(value="Kinh", text="Kinh", confidence=0.99, state="accepted")
    diploma = publish(desk)
    other = publish(desk, unit="H99.02")
    card = publish(desk, type_code="citizen_card")
    birth = publish(desk, type_code="birth_certificate", ethnicity=kinh)
    assert find(desk, "hòa") == [other, diploma]
    assert find(desk, "hòa", sensitive=True) == [birth, card, other, diploma]
    assert find(desk, "hòa", units=frozenset({"H99.01", "H99.09"})) == [diploma]
    assert find(desk, "hòa", units=frozenset({"H99.01"}), unit="H99.02") == []
    assert find(desk, "hòa", unit="H99.02") == [other]
    seen = {"sensitive": True, "types": frozenset({"citizen_card", "birth_certificate"})}
    assert find(desk, "hòa", **seen) == [birth, card]
    assert find(desk, "hòa", document_type="citizen_card", **seen) == [card]
    assert find(desk, "hòa", document_type="diploma", **seen) == []


def test_papers_of_a_time(desk: Desk) -> None:
    first, second = publish(desk), publish(desk)
    row = desk.catalogue.find(second)
    assert row is not None
    assert find(desk, "hòa", published_from=row.published_at) == [second]
    assert find(desk, "hòa", published_before=row.published_at) == [first]


@pytest.mark.parametrize(
    "parts",
    [
        {"client_id": "another"},
        {"text": "xã"},
        {"units": frozenset({"H99.01"})},
        {"types": frozenset({"diploma"})},
        {"sensitive": True},
        {"unit": "H99.01"},
        {"document_type": "diploma"},
    ],
)
def test_a_cursor_is_good_for_its_query_only(desk: Desk, parts: dict[str, object]) -> None:
    publish(desk)
    publish(desk)
    cursor = search(desk.catalogue, query("hòa"), 1).cursor
    assert cursor is not None
    assert len(search(desk.catalogue, query("HOÀ"), 1, cursor).rows) == 1
    with pytest.raises(CursorError):
        search(desk.catalogue, replace(query("hòa"), **parts), 1, cursor)  # type: ignore[arg-type]
    for wrong in ("", "A", "ả", cursor[:-4], f"B{cursor[1:]}", cursor + cursor):
        with pytest.raises(CursorError):
            search(desk.catalogue, query("hòa"), 1, wrong)


def test_no_word_can_be_read_in_the_index(desk: Desk, catalogue_url: str) -> None:
    identity = publish(desk)
    engine = open_engine(catalogue_url)
    # FTS5 keeps its index in tables of its own.
    tables = {"sqlite": ("search_words_data", "search_words_idx"), "postgresql": ("search_words",)}
    with engine.connect() as connection:
        rows = [
            row for name in tables[engine.dialect.name] for row in connection.execute(text(f"SELECT * FROM {name}"))
        ]
    engine.dispose()
    assert find(desk, "nguyễn") == [identity]
    assert len(repr(rows)) > 200
    for word in ("nguyen", "nguyễn", "hoa", "bon", "001090000001", "h99", "diploma"):
        assert word not in repr(rows).lower()


def test_what_was_published_before_there_was_an_index_comes_into_it(desk: Desk, catalogue_url: str) -> None:
    identities = [publish(desk) for _ in range(3)]
    publish(desk, unit="H99.02")
    engine = open_engine(catalogue_url)
    with engine.begin() as connection:
        sqlite = engine.dialect.name == "sqlite"
        empty = "INSERT INTO search_words (search_words) VALUES ('delete-all')"
        connection.execute(text(empty if sqlite else "DELETE FROM search_words"))
        connection.execute(text("DELETE FROM search_entries"))
    engine.dispose()
    assert find(desk, "hòa", unit="H99.01") == []
    every = [row.document_id for row in desk.catalogue.documents()]
    assert [desk.catalogue.stands("")[one].is_searchable for one in every] == [False] * 4
    for _ in range(2):
        desk.catalogue.make_searchable([*every[:3], "0" * 26])
    assert sorted(stand.is_searchable for stand in desk.catalogue.stands("").values()) == [False, True, True, True]
    desk.catalogue.make_searchable(every)
    assert find(desk, "hòa", unit="H99.01") == identities[::-1]
