"""Second sources that a type may have, by the name that type files call them."""

from collections.abc import Callable, Iterable, Sequence

from digitize.extraction.sources.api import Witness
from digitize.extraction.sources.citizen_qr import find_citizen_qr
from digitize.extraction.sources.mrz import find_mrz
from digitize.recognition.api import RecognizedPage

SOURCES: dict[str, Callable[[Sequence[RecognizedPage]], Iterable[Witness]]] = {
    "citizen_qr": find_citizen_qr,
    "mrz": find_mrz,
}
