"""`sonla compare DATE DATE`: two reports of one budget year, and what lies between them.

A rate moves through the money and through the plan. With the earlier plan held as it was, the rest of the
change is the plan's: a rate that falls while the amount rises is explained by a plan that was raised.
"""

from __future__ import annotations

from sonla_cli.catalogue.metrics import METRICS, Metric
from sonla_cli.core.period import Period
from sonla_cli.core.problem import Code, Problem, SonlaError
from sonla_cli.core.unit import DAYS
from sonla_cli.models.report import Report
from sonla_cli.reports.known import Known, exactly, value_id
from sonla_cli.reports.merged import is_before, parts_sum
from sonla_cli.reports.plans import plan_rows
from sonla_cli.reports.query import Query, order
from sonla_cli.reports.sheet import Sheet

MONEY = ("VND", "USD")


def between(query: Query, first: Period, last: Period) -> Report:
    """Return what was reported at two dates of one budget year; raise `SonlaError` if one has nothing."""
    first, last = sorted((first, last), key=order)
    sheet = Sheet(query.at(last))
    both = False
    for metric in METRICS.values():
        if not (metric.growth_of or metric.is_signed):
            both = _metric_rows(sheet, query, metric, first, last) or both
    if not both:
        raise _nothing(query, first, last)
    for row in list(sheet.rows.values()):
        says_nothing = row.how != "published" and row.high is None and not row.low
        if says_nothing or row.indicator in ("left", "basis_ratio"):
            del sheet.rows[row.id]
    return sheet.report("compare", f"{first.text} {last.text}")


def _nothing(query: Query, first: Period, last: Period) -> SonlaError:
    """Return the error that no figure was published for both dates, with the published dates nearest to them."""
    windows = [each for each in query.windows(METRICS, ("actual", "attainment")) if each.year == last.year]
    ends = {each.end for each in windows}
    missing = next((each for each in (first, last) if each.end not in ends), first)
    nearest = sorted(windows, key=lambda each: (abs((each.end - missing.end).days), each.text))
    values = {"area": query.area, "period": missing.text, "what": "compare"}
    suggestions = tuple(each.text for each in nearest[:5])
    return SonlaError([Problem(Code.NO_DATA, values=values, suggestions=suggestions)])


def _metric_rows(sheet: Sheet, query: Query, metric: Metric, first: Period, last: Period) -> bool:
    """Add the rows of a metric published at both dates, and return whether it was."""
    earlier, later = _window(query, metric.id, first), _window(query, metric.id, last)
    if not (earlier and later):
        for each, found in ((first, earlier), (last, later)):
            if (earlier or later) and not found:
                sheet.note("not_published", metric=metric.id, period=each.text)
        return False
    before, now = _level(sheet, query, metric.id, earlier), _level(sheet, query, metric.id, later)
    plans_before = plan_rows(sheet, metric.id, earlier, before, None)
    plans_now = plan_rows(sheet, metric.id, later, now, None)
    grown = None
    if before and now:
        inputs = {"actual": now, "previous": before}
        grown = sheet.computed("increment", metric.id, earlier.text, later.text, inputs)
        days = (later.end - earlier.end).days
        if metric.unit.dimension in MONEY and not metric.is_stock and days:
            inputs["interval_days"] = exactly("interval_days", days, DAYS)
            sheet.computed("pace_recent", metric.id, earlier.text, later.text, inputs)
    for basis, plan in plans_before.items():
        _plan_rows(sheet, metric, basis, (earlier, later), plan, plans_now.get(basis), now)
    _rate_rows(sheet, metric.id, earlier, later, grown)
    return bool(grown) or bool(_rates(sheet, metric.id, earlier))


def _window(query: Query, metric: str, date: Period) -> Period | None:
    """Return the window of the metric that ends on the same day of the same budget year."""
    found = [each for each in query.windows((metric,), ("actual", "attainment"))
             if (each.year, each.end) == (date.year, date.end)]  # fmt: skip
    return date if date in found else found[0] if found else None


def _level(sheet: Sheet, query: Query, metric: str, window: Period) -> Known | None:
    known = sheet.published(metric, "actual", "", window.text)
    if known is None and is_before(query, window):
        return parts_sum(sheet, query, metric, "actual", "", window)
    return known


def _plan_rows(
    sheet: Sheet, metric: Metric, basis: str, windows: tuple[Period, Period], plan: Known, plan_now: Known | None,
    now: Known | None,
) -> None:  # fmt: skip
    earlier, later = windows
    against = f"{basis}/{earlier.text}"
    if plan_now and plan_now.id != plan.id:
        inputs = {"plan": plan_now, "previous_plan": plan}
        sheet.computed("plan_change", metric.id, against, later.text, inputs)
    if now and not (plan_now and plan_now.id == plan.id):
        sheet.computed("rate_on_plan", metric.id, against, later.text, {"actual": now, "previous_plan": plan})


def _rates(sheet: Sheet, metric: str, window: Period) -> dict[str, Known]:
    return {
        row.basis: sheet.known[row.id]
        for row in sheet.rows.values()
        if (row.metric, row.indicator, row.period) == (metric, "attainment", window.text)
    }


def _rate_rows(sheet: Sheet, metric: str, earlier: Period, later: Period, grown: Known | None) -> None:
    before, now = _rates(sheet, metric, earlier), _rates(sheet, metric, later)
    for basis in before:
        if basis not in now:
            continue
        against = f"{basis}/{earlier.text}"
        inputs = {"attainment": now[basis], "previous_rate": before[basis]}
        change = sheet.computed("rate_change", metric, against, later.text, inputs)
        same_plan = sheet.known.get(value_id(metric, "rate_on_plan", against, later.text))
        if same_plan:
            inputs = {"rate_on_plan": same_plan, "previous_rate": before[basis]}
            sheet.computed("rate_by_money", metric, against, later.text, inputs)
            inputs = {"attainment": now[basis], "rate_on_plan": same_plan}
            sheet.computed("rate_by_plan", metric, against, later.text, inputs)
        if grown and change.interval.high < 0 and grown.interval.low > 0:
            sheet.note("plan_moved", metric=metric, basis=basis)
    if before and now and not before.keys() & now.keys():
        sheet.note("no_common_basis", metric=metric, earlier=" ".join(before), later=" ".join(now))
