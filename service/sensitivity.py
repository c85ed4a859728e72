"""Sensitive personal data: a scope of its own, off unless given."""

from digitize.sensitivity import shows_sensitive
from storage.api import Client, DocumentRow
from storage.papers_api import PaperRow


def may_see(client: Client) -> bool:
    return "sensitive" in client.scopes


def is_sensitive(row: PaperRow) -> bool:
    """Whether image, text or whole record show what is sensitive, as far as the row tells: only a document's has the
    text of its pages.
    """
    pages = row.record.pages if isinstance(row, DocumentRow) and row.record else ()
    return shows_sensitive(row.type_code, row.record.fields if row.record else {}, pages)
