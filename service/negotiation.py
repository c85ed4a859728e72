"""Which of the two languages the caller wants: Vietnamese unless English is asked for first."""

from typing import Literal

Language = Literal["vi", "en"]


def preferred_language(accept_language: str | None) -> Language:
    """From the header ``Accept-Language`` (RFC 9110, 12.5.4); weights out of shape count as nothing."""
    best: tuple[float, Language] = (0.0, "vi")
    for part in (accept_language or "").split(",")[:20]:
        tag, _, parameter = part.strip().partition(";")
        name = tag.strip().lower().partition("-")[0]
        if name in ("vi", "en") and (weight := _weight(parameter)) > best[0]:
            best = (weight, "vi" if name == "vi" else "en")
    return best[1]


def _weight(parameter: str) -> float:
    if not parameter:
        return 1.0
    try:
        return float(parameter.strip().removeprefix("q="))
    except ValueError:
        return 0.0
