"""Which report a value of schedule, position or assumption stands in, told from its id alone.

`AREA/UNIT/metric:indicator@basis:period`: the area and the unit lead the id where a report holds several of
them; `whatif/` leads what follows from an assumption.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from sonla_cli.catalogue import areas, position, schedule
from sonla_cli.core.period import parse
from sonla_cli.core.problem import SonlaError
from sonla_cli.models.report import Report
from sonla_cli.reports.query import Query

SCHEDULE = frozenset(each.id for each in schedule.INDICATORS)
POSITION = frozenset(each.id for each in position.INDICATORS) | {"national_gap", "target_gap"}
OF_UNITS = frozenset(("units_sum", "units_share", "units_rest", "gap_share"))
AFTER = "whatif/"


class Name(NamedTuple):
    """The parts of an id."""

    owner: str
    metric: str
    indicator: str
    basis: str
    period: str

    @property
    def area(self) -> str:
        """The area that leads the id, or nothing."""
        return self.owner.partition("/")[0]

    @property
    def entity(self) -> str:
        """The unit that leads the id, or nothing."""
        return self.owner.partition("/")[2]


def read(text: str) -> Name:
    """Return the parts of an id; what it does not have is empty."""
    start = text.rfind("/", 0, text.find(":")) + 1 if ":" in text else 0
    owner, plain = text[:start].rstrip("/"), text[start:]
    metric, _, rest = plain.partition(":")
    head, _, period = rest.rpartition(":")
    indicator, _, basis = head.partition("@")
    return Name(owner, metric, indicator, basis, period)


def reports(query: Query, text: str, changes: Sequence[str]) -> Iterator[Report]:
    """Yield the reports in which the value may stand, the likeliest first."""
    if text.startswith(AFTER):
        from sonla_cli.reports.whatif import whatif

        if changes:
            yield whatif(query, changes)
        return
    name = read(text)
    makers: list[Callable[[], Report]] = []
    if name.indicator in POSITION or name.owner:
        makers += _ranks(query, name)
    if name.indicator in SCHEDULE and not name.owner:
        makers += _schedules(query, name)
    for make in makers:
        try:
            yield make()
        except (SonlaError, ValueError):
            continue


def otherwise(query: Query, text: str) -> Iterator[Report]:
    """Yield the pace of the metric, or of all for a value of the calendar: where no other report has the value."""
    from sonla_cli.reports.pace import pace

    name = read(text)
    if not name.owner and name.period:
        try:
            yield pace(
                replace(query, period=name.period), () if name.metric == "calendar" else (name.metric,)
            )
        except (SonlaError, ValueError):
            return


def _ranks(query: Query, name: Name) -> Iterator[Callable[[], Report]]:
    from sonla_cli.reports.ranked import MEASURES, Order
    from sonla_cli.reports.ranking import rank

    units = bool(name.entity) or name.indicator in OF_UNITS or name.owner == "units"
    measure = name.indicator if name.indicator in MEASURES else ""
    owners = [query, replace(query, area=name.area)] if name.area in areas.AREAS else [query]
    for asked in owners:
        for period in dict.fromkeys((query.period, name.period)):
            for entities in (True,) if units else (False, True):
                order = Order(measure=measure, basis=name.basis, entities=entities)
                yield partial(_over, rank, asked, period, name.metric, order)


def _schedules(query: Query, name: Name) -> Iterator[Callable[[], Report]]:
    from sonla_cli.reports.increments import between
    from sonla_cli.reports.pace import pace
    from sonla_cli.reports.projection import project

    earlier = name.basis.rpartition("/")[2]
    if earlier[:1].isdigit():
        yield lambda: between(query, parse(earlier), parse(name.period))
    metrics = (name.metric,)
    if not query.period:
        yield partial(_over, pace, query, name.period, metrics)
    yield partial(pace, query, metrics)
    for period in dict.fromkeys((query.period, name.period[:4])):
        yield partial(_over, project, query, period, metrics)


def _over(report: Callable[..., Report], query: Query, period: str, *rest: object) -> Report:
    """Return a report over another period, which may be none: only then is that an error."""
    return report(replace(query, period=period), *rest)
