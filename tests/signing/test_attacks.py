"""Forgeries that leave the signed bytes alone, after the published attacks on PDF signatures: incremental saving,
signature wrapping, universal forgery, and shadow documents (hide, replace, hide and replace). None passes.
"""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from signing.api import Stamp
from signing.signer import PdfDocumentSigner
from signing.verification import verify_pdf
from tests.pki.authority import Authority

COVER, SECRET, SECOND = b"1 1 1 rg 0 0 300 300 re f", b"0 g 20 20 99 99 re f", b"0 g 50 50 10 10 re f"


class PlainWriter(IncrementalPdfFileWriter):
    """Leaves the metadata alone, as a careful forger would."""

    def _update_meta(self) -> None:
        pass


@pytest.fixture
def signed(agency_signer: PdfDocumentSigner, stamp: Stamp, tmp_path: Path) -> Path:
    """Two pages; on the first an optional cover over its text, and a page that no tree leads to: as an insider who
    means to forge later would prepare the paper.
    """
    pdf = pikepdf.new()
    for content in (SECRET, SECOND):
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[-1].obj.Contents = pdf.make_stream(content)
    form = pdf.make_stream(COVER, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 300, 300])
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Cover=form))
    pdf.pages[0].obj.Contents = pikepdf.Array([pdf.pages[0].obj.Contents, pdf.make_stream(b"/Cover Do")])
    hidden = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 595, 842]))
    hidden.Contents = pdf.make_stream(b"1 0 0 rg 0 0 595 842 re f")
    pdf.pages[1].obj.PieceInfo = pikepdf.Dictionary(Kept=hidden)
    paper, sealed = tmp_path / "paper.pdf", tmp_path / "signed.pdf"
    pdf.save(paper, static_id=True, compress_streams=False)
    agency_signer.sign_pdf(paper, sealed, stamp)
    return sealed


def pages_of(writer: PlainWriter) -> generic.ArrayObject:
    kids: generic.ArrayObject = writer.root["/Pages"]["/Kids"]
    writer.mark_update(writer.root.raw_get("/Pages"))
    return kids


def add_page(writer: PlainWriter) -> None:
    page = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Page"),
            pdf_name("/Parent"): writer.root.raw_get("/Pages"),
            pdf_name("/MediaBox"): generic.ArrayObject(generic.NumberObject(n) for n in (0, 0, 595, 842)),
        }
    )
    pages_of(writer).append(writer.add_object(page))
    writer.root["/Pages"]["/Count"] = generic.NumberObject(3)


def remove_page(writer: PlainWriter) -> None:
    pages_of(writer).pop()
    writer.root["/Pages"]["/Count"] = generic.NumberObject(1)


def swap_pages(writer: PlainWriter) -> None:
    pages_of(writer).reverse()


def take_cover_off(writer: PlainWriter) -> None:
    """Shadow, hide: the cover is still there, and draws nothing now."""
    resources = writer.find_page_for_modification(0)[0].get_object()["/Resources"]
    cover = resources["/XObject"].raw_get("/Cover").reference
    form = writer.get_object(cover)
    empty = generic.StreamObject({key: form[key] for key in form if key != "/Length"}, stream_data=b"")
    writer.objects[(cover.generation, cover.idnum)] = empty


def replace_content(writer: PlainWriter) -> None:
    """Shadow, replace: another stream under the number of the signed one."""
    content = writer.find_page_for_modification(1)[0].get_object().raw_get("/Contents").reference
    writer.objects[(content.generation, content.idnum)] = generic.StreamObject(stream_data=SECRET)


def show_hidden_page(writer: PlainWriter) -> None:
    """Shadow, hide and replace: the page nobody saw when the paper was signed takes the place of another."""
    kids = pages_of(writer)
    hidden = kids[1].get_object()["/PieceInfo"].raw_get("/Kept")
    kids[1] = hidden


def fill_later(writer: PlainWriter) -> None:
    """A form added after a certification that allows no changes."""
    field = generic.DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): generic.pdf_string("Added"),
            pdf_name("/V"): generic.pdf_string("Đã duyệt"),
        }
    )
    writer.root["/AcroForm"]["/Fields"].append(writer.add_object(field))
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


Forge = Callable[[PlainWriter], None]


@pytest.mark.parametrize(
    "forge", [add_page, remove_page, swap_pages, take_cover_off, replace_content, show_hidden_page, fill_later]
)
def test_an_increment_that_shows_something_else_fails(forge: Forge, signed: Path, authority: Authority) -> None:
    assert verify_pdf(signed, authority.roots).verdict == "TOTAL-PASSED"
    before = signed.read_bytes()
    writer = PlainWriter(io.BytesIO(before))
    forge(writer)
    writer.write_in_place()
    signed.write_bytes(writer.prev.stream.getvalue())
    assert signed.read_bytes().startswith(before)

    report = verify_pdf(signed, authority.roots)

    assert (report.verdict, report.sub_indication) == ("TOTAL-FAILED", "CHANGED_AFTER_SIGNING")
    assert report.signatures[0].intact


def without(name: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(b"/" + name, b"/" + name[:-1] + b"_", 1)


def set_range(change: Callable[[list[int], int], list[int]]) -> Callable[[bytes], bytes]:
    """The range rewritten in the room it has."""

    def rewrite(data: bytes) -> bytes:
        match = next(re.finditer(rb"/ByteRange\s*\[([^\]]*)\]", data))
        numbers = change([int(n) for n in match[1].split()], len(data))
        written = b"%d %d %d %d" % tuple(numbers)
        assert len(written) <= len(match[1])
        return data[: match.start(1)] + written.ljust(len(match[1])) + data[match.end(1) :]

    return rewrite


def second_trailer(data: bytes) -> bytes:
    """Another root for readers that take the last trailer they find."""
    root = re.findall(rb"(\d+) 0 obj\s*<<[^>]*?/Type\s*/Page\b", data)[-1]
    return data + b"\ntrailer\n<< /Root %s 0 R /Size 99 >>\nstartxref\n0\n%%%%EOF\n" % root


def wrap(data: bytes) -> bytes:
    """Signature wrapping: what the range says is signed is moved behind, and other objects stand in its place."""
    match = next(re.finditer(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", data))
    moved = data[int(match[3]) :]
    other = b"9999 0 obj\n<< /Forged true >>\nendobj\n"
    text = b"/ByteRange [0 %s %d %s]" % (match[2], int(match[3]) + len(other), match[4])
    head = data[: int(match[3])].replace(match[0], text.ljust(len(match[0]))[: max(len(match[0]), len(text))])
    return head + other + moved


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(without(b"ByteRange"), id="no range"),
        pytest.param(without(b"Contents <"), id="no signature value"),
        pytest.param(set_range(lambda _, __: [0, 0, 0, 0]), id="empty range"),
        pytest.param(set_range(lambda n, _: [0, n[1] - 40, n[2], n[3]]), id="gap before the hole"),
        pytest.param(set_range(lambda n, _: [0, n[1], n[2] + 40, n[3] - 40]), id="gap behind the hole"),
        pytest.param(set_range(lambda n, _: [9, n[1] - 9, n[2], n[3]]), id="range begins late"),
        pytest.param(set_range(lambda n, _: [0, n[1], n[2], n[3] - 9]), id="range ends early"),
        pytest.param(set_range(lambda n, _: [n[2], n[3], 0, n[1]]), id="range turned round"),
        pytest.param(second_trailer, id="second trailer"),
        pytest.param(wrap, id="signature wrapping"),
        pytest.param(lambda data: data + data, id="file twice"),
        pytest.param(lambda data: data + b"% approved\n", id="comment at the end"),
    ],
)
def test_a_range_that_is_not_the_file_fails(
    forge: Callable[[bytes], bytes], signed: Path, authority: Authority
) -> None:
    signed.write_bytes(forge(signed.read_bytes()))

    report = verify_pdf(signed, authority.roots)

    assert report.verdict == "TOTAL-FAILED"
    assert all(sentence for sentence in (report.vi, report.en))


def test_white_space_behind_the_file_is_no_change(signed: Path, authority: Authority) -> None:
    signed.write_bytes(signed.read_bytes() + b"\r\n")
    assert verify_pdf(signed, authority.roots).verdict == "TOTAL-PASSED"
