"""Lists read page by page. Where a page ends is told to its reader as a cursor, which is good for the same list of the
same client only and which nobody can make up.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hmac import compare_digest
from typing import Generic, TypeVar

from digitize.errors import CursorError
from storage.catalogue_key import MAC_BYTES, CatalogueKey

ROWS_MAX = 100
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Window:
    """Which page of a list."""

    asker: str
    """Id of the client, or another name for who asks."""
    limit: int = ROWS_MAX
    cursor: str | None = None
    """Of the page before; None: the first page."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    rows: tuple[Row, ...]
    cursor: str | None
    """To be shown for the next page; None: this is the last."""


def read_all(ask: Callable[[Window], Page[Row]], asker: str) -> Iterator[Row]:
    """Page by page."""
    window: Window | None = Window(asker)
    while window is not None:
        page = ask(window)
        yield from page.rows
        window = None if page.cursor is None else replace(window, cursor=page.cursor)


def cut(
    key: CatalogueKey, asked: Sequence[object], limit: int, found: Sequence[Row], place_of: Callable[[Row], bytes]
) -> tuple[Sequence[Row], str | None]:
    """Of ``limit`` rows and one more, where there is one: those of the page, and its cursor."""
    given = found[:limit]
    return given, seal_cursor(key, asked, place_of(given[-1])) if len(found) > limit else None


def seal_cursor(key: CatalogueKey, asked: Sequence[object], place: bytes) -> str:
    """``asked``: what tells this list from every other, for JSON."""
    return base64.urlsafe_b64encode(place + _tag(key, asked, place)).decode("ascii")


def open_cursor(key: CatalogueKey, asked: Sequence[object], untrusted: str) -> bytes:
    """The place. Raises CursorError."""
    try:
        message = base64.b64decode(untrusted, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise CursorError from None
    place, tag = message[:-MAC_BYTES], message[-MAC_BYTES:]
    if not compare_digest(tag, _tag(key, asked, place)):
        raise CursorError
    return place


def _tag(key: CatalogueKey, asked: Sequence[object], place: bytes) -> bytes:
    return key.authenticate(place + json.dumps(asked, ensure_ascii=False).encode("utf-8", "surrogatepass"))
