"""`sonla pefa`: how reliable a budget was, as PEFA scores it, and how firmly the score stands.

Every figure stands for an interval, so every ratio does, and so does its score: "A, but the interval touches
B". A score that the figures do not settle is shown with all scores they allow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.catalogue.pefa import AVERAGES, DIMENSIONS, INDICATORS, Band, Dimension
from sonla_cli.core.figure import Figure, Rounding
from sonla_cli.core.interval import NEAREST, ZERO, Interval
from sonla_cli.core.period import Kind, parse
from sonla_cli.core.problem import Code, Problem, SonlaError
from sonla_cli.models.findings import CheckedRow, Findings
from sonla_cli.models.observation import Observation
from sonla_cli.reports.digits import above, below, nearest, plain
from sonla_cli.reports.query import Query

#: years that PEFA looks at, and how many of them count
YEARS, BEST = 3, 2
SCORES = "ABCD"
#: whose plan is the originally approved budget, first found first
BASES = ("council", "province", "central", "unspecified")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Head:
    """One head of the budget in one year: what was approved and what came of it."""

    year: int
    name: str
    kind: str
    budget: Figure
    actual: Figure


@dataclass(frozen=True, slots=True)
class _Year:
    """The yearly value of a dimension: what the printed digits give, and its bounds."""

    year: int
    point: Decimal | None
    bounds: Interval


def pefa(heads: Sequence[Head], area: str = "", rounding: Rounding = Rounding.HALF) -> Findings:
    """Return yearly values and scores of the last three years there are; raise `SonlaError` if there are none."""
    years = sorted({each.year for each in heads})[-YEARS:]
    if not years:
        raise SonlaError([Problem(Code.NO_DATA, values={"area": area, "period": "", "what": "pefa"})])
    span = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
    rows: list[CheckedRow] = []
    scores: dict[str, tuple[str, tuple[str, ...]]] = {}
    for dimension in DIMENSIONS.values():
        values = [found for year in years if (found := _value(dimension.id, heads, year, rounding))]
        rows += [_row(dimension.id, area, str(each.year), each) for each in values]
        if len(values) == YEARS:
            average = _average(values) if dimension.by_average else None
            score = _score(dimension, [average] if average else values)
            scores[dimension.id] = score
            rows.append(_row(dimension.id, area, span, average, *score))
    for indicator in INDICATORS.values():
        parts = [scores[each] for each in indicator.dimensions if each in scores]
        if len(parts) == len(indicator.dimensions):
            rows.append(_row(indicator.id, area, span, None, *_combine(parts, indicator.method)))
    missing = [each for each in DIMENSIONS if each not in scores]
    return Findings.model_construct(
        command="pefa", area=area, period=span, rounding=rounding.value, rows=tuple(rows),
        problems=tuple(_unscored(each, span) for each in missing),
    )  # fmt: skip


def from_observations(query: Query) -> list[Head]:
    """Return the heads whose approved plan and yearly actual were published for the area."""
    plans: dict[tuple[int, str], Observation] = {}
    actuals: dict[tuple[int, str], Observation] = {}
    for each in query.dataset.observations:
        if each.area != query.area or each.entity != query.entity or each.figure.unit.dimension != "VND":
            continue
        window = parse(each.period)
        if window.kind is not Kind.YEAR or each.figure.is_bound:
            continue
        key = (window.year, each.metric)
        if each.measure == "actual":
            actuals[key] = each
        elif each.measure == "plan" and each.basis in BASES:
            known = plans.get(key)
            if known is None or BASES.index(each.basis) < BASES.index(known.basis):
                plans[key] = each
    found = []
    for (year, metric), plan in plans.items():
        actual, kind = actuals.get((year, metric)), kind_of(metric)
        if actual is not None and kind:
            found.append(Head(year, metric, kind, plan.figure, actual.figure))
    return found


def kind_of(metric: str) -> str:
    """Return what kind of head a metric is, or nothing: a total is none."""
    if metric == "expenditure.contingency":
        return "contingency"
    whole = METRICS[metric].part_of
    return {"expenditure.total": "economic", "revenue.local": "revenue"}.get(whole or "", "")


# yearly values


def _value(dimension: str, heads: Iterable[Head], year: int, rounding: Rounding) -> _Year | None:
    of_year = [each for each in heads if each.year == year]
    by_kind: dict[str, list[Head]] = defaultdict(list)
    for each in of_year:
        by_kind[each.kind].append(each)
    functions = by_kind["function"] or by_kind["economic"]
    spending = functions + (by_kind["interest"] if by_kind["function"] else []) + by_kind["contingency"]
    chosen: dict[str, list[Head]] = {
        "pi-1.1": spending if functions else [],
        "pi-2.1": by_kind["function"],
        "pi-2.2": by_kind["economic"],
        "pi-2.3": spending if by_kind["contingency"] and functions else [],
        "pi-3.1": by_kind["revenue"],
        "pi-3.2": by_kind["revenue"],
    }
    wanted = chosen[dimension]
    if not wanted:
        return None
    compute = {"pi-2.3": _contingency, "pi-1.1": _outturn, "pi-3.1": _outturn}.get(dimension, _variance)
    bounds = compute(wanted, lambda each: each.interval(rounding))
    if bounds is None:
        return None
    point = compute(wanted, lambda each: Interval.of(each.value))
    return _Year(
        year, None if point is None else nearest(NEAREST.divide(point.low + point.high, Decimal(2))), bounds
    )


_Read = Callable[[Figure], Interval]


def _outturn(heads: Sequence[Head], read: _Read) -> Interval | None:
    budget = _sum(read(each.budget) for each in heads)
    return (
        None
        if budget.low <= 0
        else _sum(read(each.actual) for each in heads) / budget * Interval.of(_HUNDRED)
    )


def _contingency(heads: Sequence[Head], read: _Read) -> Interval | None:
    budget = _sum(read(each.budget) for each in heads)
    charged = _sum(read(each.actual) for each in heads if each.kind == "contingency")
    return None if budget.low <= 0 else charged / budget * Interval.of(_HUNDRED)


def _variance(heads: Sequence[Head], read: _Read) -> Interval | None:
    budgets, actuals = [read(each.budget) for each in heads], [read(each.actual) for each in heads]
    budget, actual = _sum(budgets), _sum(actuals)
    if budget.low <= 0 or actual.low <= 0:
        return None
    # |a − b·A/B| / A, with the sums apart so that each share is divided once: adjusted sums up to the actuals
    shares = (abs(a / actual - b / budget) for a, b in zip(actuals, budgets, strict=True))
    return _sum(shares) * Interval.of(_HUNDRED)


def _sum(values: Iterable[Interval]) -> Interval:
    total = Interval(ZERO, ZERO)
    for each in values:
        total = total + each
    return total


def _average(values: Sequence[_Year]) -> _Year:
    bounds = _sum(each.bounds for each in values) / Interval.of(len(values))
    points = [each.point for each in values if each.point is not None]
    point = NEAREST.divide(sum(points, ZERO), Decimal(len(points))) if len(points) == len(values) else None
    return _Year(0, point, bounds)


# scores


def _score(dimension: Dimension, values: Sequence[_Year]) -> tuple[str, tuple[str, ...]]:
    """Return the score of the printed digits, and all scores that the bounds allow, best first."""
    needed = 1 if dimension.by_average else BEST
    point = _first(
        dimension, values, needed, lambda band, each: each.point is not None and inside(band, each.point)
    )
    best = _first(dimension, values, needed, lambda band, each: touches(band, each.bounds))
    worst = _first(dimension, values, needed, lambda band, each: holds(band, each.bounds))
    return point, tuple(SCORES[SCORES.index(best) : SCORES.index(worst) + 1])


def _first(
    dimension: Dimension, values: Sequence[_Year], needed: int, fits: Callable[[Band, _Year], bool]
) -> str:
    for band in dimension.bands:
        if sum(fits(band, each) for each in values) >= needed:
            return band.score
    return "D"


def inside(band: Band, value: Decimal) -> bool:
    """Whether `value` lies in `band`."""
    return band.low <= value < band.high if band.is_open else band.low <= value <= band.high


def touches(band: Band, bounds: Interval) -> bool:
    """Whether some value of `bounds` lies in `band`."""
    return bounds.high >= band.low and (bounds.low < band.high if band.is_open else bounds.low <= band.high)


def holds(band: Band, bounds: Interval) -> bool:
    """Whether every value of `bounds` lies in `band`."""
    return inside(band, bounds.low) and inside(band, bounds.high)


def _combine(parts: Sequence[tuple[str, tuple[str, ...]]], method: str) -> tuple[str, tuple[str, ...]]:
    combine = weakest if method == "M1" else average
    allowed = {combine(each) for each in product(*(scores for _, scores in parts))}
    return combine([score for score, _ in parts]), tuple(sorted(allowed, key=_rank))


def weakest(scores: Sequence[str]) -> str:
    """Combine by the weakest link (M1): the lowest score, with + if any other is better."""
    lowest = max(scores, key=SCORES.index)
    return lowest if all(each == lowest for each in scores) else f"{lowest}+"


def average(scores: Sequence[str]) -> str:
    """Combine by the average of two (M2)."""
    return scores[0] if len(scores) == 1 else AVERAGES["".join(sorted(scores))]


def _rank(score: str) -> tuple[int, bool]:
    return SCORES.index(score[0]), len(score) == 1


# rows


def _row(
    indicator: str, area: str, period: str, value: _Year | None, score: str = "", scores: tuple[str, ...] = ()
) -> CheckedRow:
    return CheckedRow.model_construct(
        id=f"pefa:{indicator}:{period}",
        indicator=indicator,
        metric="pefa",
        area=area,
        period=period,
        unit="%" if value else "score",
        value=plain(nearest(value.point)) if value else None,
        low=below(value.bounds.low) if value else None,
        high=above(value.bounds.high) if value else None,
        how="computed",
        formula=DIMENSIONS[indicator].formula if indicator in DIMENSIONS and value else "",
        score=score,
        scores=scores,
    )


def _unscored(dimension: str, period: str) -> object:
    from sonla_cli.models.report import Note

    values = {"indicator": dimension, "period": period}
    return Note.model_construct(code=Code.NOT_SCORED.value, severity="note", values=values)
