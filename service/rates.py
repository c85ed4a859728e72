"""How much is digitized, as offices answer for it: by level, against its target, and by office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import get_args

from digitize.config import Level, Targets
from digitize.errors import InvalidRequestError
from digitize.vietnam_time import VIETNAM_TIME
from storage.reuse_api import Rate, Reuse, UnitRates

LEVELS = {
    "ministry": ("Cấp bộ", "Ministry"),
    "province": ("Cấp tỉnh", "Province"),
    "district": ("Cấp huyện", "District"),
    "commune": ("Cấp xã", "Commune"),
    "unknown": ("Chưa rõ cấp", "Level unknown"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """Days of Vietnam's calendar, both included."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        return datetime.combine(self.first, time(), VIETNAM_TIME)

    @property
    def until(self) -> datetime:
        return datetime.combine(self.last, time(), VIETNAM_TIME) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Measured:
    """A rate beside what was asked of it."""

    rate: Rate
    target: float | None

    @property
    def is_reached(self) -> bool | None:
        """None where there is nothing to reach, or nothing to count."""
        share = self.rate.share
        return None if self.target is None or share is None else share >= self.target


@dataclass(frozen=True, slots=True)
class LevelRates:
    level: Level | None
    """None: of offices that were not imported."""
    components: Measured
    results: Measured


@dataclass(frozen=True, slots=True)
class Report:
    period: Period
    levels: tuple[LevelRates, ...]
    """Those with a dossier, the highest first."""
    units: tuple[UnitRates, ...]

    @property
    def unknown(self) -> int:
        """Dossiers whose procedure was never imported."""
        return sum(one.unknown for one in self.units)


def choose_period(first: date | None, last: date | None, today: date) -> Period:
    """What is not told: from the first of the last day's month, to today. Raises InvalidRequestError."""
    ends = last or today
    starts = first or ends.replace(day=1)
    if starts > ends or not date.min < starts <= ends < date.max:
        raise InvalidRequestError(detail="from > to")
    return Period(starts, ends)


def draw_report(catalogue: Reuse, period: Period, targets: Targets, units: frozenset[str]) -> Report:
    """``units``: of these only; none: of all."""
    found = catalogue.rates(period.since, period.until, units=units)
    by_level: dict[Level | None, list[UnitRates]] = {}
    for one in found:
        by_level.setdefault(None if one.unit is None else one.unit.level, []).append(one)
    levels = [
        LevelRates(
            level,
            Measured(_sum(one.components for one in by_level[level]), _target(targets.components, level)),
            Measured(_sum(one.results for one in by_level[level]), _target(targets.results, level)),
        )
        for level in (*get_args(Level), None)
        if level in by_level
    ]
    return Report(period, tuple(levels), tuple(found))


def _sum(rates: Iterable[Rate]) -> Rate:
    return sum(rates, start=Rate())


def _target(targets: dict[Level, float], level: Level | None) -> float | None:
    return None if level is None else targets.get(level)
