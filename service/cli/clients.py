"""`digitize clients`: who may call the portal API and open the console."""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from digitize.config import load_config
from digitize.errors import InvalidRequestError
from digitize.extraction.doctypes import load_document_types
from service.cli.catalogue import open_started_catalogue
from service.cli.exit_codes import ExitCode
from service.cli.files import require_file, wrong_path
from service.cli.terminal import out, plain_table
from service.language import say
from service.scopes import SCOPES
from storage.clients import certificate_credential, oauth_credential
from storage.keys import is_code


def add(
    name: str,
    scopes: list[str],
    *,
    units: list[str],
    types: list[str],
    procedures: list[str],
    certificate: Path | None,
    oauth_client: str | None,
) -> ExitCode:
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise InvalidRequestError(detail=f"scopes: {', '.join(sorted(SCOPES))}")
    known = {*load_document_types(), "unknown"}
    if not set(types) <= known:
        raise InvalidRequestError(detail=f"--type: {', '.join(sorted(known))}")
    for option, codes in (("--unit", units), ("--procedure", procedures)):
        if not all(map(is_code, codes)):
            raise InvalidRequestError(detail=option)
    credential = _credential(certificate, oauth_client)
    catalogue = open_started_catalogue()
    client, key = catalogue.add_client(
        name,
        frozenset(scopes),
        frozenset(units),
        types=frozenset(types),
        procedures=frozenset(procedures),
        credential=credential,
    )
    if credential is not None:
        out.print(client.client_id, highlight=False, markup=False)
        return ExitCode.OK
    try:
        out.print(f"{client.client_id}\n{key}", highlight=False, markup=False)
    except BaseException:  # a full disk, a closed pipe, Ctrl-C: nobody saw the key
        catalogue.revoke_client(client.client_id)
        raise
    out.print(say(vi="Khóa chỉ hiện một lần; hãy cất ngay.", en="The key is shown this once; keep it now."))
    return ExitCode.OK


def _credential(certificate: Path | None, oauth_client: str | None) -> str | None:
    """By what the client is known instead of a key. Raises InvalidRequestError."""
    if certificate is not None and oauth_client is not None:
        raise InvalidRequestError(detail="--certificate + --oauth-client")
    if oauth_client is not None:
        issuer = load_config().service.oauth_issuer
        if issuer is None:
            raise InvalidRequestError(detail="--oauth-client: service.oauth_issuer = ?")
        return oauth_credential(issuer, oauth_client)
    if certificate is None:
        return None
    try:
        found = x509.load_pem_x509_certificate(require_file(certificate).read_bytes())
    except ValueError as error:
        raise wrong_path(certificate, vi="{} không phải chứng thư PEM", en="{} is no PEM certificate") from error
    return certificate_credential(found.fingerprint(SHA256()).hex())


def show() -> ExitCode:
    table = plain_table(("Mã", "Id"), ("Tên", "Name"), ("Quyền", "Scopes"), ("Đơn vị", "Units"))
    for client in open_started_catalogue().clients():
        units = ", ".join(sorted(client.units)) or say(vi="mọi đơn vị", en="every unit")
        table.add_row(client.client_id, client.name, ", ".join(sorted(client.scopes)), units)
    out.print(table)
    return ExitCode.OK


def revoke(client_id: str) -> ExitCode:
    open_started_catalogue().revoke_client(client_id)
    return ExitCode.OK
