"""How far each projection was off on a year whose outcome is known, day by day of what was published.

A projection made at a day sees what `sonla project` sees at that day: the rate published for it, the earlier
report, and the season of an earlier year. The outcome is the rate published for the end of the year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from statistics import mean
from typing import NamedTuple

from sonla_cli.core.interval import Interval
from sonla_cli.core.period import Period, parse
from sonla_cli.models.report import Row
from sonla_cli.reports.known import Known, value_id
from sonla_cli.reports.projection import METHODS, project
from sonla_cli.reports.query import Query, order
from sonla_cli.reports.sheet import Sheet

RATE = "projected_rate_"


class Trial(NamedTuple):
    """The projections of one day to one horizon, in percent, and what came."""

    period: Period
    horizon: Period
    outcome: Interval
    shown: Decimal
    by_method: dict[str, Row]
    range: Row

    def error(self, method: str) -> Decimal | None:
        """Return the projection less the outcome, in points; of bounds alone, their middle."""
        row = self.by_method.get(method)
        if row is None:
            return None
        if row.value is not None:
            return row.value - self.shown
        return None if row.low is None or row.high is None else (row.low + row.high) / 2 - self.shown

    @property
    def held(self) -> bool:
        """Whether the range of the methods reaches the outcome."""
        low = self.range.low if self.range.low is not None else Decimal("-Infinity")
        high = self.range.high if self.range.high is not None else Decimal("Infinity")
        return low <= self.outcome.high and self.outcome.low <= high


def trials(query: Query, metric: str, basis: str, year: int) -> list[Trial]:
    """Return a trial per published day of `year` and end of the year that has an outcome."""
    sheet = Sheet(query.evidence(year, (metric,)))
    windows = sorted(
        {
            each.window
            for each in sheet.evidence.observations
            if (each.metric, each.measure, each.basis) == (metric, "attainment", basis)
            and each.window.year == year
            and each.window.is_cumulative
        },
        key=order,
    )
    known = {each: sheet.published(metric, "attainment", basis, each.text) for each in windows}
    found: list[Trial] = []
    for window in windows:
        if _is_disputed(window, known):
            continue
        rows = {row.id: row for row in project(replace(query, period=window.text), (metric,)).rows}
        found += _of_day(sheet, rows, metric, basis, window)
    return found


def _is_disputed(window: Period, known: Mapping[Period, Known | None]) -> bool:
    """Whether another rate of the same day excludes this one: then neither is taken for what was known."""
    mine = known[window]
    others = [each for other, each in known.items() if other.end == window.end and each]
    return mine is None or any(mine.interval.intersect(each.interval) is None for each in others)


def _of_day(sheet: Sheet, rows: dict[str, Row], metric: str, basis: str, window: Period) -> Iterable[Trial]:
    for text in dict.fromkeys(row.period for row in rows.values() if row.indicator == f"{RATE}range"):
        outcome = sheet.published(metric, "attainment", basis, text)
        if outcome is None or outcome.point is None:
            continue
        by_method = {
            method: rows[name]
            for method in METHODS
            if (name := value_id(metric, f"{RATE}{method}", basis, text)) in rows
        }
        spread = rows.get(value_id(metric, f"{RATE}range", basis, text))
        if spread:
            yield Trial(window, parse(text), outcome.interval, outcome.point, by_method, spread)


def mean_error(found: Iterable[Trial], method: str) -> Decimal | None:
    """Return the mean of the errors, their signs dropped."""
    errors = [abs(error) for each in found if (error := each.error(method)) is not None]
    return mean(errors) if errors else None
