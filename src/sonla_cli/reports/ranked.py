"""Which figure of which day a ranking is of: what was asked, else what most areas or units share.

The area's own latest figure sets the day; without one, the latest day that most figures share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from sonla_cli.catalogue.areas import COUNTRY
from sonla_cli.core.period import Kind, Period, parse
from sonla_cli.models.observation import Observation
from sonla_cli.reports.query import Query
from sonla_cli.reports.query import order as by_day

MEASURES = ("attainment", "growth", "index", "actual")
#: rates a few days apart may stand side by side, amounts may not
DAYS_APART = 14


class Order(NamedTuple):
    """How to rank: by what, within how many days of the period, and which figure to hold it against."""

    measure: str = ""
    basis: str = ""
    within: int | None = None
    target: Decimal | None = None
    entities: bool = False
    lowest_first: bool = False


class Question(NamedTuple):
    """What is ranked: the figure, and the day."""

    metric: str
    measure: str
    basis: str
    anchor: Period
    within: int


def choose(query: Query, metric: str, asked: Order) -> Question:
    """Return what is ranked; raise `SonlaError` if nothing was published that could be."""
    said = list(_figures(query, metric, asked))
    own = [each for each in said if _is_own(query, each, asked)]
    planned = {_whose(each) for each in said if each.measure == "plan"}
    measure = asked.measure or next(
        (name for name in MEASURES if any(_speaks_of(each, name, planned) for each in own or said)), "actual"
    )
    figures = [each for each in said if _speaks_of(each, measure, planned)]
    own = [each for each in own if _speaks_of(each, measure, planned)]
    within = asked.within
    if within is None:
        within = DAYS_APART if measure == "attainment" else 0
    anchor = _anchor(query, own or figures, figures, within, asked)
    if anchor is None:
        raise query.no_data(metric, {each.period for each in figures})
    basis = asked.basis
    if not basis and measure != "actual":
        basis = _basis(query, said, measure, anchor, within, asked)
    return Question(metric, measure, basis, anchor, within)


def _basis(
    query: Query, said: Sequence[Observation], measure: str, anchor: Period, within: int, asked: Order
) -> str:
    """Return the basis most areas or units were measured by, of those the area itself was measured by."""
    measures = (measure, "plan") if measure == "attainment" else (measure,)
    near_by = [
        each
        for each in said
        if each.measure in measures
        and each.window.year == anchor.year
        and (each.measure == "plan" or abs((each.window.end - anchor.end).days) <= within)
    ]
    mine = {each.basis for each in near_by if _is_own(query, each, asked)}
    spoken = {(each.basis, each.area, each.entity) for each in near_by if not mine or each.basis in mine}
    counts = Counter(basis for basis, _area, _entity in spoken)
    named = [each for each in counts if each != "unspecified"] or list(counts)
    return max(sorted(named), key=lambda each: counts[each], default="")


def _is_own(query: Query, each: Observation, asked: Order) -> bool:
    return each.area == query.area and (asked.entities or not each.entity)


def _whose(each: Observation) -> tuple[str, str, int]:
    return each.area, each.entity, each.window.year


def _figures(query: Query, metric: str, asked: Order) -> Iterator[Observation]:
    wanted = frozenset(query.sources)
    for each in query.dataset.observations:
        is_unit = each.area == query.area and each.entity if asked.entities else not each.entity
        asked_for = each.metric == metric and is_unit and (not wanted or each.source in wanted)
        if asked_for and each.area != COUNTRY and each.window.is_cumulative:
            yield each


def _speaks_of(each: Observation, measure: str, planned: Collection[tuple[str, str, int]]) -> bool:
    """Whether a figure is the measure, or an actual that a plan of the same year makes a rate of."""
    if each.measure == measure:
        return True
    return measure == "attainment" and each.measure == "actual" and _whose(each) in planned


def _anchor(
    query: Query, own: Sequence[Observation], figures: Sequence[Observation], within: int, asked: Order
) -> Period | None:
    """Return the period asked for, or the area's own latest, or for others the latest day most figures share."""
    if query.period:
        window = parse(query.period)
        inside = [
            each.window for each in figures if window.kind is Kind.YEAR and each.window.year == window.year
        ]
        exact = any(each.window.end == window.end for each in figures)
        return window if exact or not inside else max(inside, key=by_day)
    windows = {each.window for each in own}
    if not windows:
        return None
    latest = max(windows, key=by_day)
    if not asked.entities and any(each.area == query.area for each in own):
        return latest

    def shared(window: Period) -> int:
        return len(
            {
                (each.area, each.entity)
                for each in figures
                if abs((each.window.end - window.end).days) <= within
            }
        )

    same_year = [each for each in windows if each.year == latest.year]
    return max(same_year, key=lambda each: (shared(each), by_day(each)))
