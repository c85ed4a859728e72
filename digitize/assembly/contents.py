"""What a content stream may hold in PDF/A-3b (ISO 19005-3, 6.2): pages, forms, patterns and glyphs we did not draw."""

from collections.abc import Iterator

import pikepdf

_OPERATORS = frozenset(
    (
        *("b", "B", "b*", "B*", "BDC", "BMC", "BT", "BX", "c", "cm", "CS", "cs", "d", "d0", "d1", "Do", "DP", "EMC"),
        *("ET", "EX", "f", "F", "f*", "G", "g", "gs", "h", "i", "j", "J", "K", "k", "l", "m", "M", "MP", "n", "q", "Q"),
        *("re", "RG", "rg", "ri", "s", "S", "SC", "sc", "SCN", "scn", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ"),
        *("TL", "Tm", "Tr", "Ts", "Tw", "Tz", "v", "w", "W", "W*", "y", "'", '"'),
    )
)
"""ISO 32000-1, annex A; pikepdf gives BI, ID and EI as one inline image."""
RENDERING_INTENTS = frozenset({"/AbsoluteColorimetric", "/RelativeColorimetric", "/Saturation", "/Perceptual"})
_STATES_NESTED_MAX = 28
"""6.1.13: depth of q and Q."""
_CMYK_INLINE = frozenset({"/CMYK", "/DeviceCMYK"})
_LZW_INLINE = frozenset({"/LZW", "/LZWDecode", "/Crypt"})


def find_content_obstacles(source: pikepdf.Page | pikepdf.Object) -> set[str]:
    """Reasons why this stream may not stand in a PDF/A-3b file. Raises what pikepdf raises on damaged streams."""
    found: set[str] = set()
    depth = 0
    for instruction in pikepdf.parse_content_stream(source):
        operator = str(instruction.operator)
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            found.update(_inline_image_obstacles(instruction.iimage))
        elif operator not in _OPERATORS:
            found.add("unknown_operator")
        elif operator == "q":
            depth += 1
            if depth > _STATES_NESTED_MAX:
                found.add("graphics_state_nesting")
        elif operator == "Q":
            depth -= 1
        else:
            found.update(_operand_obstacles(operator, instruction.operands))
    return found


def _operand_obstacles(operator: str, operands: object) -> Iterator[str]:
    if operator in {"k", "K"}:
        yield "device_cmyk"
        return
    values = list(operands)  # type: ignore[call-overload]
    if operator in {"cs", "CS"} and str(values[0]) == "/DeviceCMYK":
        yield "device_cmyk"
    elif operator == "ri" and str(values[0]) not in RENDERING_INTENTS:
        yield "rendering_intent"


def _inline_image_obstacles(image: pikepdf.PdfInlineImage) -> Iterator[str]:
    parameters = image.obj
    space = parameters.get("/CS", parameters.get("/ColorSpace"))
    parts = list(space) if isinstance(space, pikepdf.Array) else [space]
    if any(isinstance(part, pikepdf.Name) and str(part) in _CMYK_INLINE for part in parts):
        yield "device_cmyk"
    if parameters.get("/I", parameters.get("/Interpolate", False)):
        yield "interpolated_inline_image"
    filters = parameters.get("/F", parameters.get("/Filter"))
    if any(str(name) in _LZW_INLINE for name in (filters if isinstance(filters, pikepdf.Array) else [filters])):
        yield "forbidden_filter"
