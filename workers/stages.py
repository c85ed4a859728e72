"""The values that pass from stage to stage, and the functions that make one from another.

Each function does one stage of one document in this process and touches nothing but its folder; what is
kept between processes is the business of the desk (``workers/desk.py``).
"""

from collections.abc import Callable, Iterator, Mapping
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
from signing.api import DocumentSigner, Preparation, Stamp
from signing.trust import TrustRoots
from signing.verification import verify_pdf


@dataclass(frozen=True, slots=True)
class Tools:
    """What the stages work with; opened once per process."""

    config: Config
    recognizer: Recognizer
    doctypes: Mapping[str, DocumentTypeDefinition]
    signer: DocumentSigner
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


def prepare_document(document: AssembledDocument, tools: Tools) -> PreparedDocument:
    """Decide on the seal of the copy; one that came signed gets none."""
    accepted, record = document.accepted, document.record
    if record.source.signed:
        return PreparedDocument(document, None)
    signing = tools.config.signing
    stamp = Stamp(signing.copy_form, _agency(tools.config, record.dossier.unit), tools.clock())
    path = accepted.folder / "prepared.pdf"
    preparation = tools.signer.prepare(document.path, path, stamp)
    return PreparedDocument(AssembledDocument(accepted, path, record), preparation)


def complete_document(document: PreparedDocument, signature: bytes | None, tools: Tools) -> SignedDocument:
    """Put the signature in its place, and sign the record beside it."""
    accepted, record, path = document.document.accepted, document.document.record, document.document.path
    if document.preparation is not None and signature is not None:
        path = accepted.folder / "signed.pdf"
        seal = tools.signer.complete(document.document.path, document.preparation, signature, path)
        record = record.model_copy(update={"signatures": (*record.signatures, seal)})
    return SignedDocument(record.document_id, path, record, tools.signer.sign_detached(record.to_json()))


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
