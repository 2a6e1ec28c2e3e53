"""The season: how much of a year's outcome a published series had reached by the same day of its year.

A cumulative figure does not fall, so between two published dates the series lies between their figures; the
value shown is read off the straight line between them. A series of rates can fall where its plan is raised; its
bounds then hold only as far as the published dates show it. The series may be the area's own of an earlier year or
the country's; of all that reach to the end of their year, the one that leaves least open at the day is taken,
the area's own before the country's and a later year before an earlier one where they leave the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from sonla_cli.catalogue.areas import AREAS, COUNTRY, MERGED_ON
from sonla_cli.catalogue.metrics import DISBURSEMENT, METRICS
from sonla_cli.core.interval import INFINITY, ZERO, Interval
from sonla_cli.core.period import Period, parse
from sonla_cli.core.unit import DAYS, PERCENT
from sonla_cli.models.observation import Observation
from sonla_cli.reports.evidence import Evidence
from sonla_cli.reports.known import Known, exactly
from sonla_cli.reports.query import Query
from sonla_cli.reports.sheet import Sheet

#: how many years back a series may lie
YEARS = 4
#: a season that leaves half of the outcome open or more says nothing
MOST_OPEN = 50
WHOLE = Interval(ZERO, Decimal(100))


class Series(NamedTuple):
    """The cumulative figures of one year, by day, and the one that closes it."""

    area: str
    year: int
    basis: str
    days: tuple[tuple[date, Known], ...]
    closing: date

    @property
    def final(self) -> Known:
        """The figure that closes the year."""
        return self.days[-1][1]

    def bounds(self, day: date) -> Interval:
        """Return the bounds of the series at `day`; it starts from nothing and does not fall."""
        low = max((known.interval.low for each, known in self.days if each <= day), default=ZERO)
        high = min((known.interval.high for each, known in self.days if each >= day), default=INFINITY)
        return Interval(min(max(low, ZERO), high), max(low, high))

    def share(self, day: date) -> Interval:
        """Return the bounds of the share of the outcome reached by `day`, in percent."""
        if day >= self.closing:
            return Interval(WHOLE.high, WHOLE.high)
        share = self.bounds(day) / self.final.interval * Interval.of(100)
        return share.intersect(WHOLE) or share

    def same_day(self, day: date, year: int) -> date:
        """Return the day of this series' year that answers to `day` of budget year `year`."""
        return _in_year(day, self.year - year)

    def neighbours(self, day: date) -> tuple[tuple[date, Known], tuple[date, Known]]:
        """Return the figures on either side of `day`, both the same where one was published for it."""
        start = (date(self.year, 1, 1) - timedelta(days=1), exactly("before", 0, PERCENT))
        known = [each for each in self.days if each[1].point is not None]
        earlier = max((each for each in known if each[0] <= day), key=_day, default=start)
        later = min((each for each in known if each[0] >= day), key=_day, default=self.days[-1])
        return (earlier, earlier) if earlier[0] == day else (earlier, later)


def _day(each: tuple[date, Known]) -> date:
    return each[0]


def _in_year(day: date, shift: int) -> date:
    try:
        return day.replace(year=day.year + shift)
    except ValueError:
        return day.replace(year=day.year + shift, day=28)


class Season(NamedTuple):
    """A series, as the season of one day of another year."""

    series: Series
    year: int

    def share(self, day: date) -> Interval:
        """Return the bounds of the share reached by `day`."""
        return self.series.share(self.series.same_day(day, self.year))

    def ratio(self, then: date, now: date) -> Interval:
        """Return the bounds of the series at `then` over the series at `now`, where the end cancels out."""
        later, day = self.series.same_day(then, self.year), self.series.same_day(now, self.year)
        ratio = self.series.bounds(later) / self.series.bounds(day)
        return Interval(max(ratio.low, Decimal(1)), max(ratio.high, Decimal(1)))

    def row(self, sheet: Sheet, metric: str, period: Period) -> Known:
        """Add the row of the share reached by the end of `period`, on the basis of the series, and return it."""
        day = self.series.same_day(period.end, self.year)
        (first, before), (second, after) = self.series.neighbours(day)
        inputs = {
            "before": before,
            "after": after,
            "days_since": exactly("days_since", (day - first).days, DAYS),
            "days_between": exactly("days_between", max(1, (second - first).days), DAYS),
            "closing": self.series.final,
        }
        bounds = self.series.share(day)
        return sheet.computed("season", metric, self.series.basis, period.text, inputs, bounds=bounds)


class Seasons:
    """Finds the season of a metric at a day in the data of a query."""

    def __init__(self, query: Query, year: int | None = None) -> None:
        self.query, self.asked = query, year
        self._sheets: dict[tuple[str, int], Sheet] = {}

    def find(self, metric: str, bases: Sequence[str], period: Period) -> Season | None:
        """Return the season that leaves least open at the end of `period`, or `None` if there is none."""
        found = [
            Season(each, period.year)
            for each in self._candidates(metric, bases, period)
            if len(each.days) > 1
        ]
        usable = [each for each in found if _width(each, period) < MOST_OPEN]
        own = self.query.area
        return min(
            usable,
            key=lambda each: (_width(each, period), each.series.area != own, -each.series.year),
            default=None,
        )

    def _candidates(self, metric: str, bases: Sequence[str], period: Period) -> Iterator[Series]:
        years = [self.asked] if self.asked else range(period.year - 1, period.year - 1 - YEARS, -1)
        for area in dict.fromkeys((self.query.area, COUNTRY)):
            for year in years:
                if year in self._closed(area, metric) and self._same_ground(area, year, period):
                    for quantity, basis in (("actual", ""), *(("attainment", each) for each in bases)):
                        series = self._series(area, year, metric, quantity, basis)
                        if series and (area, year) != (self.query.area, period.year):
                            yield series

    @staticmethod
    def _same_ground(area: str, year: int, period: Period) -> bool:
        return not AREAS[area].is_merged or (year < MERGED_ON.year) == (period.end < MERGED_ON)

    def _closed(self, area: str, metric: str) -> set[int]:
        return {
            int(each.period[:4])
            for each in self._observations
            if each.area == area and each.metric == metric and each.window.end >= closing_day(metric, each.window.year)
        }  # fmt: skip

    @cached_property
    def _observations(self) -> list[Observation]:
        wanted = frozenset(self.query.sources)
        return [
            each
            for each in self.query.dataset.observations
            if each.area in (self.query.area, COUNTRY)
            and each.measure in ("actual", "attainment")
            and not each.entity
            and (not wanted or each.source in wanted)
            and each.window.is_cumulative
        ]

    def _series(self, area: str, year: int, metric: str, quantity: str, basis: str) -> Series | None:
        closing = closing_day(metric, year)
        periods = {
            each.period
            for each in self._observations
            if (each.area, each.metric, each.measure, each.basis) == (area, metric, quantity, basis)
            and each.window.year == year
            and each.window.end <= closing
        }
        sheet = self._sheet(area, year)
        found: dict[date, Known] = {}
        for window in sorted(map(parse, periods), key=lambda each: (each.end, each.text)):
            known = sheet.published(metric, quantity, basis, window.text)
            row = sheet.rows.get(known.id) if known else None
            if known and row and row.verdict != "contradictory":
                name = known.id if area == self.query.area else f"{area}/{known.id}"
                found[window.end] = known._replace(id=name)
        if closing not in found or found[closing].interval.low <= 0:
            return None
        return Series(area, year, basis, tuple(found.items()), closing)

    def _sheet(self, area: str, year: int) -> Sheet:
        if (area, year) not in self._sheets:
            boundaries = "" if not AREAS[area].is_merged else "old" if year < MERGED_ON.year else "new"
            evidence = Evidence(
                self.query.dataset,
                area,
                boundaries=boundaries,
                rounding=self.query.rounding,
                sources=self.query.sources,
            )
            self._sheets[area, year] = Sheet(evidence)
        return self._sheets[area, year]


def closing_day(metric: str, year: int) -> date:
    """Return the day a budget year closes: 31 January of the next for capital, else 31 December."""
    return date(year + 1, 1, 31) if METRICS[metric].group == DISBURSEMENT else date(year, 12, 31)


def _width(season: Season, period: Period) -> Decimal:
    share = season.share(period.end)
    return share.high - share.low
