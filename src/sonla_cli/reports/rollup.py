"""The units of one area against the area: their sum, what it leaves, and whether it exceeds the whole.

A unit that was not published is not zero: the sum is of the published units only, so it may fall short of the
whole, but it may never exceed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sonla_cli.core.interval import Interval
from sonla_cli.core.period import Period
from sonla_cli.models.report import Row
from sonla_cli.reports.known import Known
from sonla_cli.reports.merged import total
from sonla_cli.reports.plans import plan_row
from sonla_cli.reports.sheet import Sheet

HUNDRED = Interval.of(100)


def rollup_rows(
    sheet: Sheet, metric: str, basis: str, period: Period, units: Sequence[tuple[str, Sheet]]
) -> list[Row]:
    """Return the rows of the units' sums over the figures of the area, and of each unit's part of what is left."""
    area = sheet.evidence.area
    whole = sheet.published(metric, "actual", "", period.text)
    rate = sheet.published(metric, "attainment", basis, period.text) if basis else None
    plan = plan_row(sheet, metric, basis, period, whole, rate) if basis else None
    actuals = _known(units, area, metric, "actual", "", period)
    plans = _plans(units, area, metric, basis, period) if basis else []
    _compare(sheet, metric, "", period, actuals, whole)
    if basis:
        _compare(sheet, metric, basis, period, plans, plan)
    return list(sheet.rows.values())


def _known(
    units: Sequence[tuple[str, Sheet]], area: str, metric: str, quantity: str, basis: str, period: Period
) -> list[tuple[str, Known]]:
    found = []
    for name, unit in units:
        known = unit.published(metric, quantity, basis, period.text)
        if known:
            found.append((name, known._replace(id=f"{area}/{name}/{known.id}")))
    return found


def _plans(
    units: Sequence[tuple[str, Sheet]], area: str, metric: str, basis: str, period: Period
) -> list[tuple[str, Known]]:
    found = []
    for name, unit in units:
        actual = unit.published(metric, "actual", "", period.text)
        rate = unit.published(metric, "attainment", basis, period.text)
        known = plan_row(unit, metric, basis, period, actual, rate)
        if known:
            found.append((name, known._replace(id=f"{area}/{name}/{known.id}")))
    return found


def _compare(
    sheet: Sheet, metric: str, basis: str, period: Period, known: list[tuple[str, Known]], whole: Known | None
) -> None:
    if not known:
        return
    added = total(sheet, "units_sum", metric, basis, period.text, known)
    if whole is None:
        return
    inputs = {"units_sum": added, "whole": whole}
    sheet.computed("units_share", metric, basis, period.text, inputs)
    sheet.computed("units_rest", metric, basis, period.text, {"whole": whole, "units_sum": added})
    if added.interval.low > whole.interval.high:
        sheet.note("parts_exceed", "warning", area=sheet.evidence.area, metric=metric, period=period.text)


def left_rows(
    units: Sequence[tuple[str, Sheet]], metric: str, basis: str, period: Period
) -> dict[str, list[Known]]:
    """Add to each unit what is left to its plan, and its part of what is left in all of them; return both."""
    left: list[tuple[str, Sheet, Known]] = []
    for name, unit in units:
        actual = unit.published(metric, "actual", "", period.text)
        rate = unit.published(metric, "attainment", basis, period.text)
        plan = plan_row(unit, metric, basis, period, actual, rate) if actual else None
        if actual and plan:
            inputs = {"plan": plan, "actual": actual}
            left.append((name, unit, unit.computed("left", metric, basis, period.text, inputs)))
    found = {name: [known] for name, _, known in left}
    # with a unit beyond its plan, what is left no longer adds up to parts of a whole
    if len(left) < 2 or len(left) < len(units) or any(known.interval.low < 0 for *_, known in left):
        return found
    intervals = [known.interval for *_, known in left]
    points = [known.point for *_, known in left]
    point = None if None in points else sum((each for each in points if each is not None), Decimal(0))
    whole = Known("left_in_all", _sum(intervals), point, left[0][2].unit)
    for place, (name, unit, known) in enumerate(left):
        bounds = _part(known.interval, _sum(intervals[:place] + intervals[place + 1 :]))
        inputs = {"part": known, "whole": whole}
        found[name].append(unit.computed("gap_share", metric, basis, period.text, inputs, bounds=bounds))
    return found


def _sum(intervals: Sequence[Interval]) -> Interval:
    added = Interval.of(0)
    for each in intervals:
        added = added + each
    return added


def _part(part: Interval, rest: Interval) -> Interval:
    """Return the bounds of part ÷ (part + rest) in percent: it rises with the part and falls with the rest."""
    least, most = Interval.of(part.low), Interval.of(part.high)
    low = least / (least + Interval.of(rest.high)) * HUNDRED if part.low > 0 else Interval.of(0)
    high = most / (most + Interval.of(rest.low)) * HUNDRED if part.high + rest.low > 0 else HUNDRED
    return Interval(low.low, min(high.high, HUNDRED.high))
