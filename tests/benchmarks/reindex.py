"""`make bench-reindex`: how fast a lost catalogue comes back from the archive alone, SQLite and the embedded store.

The papers are stand-ins of a few bytes with real records and signatures: what is read of a paper at reindex is its
record, its signature and what lies beside its objects, never the PDF.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize.config import Config
from digitize.identity import document_id
from digitize.model import DocumentType, Dossier, FieldRecord, PageRecord, Record, Source, Status
from signing.signer import open_signer
from storage.api import Arrival
from storage.catalogue import SqlCatalogue
from storage.database import migrate, open_engine
from storage.keys import original_key, record_key, record_signature_key, signed_key
from storage.objects import Stores, open_stores
from tests.benchmarks.figures import Figure, report
from tests.catalogue_keys import KEY
from tests.servers import embedded_stack
from workers.intake import origin_metadata
from workers.publications import record_metadata
from workers.reconciler import reconcile

DOCUMENTS = int(os.environ.get("DOCUMENTS", "3000"))
_PDF = b"%PDF-"
_WRITERS = 8


def main() -> None:
    with TemporaryDirectory(prefix="digitize-bench-") as name, embedded_stack(Path(name) / "var") as config:
        stores = open_stores(config.storage)
        load(config, stores)
        url = f"sqlite:///{Path(name) / 'catalogue.sqlite'}"
        migrate(url, KEY)
        catalogue = SqlCatalogue(open_engine(url), KEY)
        begun, used = time.monotonic(), cpu_time()
        statement = reconcile(catalogue, stores, config)
        took, cpu = time.monotonic() - begun, cpu_time() - used
        begun = time.monotonic()
        again = reconcile(catalogue, stores, config)
        idle = time.monotonic() - begun
    if (statement.restored, again.restored) != (DOCUMENTS, 0):
        raise SystemExit(f"restored {statement.restored} and {again.restored} of {DOCUMENTS}")
    how = f"{DOCUMENTS} published papers, SeaweedFS and SQLite on the same cores"
    report(
        "reindex",
        [
            Figure("restored", DOCUMENTS / took, "≥ 300", "documents/s", how),
            Figure("CPU of the command", 1_000 * cpu / DOCUMENTS, "", "ms/document", "without the object store's"),
            Figure("a pass with nothing lost", DOCUMENTS / idle, "", "documents/s", "the same archive"),
        ],
    )


def cpu_time() -> float:
    """Seconds, of this process and of those it has started and that have ended."""
    return sum(os.times()[:4])


def load(config: Config, stores: Stores) -> None:
    signer = open_signer(config.signing, config.secrets_dir)

    def write(number: int) -> None:
        arrival, record = make(number)
        identity, data = arrival.document_id, record.to_json()
        metadata = origin_metadata(arrival)
        stores.archive.put(original_key(identity, "jpg"), b"scan", "image/jpeg", metadata=metadata)
        stores.archive.put(signed_key(identity), _PDF, "application/pdf")
        signature = signer.sign_detached(data)
        beside = record_metadata(arrival.priority, len(_PDF), signature)
        stores.archive.put(record_key(identity), data, "application/json", metadata=beside)
        stores.archive.put(record_signature_key(identity), signature, "application/pkcs7-signature")

    with ThreadPoolExecutor(_WRITERS) as pool:
        list(pool.map(write, range(DOCUMENTS)))


def make(number: int) -> tuple[Arrival, Record]:
    digest = sha256(str(number).encode()).hexdigest()
    place = {"unit": f"H99.{number % 90:02d}", "dossier": f"H99-{number:09d}", "component": "TP01"}
    identity = document_id(**place, sha256=digest)
    born = (date(1960, 1, 1) + timedelta(days=number)).isoformat()
    fields = {
        name: FieldRecord(value=value, text=value, confidence=0.99, state="accepted", page=1, box=(0.1, 0.1, 0.4, 0.2))
        for name, value in {
            "full_name": "NGUYỄN VĂN THỬ",
            "date_of_birth": born,
            "owner_id": f"{number:012d}",
            "owner_name": "NGUYỄN VĂN THỬ",
        }.items()
    }
    source = Source(filename="a.jpg", sha256=digest, media_type="image/jpeg", size=4, page_count=1)
    record = Record(
        document_id=identity,
        status=Status.PUBLISHED,
        dossier=Dossier(code=place["dossier"], component="TP01", unit=place["unit"]),
        source=source,
        document_type=DocumentType(code="birth_certificate", confidence=0.99),
        fields=fields,
        pages=(PageRecord(number=1, text="GIẤY KHAI SINH " * 60, dpi=300),),
    )
    arrival = Arrival(
        identity,
        place["unit"],
        place["dossier"],
        "TP01",
        role="component",
        filename="a.jpg",
        sha256=digest,
        size=4,
        media_type="image/jpeg",
    )
    return arrival, record


if __name__ == "__main__":
    main()
