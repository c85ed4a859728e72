"""The port of the catalogue that knows which requests were made already, by the keys their callers gave them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Claim:
    """Leave to do what a request asks for."""

    name: str
    """Of the key, hidden."""
    fence: int
    identity: str
    """32 hexadecimal digits for what is to be created: the same ones for whoever has to do it again."""


class IdempotencyKeys(Protocol):
    """Part of the catalogue; every method is one transaction, so none is open while the work is done."""

    def claim_key(self, client_id: str, key: str, asked: bytes, lease: timedelta) -> Claim | str:
        """``asked``: all of the request that counts. Leave to do it, or the answer that was given to the same.

        Raises KeyReusedError where the client asked for something else with this key, KeyInUseError while the request
        is under way.
        """
        ...

    def keep_answer(self, claim: Claim, answer: str) -> None:
        """For a day from the claim; where another was claimed behind this one, its answer counts."""
        ...

    def release_key(self, claim: Claim) -> None:
        """Nothing was created, or nobody knows: the same may be tried again at once."""
        ...

    def delete_expired_keys(self) -> int:
        """How many."""
        ...
