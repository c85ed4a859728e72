"""The peer of `bench-api`: what this machine and these libraries make of the least a portal could be asked.

One paper is read by its id, one row is committed, both through SQLAlchemy, and nothing is checked, hidden, decrypted,
chained or told to anybody. What a request to the real doors takes beyond this is ours.
"""

import os

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import text

from digitize.config import Service
from service.web import listen
from storage.database import open_engine

URL, PORT = "BARE_DATABASE_URL", "BARE_PORT"
TABLE = text("CREATE TABLE IF NOT EXISTS bare_uses (document_id TEXT NOT NULL)")
_READ = text("SELECT document_id, unit, type_code FROM documents WHERE document_id = :document_id")
_WRITE = text("INSERT INTO bare_uses VALUES (:document_id)")


class Question(BaseModel):
    document_id: str


class Paper(BaseModel):
    document_id: str
    unit: str
    type_code: str


def create_app(url: str) -> FastAPI:
    app, engine = FastAPI(), open_engine(url)

    @app.post("/v1/bare")
    def bare(question: Question) -> Paper:
        asked = question.model_dump()
        with engine.begin() as connection:
            row = connection.execute(_READ, asked).one()
        with engine.execution_options(digitize_begin="IMMEDIATE").begin() as connection:
            connection.execute(_WRITE, asked)
        return Paper(document_id=row.document_id, unit=row.unit, type_code=row.type_code)

    return app


def main() -> None:
    app = create_app(os.environ[URL])
    with listen(Service(port=int(os.environ[PORT]))) as listener:
        uvicorn.Server(uvicorn.Config(app, access_log=False, log_config=None)).run(sockets=[listener])


if __name__ == "__main__":
    main()
