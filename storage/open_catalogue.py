"""All of the catalogue, as the doors need it."""

from typing import Protocol

from storage.api import Catalogue
from storage.idempotency_api import IdempotencyKeys
from storage.notices_api import Notices
from storage.portal_api import Portal
from storage.reuse_api import Reuse
from storage.search_api import Search


class OpenCatalogue(Catalogue, Reuse, Portal, Notices, Search, IdempotencyKeys, Protocol):
    pass
