"""An input that is signed already is known as such, however its form is built."""

from pathlib import Path

import pikepdf

from digitize.config import Limits, Recognition
from digitize.inspection.inspect import inspect
from tests.papers import write_scanned_pdf


def with_form(path: Path, fields: list[pikepdf.Dictionary]) -> Path:
    """A scan with these form fields; a field may be given its parent as a kid, as hostile forms do."""
    write_scanned_pdf(path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        indirect = [pdf.make_indirect(field) for field in fields]
        for field in indirect:
            if "/Kids" in field:
                field.Kids.append(field)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(indirect))
        pdf.save(path)
    return path


def is_signed(path: Path) -> bool:
    return inspect(path, Limits(), Recognition()).signed


def test_a_signed_field_counts(tmp_path: Path) -> None:
    value = pikepdf.Dictionary(Type=pikepdf.Name.Sig)
    field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Seal", V=value)
    assert is_signed(with_form(tmp_path / "signed.pdf", [field]))


def test_a_signature_whose_kind_is_inherited_counts_and_a_loop_ends(tmp_path: Path) -> None:
    kid = pikepdf.Dictionary(T="Kid", V=pikepdf.Dictionary(Type=pikepdf.Name.Sig))
    parent = pikepdf.Dictionary(T="Parent", FT=pikepdf.Name.Sig, Kids=pikepdf.Array([kid]))
    assert is_signed(with_form(tmp_path / "inherited.pdf", [parent]))


def test_an_empty_signature_field_and_a_filled_text_field_do_not(tmp_path: Path) -> None:
    empty = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Empty", Kids=pikepdf.Array())
    text = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="Name", V="An")
    assert not is_signed(with_form(tmp_path / "unsigned.pdf", [empty, text]))
