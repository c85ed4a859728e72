"""What a document type file (``digitize/doctypes/*.toml``) may hold.

A type is data: titles it is known by, look-alikes it must not be taken for, and for each field a strategy that
finds it, a normaliser, and checks. Code never asks which type it works on.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from rapidfuzz import fuzz

from digitize.extraction.letters import squeeze

NONE_SCORE_MIN = 85.0

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Printed = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
"""Text as printed on paper, with diacritics; compared without them."""
CheckName = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}(:[a-z][a-z0-9_]{0,63})*$")]
"""``name`` or ``name:other_field:…`` where the check compares with other fields."""

Place = Literal["right", "below"]
Anchor = Literal["motto", "symbol_number", "place_and_date", "addressee", "about"]
"""Marks of the layout of Decree 30/2020, Appendix I: the national motto (quốc hiệu), a number with a symbol
(số, ký hiệu), the line of place and date (địa danh, thời gian), ``Kính gửi`` and ``V/v``."""


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(Part):
    """One kind that a type may be printed as (tên loại), with the symbols its number may carry."""

    name: Printed
    symbols: tuple[Printed, ...] = ()
    unprinted: bool = False
    """The kind that is never printed (công văn): taken where ``about`` or ``addressee`` stands instead."""


class Match(Part):
    """How a paper of this type is known: a title, a kind together with enough anchors, or enough marks."""

    titles: tuple[Printed, ...] = ()
    openings: tuple[Printed, ...] = ()
    """How titles begin that nobody can list, such as ``ĐƠN ĐỀ NGHỊ …``."""
    marks: tuple[Printed, ...] = ()
    """Labels and lines that only papers of this type bear together; they stand in where the scan lost the title."""
    marks_min: int = Field(0, ge=0, le=20)
    look_alikes: tuple[Printed, ...] = ()
    kinds: tuple[Kind, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    anchors_min: int = Field(0, ge=0, le=5)


class FieldSpec(Part):
    """One field. ``lines`` is how many printed lines the value may run over."""

    name: Name
    strategies: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Tried in order; the first that finds something wins."""
    labels: tuple[Printed, ...] = ()
    places: tuple[Place, ...] = ("right",)
    section: Name | None = None
    """Search only in this section; None: before the first section starts or after all of them."""
    lines: int = Field(1, ge=1, le=12)
    normaliser: Name = "text"
    checks: tuple[CheckName, ...] = ()
    required: bool = False
    free_text: bool = False
    """A sentence rather than a name: its words come from the whole language, so they must be read more surely."""
    none_words: tuple[Printed, ...] = ()
    """Printed instead of a value where the paper has none: ``Không thời hạn``."""
    coloured: bool = False
    """Printed in red or blue by design, so that its colour says nothing of pen and seal."""
    handwriting_prone: bool = False
    """Often filled in by pen: never accepted from a page without colour."""

    def says_none(self, text: str) -> bool:
        """Whether the text begins with one of ``none_words``, read as scans read them."""
        letters = squeeze(text)
        words = map(squeeze, self.none_words)
        return any(fuzz.ratio(letters[: len(word)], word) >= NONE_SCORE_MIN for word in words)


class DocumentType(Part):
    code: Name
    name_vi: Printed
    name_en: Printed
    match: Match
    sections: dict[Name, tuple[Printed, ...]] = {}
    """Labels that start a section, such as the mother's part of a birth certificate."""
    stop_labels: tuple[Printed, ...] = ()
    """Labels of no field of ours, at which a value ends all the same."""
    owner: dict[Literal["owner_name", "owner_id"], Name | tuple[Name, ...]] = {}
    """Which field names the owner; several where the paper has several owners."""
    same: dict[Name, Name] = {}
    """Fields that only repeat another one: ``valid_until`` the ``expiry_date`` of a card."""
    filled_by_machine: bool = False
    """Whether every edition that bears a number of twelve digits is printed by machine, so that bold is no pen's."""
    second_sources: tuple[Name, ...] = ()
    """What besides its letters may say what this paper holds, such as the QR code of a citizen's card."""
    fields: tuple[FieldSpec, ...]

    @property
    def repeated(self) -> dict[str, tuple[str, ...]]:
        """Fields that are made of others, which a reviewer sees instead of them."""
        owners: dict[str, tuple[str, ...]] = {
            name: (of,) if isinstance(of, str) else of for name, of in self.owner.items()
        }
        return owners | {name: (of,) for name, of in self.same.items()}
