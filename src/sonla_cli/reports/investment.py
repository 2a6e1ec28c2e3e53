"""`sonla investment`: projects and capital attracted, what was requested, and the targets around them."""

from __future__ import annotations

from sonla_cli.catalogue.bases import PLAN_BASES
from sonla_cli.catalogue.metrics import COVERAGE, INVESTMENT, METRICS, of_group
from sonla_cli.core.period import Period, parse
from sonla_cli.models.report import How, Report
from sonla_cli.reports.changes import change_rows
from sonla_cli.reports.known import Known
from sonla_cli.reports.query import Query, order
from sonla_cli.reports.sheet import Sheet

MAIN = ("investment.projects", "investment.capital")
ATTRACTED = tuple(metric.id for metric in of_group(INVESTMENT))
AROUND = tuple(metric.id for metric in of_group(COVERAGE))


def investment(query: Query) -> Report:
    """Return the investment attracted in the period; raise `SonlaError` if nothing was published."""
    every = ATTRACTED + AROUND
    period = query.choose(MAIN if query.windows(MAIN) else every, "investment")
    sheet = Sheet(query.evidence(period.year))
    for metric in every:
        for window in _windows(sheet, metric, period):
            _metric_rows(sheet, metric, window)
    _average_rows(sheet)
    for metric in MAIN:
        if f"{metric}:actual:{period.text}" not in sheet.rows:
            sheet.note("not_published", metric=metric, period=period.text)
    _growth_target_rows(sheet, period)
    return sheet.report("investment", period.text)


def _windows(sheet: Sheet, metric: str, period: Period) -> list[Period]:
    """Return the asked period if the metric was published for it, else its latest of the year or span."""
    found = {each.period for each in sheet.evidence.observations if each.metric == metric}
    windows = [
        each for each in map(parse, found) if each.year <= period.year + 1 and each.end.year >= period.year
    ]
    if period in windows:
        return [period]
    flows = [each for each in windows if each.is_cumulative or each.end.year > each.year]
    return [max(flows, key=order)] if flows else []


def _metric_rows(sheet: Sheet, metric: str, period: Period) -> None:
    actual = sheet.published(metric, "actual", "", period.text)
    for measure in ("plan", "target"):
        for basis in PLAN_BASES:
            sheet.published(metric, measure, basis, period.text)
    if not METRICS[metric].is_stock:
        change_rows(sheet, metric, period, actual)


def _average_rows(sheet: Sheet) -> None:
    """Add the average capital per project wherever both are known, a year earlier included."""
    for row in [row for row in sheet.rows.values() if row.metric == MAIN[0]]:
        if row.indicator not in ("actual", "level_from_multiple"):
            continue
        capital = _known(sheet, MAIN[1], row.indicator, row.period)
        projects = _known(sheet, MAIN[0], row.indicator, row.period)
        if capital and projects and projects.interval.low > 0:
            inputs = {"capital": capital, "projects": projects}
            how: How = "implied" if row.indicator != "actual" else "computed"
            sheet.computed("capital_per_project", MAIN[1], "", row.period, inputs, how=how)


def _known(sheet: Sheet, metric: str, indicator: str, period: str) -> Known | None:
    return sheet.known.get(f"{metric}:{indicator}:{period}")


def _growth_target_rows(sheet: Sheet, period: Period) -> None:
    """Add the growth target of the year, the growth so far and the gap between them."""
    year = str(period.year)
    targets = [
        each for basis in PLAN_BASES if (each := sheet.published("grdp.growth", "target", basis, year))
    ]
    windows = [
        each.window
        for each in sheet.evidence.observations
        if each.metric == "grdp.growth" and each.measure == "growth" and each.window.year == period.year
        and each.window.is_cumulative
    ]  # fmt: skip
    if not (windows and targets):
        return
    latest = max(windows, key=order)
    for basis in ("same_period_last_year", "previous_year"):
        growth = sheet.published("grdp.growth", "growth", basis, latest.text)
        if growth:
            inputs = {"rate": growth, "target": targets[0]}
            sheet.computed("target_gap", "grdp.growth", "", latest.text, inputs)
