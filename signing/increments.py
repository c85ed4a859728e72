"""What was added to a PDF after it was signed: the part of the question pyHanko leaves open.

pyHanko's rules accept a changed XMP stream even under a certification that allows no changes, since its own
later timestamps touch it. So the XMP and document information of the signed revision are compared with the
newest, and only what a tool writes about itself may differ.
"""

from lxml import etree  # type: ignore[import-untyped]  # it ships no types
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler

from signing.lookup import look_up

_TOOL_MARKS = frozenset({"ModifyDate", "MetadataDate", "Producer", "xmptk"})
_INFORMATION_TOOL_MARKS = frozenset({"/ModDate", "/Producer"})


def metadata_changed(reader: PdfFileReader, signed_revision: int) -> bool:
    """True where XMP or document information say something else now than in the signed revision."""
    signed = reader.get_historical_resolver(signed_revision)
    if _statements(_xmp(signed.root)) != _statements(_xmp(reader.root)):
        return True
    return _information(signed) != _information(reader)


def _xmp(root: generic.DictionaryObject) -> bytes:
    stream = look_up(root, "/Metadata")
    return bytes(stream.data) if isinstance(stream, generic.StreamObject) else b""


def _statements(xmp: bytes) -> object:
    """The content of an XMP packet without its layout; bytes as they are where it is not XML."""
    if not xmp:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(xmp, parser)
    except etree.XMLSyntaxError:
        return xmp
    return _content(root)


def _content(element: "etree._Element") -> tuple[object, ...]:
    attributes = sorted(
        (str(name), str(value))
        for name, value in element.attrib.items()
        if str(name).rpartition("}")[2] not in _TOOL_MARKS
    )
    children = [
        _content(child)
        for child in element
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] not in _TOOL_MARKS
    ]
    return (str(element.tag), (element.text or "").strip(), tuple(attributes), tuple(children))


def _information(revision: PdfHandler) -> dict[str, str]:
    trailer = revision.trailer_view
    raw = trailer.raw_get("/Info") if "/Info" in trailer else None
    # A trailer's own references lead to the newest revision, so the one asked for has to resolve them.
    information = revision.get_object(raw.reference) if isinstance(raw, generic.IndirectObject) else raw
    if not isinstance(information, generic.DictionaryObject):
        return {}
    return {str(key): str(information[key]) for key in information if str(key) not in _INFORMATION_TOOL_MARKS}
