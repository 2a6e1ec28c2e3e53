"""`sonla compare`: each metric by year, over the same window of every year, published or implied.

Years are compared over the latest window of the last year for which the other years are known too; where no
window is common, the latest of the last year is kept and what was not published is said.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from sonla_cli.catalogue.areas import AREAS, MERGED_ON
from sonla_cli.catalogue.bases import PLAN_BASES
from sonla_cli.catalogue.metrics import METRICS, Metric
from sonla_cli.core.period import Kind, Period
from sonla_cli.models.report import How, Report
from sonla_cli.reports.changes import SAME_PERIOD, change_rows
from sonla_cli.reports.known import Known
from sonla_cli.reports.merged import is_before, parts_sum
from sonla_cli.reports.plans import plan_row
from sonla_cli.reports.query import Query, order
from sonla_cli.reports.sheet import Sheet

PLAN = "plan"


def compare(query: Query, years: Sequence[int]) -> Report:
    """Return every metric over `years`; raise `SonlaError` if no year has anything published."""
    years = sorted(set(years))
    sheet = Sheet(query.evidence())
    if AREAS[query.area].is_merged and years[0] < MERGED_ON.year < years[-1] + 1:
        joined = _joined(query, years)
        if any(row.indicator == "parts_sum" for row in joined.rows.values()):
            return joined.report("compare", " ".join(map(str, years)))
        sheet = _one_side(query, sheet, years)
        sheet.notes |= {key: note for key, note in joined.notes.items() if note.code == "parts_missing"}
    published = {each.window.year for each in sheet.evidence.observations}
    for year in years:
        if year not in published:
            sheet.note("not_published", "warning", metric="", period=str(year))
    if not published.intersection(years):
        raise query.no_data("compare", sorted({each.period for each in sheet.evidence.observations}))
    for metric in METRICS.values():
        _metric_rows(sheet, metric, years)
        _plan_rows(sheet, metric, years)
    return sheet.report("compare", " ".join(map(str, years)))


def _joined(query: Query, years: Sequence[int]) -> Sheet:
    """Return the years on the new boundaries, those before the merger as sums of the provinces that became one."""
    query = replace(query, boundaries="new")
    sheet = Sheet(query.evidence())
    for metric in METRICS.values():
        if not (metric.growth_of or metric.is_signed or metric.is_stock):
            _metric_rows(sheet, metric, years, query)
            _plan_rows(sheet, metric, years)
    return sheet


def _one_side(query: Query, sheet: Sheet, years: Sequence[int]) -> Sheet:
    """Keep one set of boundaries: figures before and after a merger are never joined.

    Where the old ones have nothing, a report of the new province may still say what the year before was.
    """
    kept = "new" if years[0] >= MERGED_ON.year else "old"
    sheet = Sheet(query.evidence(years[0] if kept == "old" else years[-1]))
    if kept == "old" and not query.boundaries and not sheet.evidence.observations:
        kept = "new"
        sheet = Sheet(replace(query, boundaries="new").evidence())
    sheet.note(f"{kept}_boundaries_only", "warning", area=query.area)
    return sheet


def _metric_rows(sheet: Sheet, metric: Metric, years: Sequence[int], merged: Query | None = None) -> None:
    window = _window(sheet, metric, years)
    if window is None:
        return
    levels: dict[int, Known] = {}
    for year in years:
        shifted = window.in_year(year)
        known = _level(sheet, metric.id, shifted)
        if known is None and merged and is_before(merged, shifted):
            known = parts_sum(sheet, merged, metric.id, "actual", "", shifted)
        if known is None:
            sheet.note("not_published", metric=metric.id, period=window.in_year(year).text)
        else:
            levels[year] = known
    for earlier, later in itertools.pairwise(years):
        if earlier in levels and later in levels:
            _change_rows(sheet, metric, window.in_year(later), levels[later], levels[earlier], earlier)


def _level(sheet: Sheet, metric: str, window: Period) -> Known | None:
    quantity = "growth" if METRICS[metric].growth_of else "actual"
    if quantity == "growth":
        for basis in (SAME_PERIOD, "previous_year"):
            known = sheet.published(metric, quantity, basis, window.text)
            if known:
                return known
        return None
    known = sheet.published(metric, quantity, "", window.text)
    if known:
        return known
    following = sheet.published(metric, quantity, "", window.in_year(window.year + 1).text)
    if following is None:
        return None
    change_rows(sheet, metric, window.in_year(window.year + 1), following)
    return next((each for measure in ("index", "growth", "multiple")
                 if (each := sheet.known.get(f"{metric}:level_from_{measure}:{window.text}"))), None)  # fmt: skip


def _change_rows(
    sheet: Sheet, metric: Metric, window: Period, level: Known, earlier_level: Known, earlier: int
) -> None:
    if metric.growth_of or metric.is_signed:
        return
    basis = SAME_PERIOD if earlier == window.year - 1 else str(earlier)
    printed = change_rows(sheet, metric.id, window, level) if basis == SAME_PERIOD else {}
    inputs = {"actual": level, "previous": earlier_level}
    implied = ":level_from_" in earlier_level.id
    for measure in ("growth", "multiple"):
        if measure not in printed and earlier_level.interval.low >= 0:
            how: How = "implied" if implied else "computed"
            sheet.computed(measure, metric.id, basis, window.text, inputs, how=how)


def _plan_rows(sheet: Sheet, metric: Metric, years: Sequence[int]) -> None:
    """Add the plans of a budget year, and how they grew; capital plans move and have no yearly value."""
    if metric.plan_moves:
        return
    for basis in PLAN_BASES:
        known = {year: plan for year in years if (plan := _plan(sheet, metric.id, basis, year))}
        for earlier, later in itertools.pairwise(years):
            if earlier in known and later in known:
                against = SAME_PERIOD if earlier == later - 1 else str(earlier)
                inputs = {PLAN: known[later], "previous": known[earlier]}
                sheet.computed("plan_growth", metric.id, f"{basis}/{against}", str(later), inputs)


def _plan(sheet: Sheet, metric: str, basis: str, year: int) -> Known | None:
    printed = sheet.published(metric, PLAN, basis, str(year))
    if printed:
        return printed
    windows = [
        each.window
        for each in sheet.evidence.observations
        if (each.metric, each.measure, each.basis) == (metric, "attainment", basis)
        and each.window.year == year
    ]
    for window in sorted(windows, key=order, reverse=True):
        actual = sheet.published(metric, "actual", "", window.text)
        rate = sheet.published(metric, "attainment", basis, window.text)
        plan = plan_row(sheet, metric, basis, window, actual, rate)
        if plan:
            return plan
    return None


def _window(sheet: Sheet, metric: Metric, years: Sequence[int]) -> Period | None:
    """Return the window of the last year with figures that most years have, the latest of those."""
    measures = ("growth",) if metric.growth_of else ("actual",)
    windows = {
        each.window
        for each in sheet.evidence.observations
        if each.metric == metric.id and each.measure in measures and each.window.year in years
        and each.window.kind is not Kind.SPAN and each.window.kind is not Kind.FLOW
    }  # fmt: skip
    if not windows:
        return None
    solution = sheet.evidence.network.index

    def known_years(window: Period) -> int:
        count = 0
        for year in years:
            shifted = window.in_year(year)
            count += shifted in windows or any(
                getattr(key, "metric", "") == metric.id and key[1] == "actual" and key[3] == shifted.text  # type: ignore[index]
                for key in solution
            )
        return count

    last = max(window.year for window in windows)
    return max(
        (each for each in windows if each.year == last), key=lambda each: (known_years(each), order(each))
    )
