"""Papers of state agencies in the layout of Decree 30/2020/NĐ-CP, Appendix I (văn bản hành chính)."""

from dataclasses import dataclass, field

from samples.generator.fonts import Style, measure_mm
from samples.generator.paper import Handwriting, Page, Paper, Seal, Signature
from samples.generator.sheet import Sheet, number_page
from samples.generator.words import Date

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
LETTER_KIND = "CÔNG VĂN"
"""What the record calls a letter, which prints no kind (công văn)."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Measures in mm, sizes in pt; the decree leaves the offices this much room."""

    left: float = 30.0
    right: float = 190.0
    top: float = 24.0
    head_left: float = 58.0
    """Middle of the agency's column."""
    head_right: float = 141.0
    """Middle of the motto's column."""
    head_size: float = 13.0
    motto_size: float = 13.0
    body_size: float = 14.0
    pitch: float = 6.1
    gap: float = 1.8
    sign_x: float = 150.0
    """Middle of the signature block."""


WIDE = Layout()
TIGHT = Layout(
    left=32, right=195, top=22, head_left=62, head_right=143, head_size=12, motto_size=12.5, body_size=13,
    pitch=5.7, gap=1.6, sign_x=154,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    agency: tuple[str, ...]
    number: str
    """Digits before the slash; zero-padded below 10."""
    symbol: str
    """What follows the slash (ký hiệu)."""
    place: str
    date: Date
    subject: tuple[str, ...]
    """Lines as they are broken on the paper."""
    body: tuple[tuple[str, ...], ...]
    """Marked paragraphs, one tuple a page."""
    position: tuple[str, ...]
    signer: str
    recipients: tuple[str, ...]
    seal_ring: str
    seal_core: tuple[str, ...]
    kind: str | None = None
    parent: tuple[str, ...] = ()
    authority: str | None = None
    """Who decides, above the grounds (only decisions)."""
    grounds: tuple[str, ...] = ()
    verb: str | None = None
    """``QUYẾT ĐỊNH:`` between grounds and body."""
    addressees: tuple[str, ...] = ()
    owner: dict[str, str] = field(default_factory=dict)
    """owner_name and owner_id, where a licence names its holder."""
    handwritten: bool = False
    """Number and day filled in by pen."""
    sealed: bool = True
    seed: int = 1


def compose_document(document: Document, layout: Layout = WIDE) -> Paper:
    pages: list[Page] = []
    for number, paragraphs in enumerate(document.body, start=1):
        sheet = Sheet(left=layout.left, right=layout.right, top=layout.top)
        if number == 1:
            _set_head(sheet, document, layout)
            _set_title(sheet, document, layout)
            _set_opening(sheet, document, layout)
        else:
            number_page(sheet, number)
        for paragraph in paragraphs:
            sheet.paragraph(paragraph, size=layout.body_size, pitch=layout.pitch, gap=layout.gap)
        if number == len(document.body):
            _set_signature(sheet, document, layout)
        pages.append(sheet.finish())
    return Paper(
        tuple(pages),
        "administrative_document",
        _truth(document),
        ("document_number", "issue_date") if document.handwritten else (),
        {"issue_date": document.date.long},
    )


def _truth(document: Document) -> dict[str, str]:
    fields = {
        "document_number": f"{document.number}/{document.symbol}",
        "issue_date": document.date.iso,
        "issue_place": document.place,
        "issuing_agency": " ".join(document.agency),
        "signer_name": document.signer,
        "signer_position": " ".join(document.position),
        "document_kind": document.kind or LETTER_KIND,
        "subject": " ".join(document.subject),
    }
    if document.parent:
        fields["parent_agency"] = " ".join(document.parent)
    return fields | document.owner


def _set_head(sheet: Sheet, document: Document, layout: Layout) -> None:
    top = sheet.y
    sheet.stack(layout.head_left, document.parent, size=layout.head_size, pitch=5.4)
    sheet.stack(layout.head_left, document.agency, size=layout.head_size, style=Style.BOLD, pitch=5.4)
    half = measure_mm(document.agency[-1], Style.BOLD, layout.head_size) / 4
    sheet.rule(layout.head_left - half, layout.head_left + half, dy=-3.2)
    left_end = sheet.y

    sheet.y = top
    sheet.text(layout.head_right, MOTTO[0], size=layout.motto_size, style=Style.BOLD, align="centre")
    sheet.y += 5.6
    sheet.text(layout.head_right, MOTTO[1], size=14, style=Style.BOLD, align="centre")
    half = measure_mm(MOTTO[1], Style.BOLD, 14) / 2
    sheet.rule(layout.head_right - half, layout.head_right + half, dy=1.8)

    sheet.y = max(left_end, sheet.y + 6.5) + 2.4
    _set_number(sheet, document, layout)
    _set_date(sheet, document, layout)
    sheet.y += 6.0


def _set_number(sheet: Sheet, document: Document, layout: Layout) -> None:
    if not document.handwritten:
        number = f"Số: {document.number}/{document.symbol}"
        sheet.text(layout.head_left, number, size=13, align="centre")
        return
    # A gap is left for the number that the registry clerk writes in after signing.
    x = sheet.text(layout.head_left - 18, "Số:", size=13)
    sheet.add(Handwriting(x + 2.4, sheet.y + 0.2, document.number, 4.6, document.seed + 40))
    sheet.text(x + 5.0 + 3.5 * len(document.number), f"/{document.symbol}", size=13)


def _set_date(sheet: Sheet, document: Document, layout: Layout) -> None:
    long = document.date.long
    if not document.handwritten:
        text = f"{document.place}, {long}"
        sheet.text(layout.head_right, text, size=13, style=Style.ITALIC, align="centre")
        return
    rest = long.split(" ", 2)[2]
    x = sheet.text(layout.head_right - 34, f"{document.place}, ngày", size=13, style=Style.ITALIC)
    sheet.add(Handwriting(x + 1.8, sheet.y + 0.3, f"{document.date.day:02}", 4.4, document.seed + 41))
    sheet.text(x + 10.4, rest, size=13, style=Style.ITALIC)


def _set_title(sheet: Sheet, document: Document, layout: Layout) -> None:
    middle = (layout.left + layout.right) / 2
    if document.kind is None:
        sheet.stack(layout.head_left, document.subject, size=12.5, pitch=5.2)
        sheet.y += 5.0
    else:
        sheet.y += 5.0
        sheet.stack(middle, (document.kind,), size=14, style=Style.BOLD, pitch=6.2)
        sheet.stack(middle, document.subject, size=14, style=Style.BOLD, pitch=6.2)
        half = measure_mm(document.subject[-1], Style.BOLD, 14) / 4
        sheet.rule(middle - min(half, 22), middle + min(half, 22), dy=-4.0)
        sheet.y += 4.0
    if len(document.addressees) == 1:
        sheet.stack(middle, (f"Kính gửi: {document.addressees[0]}.",), size=14, pitch=9.0)
    elif document.addressees:
        sheet.text(middle - 38, "Kính gửi:", size=14)
        sheet.y += 6.2
        for number, addressee in enumerate(document.addressees):
            end = "." if number == len(document.addressees) - 1 else ";"
            sheet.text(middle - 22, f"- {addressee}{end}", size=14)
            sheet.y += 6.2
        sheet.y += 3.0


def _set_opening(sheet: Sheet, document: Document, layout: Layout) -> None:
    middle = (layout.left + layout.right) / 2
    if document.authority:
        sheet.y += 1.0
        sheet.stack(middle, (document.authority,), size=14, style=Style.BOLD, pitch=8.2)
    for ground in document.grounds:
        sheet.paragraph(ground, size=layout.body_size, style=Style.ITALIC, pitch=layout.pitch, gap=layout.gap * 0.6)
    if document.verb:
        sheet.y += 2.2
        sheet.stack(middle, (document.verb,), size=14, style=Style.BOLD, pitch=8.0)


def _set_signature(sheet: Sheet, document: Document, layout: Layout) -> None:
    sheet.y += 4.0
    top = sheet.y
    sheet.text(layout.left, "Nơi nhận:", size=12, style=Style.BOLD_ITALIC)
    for recipient in document.recipients:
        sheet.y += 4.7
        sheet.text(layout.left, f"- {recipient}", size=11)
    sheet.y = top
    sheet.stack(layout.sign_x, document.position, size=14, style=Style.BOLD, pitch=6.0)
    sheet.y += 36.0
    sheet.text(layout.sign_x, document.signer, size=14, style=Style.BOLD, align="centre")
    if not document.sealed:
        return
    ink = sheet.y - 21.0
    sheet.add(
        Signature(layout.sign_x + 4, ink, 38.0, document.seed),
        Seal(layout.sign_x - 18, ink - 1.0, 34.0, document.seal_ring, document.seal_core, turn=3.0 + document.seed % 5),
    )
