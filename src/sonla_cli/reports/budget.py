"""`sonla budget`: revenue and expenditure of an area against every plan they were measured by."""

from __future__ import annotations

from sonla_cli.catalogue.metrics import EXPENDITURE, REVENUE, of_group
from sonla_cli.core.period import Period
from sonla_cli.models.report import Report
from sonla_cli.reports.changes import change_rows
from sonla_cli.reports.known import Known
from sonla_cli.reports.plans import elapsed_row, plan_rows
from sonla_cli.reports.query import Query
from sonla_cli.reports.scale import Scale
from sonla_cli.reports.sheet import Sheet

#: what every budget is expected to state
MAIN = ("revenue.total", "revenue.local")
METRICS = tuple(metric.id for metric in of_group(REVENUE, EXPENDITURE))


def budget(query: Query) -> Report:
    """Return the budget of the area in the period; raise `SonlaError` if nothing was published."""
    period = query.choose(METRICS, "budget")
    sheet = Sheet(query.evidence(period.year, METRICS))
    elapsed = elapsed_row(sheet, period) if period.is_cumulative else None
    actuals = {metric: known for metric in METRICS if (known := _metric_rows(sheet, metric, period, elapsed))}
    _share_row(sheet, period, actuals)
    for metric in MAIN:
        if metric not in actuals:
            sheet.note("not_published", metric=metric, period=period.text)
    scale = Scale(query, period)
    for metric in METRICS:
        scale.rows(sheet, metric, actuals.get(metric))
    return sheet.report("budget", period.text)


def _metric_rows(sheet: Sheet, metric: str, period: Period, elapsed: Known | None) -> Known | None:
    actual = sheet.published(metric, "actual", "", period.text)
    plan_rows(sheet, metric, period, actual, elapsed)
    change_rows(sheet, metric, period, actual)
    return actual


def _share_row(sheet: Sheet, period: Period, actuals: dict[str, Known]) -> None:
    local, total = actuals.get("revenue.local"), actuals.get("revenue.total")
    if local and total:
        sheet.computed(
            "share", "revenue.local", "revenue.total", period.text, {"part": local, "whole": total}
        )
