"""A paper that comes signed by its agency, with a key that lives no longer than the run."""

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from asn1crypto import keys, x509
from cryptography import x509 as pyca_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from samples.generator.paper import Paper
from samples.generator.vector import draw_pdf

_LIFETIME = timedelta(days=10 * 365)


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """PAdES B-B by ``agency``. Each writing has new bytes: the key is made for it and thrown away."""

    agency: str
    time: datetime
    suffix: str = field(default="pdf", init=False)

    def write(self, paper: Paper, seed: int) -> bytes:  # noqa: ARG002 - the drawing is fixed, the key is not
        return _sign_pdf(draw_pdf(paper.pages), self.agency, self.time)


def _sign_pdf(data: bytes, agency: str, time: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = pyca_x509.Name(
        [
            pyca_x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            pyca_x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Cơ quan hư cấu, không có thật"),
            pyca_x509.NameAttribute(NameOID.COMMON_NAME, agency),
        ]
    )
    certificate = (
        pyca_x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(pyca_x509.random_serial_number())
        .not_valid_before(time - timedelta(days=30))
        .not_valid_after(time + _LIFETIME)
        .add_extension(pyca_x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .sign(key, hashes.SHA256())
    )
    pkcs8 = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(pkcs8),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    metadata = signers.PdfSignatureMetadata(
        field_name="CoQuan", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=agency
    )
    output = io.BytesIO()
    pdf_signer = signers.PdfSigner(metadata, signer)
    pdf_signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), output=output)
    return output.getvalue()


def _usage() -> pyca_x509.KeyUsage:
    return pyca_x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
