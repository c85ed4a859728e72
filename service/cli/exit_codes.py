"""Exit codes of `digitize`; documented in docs/cli.md. A batch ends with the highest of its files' codes."""

from enum import IntEnum


class ExitCode(IntEnum):
    OK = 0
    INTERNAL = 1
    USAGE = 2
    CONFIG = 3
    NOT_FOUND = 4
    NEEDS_MENDING = 5
    """`digitize doctor` found something that must be mended."""
    REJECTED = 10
    """At least one input was rejected: the station can mend it."""
    QUARANTINED = 11
    """At least one input was quarantined."""
    SIGNATURE_INDETERMINATE = 12
    SIGNATURE_FAILED = 13
    UNAVAILABLE = 20
    """A server (object store, queue, catalogue, TSA) does not answer, or the machine has no room or no access."""
    INTERRUPTED = 130
    """As shells report SIGINT."""
