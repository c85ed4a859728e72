"""Writes a font subset into a PDF as a Type 0 font with Identity-H codes (ISO 32000-1, 9.7)."""

# mypy: disable-error-code="no-untyped-call"
# pyHanko is typed in part only.

from collections.abc import Sequence

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from signing.fonts import EmbeddableFont


def write_font(font: EmbeddableFont, writer: BasePdfFileWriter) -> generic.DictionaryObject:
    """Font dictionary; its parts are added to the writer. Codes in text are glyph numbers, two bytes each."""
    program = generic.StreamObject(
        {
            pdf_name("/Length1"): generic.NumberObject(font.program_length),
            pdf_name("/Filter"): pdf_name("/FlateDecode"),
        },
        encoded_data=font.program_zlib,
    )
    to_unicode = generic.StreamObject(stream_data=_to_unicode(font))
    to_unicode.compress()
    name = pdf_name("/" + font.name)
    descriptor = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/FontDescriptor"),
            pdf_name("/FontName"): name,
            pdf_name("/Flags"): generic.NumberObject(6),  # serif, symbolic
            pdf_name("/FontBBox"): pdf_numbers(font.box),
            pdf_name("/ItalicAngle"): generic.NumberObject(0),
            pdf_name("/Ascent"): generic.FloatObject(font.ascent),
            pdf_name("/Descent"): generic.FloatObject(font.descent),
            pdf_name("/CapHeight"): generic.FloatObject(font.cap_height),
            pdf_name("/StemV"): generic.NumberObject(80),
            pdf_name("/FontFile2"): writer.add_object(program),
        }
    )
    widths = generic.ArrayObject()
    for character, glyph in sorted(font.glyphs.items(), key=lambda item: item[1]):
        widths.append(generic.NumberObject(glyph))
        widths.append(pdf_numbers((font.widths[character],)))
    descendant = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Font"),
            pdf_name("/Subtype"): pdf_name("/CIDFontType2"),
            pdf_name("/BaseFont"): name,
            pdf_name("/CIDSystemInfo"): generic.DictionaryObject(
                {
                    pdf_name("/Registry"): generic.pdf_string("Adobe"),
                    pdf_name("/Ordering"): generic.pdf_string("Identity"),
                    pdf_name("/Supplement"): generic.NumberObject(0),
                }
            ),
            pdf_name("/CIDToGIDMap"): pdf_name("/Identity"),
            pdf_name("/DW"): generic.NumberObject(1_000),
            pdf_name("/W"): widths,
            pdf_name("/FontDescriptor"): writer.add_object(descriptor),
        }
    )
    return generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Font"),
            pdf_name("/Subtype"): pdf_name("/Type0"),
            pdf_name("/BaseFont"): name,
            pdf_name("/Encoding"): pdf_name("/Identity-H"),
            pdf_name("/DescendantFonts"): generic.ArrayObject([writer.add_object(descendant)]),
            pdf_name("/ToUnicode"): writer.add_object(to_unicode),
        }
    )


def _to_unicode(font: EmbeddableFont) -> bytes:
    entries = [f"<{glyph:04X}> <{ord(character):04X}>" for character, glyph in font.glyphs.items()]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]  # the limit of one block
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
        "endcmap CMapName currentdict /CMap defineresource pop end end",
    ]
    return "\n".join(lines).encode("ascii")


def pdf_numbers(values: Sequence[float]) -> generic.ArrayObject:
    """A PDF array of these numbers, to a thousandth."""
    return generic.ArrayObject(generic.FloatObject(round(value, 3)) for value in values)
