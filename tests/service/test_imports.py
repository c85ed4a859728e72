"""The process that holds the API keys never loads the code that reads hostile files."""

import json
import os
import subprocess
import sys
from pathlib import Path

from digitize.config import Config

HEAVY = ("pytesseract", "pdf2image", "pyhanko", "pikepdf", "PIL", "numpy", "img2pdf", "fontTools")

STARTS_THE_DOORS = """
import json, sys
from digitize.config import load_config
from service import web
from storage.catalogue import open_catalogue, prepare_catalogue
from storage.objects import open_stores

config = load_config()
prepare_catalogue(config)
stores = open_stores(config.storage)
app = web.create_app(config, open_catalogue(config), stores.archive, stores.work)
app.openapi()
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_starting_the_doors_loads_neither_ocr_nor_signing_code(config: Config, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DIGITIZE_DATA_DIR": str(tmp_path / "data"),
        "DIGITIZE_STORAGE__ENDPOINT": str(config.storage.endpoint),
        "DIGITIZE_STORAGE__ACCESS_KEY": str(config.storage.access_key),
        "DIGITIZE_STORAGE__SECRET_KEY": str(config.storage.secret_key),
    }
    done = subprocess.run(
        [sys.executable, "-c", STARTS_THE_DOORS], env=environment, cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    loaded = set(json.loads(done.stdout))
    assert {"service", "storage", "fastapi"} <= loaded
    assert loaded.isdisjoint(HEAVY)
    assert "signing" not in loaded
