"""Papers to sign, signers over real keys, and the reference tools that judge the result."""

import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from digitize.config import Signing
from signing.api import Stamp
from signing.signer import PdfDocumentSigner, open_signer
from tests.pki.authority import Authority, running_authority

AGENCY = "ỦY BAN NHÂN DÂN XÃ THỬ NGHIỆM"

XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    b'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    b'pdfaid:part="3" pdfaid:conformance="B" xmp:ModifyDate="2026-01-02T03:04:05+07:00"/>'
    b'</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)

MakePaper = Callable[..., Path]


@pytest.fixture
def make_paper(tmp_path: Path) -> MakePaper:
    """Write an unsigned one-page PDF with a black square at its bottom left."""

    def make(
        name: str = "paper.pdf",
        media_box: tuple[float, float, float, float] = (0, 0, 595.28, 841.89),
        **page_entries: object,
    ) -> Path:
        pdf = pikepdf.new()
        pdf.add_blank_page(page_size=(media_box[2], media_box[3]))
        page = pdf.pages[0].obj
        page.MediaBox = pikepdf.Array([round(value, 2) for value in media_box])
        for key, value in page_entries.items():
            page[f"/{key}"] = value
        page.Contents = pdf.make_stream(b"0 g 20 20 10 10 re f")
        metadata = pdf.make_stream(XMP)
        metadata.Type, metadata.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        pdf.Root.Metadata = metadata
        pdf.docinfo["/Title"] = "Giấy tờ thử nghiệm"
        path = tmp_path / name
        pdf.save(path, static_id=True, compress_streams=False)
        return path

    return make


@pytest.fixture
def stamp() -> Stamp:
    return Stamp("SAO Y", AGENCY, datetime.now(UTC))


@pytest.fixture(scope="session")
def secrets_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("secrets")


@pytest.fixture(scope="session")
def development_signer(secrets_dir: Path) -> PdfDocumentSigner:
    return open_signer(Signing(), secrets_dir)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with running_authority(tmp_path_factory.mktemp("pki")) as running:
        yield running


@pytest.fixture(scope="session")
def sealing(authority: Authority) -> Signing:
    """Configuration of an agency with its own key and no timestamp server."""
    pkcs12_file, passphrase_file = authority.pkcs12("seal")
    return Signing(
        agency=AGENCY,
        pkcs12_file=pkcs12_file,
        pkcs12_passphrase_file=passphrase_file,
        trust_roots_file=authority.root_file(),
    )


@pytest.fixture(scope="session")
def agency_signer(sealing: Signing, tmp_path_factory: pytest.TempPathFactory) -> PdfDocumentSigner:
    return open_signer(sealing, tmp_path_factory.mktemp("unused"))


@pytest.fixture(scope="session")
def timestamping_signer(
    sealing: Signing, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> PdfDocumentSigner:
    config = sealing.model_copy(update={"tsa_url": authority.tsa_url})
    return open_signer(config, tmp_path_factory.mktemp("unused"))


def run_tool(*arguments: str | Path) -> str:
    """Standard output of a tool; fails the test with its error output where it ends with a code."""
    done = subprocess.run([str(a) for a in arguments], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode()


def split_signature(path: Path) -> tuple[bytes, bytes]:
    """Signed bytes and CMS (DER, without the padding) of the only signature, read without pyHanko."""
    data = path.read_bytes()
    with pikepdf.open(path) as pdf:
        value = pdf.Root.AcroForm.Fields[0].V
        first, length, second, rest = (int(number) for number in value.ByteRange)
        contents = bytes(value.Contents)
    size = 4 + int.from_bytes(contents[2:4], "big")  # SEQUENCE with a two-byte length
    return data[first : first + length] + data[second : second + rest], contents[:size]
