"""The part of `digitize process` that runs in the isolated processes: the stages, and where their result goes."""

import tempfile
from functools import cache
from pathlib import Path

from digitize.config import Config
from digitize.errors import ConfigError
from digitize.model import Record
from digitize.recognition.api import Recognized, RecognizedPage
from signing.api import Answer
from workers.local import LocalJob, write_outputs
from workers.pipeline import run
from workers.stages import Accepted, PreparedDocument, SignedDocument, Tools
from workers.workbench import open_tools, require_languages


class LocalDesk:
    """Keeps nothing between attempts, holds nothing back and publishes into a folder."""

    holds_for_review = False
    wants_previews = False

    def __init__(self, target_stem: Path) -> None:
        self._stem = target_stem
        self.published: Record | None = None

    def begin(self, stage: str) -> None:
        pass

    def kept_pages(self) -> list[RecognizedPage]:
        return []

    def spread(self, page_count: int) -> bool:  # noqa: ARG002 - the port's signature
        return False  # there is one process a document, and it has the threads of all cores

    def keep_page(self, page: Recognized) -> None:
        pass

    def pages_kept(self) -> None:
        pass

    def kept_record(self) -> Record | None:
        return None

    def keep_record(self, record: Record) -> bool:  # noqa: ARG002 - the port's signature
        return True

    def hold(self, record: Record, fields: tuple[str, ...]) -> None:  # noqa: ARG002 - the port's signature
        raise AssertionError("a local desk never holds")

    def give_code(self, record: Record) -> Record:
        return record

    def kept_preparation(self, accepted: Accepted) -> PreparedDocument | None:  # noqa: ARG002 - the port's signature
        return None

    def keep_preparation(self, document: PreparedDocument) -> PreparedDocument:
        return document

    def kept_signature(self, step: int) -> tuple[str | None, bytes | None]:  # noqa: ARG002 - the port's signature
        return None, None

    def keep_answer(self, step: int, answer: Answer) -> bytes:  # noqa: ARG002 - the port's signature
        if answer.signature is None:
            raise ConfigError(detail="signing.smartca_url: nobody waits for a person here; use `digitize up`")
        return answer.signature

    def publish(self, signed: SignedDocument) -> None:
        signature, record = signed.record_signature, signed.record.to_json()
        write_outputs(self._stem, {".pdf": signed.path, ".json.p7s": signature, ".json": record})
        self.published = signed.record


def check(config: Config) -> None:
    """Stop the batch before it starts where a key, a type definition or a language is wrong; makes the development CA.

    Raises ConfigError, SigningError.
    """
    require_languages(config)
    _tools(config.model_dump_json())


def work(job: LocalJob, blank: Record, folder: Path) -> Record:
    """Raises DigitizeError."""
    tempfile.tempdir = str(folder)
    accepted = Accepted(
        document_id=blank.document_id,
        path=job.path,
        source=blank.source,
        dossier=blank.dossier,
        role=blank.role,
        folder=folder,
    )
    desk = LocalDesk(job.target_stem)
    run(accepted, desk, _tools(job.config.model_dump_json()))
    if desk.published is None:
        raise AssertionError("a local run ends published or raises")
    return desk.published


@cache
def _tools(config_json: str) -> Tools:
    return open_tools(Config.model_validate_json(config_json))
