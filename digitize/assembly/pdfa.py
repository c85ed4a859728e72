"""PDF/A-3b (ISO 19005-3, level B): what can be put right is put right, what cannot is named."""

from collections.abc import Iterable
from datetime import datetime

import pikepdf

from digitize.assembly.profiles import srgb_profile
from digitize.ingestion.foreign import PDF_ERRORS

PART = "3"
LEVEL = "B"
PRODUCER = "digitize"

_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SIMPLE_FONTS = frozenset({"/Type1", "/MMType1", "/TrueType", "/CIDFontType0", "/CIDFontType2"})
_FORBIDDEN_FILTERS = frozenset({"/LZWDecode", "/Crypt"})
_CMYK_OPERATORS = frozenset({"k", "K"})
_ALLOWED_ANNOTATIONS = frozenset({"/Link", "/Widget", "/Popup"})
_PRINT, _NEVER_SHOWN = (
    4,
    1 | 2 | 32,
)  # annotation flags (ISO 32000-1, 12.5.3): Print; Invisible, Hidden, NoView


def find_obstacles(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """Why the PDF may not call itself PDF/A-3b, sorted; empty where nothing known stands against it.

    The check is structural and meant for pages we did not draw; pages we draw have none of these.
    """
    found = set()
    if "/EmbeddedFiles" in pdf.Root.get("/Names", pikepdf.Dictionary()):
        found.add("attachment")
    waiting = list(pdf.objects)
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting.extend(_direct(item))
        elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            waiting.extend(_direct(item.values()))
            try:
                found.update(_object_obstacles(item))
            except PDF_ERRORS:
                found.add("damaged_object")
    for page in pdf.pages:
        found.update(_annotation_obstacles(page))
    return tuple(sorted(found))


def claim(pdf: pikepdf.Pdf, made_at: datetime, title: str, *, conforming: bool) -> None:
    """Write XMP, matching document information and, where ``conforming``, the claim and the output intent."""
    if conforming:
        profile = pdf.make_stream(srgb_profile(), N=3)
        pdf.Root.OutputIntents = pikepdf.Array(
            [
                pdf.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.OutputIntent,
                        S=pikepdf.Name.GTS_PDFA1,
                        OutputConditionIdentifier="sRGB",
                        Info="sRGB IEC61966-2.1",
                        DestOutputProfile=profile,
                    )
                )
            ]
        )
    moment = made_at.isoformat(timespec="seconds")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as xmp:
        xmp["dc:title"] = title
        xmp["xmp:CreateDate"] = moment
        xmp["xmp:ModifyDate"] = moment
        xmp["xmp:MetadataDate"] = moment
        xmp["xmp:CreatorTool"] = PRODUCER
        xmp["pdf:Producer"] = PRODUCER
        if conforming:
            xmp["pdfaid:part"] = PART
            xmp["pdfaid:conformance"] = LEVEL


def _direct(values: Iterable[object]) -> list[pikepdf.Object]:
    """Those written in place; the others come by themselves among the PDF's objects."""
    return [value for value in values if isinstance(value, pikepdf.Object) and not value.is_indirect]


def _object_obstacles(item: pikepdf.Dictionary | pikepdf.Stream) -> set[str]:
    found = set()
    kind, subtype = str(item.get("/Type")), str(item.get("/Subtype"))
    if kind == "/Font" and subtype in _SIMPLE_FONTS:
        descriptor = item.get("/FontDescriptor", pikepdf.Dictionary())
        if not any(key in descriptor for key in _FONT_FILES):
            found.add("font_not_embedded")
        if subtype == "/CIDFontType2" and "/CIDToGIDMap" not in item:
            found.add("font_without_glyph_map")
    if isinstance(item, pikepdf.Stream):
        filters = item.get("/Filter")
        names = [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
        if _FORBIDDEN_FILTERS.intersection(names):
            found.add("forbidden_filter")
        if subtype == "/Image":
            found |= _image_obstacles(item)
        elif subtype == "/PS":
            found.add("postscript")
        elif subtype == "/Form" and _paints_cmyk(item):
            found.add("device_cmyk")
    return found


def _image_obstacles(image: pikepdf.Stream) -> set[str]:
    found = set()
    if "/Alternates" in image or "/OPI" in image:
        found.add("alternate_image")
    if image.get("/Interpolate"):
        image.Interpolate = False  # only a wish for smoother display
    space = image.get("/ColorSpace")
    base = space[1] if isinstance(space, pikepdf.Array) and str(space[0]) == "/Indexed" else space
    if isinstance(base, pikepdf.Name) and str(base) == "/DeviceCMYK":
        found.add("device_cmyk")
    return found


def _annotation_obstacles(page: pikepdf.Page) -> set[str]:
    found = set()
    for annotation in page.get("/Annots", pikepdf.Array()):
        if not isinstance(annotation, pikepdf.Dictionary):
            found.add("annotation")
            continue
        if str(annotation.get("/Subtype")) not in _ALLOWED_ANNOTATIONS:
            found.add("annotation")
        elif str(annotation.get("/Subtype")) != "/Popup":
            flags = int(annotation.get("/F", 0))
            annotation.F = (flags | _PRINT) & ~_NEVER_SHOWN if not flags & _NEVER_SHOWN else flags
            if flags & _NEVER_SHOWN:
                found.add("hidden_annotation")
            if str(annotation.get("/Subtype")) == "/Widget" and "/AP" not in annotation:
                found.add("annotation")
    if _paints_cmyk(page):
        found.add("device_cmyk")
    return found


def _paints_cmyk(source: pikepdf.Page | pikepdf.Object) -> bool:
    for instruction in pikepdf.parse_content_stream(source):
        operator = str(instruction.operator)
        if operator in _CMYK_OPERATORS:
            return True
        if operator in {"cs", "CS"} and str(instruction.operands[0]) == "/DeviceCMYK":
            return True
    return False
