"""Sensitive personal data: a scope of its own, off unless given."""

from digitize.sensitivity import SENSITIVE_TYPES, shows_sensitive
from storage.api import Client, PaperRow


def may_see(client: Client) -> bool:
    return "sensitive" in client.scopes


def is_sensitive(row: PaperRow) -> bool:
    """Whether image, text or whole record show what is sensitive."""
    return row.type_code in SENSITIVE_TYPES or (row.record is not None and shows_sensitive(row.record))
