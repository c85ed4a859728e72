"""What an object of a PDF may not be in PDF/A-3b (ISO 19005-3, 6.1, 6.2, 6.5 and 6.8)."""

from collections.abc import Iterator

import pikepdf

from digitize.assembly.contents import RENDERING_INTENTS, find_content_obstacles
from digitize.assembly.profiles import is_usable

_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_FONTS_WITH_PROGRAM = frozenset({"/Type1", "/MMType1", "/TrueType", "/CIDFontType0", "/CIDFontType2"})
_UNPACKED_ON_SAVING = frozenset({"/LZWDecode", "/FlateDecode", "/ASCII85Decode", "/ASCIIHexDecode"})
"""qpdf packs streams with these filters anew, so that an LZW among them is gone from the saved file."""
_FORBIDDEN_FILTERS = frozenset({"/LZWDecode", "/Crypt"})
_FORBIDDEN_ACTIONS = frozenset(
    (
        *("/GoTo3DView", "/GoToE", "/GoToR", "/Hide", "/ImportData", "/JavaScript", "/Launch", "/Movie", "/Named"),
        *(
            "/NOP",
            "/Rendition",
            "/ResetForm",
            "/SetOCGState",
            "/SetState",
            "/Sound",
            "/SubmitForm",
            "/Thread",
            "/Trans",
        ),
    )
)
_BLEND_MODES = frozenset(
    (
        *("/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge"),
        *("/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion"),
        *("/Hue", "/Saturation", "/Color", "/Luminosity"),
    )
)
_HALFTONES = frozenset({1, 5})
_TILING = 1
_CMYK = "/DeviceCMYK"


def find_object_obstacles(item: pikepdf.Object) -> set[str]:
    """Reasons of this array, dictionary or stream alone. Raises what pikepdf raises on damaged objects."""
    if isinstance(item, pikepdf.Array):
        return set(_array_obstacles(item))
    found = set(_dictionary_obstacles(item))
    if isinstance(item, pikepdf.Stream):
        found.update(_stream_obstacles(item))
    return found


def _array_obstacles(item: pikepdf.Array) -> Iterator[str]:
    if _CMYK in _names(item):
        yield "device_cmyk"
    if len(item) > 1 and isinstance(item[0], pikepdf.Name):
        kind = str(item[0])
        if kind == "/DeviceN":
            yield "device_n"
        elif kind == "/ICCBased" and not _has_usable_profile(item):
            yield "icc_profile"


def _dictionary_obstacles(item: pikepdf.Object) -> Iterator[str]:
    kind, subtype = str(item.get("/Type")), str(item.get("/Subtype"))
    if any(value == _CMYK for key, value in item.items() if _is_name(value) and not _is_unused_alternate(item, key)):
        yield "device_cmyk"
    if "/EF" in item or "/EmbeddedFiles" in item:
        yield "attachment"
    if _is_name(item.get("/S")) and str(item["/S"]) in _FORBIDDEN_ACTIONS:
        yield "action"
    if kind == "/Font" and subtype in _FONTS_WITH_PROGRAM:
        descriptor = item.get("/FontDescriptor", pikepdf.Dictionary())
        if not any(key in descriptor for key in _FONT_FILES):
            yield "font_not_embedded"
        if subtype == "/CIDFontType2" and "/CIDToGIDMap" not in item:
            yield "font_without_glyph_map"
    glyphs = item.get("/CharProcs")
    for glyph in glyphs.values() if isinstance(glyphs, pikepdf.Dictionary) else ():
        yield from find_content_obstacles(glyph)
    states = item.get("/ExtGState")
    for state in states.values() if isinstance(states, pikepdf.Dictionary) else ():
        yield from _graphics_state_obstacles(state)


def _graphics_state_obstacles(state: pikepdf.Object) -> Iterator[str]:
    if "/TR" in state or ("/TR2" in state and state["/TR2"] != "/Default"):
        yield "transfer_function"
    halftone = state.get("/HT")
    if halftone is not None and halftone != "/Default" and not _is_plain_halftone(halftone):
        yield "halftone"
    modes = state.get("/BM")
    if modes is not None and not _names(modes if isinstance(modes, pikepdf.Array) else [modes]) <= _BLEND_MODES:
        yield "blend_mode"
    if "/RI" in state and str(state["/RI"]) not in RENDERING_INTENTS:
        yield "rendering_intent"
    if state.get("/OPM") == 1 and (state.get("/OP") or state.get("/op")):
        yield "overprint"


def _stream_obstacles(item: pikepdf.Stream) -> Iterator[str]:
    filters = item.get("/Filter")
    names = _names(filters if isinstance(filters, pikepdf.Array) else [filters])
    if names & _FORBIDDEN_FILTERS and not names <= _UNPACKED_ON_SAVING:
        yield "forbidden_filter"
    if "/F" in item:
        yield "external_file"
    subtype = str(item.get("/Subtype"))
    if subtype in {"/Image", "/Form"} and ("/Alternates" in item or "/OPI" in item):
        yield "alternate_image"
    if subtype == "/PS" or "/PS" in item or item.get("/Subtype2") == "/PS":
        yield "postscript"
    if "/Ref" in item:
        yield "external_file"
    if "/Intent" in item and str(item["/Intent"]) not in RENDERING_INTENTS:
        yield "rendering_intent"
    if subtype == "/Form" or item.get("/PatternType") == _TILING:
        yield from find_content_obstacles(item)


def _has_usable_profile(space: pikepdf.Array) -> bool:
    profile = space[1]
    return isinstance(profile, pikepdf.Stream) and is_usable(profile.read_bytes(), int(profile.get("/N", 0)))


def _is_plain_halftone(halftone: pikepdf.Object) -> bool:
    return int(halftone.get("/HalftoneType", 0)) in _HALFTONES and "/HalftoneName" not in halftone


def _is_unused_alternate(item: pikepdf.Object, key: str) -> bool:
    """What a reader without colour management would take instead of an ICC profile."""
    return key == "/Alternate" and "/N" in item


def _is_name(value: object) -> bool:
    return isinstance(value, pikepdf.Name)


def _names(values: object) -> set[str]:
    return {str(value) for value in values if _is_name(value)}  # type: ignore[attr-defined]
