"""PDF/A-3b (ISO 19005-3, level B): what can be put right is put right, what cannot is named."""

from collections.abc import Iterator
from datetime import datetime

import pikepdf

from digitize.assembly.contents import find_content_obstacles
from digitize.assembly.objects import find_object_obstacles
from digitize.assembly.profiles import srgb_profile
from digitize.ingestion.foreign import PDF_ERRORS

PART = "3"
LEVEL = "B"
PRODUCER = "digitize"

_ALLOWED_ANNOTATIONS = frozenset({"/Link", "/Widget", "/Popup"})
_PRINT, _NEVER_SHOWN = (
    4,
    1 | 2 | 32,
)  # annotation flags (ISO 32000-1, 12.5.3): Print; Invisible, Hidden, NoView


def find_obstacles(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """Why the PDF may not call itself PDF/A-3b, sorted; empty where nothing known stands against it.

    Meant for pages we did not draw; pages we draw have none of these. Where the standard has exceptions that
    papers do not use, their whole kind is an obstacle: no claim is better than a false one.
    """
    found: set[str] = set()
    for item in _reachable(pdf.Root):
        try:
            found.update(find_object_obstacles(item))
        except PDF_ERRORS:
            found.add("damaged_object")
    for page in pdf.pages:
        found.update(_annotation_obstacles(page))
        found.update(find_content_obstacles(page))
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


def _reachable(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every array, dictionary and stream that will be saved; what mending cut off is not."""
    waiting: list[pikepdf.Object] = [root]
    seen: set[tuple[int, int]] = set()
    while waiting:
        item = waiting.pop()
        if item.is_indirect:
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
        yield item
        parts = item if isinstance(item, pikepdf.Array) else item.values()
        waiting.extend(p for p in parts if isinstance(p, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream))


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
    return found
