"""Writes the names of communes and districts that places on papers are compared with: ``gazetteer.txt``.

``python -m scripts.write_gazetteer DATASET.db`` with the open dataset of ``vietnamadminunits`` (1.0.4, MIT),
which lists the 63 provinces' units of before and the 34 provinces' of after 2025-07-01. Only names are taken, which
are facts: as a dependency it would bring geometry libraries of 60 MB along.
"""

import argparse
import sqlite3
import unicodedata
from pathlib import Path

FILE = Path(__file__).parents[1] / "digitize" / "extraction" / "gazetteer.txt"
_QUERIES = {
    "districts": "SELECT DISTINCT districtShort FROM admin_units_legacy",
    "communes": "SELECT DISTINCT wardShort FROM admin_units_legacy UNION SELECT DISTINCT wardShort FROM admin_units",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts.write_gazetteer")
    parser.add_argument("dataset", type=Path)
    with sqlite3.connect(parser.parse_args().dataset) as dataset:
        parts = []
        for heading, query in _QUERIES.items():
            rows = (name for (name,) in dataset.execute(query) if name and not name.isdigit())
            # Where two districts of a province bear one name, the dataset adds which is meant: Cai Lậy (Thị xã).
            bare = (unicodedata.normalize("NFC", name).partition("(")[0] for name in rows)
            names = sorted({" ".join(name.split()) for name in bare})
            parts.append("\n".join((f"# {heading}", *names)))
    FILE.write_text("\n".join(parts) + "\n", "utf-8")


if __name__ == "__main__":
    main()
