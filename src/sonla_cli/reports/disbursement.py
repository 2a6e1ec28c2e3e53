"""`sonla disbursement`: public investment capital paid out, against its plans, the calendar and the country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sonla_cli.catalogue.areas import COUNTRY
from sonla_cli.catalogue.bases import PLAN_BASES
from sonla_cli.catalogue.metrics import DISBURSEMENT, METRICS, of_group
from sonla_cli.core.period import Period, parse
from sonla_cli.core.problem import Code, Problem, SonlaError
from sonla_cli.core.unit import DAYS, PERCENT
from sonla_cli.models.report import Report
from sonla_cli.reports.changes import change_rows
from sonla_cli.reports.evidence import Evidence
from sonla_cli.reports.known import Known, exactly
from sonla_cli.reports.plans import elapsed_row, plan_row, plan_rows
from sonla_cli.reports.query import Query, order
from sonla_cli.reports.scale import Scale
from sonla_cli.reports.sheet import Sheet

MAIN = "disbursement"
CAPITAL = tuple(metric.id for metric in of_group(DISBURSEMENT))


@dataclass(frozen=True, slots=True)
class Goal:
    """The rate to reach, in percent of the plan, and the day to reach it by (31 January unless given)."""

    rate: Decimal = Decimal(100)
    by: date | None = None


def disbursement(query: Query, goal: Goal | None = None, *, as_of: date | None = None) -> Report:
    """Return the state of disbursement at a date; raise `SonlaError` if nothing was published by then."""
    goal = goal or Goal()
    period = query.choose((MAIN,), MAIN, until=as_of)
    by = goal.by or period.closing
    if goal.by and by <= period.end:
        values = {"value": by.isoformat(), "end": period.end.isoformat()}
        raise SonlaError([Problem(Code.TARGET_DAY_PAST, values=values)])
    sheet = Sheet(query.evidence(period.year, CAPITAL))
    elapsed = elapsed_row(sheet, period)
    actual = sheet.published(MAIN, "actual", "", period.text)
    plans = plan_rows(sheet, MAIN, period, actual, elapsed)
    change_rows(sheet, MAIN, period, actual)
    if actual:
        _pace_rows(sheet, period, actual, plans, goal, by)
    Scale(query, period).rows(sheet, MAIN, actual)
    if actual is None or not plans:
        sheet.note("not_published", metric=MAIN, period=period.text)
    _national_rows(sheet, query, period)
    _latest_rows(sheet, query, period)
    _target_rows(sheet, period)
    return sheet.report("disbursement", period.text)


def _pace_rows(
    sheet: Sheet, period: Period, actual: Known, plans: dict[str, Known], goal: Goal, by: date
) -> None:
    days = exactly("elapsed_days", period.days, DAYS)
    left = exactly("days_left", period.days_left(by), DAYS)
    target = exactly("target", goal.rate, PERCENT)
    pace = sheet.computed("pace", MAIN, "", period.text, {"actual": actual, "elapsed_days": days})
    # a budget year that has run its course leaves no day, and needs no pace
    for basis, plan in plans.items() if period.days_left(by) > 0 else ():
        inputs = {"plan": plan, "target": target, "actual": actual, "days_left": left}
        needed = sheet.computed("pace_needed", MAIN, basis, period.text, inputs)
        sheet.computed("acceleration", MAIN, basis, period.text, {"pace_needed": needed, "pace": pace})


def _national_rows(sheet: Sheet, query: Query, period: Period) -> None:
    """Add the gap to the country's rate on the same basis at the nearest date of the same budget year."""
    if query.area == COUNTRY:
        return
    country: Sheet | None = None
    for basis in PLAN_BASES:
        rate = sheet.rows.get(f"{MAIN}:attainment@{basis}:{period.text}")
        dates = {
            each.period
            for each in query.dataset.observations
            if (each.area, each.metric, each.measure, each.basis) == (COUNTRY, MAIN, "attainment", basis)
            and each.period[:4] == period.text[:4]
            and (not query.sources or each.source in query.sources)
        }
        if rate is None or not dates or basis == "unspecified":
            continue
        nearest = min(map(parse, dates), key=lambda each: (abs((each.end - period.end).days), each.end))
        country = country or Sheet(
            Evidence(query.dataset, COUNTRY, rounding=query.rounding, sources=query.sources, metrics=(MAIN,))
        )
        national = country.published(MAIN, "attainment", basis, nearest.text)
        mine = sheet.published(MAIN, "attainment", basis, period.text)
        if national and mine:
            named = national._replace(id=f"{COUNTRY}/{national.id}")
            inputs = {"rate": mine, "national_rate": named}
            sheet.computed("national_gap", MAIN, basis, period.text, inputs)


def _latest_rows(sheet: Sheet, query: Query, period: Period) -> None:
    """Add every other capital figure of the year, at the latest date it was published for."""
    for metric in CAPITAL[1:]:
        windows = [
            each
            for each in query.windows((metric,), ("actual", "plan", "attainment"))
            if each.year == period.year and each.end <= period.end
        ]
        if windows:
            latest = max(windows, key=order)
            actual = sheet.published(metric, "actual", "", latest.text)
            for basis in PLAN_BASES:
                rate = sheet.published(metric, "attainment", basis, latest.text)
                plan = (
                    plan_row(sheet, metric, basis, latest, actual, rate)
                    if rate or not METRICS[metric].plan_of
                    else None
                )
                if metric == "allocation" and plan and actual and not rate:
                    inputs = {"part": actual, "whole": plan}
                    sheet.computed("allocation_rate", metric, basis, latest.text, inputs)


def _target_rows(sheet: Sheet, period: Period) -> None:
    """Add the targets set for later dates of the same budget year."""
    for observation in sheet.evidence.observations:
        window = observation.window
        is_target = observation.metric == MAIN and observation.measure == "target"
        if is_target and window.year == period.year and window.end > period.end:
            sheet.published(MAIN, "target", observation.basis, window.text)
            sheet.published(MAIN, "target_amount", observation.basis, window.text)
