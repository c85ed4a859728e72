"""The values that pass from stage to stage, and the functions that make one from another.

Each function does one stage of one document in this process and touches nothing but its folder; what is
kept between processes is the business of the desk (``workers/desk.py``).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from digitize.assembly.document import assemble
from digitize.config import Config
from digitize.errors import UnreadablePagesError
from digitize.extraction.engine import extract, validity_of
from digitize.extraction.schema import DocumentType as DocumentTypeDefinition
from digitize.extraction.sources.signatures import witnesses_of as signature_witnesses
from digitize.inspection.api import Inspected
from digitize.inspection.inspect import inspect
from digitize.model import Dossier, PageRecord, Quality, Record, Role, SignatureRecord, Source, Status
from digitize.recognition.api import Recognized, RecognizedPage, Recognizer
from digitize.recognition.document import recognize_document
from signing.api import Preparation, Stamp
from signing.policy import SigningPolicy, Step
from signing.trust import TrustRoots
from signing.verification import verify_pdf


@dataclass(frozen=True, slots=True)
class Tools:
    """What the stages work with; opened once per process."""

    config: Config
    recognizer: Recognizer
    doctypes: Mapping[str, DocumentTypeDefinition]
    policy: SigningPolicy
    trust_roots: TrustRoots
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file whose original is safe."""

    document_id: str
    path: Path
    source: Source
    dossier: Dossier
    role: Role
    folder: Path
    """Private to this run; emptied afterwards."""

    def blank_record(self, status: Status) -> Record:
        return Record(
            document_id=self.document_id, status=status, role=self.role, dossier=self.dossier, source=self.source
        )


@dataclass(frozen=True, slots=True)
class InspectedDocument:
    accepted: Accepted
    inspected: Inspected


@dataclass(frozen=True, slots=True)
class RecognizedDocument:
    document: InspectedDocument
    pages: tuple[RecognizedPage, ...]


@dataclass(frozen=True, slots=True)
class ExtractedDocument:
    document: RecognizedDocument
    record: Record
    needs_review: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssembledDocument:
    accepted: Accepted
    path: Path
    """The PDF to sign, or the input itself where it is signed already."""
    record: Record


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    document: AssembledDocument
    """Its PDF has room for the signature."""
    preparation: Preparation | None
    """None where the paper came signed, and is left as it is."""
    step: int = 0
    """Which of the signatures it is to get, counted from 0."""


@dataclass(frozen=True, slots=True)
class SignedDocument:
    document_id: str
    path: Path
    record: Record
    record_signature: bytes
    """Detached CMS (DER) over ``record.to_json()``."""


def inspect_document(accepted: Accepted, tools: Tools, numbers: range | None = None) -> InspectedDocument:
    """Of the pages of these ``numbers`` only, where some are given."""
    config = tools.config
    return InspectedDocument(accepted, inspect(accepted.path, config.limits, config.recognition, numbers))


def recognize_pages(document: InspectedDocument, tools: Tools, *, previews: bool) -> Iterator[Recognized]:
    config = tools.config
    return recognize_document(
        document.inspected,
        tools.recognizer,
        config.recognition,
        config.limits,
        document.accepted.folder,
        previews=previews,
    )


def extract_fields(document: RecognizedDocument, tools: Tools) -> ExtractedDocument:
    """Raises UnreadablePagesError where a page cannot be read or none holds a word: the paper must be scanned again."""
    _refuse_unreadable(document.pages)
    accepted, inspected = document.document.accepted, document.document.inspected
    signatures = _signatures_found(inspected, tools)
    extracted = extract(document.pages, tools.doctypes, tools.config.extraction, tuple(signature_witnesses(signatures)))
    source = accepted.source.model_copy(update={"page_count": len(document.pages), "signed": inspected.signed})
    record = accepted.blank_record(Status.NEEDS_REVIEW if extracted.needs_review else Status.PROCESSING).model_copy(
        update={
            "source": source,
            "document_type": extracted.document_type,
            "fields": extracted.fields,
            "validity": extracted.validity,
            "pages": tuple(_page_record(page) for page in document.pages),
            # Marked only: what a citizen may hand in with a torn corner can still be read.
            "quality": Quality(problems=("cut_off",) if any(page.cut_off for page in document.pages) else ()),
            "signatures": signatures,
        }
    )
    return ExtractedDocument(document, record, extracted.needs_review)


def _refuse_unreadable(pages: tuple[RecognizedPage, ...]) -> None:
    unreadable = [page for page in pages if page.problems]
    if not unreadable and all(not page.lines for page in pages):
        unreadable = list(pages)
    if unreadable:
        causes = [cause for page in unreadable for cause in page.problems or ("blank" if page.blank else "no_words",)]
        raise UnreadablePagesError(pages=[page.number for page in unreadable], causes=causes)


def resume_extracted(document: RecognizedDocument, kept: Record) -> ExtractedDocument:
    """With the record an earlier attempt or a reviewer left; a corrected date may have changed its validity."""
    return ExtractedDocument(document, kept.model_copy(update={"validity": validity_of(kept.fields)}), ())


def assemble_document(extracted: ExtractedDocument, status: Status, tools: Tools) -> AssembledDocument:
    """Build the archive PDF with the record, in ``status``, embedded. A signed input stays as it is."""
    recognized, record = extracted.document, extracted.record.model_copy(update={"status": status})
    accepted, inspected = recognized.document.accepted, recognized.document.inspected
    if inspected.signed:
        return AssembledDocument(accepted, accepted.path, record)
    made_at = tools.clock().astimezone(UTC)
    assembled = assemble(inspected, recognized.pages, record, made_at, accepted.folder)
    return AssembledDocument(accepted, assembled.path, assembled.record)


def prepare_document(document: AssembledDocument, tools: Tools, step: int = 0) -> PreparedDocument:
    """Decide on a signature of the copy, the first or the next one; a paper that came signed gets none."""
    accepted, record = document.accepted, document.record
    if record.source.signed:
        return PreparedDocument(document, None)
    who, *others = signing_steps(document, tools)[step:]
    path = accepted.folder / f"prepared-{step}.pdf"
    following = others[0].signer.lines(_stamp(others[0], record, tools)) if others else ()
    preparation = who.signer.prepare(document.path, path, _stamp(who, record, tools), who.turn, following)
    return PreparedDocument(AssembledDocument(accepted, path, record), preparation, step)


def signing_steps(document: AssembledDocument, tools: Tools) -> Sequence[Step]:
    return tools.policy.steps(document.record.dossier.unit, document.record.role)


def _stamp(step: Step, record: Record, tools: Tools) -> Stamp:
    if step.who == "officer":
        return Stamp("", step.signer.name, tools.clock(), left=True)
    return Stamp(tools.config.signing.copy_form, _agency(tools.config, record.dossier.unit), tools.clock())


def put_signature(document: PreparedDocument, signature: bytes, tools: Tools) -> AssembledDocument:
    """In its place, and into the record."""
    accepted, record = document.document.accepted, document.document.record
    if document.preparation is None:
        raise ValueError("nothing was prepared")
    path = accepted.folder / f"signed-{document.step}.pdf"
    signer = signing_steps(document.document, tools)[document.step].signer
    made = signer.complete(document.document.path, document.preparation, signature, path)
    # What was signed before is what this one was allowed to be added to.
    earlier = [one.model_copy(update={"covers": "revision", "changed_since": "allowed"}) for one in record.signatures]
    record = record.model_copy(update={"signatures": (*earlier, made)})
    return AssembledDocument(accepted, path, record)


def sign_record(document: AssembledDocument, tools: Tools) -> SignedDocument:
    record = document.record
    signature = tools.policy.agency.sign_detached(record.to_json())
    return SignedDocument(record.document_id, document.path, record, signature)


def _agency(config: Config, unit: str | None) -> str:
    """The copying agency of the stamp: the station's own name where the configuration gives one."""
    names = [station.name for station in config.stations if station.unit == unit and station.name]
    return names[0] if names else config.signing.agency


def _page_record(page: RecognizedPage) -> PageRecord:
    return PageRecord(
        number=page.number,
        text=page.text,
        dpi=page.dpi,
        rotation=page.rotation,
        skew=page.skew,
        blank=page.blank,
        mean_confidence=None if page.mean_confidence is None else round(page.mean_confidence, 3),
        words_right=None if page.words_right is None else round(page.words_right, 3),
    )


def _signatures_found(inspected: Inspected, tools: Tools) -> tuple[SignatureRecord, ...]:
    return verify_pdf(inspected.path, tools.trust_roots).signatures if inspected.signed else ()
