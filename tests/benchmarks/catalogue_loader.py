"""Fills a catalogue with published papers of people who do not exist, past the pipeline and as quickly as it can."""

import os
import random
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from hashlib import sha256
from itertools import accumulate
from typing import Any
from unicodedata import normalize

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from digitize.config import Config
from digitize.identity import document_id
from digitize.model import DocumentType, Dossier, FieldRecord, PageRecord, Record, Source, Status, Validity
from storage import search_index
from storage.catalogue import database_url
from storage.catalogue_key import CatalogueKey, load_catalogue_key
from storage.database import Database, open_engine
from storage.sealed_records import key_of, seal_filename, seal_record
from storage.tables import DocumentEntry, OwnerEntry, PreservationEntry

OWNERS_SHARE = 0.3
"""Owners to documents."""
_BATCH = 5_000
_TERMS_KEPT = 1_000_000
_EVERY_25_S = 1_000_000
"""Papers in a year; more are published in the same seconds again."""
_TYPES = ("birth_certificate", "citizen_card", "marital_status_certificate", "diploma", "land_use_certificate")
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô")
_NAMES = ("An", "Bình", "Cường", "Dũng", "Giang", "Hà", "Hải", "Hạnh", "Hoa", "Hùng", "Lan", "Linh", "Mai", "Minh")
_PLACES = ("Sơn Hạ", "Mây Ngàn", "Đồi Chè", "Bến Lau", "Thượng Nguồn", "Suối Mưa", "Nà Lọm", "Hòa Sơn")


def owner_number(number: int) -> str:
    return f"{1 + number % 96:03d}{number % 4}{number:08d}"


def place_of(number: int) -> tuple[str, str, str]:
    """Hash, unit and dossier of a paper."""
    unit = f"H99.{number % 90:02d}"
    return sha256(str(number).encode()).hexdigest(), unit, f"{unit}-26-{number:08d}"


def identity_of(number: int) -> str:
    digest, unit, dossier = place_of(number)
    return document_id(unit=unit, dossier=dossier, component="TP01", sha256=digest)


def load(config: Config, count: int) -> None:
    """Into tables that were prepared and are empty."""
    database = Database(open_engine(database_url(config)), load_catalogue_key(config))
    is_postgresql = database_url(config).startswith("postgresql")
    if is_postgresql:
        with database.write() as session:
            session.execute(text("DROP INDEX ix_search_words_words"))
    with ProcessPoolExecutor(os.cpu_count(), initializer=_start, initargs=(config,)) as pool:
        list(pool.map(partial(_fill, count=count), range(0, count, _BATCH)))
    with database.write() as session:
        if is_postgresql:
            session.execute(text("SET LOCAL statement_timeout = 0"))
            session.execute(text("CREATE INDEX ix_search_words_words ON search_words USING gin (words)"))
    _settle(config)


def _settle(config: Config) -> None:
    """As a database is that grew in years: what the server would tidy up behind the loader, and what the disk is yet to
    write, would else be done beside the first questions.
    """
    engine = open_engine(database_url(config))
    statements = ("VACUUM ANALYZE", "CHECKPOINT")
    if engine.dialect.name == "sqlite":
        statements = ("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT", digitize_begin="") as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET statement_timeout = 0"))
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
    os.sync()


_OPENED: list[tuple[CatalogueKey, Database]] = []


def _start(config: Config) -> None:
    key = load_catalogue_key(config)
    # Most words and pairs of words come again, and hiding them is the most that a paper costs here.
    key.hide_term = lru_cache(_TERMS_KEPT)(key.hide_term)  # type: ignore[method-assign]
    _OPENED.append((key, Database(open_engine(database_url(config)), key)))


Rows = list[dict[str, Any]]
Places = list[tuple[int, str, list[int]]]
"""Of the documents in the index of words."""


def _fill(start: int, *, count: int) -> None:
    [(key, database)] = _OPENED
    rows, places = _rows(key, range(start, min(start + _BATCH, count)), max(1, int(count * OWNERS_SHARE)))
    with database.write() as session:
        for table, some in zip((DocumentEntry, OwnerEntry, PreservationEntry), rows, strict=True):
            session.execute(insert(table), some)
        search_index.insert_rows(session, places)


def _rows(key: CatalogueKey, numbers: range, owner_count: int) -> tuple[tuple[Rows, Rows, Rows], Places]:
    documents, owners, preservations, places = [], [], [], []
    session = Session(info={"key": key})
    for number in numbers:
        entry, owner, hidden = _document(session, number, owner_count)
        documents.append(entry)
        owners.append(owner)
        at = entry["published_at"]
        places.append((search_index.place_of(at) + number // _EVERY_25_S, entry["document_id"], hidden))
        preservations.append(
            {"document_id": entry["document_id"], "due_at": at, "not_before": at, "attempts": 0, "fence": 0}
        )
    return (documents, owners, preservations), places


def _document(session: Session, number: int, owners: int) -> tuple[dict[str, Any], dict[str, Any], list[int]]:
    key, chance = key_of(session), random.Random(number)
    digest, unit, dossier = place_of(number)
    identity = identity_of(number)
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=25 * (number % _EVERY_25_S))
    owner = owner_number(number % owners)
    record = _record(chance, number, identity, owner, digest)
    entry = DocumentEntry(document_id=identity, status=Status.PUBLISHED)
    seal_record(session, entry, record)
    row = {
        "document_id": identity, "status": "published", "stage": "assemble", "unit": unit, "dossier": dossier,
        "component": "TP01", "role": "component", "filename": seal_filename(session, identity, "a.jpg"),
        "sha256": digest, "size": 400_000, "media_type": "image/jpeg", "page_count": 1,
        "type_code": record.document_type.code, "priority": "default", "attempts": 0, "received_at": at,
        "updated_at": at, "published_at": at, "not_before": at, "fence": 3, "record": entry.record,
        "pages": entry.pages, "paper_key": key.blind(f"paper {number}"),
    }  # fmt: skip
    sealed = key.seal(owner, f"{identity}/owner")
    found_by = {"owner": key.blind(owner), "document_id": identity, "number": sealed, "attested": True}
    return row, found_by, search_index.hidden_terms(key, unit, record)


def _record(chance: random.Random, number: int, identity: str, owner: str, digest: str) -> Record:
    name = name_of(chance).upper()
    born = (date(1960, 1, 1) + timedelta(days=number % 20_000)).isoformat()
    place = f"xã {chance.choice(_PLACES)}, tỉnh Hòa Sơn"
    values = {
        "full_name": name, "date_of_birth": born, "sex": chance.choice(("male", "female")), "personal_id": owner,
        "nationality": "Việt Nam", "residence": place, "hometown": place, "document_number": f"{number}/2026",
        "issue_date": "2026-03-07", "issue_place": "Sơn Hạ", "issuing_agency": "ỦY BAN NHÂN DÂN XÃ SƠN HẠ",
        "signer_name": "Trần Văn Bình", "owner_name": name, "owner_id": owner,
    }  # fmt: skip
    fields = {
        one: FieldRecord(value=value, text=value, confidence=0.99, state="accepted", page=1, box=(0.1, 0.1, 0.4, 0.2))
        for one, value in values.items()
    }
    kind = number % len(_TYPES)
    printed = f"{_FORMS[kind]}\nHọ, chữ đệm, tên: {name}\nNơi cư trú: {place}\n{' '.join(words_of(number))}"
    return Record(
        document_id=identity,
        status=Status.PUBLISHED,
        dossier=Dossier(component="TP01"),
        source=Source(filename="a.jpg", sha256=digest, media_type="image/jpeg", size=400_000, page_count=1),
        document_type=DocumentType(code=_TYPES[kind], confidence=0.99),
        fields=fields,
        pages=(PageRecord(number=1, text=printed, dpi=300),),
        validity=Validity(issued="2026-03-07"),
    )


def words_of(number: int) -> list[str]:
    """What is written on a paper beside its form: few words are on most papers, and most words on few."""
    return random.Random(f"words {number}").choices(_VOCABULARY, cum_weights=_WEIGHTS, k=130)


def name_of(chance: random.Random) -> str:
    return f"{chance.choice(_FAMILIES)} {chance.choice(_NAMES)} {chance.choice(_NAMES)}"


def _vocabulary() -> list[str]:
    """Syllables as Vietnamese could have them, in any order."""
    onsets = ("b", "c", "ch", "d", "đ", "g", "h", "k", "l", "m", "n", "nh", "ph", "qu", "r", "s", "t", "th", "tr", "v")
    rimes = ("a", "ai", "an", "anh", "ao", "ăm", "ăn", "âm", "ân", "ây", "e", "em", "ê", "ên", "i", "iên", "iêu", "in")
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    words = [
        onset + normalize("NFC", rime[0] + tone) + rime[1:] for onset in onsets for rime in rimes for tone in tones
    ]
    random.Random(1).shuffle(words)
    return words


_VOCABULARY = _vocabulary()
_WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(len(_VOCABULARY))))
_FORMS = [" ".join(random.Random(kind).choices(_VOCABULARY[:1_000], k=70)) for kind in _TYPES]
