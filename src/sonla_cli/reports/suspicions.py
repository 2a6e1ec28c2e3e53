"""Figures that no other contradicts and that are odd all the same; hints, never findings.

The same figure under two dates, one year's table printed for another, an amount beyond any province, a pace
that changes threefold within a year, parts that nearly make up their whole, two publications one digit apart.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from sonla_cli.catalogue.areas import COUNTRY
from sonla_cli.catalogue.bases import plan_of
from sonla_cli.catalogue.metrics import DISBURSEMENT, ECONOMY, EXPENDITURE, METRICS, REVENUE
from sonla_cli.core.figure import Rounding
from sonla_cli.core.interval import Interval
from sonla_cli.core.period import Kind, parse
from sonla_cli.models.findings import Hint, Slip
from sonla_cli.models.observation import Observation
from sonla_cli.reports import slips
from sonla_cli.reports.confront import window
from sonla_cli.reports.digits import above, below
from sonla_cli.reports.examine import Trust, claim

#: billion đồng no province or city, and not the country, comes near in a year; the economy is ten times its budget
MOST_OF_A_PROVINCE = Decimal(1_000_000)
MOST_OF_THE_COUNTRY = Decimal(10_000_000)
OF_THE_ECONOMY = 10
#: days between two windows after which an unchanged cumulative figure is odd
LONG = 20
#: figures that one publication prints alike for two years before that is odd
ALIKE = 3
#: by how much the pace may change within a year
PACE = 3
#: parts that come this near their whole were meant to make it up
NEARLY = Decimal("0.01")
#: an increase beyond this, in percent, is more often a ratio
STEEP = 100


def suspect(observations: Sequence[Observation], trust: Trust, rounding: Rounding) -> list[Hint]:
    """Return what is odd about the figures of one area."""
    by_figure: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for each in observations:
        by_figure[each.metric, each.measure, each.basis].append(each)
    found: list[Hint] = []
    for (metric, measure, _basis), group in by_figure.items():
        found += _magnitude(group, trust)
        if measure in ("actual", "attainment") and not METRICS[metric].is_stock:
            found += _two_dates(group, trust, rounding)
        found += _one_digit(group, trust, rounding)
        if measure == "growth" and METRICS[metric].group in (REVENUE, EXPENDITURE, DISBURSEMENT):
            found += _steep(group, trust)
    found += _duplicates(observations, trust)
    found += _pace(by_figure, trust, rounding)
    found += _parts(observations, trust, rounding)
    return found


def _hint(
    kind: Slip, mine: Observation, trust: Trust, *, other: Observation | None = None, instead: str = "",
    span: Interval | None = None,
) -> Hint:  # fmt: skip
    return Hint.model_construct(
        kind=kind,
        claim=claim(mine, trust),
        instead=instead,
        other=None if other is None else claim(other, trust),
        rank=1,
        low=None if span is None else below(span.low),
        high=None if span is None else above(span.high),
    )


def _magnitude(group: Iterable[Observation], trust: Trust) -> Iterator[Hint]:
    for each in group:
        if each.figure.unit.dimension != "VND" or each.measure not in ("actual", "plan"):
            continue
        most = MOST_OF_THE_COUNTRY if each.area == COUNTRY else MOST_OF_A_PROVINCE
        if METRICS[each.metric].group == ECONOMY:
            most *= OF_THE_ECONOMY
        if each.figure.value > most:
            yield _hint("magnitude", each, trust, span=Interval(Decimal(0), most))


def _two_dates(group: Sequence[Observation], trust: Trust, rounding: Rounding) -> Iterator[Hint]:
    by_year: dict[int, list[Observation]] = defaultdict(list)
    for each in group:
        if parse(each.period).is_cumulative:
            by_year[parse(each.period).year].append(each)
    for several in by_year.values():
        several = sorted(several, key=lambda each: (parse(each.period).end, each.source))
        seen: set[tuple[str, str, str]] = set()
        for first, second in itertools.combinations(several, 2):
            key = (window(first.period), window(second.period), second.value)
            if key[0] == key[1] or key in seen or first.figure.unit.dimension != second.figure.unit.dimension:
                continue
            if _repeats(first, second, rounding):
                seen.add(key)
                yield _hint("two_dates", second, trust, other=first)


def _repeats(first: Observation, second: Observation, rounding: Rounding) -> bool:
    least = 3 if first.measure == "attainment" else 4
    apart = (parse(second.period).end - parse(first.period).end).days
    if first.value == second.value and first.unit == second.unit:
        return _significant(first) >= least and (
            first.measure == "actual" or apart >= LONG or least == 4 or _significant(first) >= 4
        )
    if first.measure != "actual" or apart < LONG or min(_significant(first), _significant(second)) < 3:
        return False
    if first.figure.is_bound or second.figure.is_bound:
        return False
    return first.figure.interval(rounding).intersect(second.figure.interval(rounding)) is not None


def _significant(each: Observation) -> int:
    digits = each.value.lstrip("+-0.").replace(".", "")
    return len(digits if "." in each.value else digits.rstrip("0"))


def _one_digit(group: Sequence[Observation], trust: Trust, rounding: Rounding) -> Iterator[Hint]:
    by_window: dict[str, list[Observation]] = defaultdict(list)
    for each in group:
        by_window[window(each.period)].append(each)
    for several in by_window.values():
        told: set[tuple[str, str]] = set()
        for first, second in itertools.combinations(several, 2):
            pair = (first.value, second.value)
            points = first.figure.value, second.figure.value
            if pair in told or first.source == second.source or points[0] == points[1]:
                continue
            told.add(pair)
            apart = first.figure.interval(rounding).intersect(second.figure.interval(rounding)) is None
            if apart or first.figure.is_bound or second.figure.is_bound:
                yield from slips.one_digit(first, second, trust)


def _steep(group: Iterable[Observation], trust: Trust) -> Iterator[Hint]:
    for each in group:
        if STEEP < each.figure.value <= 3 * STEEP and parse(each.period).is_cumulative:
            kind: Slip = "excess_for_attainment" if plan_of(each.basis) else "growth_for_index"
            instead = f"{Decimal(each.value) - 100:f} {each.unit}"
            yield _hint(kind, each, trust, instead=instead)


def _duplicates(observations: Iterable[Observation], trust: Trust) -> Iterator[Hint]:
    """Find figures that one publication prints alike for two years, several at a time."""
    by_figure: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for each in observations:
        if (
            each.measure in ("plan", "actual")
            and parse(each.period).kind is Kind.YEAR
            and _significant(each) >= 4
        ):
            key = (each.source, each.metric, each.measure, each.basis, each.value, each.unit)
            by_figure[key].append(each)
    by_pair: dict[tuple[str, ...], list[tuple[Observation, Observation]]] = defaultdict(list)
    for several in by_figure.values():
        several.sort(key=lambda each: each.period)
        for first, second in itertools.pairwise(several):
            if first.period != second.period:
                by_pair[first.source, first.period, second.period].append((first, second))
    for pairs in by_pair.values():
        if len(pairs) >= ALIKE:
            yield from (_hint("duplicate", second, trust, other=first) for first, second in pairs)


def _pace(
    by_figure: dict[tuple[str, str, str], list[Observation]], trust: Trust, rounding: Rounding
) -> Iterator[Hint]:
    """Hold the earlier level that a change implies against other levels of that year."""
    for (metric, measure, _basis), changes in by_figure.items():
        if (
            measure not in ("growth", "index", "multiple")
            or METRICS[metric].is_stock
            or METRICS[metric].is_signed
        ):
            continue
        actuals = by_figure.get((metric, "actual", ""), [])
        levels = list(_levels(metric, by_figure, rounding))
        for change in changes:
            mine = _implied(change, actuals, rounding)
            if mine is None or mine.high <= 0 or not _is_steep(change):
                continue
            earlier = parse(change.period).year_earlier
            for text, level, origin in levels:
                other = parse(text)
                if other.year != earlier.year or not earlier.end < other.end or origin is change:
                    continue
                before = mine * Interval.of(Decimal(1) / earlier.days)
                rest = level - mine
                after = rest * Interval.of(Decimal(1) / (other.days - earlier.days))
                if after.low > PACE * before.high or (after.high * PACE < before.low):
                    yield _hint("pace", change, trust, other=origin, span=mine)
                    break


def _is_steep(change: Observation) -> bool:
    """Whether the change more than doubles or halves."""
    value = change.figure.value
    ratio = value if change.measure == "multiple" else value / 100 + (change.measure == "growth")
    return ratio > 2 or ratio < Decimal("0.5")


def _levels(
    metric: str, by_figure: dict[tuple[str, str, str], list[Observation]], rounding: Rounding
) -> Iterator[tuple[str, Interval, Observation]]:
    actuals = by_figure.get((metric, "actual", ""), [])
    for each in actuals:
        if parse(each.period).is_cumulative and not each.figure.is_bound:
            yield each.period, each.figure.interval(rounding), each
    for measure in ("index", "growth", "multiple"):
        for each in by_figure.get((metric, measure, "same_period_last_year"), []):
            mine = _implied(each, actuals, rounding)
            if mine is not None and mine.is_bounded:
                yield parse(each.period).year_earlier.text, mine, each


def _implied(change: Observation, actuals: Iterable[Observation], rounding: Rounding) -> Interval | None:
    """Return the level a year earlier behind a change, from the actual printed with it."""
    if change.basis != "same_period_last_year" or not parse(change.period).is_cumulative:
        return None
    actual = next((e for e in actuals if (e.period, e.source) == (change.period, change.source)), None)
    if actual is None or actual.figure.is_bound or change.figure.is_bound:
        return None
    rate = change.figure.interval(rounding)
    if change.measure == "growth":
        rate = (rate + Interval.of(100)) * Interval.of(Decimal("0.01"))
    elif change.measure == "index":
        rate = rate * Interval.of(Decimal("0.01"))
    if rate.low <= 0:
        return None
    return actual.figure.interval(rounding) / rate


def _parts(observations: Iterable[Observation], trust: Trust, rounding: Rounding) -> Iterator[Hint]:
    """Find parts of one publication that come near their whole without making it up."""
    wholes: dict[tuple[str, ...], Observation] = {}
    parts: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for each in observations:
        if each.measure not in ("actual", "plan") or each.figure.is_bound:
            continue
        key = (each.source, each.period, each.measure, each.basis, each.figure.unit.dimension)
        wholes[(*key, each.metric)] = each
        whole = METRICS[each.metric].part_of
        if whole:
            parts[(*key, whole)].append(each)
    for whole_key, several in parts.items():
        printed = wholes.get(whole_key)
        if printed is None or len(several) < 2:
            continue
        total = Interval.of(0)
        for each in several:
            total = total + each.figure.interval(rounding)
        mine = printed.figure.interval(rounding)
        gap = abs(total - mine)
        if total.intersect(mine) is None and gap.high <= NEARLY * abs(mine.high):
            yield _hint("parts", printed, trust, other=several[0], span=total)
