"""What a command asks for: the data, the area, the period; and how a period is chosen when none is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from sonla_cli.catalogue import own
from sonla_cli.catalogue.areas import AREAS, MERGED_ON, default_boundaries, find, like
from sonla_cli.core.figure import Rounding
from sonla_cli.core.period import Kind, Period, parse
from sonla_cli.models.observation import Dataset, Observation
from sonla_cli.reports.evidence import Evidence

if TYPE_CHECKING:
    from sonla_cli.core.problem import SonlaError

AREA = "Sơn La"


@dataclass(frozen=True, slots=True)
class Query:
    """The data, and which part of it a report is about."""

    dataset: Dataset
    area: str = AREA
    period: str = ""
    rounding: Rounding = Rounding.HALF
    sources: tuple[str, ...] = field(default=())
    entity: str = ""
    #: for a province that took in others: only figures on its `old` or its `new` boundaries
    boundaries: str = ""

    def __post_init__(self) -> None:
        if self.area and self.area not in AREAS:
            object.__setattr__(self, "area", _area(self.area))
        if self.period:
            object.__setattr__(self, "period", _period(self.period))

    def at(self, period: Period, metrics: Collection[str] = ()) -> Evidence:
        """Return what is said about the area, on the boundaries of the last day of `period`."""
        side = self.boundaries or ("old" if period.end < MERGED_ON else "new")
        return replace(self, boundaries=side).evidence(period.year, metrics)

    def evidence(self, year: int | None = None, metrics: Collection[str] = ()) -> Evidence:
        """Return what is said about the area, on the boundaries of budget year `year`; of `metrics` if any."""
        return Evidence(
            self.dataset,
            self.area,
            entity=self.entity,
            boundaries=self._boundaries(year),
            rounding=self.rounding,
            sources=self.sources,
            metrics=frozenset(metrics) | own.metrics() if metrics else (),
        )

    def _boundaries(self, year: int | None) -> str:
        area = AREAS.get(self.area)
        if area is None or not area.is_merged:
            return ""
        if self.boundaries or year is None:
            return self.boundaries
        if year != MERGED_ON.year:
            return "old" if year < MERGED_ON.year else "new"
        return ""

    def windows(self, metrics: Collection[str], measures: Collection[str] = ("actual",)) -> list[Period]:
        """Return the cumulative periods in which any of `metrics` was printed, latest last."""
        wanted = frozenset(self.sources)
        found = {
            each.period
            for each in self.dataset.observations
            if each.area == self.area
            and each.entity == self.entity
            and each.metric in metrics
            and each.measure in measures
            and (not wanted or each.source in wanted)
            and self._stands_here(each)
        }
        return sorted((each for each in map(parse, found) if each.is_cumulative), key=order)

    def _stands_here(self, observation: Observation) -> bool:
        if not self.boundaries:
            return True
        end = parse(observation.period).end
        return default_boundaries(self.area, end, observation.boundaries) in ("", self.boundaries)

    def choose(self, metrics: Collection[str], what: str, *, until: date | None = None) -> Period:
        """Return the period asked for, or the latest with an actual; raise `SonlaError` if there is none."""
        windows = self.windows(metrics) or self.windows(metrics, ("attainment", "plan"))
        if until is not None:
            windows = [each for each in windows if each.end <= until]
        if not self.period:
            if windows:
                return windows[-1]
            raise self.no_data(what)
        asked = parse(self.period)
        if any(each == asked for each in windows):
            return asked
        if asked.kind is Kind.YEAR:
            inside = [each for each in windows if each.year == asked.year]
            if inside:
                return inside[-1]
        every = self.windows(
            metrics, ("actual", "plan", "attainment", "growth", "index", "multiple", "target")
        )
        if any(each == asked for each in every) or (
            asked.kind is Kind.YEAR and any(each.year == asked.year for each in every)
        ):
            return asked
        raise self.no_data(what, (each.text for each in every))

    def no_data(self, what: str, periods: Iterable[str] = ()) -> SonlaError:
        """Return the error that nothing was published for what was asked."""
        from sonla_cli.core.problem import Code, Problem, SonlaError

        values = {"area": self.area, "period": self.period, "what": what}
        return SonlaError([Problem(Code.NO_DATA, values=values, suggestions=self._instead(periods))])

    def _instead(self, periods: Iterable[str]) -> tuple[str, ...]:
        """Return what could be asked for: another period, or the areas there are where this is none of them."""
        counts = Counter(each.area for each in self.dataset.observations)
        if self.area in counts:
            return _near(self.period, periods)
        return tuple(area for area, _figures in counts.most_common(5))

    def about(self, metrics: Collection[str]) -> list[Observation]:
        """Return the observations on the area and any of `metrics`."""
        return [
            each for each in self.dataset.observations if each.area == self.area and each.metric in metrics
        ]


def _area(name: str) -> str:
    """Return the name of the area spelled `name`; raise `SonlaError` if there is none."""
    from sonla_cli.core.problem import Code, Problem, SonlaError

    found = find(name)
    if found is None:
        raise SonlaError([Problem(Code.UNKNOWN_AREA, values={"name": name}, suggestions=like(name))])
    return found.name


def _period(text: str) -> str:
    """Return a period as it is compared; raise `SonlaError` if it is none."""
    try:
        return parse(text).text
    except ValueError as error:
        from sonla_cli.core.problem import Code, Problem, SonlaError

        raise SonlaError([Problem(Code.INVALID_PERIOD, values={"name": text})]) from error


def order(period: Period) -> tuple[date, int]:
    """Sort key: by the last day, then the year before the months that end with it."""
    return period.end, period.kind is Kind.YEAR


def _near(period: str, periods: Iterable[str]) -> tuple[str, ...]:
    latest = sorted(set(periods), key=lambda text: order(parse(text)), reverse=True)
    same_year = [each for each in latest if each[:4] == period[:4]]
    return tuple((same_year or latest)[:5])
