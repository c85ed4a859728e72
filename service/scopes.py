"""What a key may be good for."""

from typing import Literal

AccessScope = Literal[
    "lookup",
    "search",
    "documents:read",
    "documents:upload",
    "sensitive",
    "revoke",
    "dossiers",
    "accesses",
    "webhooks",
    "verify",
    "console",
]
SCOPES: dict[AccessScope, str] = {
    "lookup": "find published documents by their owner, and what of a procedure need not be handed in",
    "search": "find published documents by the words on them",
    "documents:read": "state, record, fields, signed PDF and original of a document",
    "documents:upload": "hand in scans for its units",
    "sensitive": "besides these, ethnicity, identity cards and papers of civil status whole",
    "revoke": "say that a paper is no longer valid",
    "dossiers": "report dossiers received and resolved",
    "accesses": "learn who was given an owner's papers",
    "webhooks": "be told when a document is published, refused or revoked",
    "verify": "have a PDF's signatures verified",
    "console": "the operator console: see documents, confirm and correct fields",
}
