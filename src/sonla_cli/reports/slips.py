"""What slip would explain a figure that contradicts the others: tried, kept if it fits, ranked; hints only.

A slip is kept if the figure as it would have been without it fits what all other figures leave. Digits can be
changed in many ways, so a slip of digits counts only where few of those ways fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sonla_cli.catalogue.bases import CHANGES, plan_of
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core import unit as units
from sonla_cli.core.figure import Figure, Hedge, Rounding
from sonla_cli.core.interval import Interval
from sonla_cli.core.period import parse
from sonla_cli.core.solve import Conflict, Statement, solve
from sonla_cli.models.findings import Claim, Hint, Slip
from sonla_cli.models.observation import Observation
from sonla_cli.reports import judge
from sonla_cli.reports.digits import above, below
from sonla_cli.reports.evidence import Variable
from sonla_cli.reports.examine import Part, Trust, claim

#: the likeliest first: what newspapers and translations do most
ORDER: tuple[Slip, ...] = (
    "decimal_comma", "unit", "growth_for_index", "index_for_growth", "excess_for_attainment", "other_basis",
    "swapped", "total_for_item", "sign", "digits_transposed", "digit_doubled", "digit_wrong", "digit_missing",
)  # fmt: skip

#: a slip of digits counts if at most so many ways of it fit
FEW = 2
#: ends this many times apart still tell a thousand from one; digits need ends this close
LOOSEST, FINE = Decimal(10), Decimal("1.02")
#: an amount said to be "over" or "nearly" is this near what it bounds
SLACK = Decimal("1.1")
#: the spelling suggested for a power of ten of a currency
_SPELLED = {
    "VND": {-9: "đồng", -6: "nghìn đồng", -3: "triệu đồng", 0: "tỷ đồng", 3: "nghìn tỷ đồng", 6: "triệu tỷ đồng"},
    "USD": {-6: "USD", -3: "nghìn USD", 0: "triệu USD", 3: "tỷ USD"},
}  # fmt: skip
#: a percentage this close to a rate on another basis may belong there
_NARROW = Decimal("0.02")
#: statements of one publication that are tried for an exchange
MOST_PARTNERS = 40


@dataclass(frozen=True, slots=True)
class _Slip:
    kind: Slip
    instead: str = ""
    other: Claim | None = None


def explain(
    part: Part, conflict: Conflict, statement: Statement, left: Interval, rounding: Rounding, trust: Trust
) -> list[Hint]:
    """Return the slips that would make `statement` fit `left`, the likeliest first."""
    figure = statement.origin.figure if hasattr(statement.origin, "figure") else None
    if figure is None:
        return []
    found = [*_of_the_figure(figure, left, rounding)]
    origin = statement.origin
    if isinstance(origin, Observation):
        found += _of_percentages(origin, left, rounding)
        found += _other_basis(part, statement, rounding, trust)
        found += _swapped(part, conflict, statement, trust)
        found += _total(part, statement, left, trust)
    found.sort(key=lambda each: ORDER.index(each.kind))
    named = claim(origin, trust)
    return [
        Hint.model_construct(
            kind=each.kind,
            claim=named,
            instead=each.instead,
            other=each.other,
            rank=rank,
            low=below(left.low),
            high=above(left.high),
        )
        for rank, each in enumerate(found, 1)
    ]


def _of_the_figure(figure: Figure, left: Interval, rounding: Rounding) -> Iterator[_Slip]:
    if not left.is_bounded or figure.interval(rounding).intersect(left) is not None:
        return
    kinds: tuple[Slip, ...] = ()
    if _within(left, LOOSEST):
        kinds += ("unit", "decimal_comma", "sign")
    if _within(left, FINE):
        kinds += ("digits_transposed", "digit_doubled", "digit_wrong", "digit_missing")
    near = Interval(min(left.low * SLACK, left.low / SLACK), max(left.high * SLACK, left.high / SLACK))
    for kind in kinds:
        fitting = []
        for digits, spelled in _variants(kind, figure):
            unit = units.parse(spelled) if spelled else figure.unit
            if unit is None:
                continue
            other = Figure(digits, unit, figure.hedge)
            if other.value in near and other.interval(rounding).intersect(left) is not None:
                fitting.append(f"{digits} {spelled}".strip())
        fitting = list(dict.fromkeys(fitting))
        if 0 < len(fitting) <= FEW:
            yield from (_Slip(kind, each) for each in fitting)


def _within(left: Interval, times: Decimal) -> bool:
    """Whether the ends have one sign and are no more than so many times apart."""
    span = abs(left)
    return (left.low > 0 or left.high < 0) and span.high <= times * span.low


def _variants(kind: str, figure: Figure) -> Iterator[tuple[str, str]]:
    """Yield the digits, and the unit if it changes, that a slip of that kind may have turned into `figure`."""
    digits = figure.digits
    whole, point, decimals = digits.partition(".")
    if kind == "unit":
        spelled = _SPELLED.get(figure.unit.dimension, {})
        power = figure.unit.factor.adjusted()
        yield from ((digits, spelled[power + step]) for step in (-6, -3, 3, 6) if power + step in spelled)
    elif kind == "decimal_comma":
        if not point and len(whole.lstrip("+-")) >= 4:
            yield f"{whole[:-3]}.{whole[-3:]}", ""
        elif len(decimals) == 3:
            yield whole + decimals, ""
    elif kind == "sign":
        yield (digits[1:] if digits[0] in "+-" else f"-{digits}"), ""
    else:
        yield from ((each, "") for each in _edits(kind, digits))


def _edits(kind: str, digits: str) -> Iterator[str]:
    for place, digit in enumerate(digits):
        if not digit.isdigit():
            continue
        following = digits[place + 1 : place + 2]
        if kind == "digits_transposed" and following.isdigit() and following != digit:
            yield digits[:place] + following + digit + digits[place + 2 :]
        elif kind == "digit_doubled" and following == digit:
            yield digits[:place] + digits[place + 1 :]
        elif kind == "digit_wrong":
            yield from (digits[:place] + each + digits[place + 1 :] for each in "0123456789" if each != digit)
        elif kind == "digit_missing":
            yield from (
                digits[:place] + each + digits[place:] for each in "0123456789" if place or each != "0"
            )
    if kind == "digit_missing":
        yield from (digits + each for each in "0123456789")


def _of_percentages(origin: Observation, left: Interval, rounding: Rounding) -> Iterator[_Slip]:
    kind: Slip
    if origin.measure == "growth":
        kind, by = ("excess_for_attainment" if plan_of(origin.basis) else "growth_for_index"), Decimal(-100)
    elif origin.measure == "index":
        kind, by = "index_for_growth", Decimal(100)
    else:
        return
    figure = origin.figure
    other = Figure(f"{Decimal(figure.digits) + by:f}", figure.unit, figure.hedge)
    if other.interval(rounding).intersect(left) is not None:
        yield _Slip(kind, f"{other.digits} {origin.unit}")


def _other_basis(part: Part, statement: Statement, rounding: Rounding, trust: Trust) -> Iterator[_Slip]:
    """Find another rate of the same amount that the percentage would fit."""
    origin = statement.origin
    if not isinstance(origin, Observation) or origin.measure not in ("attainment", *CHANGES):
        return
    solution = part.repair.solution
    key = part.network.keys[statement.variable]
    if solution is None or not isinstance(key, Variable):
        return
    mine = origin.figure.interval(rounding)
    by_variable = {each.variable: each.origin for each in part.network.statements}
    for place, other in enumerate(part.network.keys):
        if not isinstance(other, Variable) or other == key or other.quantity == key.quantity:
            continue
        if (other.metric, other.period, other.vintage) != (key.metric, key.period, key.vintage):
            continue
        told = by_variable.get(place)
        bounds = Interval(solution.lows[place], solution.highs[place])
        if isinstance(told, Observation) and told.figure.is_bound:
            # "a fall of nearly 15 %" is near 15 %
            bounds = Figure(told.figure.digits, told.figure.unit, Hedge.ABOUT).interval(rounding)
        rate = _rate(other, bounds)
        if rate is None or not rate.is_bounded or rate.high - rate.low > _NARROW * abs(rate.high):
            continue
        if rate.intersect(mine) is not None:
            yield _Slip("other_basis", "", None if told is None else claim(told, trust))


def _rate(variable: Variable, bounds: Interval) -> Interval | None:
    """Return a rate as a percentage of what it is measured against."""
    if variable.quantity in ("attainment", "index"):
        return bounds
    if variable.quantity == "growth":
        return bounds + Interval.of(100)
    return bounds * Interval.of(100) if variable.quantity == "multiple" else None


def _swapped(part: Part, conflict: Conflict, statement: Statement, trust: Trust) -> Iterator[_Slip]:
    origin = statement.origin
    if not isinstance(origin, Observation):
        return
    aside = {id(each) for each in part.repair.changes}
    partners = [
        each
        for each in part.network.statements
        if isinstance(each.origin, Observation)
        and each.origin.source == origin.source
        and each.origin.unit == origin.unit
        and each.origin.measure == origin.measure
        and each.origin.value != origin.value
        and each is not statement
    ]
    for partner in partners[:MOST_PARTNERS]:
        moved = [
            Statement(statement.variable, partner.interval, statement.origin),
            Statement(partner.variable, statement.interval, partner.origin),
        ]
        members = {id(each) for each in conflict.statements}
        kept = [
            each
            for each in part.network.statements
            if each is not statement
            and each is not partner
            and (id(each) not in aside or id(each) in members)
        ]
        free = solve(part.network, kept)
        if free.conflict is not None or not all(
            _within(Interval(free.lows[each.variable], free.highs[each.variable]), SLACK) for each in moved
        ):
            # nothing else speaks of one of the two, so that any exchange would fit
            continue
        if solve(part.network, [*kept, *moved]).conflict is None:
            yield _Slip("swapped", "", claim(partner.origin, trust))


def _total(part: Part, statement: Statement, left: Interval, trust: Trust) -> Iterator[_Slip]:
    """Find a total, or a longer window of the same item, that prints the same figure."""
    origin = statement.origin
    if not isinstance(origin, Observation) or origin.measure != "actual":
        return
    for each in part.network.statements:
        other = each.origin
        if not isinstance(other, Observation) or other is origin or other.value != origin.value:
            continue
        if (other.unit, other.measure, other.source) != (origin.unit, "actual", origin.source):
            continue
        is_whole = METRICS[origin.metric].part_of == other.metric and other.period == origin.period
        longer = other.metric == origin.metric and parse(other.period).contains(parse(origin.period))
        if (is_whole or longer) and left.high < origin.figure.value:
            yield _Slip("total_for_item", "", claim(other, trust))


def between(statements: Sequence[Statement], trust: Trust) -> list[Hint]:
    """Return a hint if two publications of one figure differ in a single digit."""
    found: list[Hint] = []
    printed = [each.origin for each in statements if isinstance(each.origin, Observation)]
    for place, first in enumerate(printed):
        for second in printed[place + 1 :]:
            if (first.metric, first.measure, first.basis) == (second.metric, second.measure, second.basis):
                found += one_digit(first, second, trust)
    return found


def one_digit(first: Observation, second: Observation, trust: Trust) -> Iterable[Hint]:
    """Yield a hint if the figures differ in one digit, or two exchanged, and agree in those that follow."""
    if first.figure.unit.dimension != second.figure.unit.dimension:
        return
    coarse, fine = sorted((first, second), key=lambda each: each.figure.ulp, reverse=True)
    mine, other = coarse.figure.digits, judge.as_printed(fine.figure.value, coarse.figure)
    if len(mine) != len(other) or len(mine.replace(".", "").lstrip("-0")) < 3:
        return
    apart = [place for place, pair in enumerate(zip(mine, other, strict=True)) if pair[0] != pair[1]]
    exchanged = len(apart) == 2 and apart[1] - apart[0] == 1 and mine[apart[0]] == other[apart[1]]
    exchanged = exchanged and mine[apart[1]] == other[apart[0]]
    if exchanged or (len(apart) == 1 and apart[0] < len(mine) - 1):
        # of two that cost the same the reader decides; the less trusted one is named first
        worse, better = sorted((coarse, fine), key=lambda each: _cost(each, trust))
        yield Hint.model_construct(
            kind="digits_transposed" if exchanged else "digit_wrong",
            claim=claim(worse, trust),
            instead=f"{better.value} {better.unit}",
            other=claim(better, trust),
            rank=1,
            low=None,
            high=None,
        )


def _cost(origin: Observation, trust: Trust) -> tuple[Decimal, str]:
    source = trust.sources.get(origin.source)
    cost = trust.cost(origin.source, source.kind if source else "user")
    return Decimal("Infinity") if cost is None else cost, source.published_on if source else ""
