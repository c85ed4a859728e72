"""The face of the stamp: a Times-like TrueType font with every Vietnamese letter, embedded as a small subset."""

import functools
import hashlib
import io
import struct
import unicodedata
import zlib
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont, TTLibError

from digitize.errors import SigningError

KNOWN_FONTS = (
    Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"),
    Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"),
    Path("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"),
    Path("/usr/share/fonts/truetype/msttcorefonts/Times_New_Roman.ttf"),
    Path("/usr/share/fonts/truetype/freefont/FreeSerif.ttf"),
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"),
)
"""Tried in this order. Liberation 1.x lacks Vietnamese letters and is passed over."""


def _vietnamese_letters() -> str:
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    vowels = "aăâeêioôơuưy"
    small = [unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in tones] + ["đ"]
    return "".join(small) + "".join(small).upper()


VIETNAMESE_LETTERS = _vietnamese_letters()
REQUIRED_CHARACTERS = "".join(chr(code) for code in range(0x20, 0x7F)) + VIETNAMESE_LETTERS + "–"


def stamp_font_coverage(path: Path) -> str:
    """Letters the stamp may need that this font does not draw; empty where it has them all.

    Raises SigningError where the file is not a TrueType font.
    """
    with _open(path) as font:
        drawn = font.getBestCmap() or {}
    return "".join(letter for letter in REQUIRED_CHARACTERS if ord(letter) not in drawn)


def find_stamp_font(configured: Path | None) -> Path:
    """The configured font, or the first known one that has every letter.

    A missing glyph raises no error anywhere downstream, it is printed as a box: so a font that lacks one
    is refused here. Raises SigningError.
    """
    if configured is not None:
        if stamp_font_coverage(configured):
            raise SigningError(reason="stamp_font_lacks_vietnamese_letters")
        return configured
    for path in KNOWN_FONTS:
        if path.is_file() and not stamp_font_coverage(path):
            return path
    raise SigningError(reason="stamp_font_missing")


@dataclass(frozen=True, slots=True)
class EmbeddableFont:
    """A subset as PDF needs it. Lengths are in thousandths of the em, as in a PDF /W array."""

    name: str
    """With the six-letter tag of a subset."""
    program_zlib: bytes
    program_length: int
    glyphs: dict[str, int]
    widths: dict[str, float]
    box: tuple[float, float, float, float]
    ascent: float
    descent: float
    cap_height: float

    def width(self, text: str) -> float:
        """Advance of ``text`` in em."""
        return sum(self.widths[character] for character in text) / 1_000


@functools.lru_cache(maxsize=32)
def embed_font(path: Path, characters: frozenset[str]) -> EmbeddableFont:
    """Subset for exactly these characters, made once per process and set of characters (about 30 ms).

    /W is written from the font's own unitsPerEm: pyHanko 0.38 writes font units there, which is wrong for
    every font with 2,048 of them and breaks PDF/A (ISO 19005-3, 6.2.11.5).
    Raises SigningError where the font lacks a character.
    """
    with _open(path) as font:
        drawn = font.getBestCmap() or {}
        if any(ord(character) not in drawn for character in characters):
            raise SigningError(reason="stamp_font_lacks_letters")
        name = "".join(c for c in font["name"].getDebugName(6) or path.stem if c.isalnum() or c == "-")
        subsetter = subset.Subsetter(_subset_options())
        subsetter.populate(unicodes=[ord(character) for character in characters])
        subsetter.subset(font)
        font["head"].modified = font["head"].created
        names = font.getBestCmap()
        glyphs = {c: font.getGlyphID(names[ord(c)]) for c in sorted(characters)}
        per_em = font["head"].unitsPerEm
        widths = {c: _thousandths(font["hmtx"][names[ord(c)]][0], per_em) for c in glyphs}
        buffer = io.BytesIO()
        font.save(buffer)
        head, hhea, os2 = font["head"], font["hhea"], font["OS/2"]
        box = tuple(_thousandths(value, per_em) for value in (head.xMin, head.yMin, head.xMax, head.yMax))
        program = buffer.getvalue()
        return EmbeddableFont(
            name=f"{_tag(program)}+{name}",
            program_zlib=zlib.compress(program, 9),
            program_length=len(program),
            glyphs=glyphs,
            widths=widths,
            box=(box[0], box[1], box[2], box[3]),
            ascent=_thousandths(hhea.ascent, per_em),
            descent=_thousandths(hhea.descent, per_em),
            cap_height=_thousandths(getattr(os2, "sCapHeight", 0) or hhea.ascent, per_em),
        )


def _open(path: Path) -> TTFont:
    try:
        # From memory: fontTools would leave the file open where it turns out not to be a font.
        font = TTFont(io.BytesIO(path.read_bytes()), lazy=True, recalcTimestamp=False)
    except (OSError, TTLibError, struct.error):
        raise SigningError(reason="stamp_font_unreadable") from None
    if "glyf" not in font or "cmap" not in font:
        raise SigningError(reason="stamp_font_not_truetype")
    return font


def _subset_options() -> subset.Options:
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = [6]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "DSIG", "gasp", "kern"]
    return options


def _thousandths(units: int, per_em: int) -> float:
    return round(units * 1_000 / per_em, 3)


def _tag(program: bytes) -> str:
    digest = hashlib.sha256(program).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
