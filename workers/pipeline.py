"""The order of the stages. Read this first.

    accept ▶ inspect ▶ recognize ▶ extract ▶ review ▶ assemble ▶ prepare ▶ sign ▶ publish

``accept`` comes before (``workers/intake.py``; for `digitize process`, ``workers/local.py``): the original is
stored under its own hash before anything else is believed. ``STAGES`` then run one after the other in one
process. A stage asks the desk first whether an earlier attempt kept its result, and otherwise makes it and
hands it to the desk; so a document resumes behind what is kept:

    original in archive ▶ inspect ▶ recognize ▶ pages kept ▶ extract ▶ review ▶ record kept ▶ assemble ▶ … ▶ publish

Where seals bear a timestamp, the run ends behind ``review``, and a worker that may wait for the server goes on there.

A document of many pages is spread: its run ends behind ``inspect``, each of its page ranges is a short run of its own
(``run_range``) on whichever worker is free, and behind the last of them it goes on at ``extract``.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from digitize.model import Record, Status
from digitize.recognition.api import Recognized, RecognizedPage
from signing.api import Answer
from workers.stages import (
    Accepted,
    AssembledDocument,
    ExtractedDocument,
    InspectedDocument,
    PreparedDocument,
    RecognizedDocument,
    SignedDocument,
    Tools,
    assemble_document,
    extract_fields,
    inspect_document,
    prepare_document,
    put_signature,
    recognize_pages,
    resume_extracted,
    sign_record,
    signing_steps,
)


class Desk(Protocol):
    """Where the pipeline lays down what it made. One desk serves one attempt at one document."""

    holds_for_review: bool
    """False: doubtful fields stay marked and the document goes on (`digitize process`)."""
    wants_previews: bool

    def begin(self, stage: str) -> None:
        """A stage begins. Raises LeaseLostError where this attempt no longer owns the document."""
        ...

    def kept_pages(self) -> list[RecognizedPage]:
        """What an earlier attempt kept of the recognized pages; empty where nothing was."""
        ...

    def spread(self, page_count: int) -> bool:
        """Have all workers recognize the pages, where they are many; then this run is over."""
        ...

    def keep_page(self, page: Recognized) -> None:
        """Raises LeaseLostError where this attempt no longer owns the pages."""
        ...

    def pages_kept(self) -> None:
        """All pages, or all of the range, are kept; a later attempt starts at ``extract``."""
        ...

    def kept_record(self) -> Record | None:
        """The record as extracted or as a reviewer left it; None where the fields are still to be extracted."""
        ...

    def keep_record(self, record: Record) -> bool:
        """A later attempt starts at ``assemble``; False: another worker goes on there, and this run is over."""
        ...

    def hold(self, record: Record, fields: tuple[str, ...]) -> None:
        """Wait for a reviewer's word on ``fields``; the document goes on at ``assemble``."""
        ...

    def give_code(self, record: Record) -> Record:
        """With the code of the digitized paper, the same in every attempt."""
        ...

    def kept_preparation(self, accepted: Accepted) -> PreparedDocument | None:
        """What an earlier attempt decided to seal; then this one begins at ``sign``."""
        ...

    def keep_preparation(self, document: PreparedDocument) -> PreparedDocument: ...

    def kept_signature(self, step: int) -> tuple[str | None, bytes | None]:
        """The open transaction of a signing service, and the signature, of the so-manieth who signs."""
        ...

    def keep_answer(self, step: int, answer: Answer) -> bytes:
        """The signature that is kept: the first. Raises SignerAskedError where there is none yet."""
        ...

    def publish(self, signed: SignedDocument) -> None: ...


def inspect(accepted: Accepted, _: Desk, tools: Tools) -> InspectedDocument:
    return inspect_document(accepted, tools)


def recognize(document: InspectedDocument, desk: Desk, tools: Tools) -> RecognizedDocument | None:
    kept = desk.kept_pages()
    # The work bucket is rebuildable and may have expired: where pages are missing, all are recognized again.
    if len(kept) != len(document.inspected.pages):
        if desk.spread(len(document.inspected.pages)):
            return None
        kept = _recognize_and_keep(document, desk, tools)
    return RecognizedDocument(document, tuple(kept))


def _recognize_and_keep(document: InspectedDocument, desk: Desk, tools: Tools) -> list[RecognizedPage]:
    kept = []
    for page in recognize_pages(document, tools, previews=desk.wants_previews):
        desk.keep_page(page)
        kept.append(page.page)
    desk.pages_kept()
    return kept


def extract(document: RecognizedDocument, desk: Desk, tools: Tools) -> ExtractedDocument:
    kept = desk.kept_record()
    return extract_fields(document, tools) if kept is None else resume_extracted(document, kept)


def review(document: ExtractedDocument, desk: Desk, _: Tools) -> ExtractedDocument | None:
    if document.needs_review and desk.holds_for_review:
        desk.hold(document.record, document.needs_review)
        return None
    return document if desk.keep_record(document.record) else None


def assemble(document: ExtractedDocument, desk: Desk, tools: Tools) -> AssembledDocument:
    status = Status.NEEDS_REVIEW if document.needs_review else Status.PUBLISHED
    return assemble_document(replace(document, record=desk.give_code(document.record)), status, tools)


def prepare(document: AssembledDocument, desk: Desk, tools: Tools) -> PreparedDocument:
    """Everything about the seal is decided and kept before the key is used: it signs one thing, however often a worker
    dies from here on.
    """
    return desk.keep_preparation(prepare_document(document, tools))


def sign(document: PreparedDocument, desk: Desk, tools: Tools) -> SignedDocument:
    """By all who have to, one after the other. Raises SignerAskedError where a person has yet to sign: the paper waits,
    and no worker with it.
    """
    while document.preparation is not None:
        transaction, signature = desk.kept_signature(document.step)
        steps = signing_steps(document.document, tools)
        if signature is None:
            identity = document.document.accepted.document_id
            answer = steps[document.step].signer.sign(document.preparation, identity, transaction)
            signature = desk.keep_answer(document.step, answer)
        signed = put_signature(document, signature, tools)
        if document.step + 1 == len(steps):
            return sign_record(signed, tools)
        document = desk.keep_preparation(prepare_document(signed, tools, document.step + 1))
    return sign_record(document.document, tools)


def publish(document: SignedDocument, desk: Desk, _: Tools) -> SignedDocument:
    desk.publish(document)
    return document


STAGES: tuple[Callable[[Any, Desk, Tools], Any], ...] = (
    inspect,
    recognize,
    extract,
    review,
    assemble,
    prepare,
    sign,
    publish,
)
"""Each takes what the one before gives; None ends the run early (spread over all workers, held for review, handed
over).
"""


def run(accepted: Accepted, desk: Desk, tools: Tools) -> None:
    """Take one document as far as it goes: published, held for review, spread over all workers, or handed over.

    Raises InputRefusedError or InputHeldError for what is wrong with the input, ServiceError for what is wrong
    with us, LeaseLostError where another worker has taken over.
    """
    prepared = desk.kept_preparation(accepted)
    value: object = accepted if prepared is None else prepared
    for stage in STAGES if prepared is None else STAGES[STAGES.index(sign) :]:
        desk.begin(stage.__name__)
        value = stage(value, desk, tools)
        if value is None:
            return


def run_range(accepted: Accepted, numbers: range, desk: Desk, tools: Tools) -> None:
    """Recognize and keep these pages (1-based) of a document that was spread. Raises what ``run`` raises."""
    desk.begin("inspect")
    document = inspect_document(accepted, tools, numbers)
    desk.begin("recognize")
    _recognize_and_keep(document, desk, tools)
