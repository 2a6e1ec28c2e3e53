"""`sonla pace`: every metric with a plan against the calendar and the season, and the pace its target takes.

The calendar spreads a plan evenly over the days of the budget year; the season follows a published series
(`reports.season`). Paces are per day; a month is an average month of the budget year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sonla_cli.catalogue.areas import AREAS, MERGED_ON
from sonla_cli.catalogue.metrics import DISBURSEMENT, ECONOMY, METRICS
from sonla_cli.core.interval import Interval
from sonla_cli.core.period import Period, days_of_year
from sonla_cli.core.problem import Code, Problem, SonlaError, near
from sonla_cli.core.unit import DAYS, MONTHS, PERCENT
from sonla_cli.models.report import Report
from sonla_cli.reports.disbursement import Goal
from sonla_cli.reports.known import Known, exactly, value_id
from sonla_cli.reports.plans import elapsed_row, plan_rows
from sonla_cli.reports.query import Query, order
from sonla_cli.reports.season import Season, Seasons, closing_day
from sonla_cli.reports.sheet import Sheet


class Subject(NamedTuple):
    """A metric at the end of a period: what was achieved, the plans, and what was reported before."""

    metric: str
    period: Period
    actual: Known | None
    plans: dict[str, Known]
    previous: tuple[Period, Known] | None


def pace(
    query: Query, metrics: Sequence[str] = (), goal: Goal | None = None, *, season_year: int | None = None
) -> Report:
    """Return the pace of `metrics` (of all with a plan unless given); raise `SonlaError` if there is none."""
    goal = goal or Goal()
    windows = planned(query, metrics)
    sheet = Sheet(query.at(max(windows.values(), key=order)))
    seasons = Seasons(query, season_year)
    for metric, period in windows.items():
        subject = subject_rows(sheet, metric, period)
        by = goal.by or closing_day(metric, period.year)
        if goal.by and by <= period.end:
            values = {"value": by.isoformat(), "end": period.end.isoformat()}
            raise SonlaError([Problem(Code.TARGET_DAY_PAST, values=values)])
        due_rows(sheet, subject, seasons)
        needed_rows(sheet, subject, goal.rate, by)
    return sheet.report("pace", span(query, windows))


def planned(query: Query, metrics: Sequence[str] = ()) -> dict[str, Period]:
    """Return the metrics that were measured against a plan, each with its latest period of one budget year."""
    unknown = [each for each in metrics if each not in METRICS]
    if unknown:
        raise SonlaError(
            [
                Problem(Code.UNKNOWN_METRIC, values={"name": each}, suggestions=near(each, list(METRICS)))
                for each in unknown
            ]
        )
    found: dict[str, Period] = {}
    for metric in metrics or planned_metrics(query):
        try:
            found[metric] = query.choose((metric,), metric)
        except SonlaError:
            if metrics:
                raise
    if not found:
        raise query.no_data("pace")
    if AREAS[query.area].is_merged and not query.boundaries:
        # one report stands on one set of boundaries: that of its latest figure
        side = "old" if max(each.end for each in found.values()) < MERGED_ON else "new"
        return planned(replace(query, boundaries=side), metrics)
    year = max(each.year for each in found.values())
    return {metric: period for metric, period in found.items() if period.year == year}


def planned_metrics(query: Query) -> list[str]:
    """Return the flows of public and attracted money of which a plan or a rate was printed.

    What was allocated or carried over is decided, not earned or paid out day by day.
    """
    spoken = {
        each.metric
        for each in query.dataset.observations
        if each.area == query.area and each.entity == query.entity and each.measure in ("plan", "attainment")
    }
    return [
        metric.id
        for metric in METRICS.values()
        if (metric.id in spoken or metric.plan_of in spoken)
        and metric.unit.dimension in ("VND", "USD")
        and not (metric.is_stock or metric.is_signed or metric.group == ECONOMY)
        and (metric.group != DISBURSEMENT or metric.id.split(".")[0] == "disbursement")
        and query.windows((metric.id,), ("actual", "attainment"))
    ]


def span(query: Query, windows: dict[str, Period]) -> str:
    """Return the period of a report: the one all metrics share, else the one asked for, else the year."""
    texts = {each.text for each in windows.values()}
    return texts.pop() if len(texts) == 1 else query.period or str(next(iter(windows.values())).year)


def subject_rows(sheet: Sheet, metric: str, period: Period) -> Subject:
    """Add the actual, the plans, the rates and the earlier report of a metric, and return them."""
    elapsed = elapsed_row(sheet, period)
    actual = sheet.published(metric, "actual", "", period.text)
    plans = plan_rows(sheet, metric, period, actual, elapsed)
    return Subject(metric, period, actual, plans, previous(sheet, metric, period))


def previous(
    sheet: Sheet, metric: str, period: Period, quantity: str = "actual", basis: str = ""
) -> tuple[Period, Known] | None:
    """Return the latest earlier figure of the same budget year that is bounded and not contradicted."""
    windows = {
        each.window
        for each in sheet.evidence.observations
        if (each.metric, each.measure, each.basis) == (metric, quantity, basis)
        and each.window.year == period.year
        and each.window.is_cumulative
        and each.window.end < period.end
    }  # fmt: skip
    for window in sorted(windows, key=order, reverse=True):
        known = sheet.published(metric, quantity, basis, window.text)
        if known and known.interval.is_bounded and sheet.rows[known.id].verdict != "contradictory":
            return window, known
    return None


def due_rows(sheet: Sheet, subject: Subject, seasons: Seasons) -> None:
    """Add what is due by the calendar and by the season, and how far ahead the actual is."""
    metric, period, actual, plans, _ = subject
    elapsed = sheet.known[value_id("calendar", "elapsed", "", period.text)]
    for basis in bases_of(sheet, subject):
        plan = plans.get(basis)
        if plan:
            sheet.computed("expected", metric, basis, period.text, {"plan": plan, "elapsed": elapsed})
        if plan and actual:
            inputs = {"actual": actual, "plan": plan, "elapsed": elapsed}
            sheet.computed("ahead_amount", metric, basis, period.text, inputs)
        season = seasons.find(metric, (basis,), period)
        if season is None:
            sheet.note("no_season", metric=metric, basis=basis)
            continue
        share = season.row(sheet, metric, period)
        name_season(sheet, season, metric)
        rate = sheet.known.get(value_id(metric, "attainment", basis, period.text))
        if rate:
            sheet.computed("ahead_season", metric, basis, period.text, {"attainment": rate, "season": share})
        if plan:
            sheet.computed("expected_season", metric, basis, period.text, {"plan": plan, "season": share})
        if plan and actual:
            inputs = {"actual": actual, "plan": plan, "season": share}
            sheet.computed("ahead_season_amount", metric, basis, period.text, inputs)


def bases_of(sheet: Sheet, subject: Subject) -> list[str]:
    """Return the bases of which the plan or the rate is known, in the order of the rows."""
    found = [row.basis for row in sheet.rows.values()
             if row.metric == subject.metric and row.period == subject.period.text and row.indicator == "attainment"]  # fmt: skip
    return list(dict.fromkeys((*found, *subject.plans)))


def name_season(sheet: Sheet, season: Season, metric: str) -> None:
    """Note which series the season was taken from."""
    series = season.series
    sheet.note(
        "season_from",
        metric=metric,
        area=series.area,
        year=str(series.year),
        basis=series.basis,
    )
    if series.year >= season.year:
        sheet.note("hindsight", metric=metric, year=str(series.year))


def needed_rows(sheet: Sheet, subject: Subject, rate: Decimal, by: date) -> None:
    """Add the paces so far and since the earlier report, and the pace needed to `rate` of each plan by `by`."""
    metric, period, actual, plans, _ = subject
    if actual is None:
        return
    year_days = exactly("year_days", days_of_year(period.year), DAYS)
    months = exactly("year_months", 12, MONTHS)
    elapsed = exactly("elapsed_days", period.days, DAYS)
    pace = sheet.computed("pace", metric, "", period.text, {"actual": actual, "elapsed_days": elapsed})
    inputs = {"pace": pace, "year_days": year_days, "year_months": months}
    sheet.computed("pace_month", metric, "", period.text, inputs)
    recent = recent_row(sheet, subject, actual)
    days = period.days_left(by)
    for basis, plan in plans.items():
        reached = actual.interval / plan.interval * Interval.of(100)
        if reached.low >= rate:
            sheet.note("target_reached", metric=metric, basis=basis, rate=f"{rate:f}")
        elif days > 0:
            inputs = {
                "plan": plan,
                "target": exactly("target", rate, PERCENT),
                "actual": actual,
                "days_left": exactly("days_left", days, DAYS),
            }
            needed = sheet.computed("pace_needed", metric, basis, period.text, inputs)
            inputs = {"pace_needed": needed, "year_days": year_days, "year_months": months}
            sheet.computed("pace_needed_month", metric, basis, period.text, inputs)
            sheet.computed("acceleration", metric, basis, period.text, {"pace_needed": needed, "pace": pace})
            if recent:
                inputs = {"pace_needed": needed, "pace_recent": recent}
                sheet.computed("acceleration_recent", metric, basis, period.text, inputs)


def recent_row(sheet: Sheet, subject: Subject, actual: Known) -> Known | None:
    """Add the pace since the earlier report, if there is one."""
    if subject.previous is None:
        return None
    window, known = subject.previous
    days = (subject.period.end - window.end).days
    inputs = {"actual": actual, "previous": known, "interval_days": exactly("interval_days", days, DAYS)}
    return sheet.computed("pace_recent", subject.metric, "", subject.period.text, inputs)
