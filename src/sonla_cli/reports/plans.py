"""An actual against every plan it was measured by, printed or not."""

from __future__ import annotations

from sonla_cli.catalogue.bases import PLAN_BASES
from sonla_cli.core.interval import NEAREST
from sonla_cli.core.period import Period, days_of_year
from sonla_cli.core.unit import DAYS
from sonla_cli.reports.evidence import Variable
from sonla_cli.reports.known import Known, exactly
from sonla_cli.reports.sheet import Sheet

CALENDAR = "calendar"


def elapsed_row(sheet: Sheet, period: Period) -> Known:
    """Add the share of the budget year gone by at the end of `period`."""
    inputs = {
        "elapsed_days": exactly("elapsed_days", period.elapsed_days, DAYS),
        "year_days": exactly("year_days", days_of_year(period.year), DAYS),
    }
    return sheet.computed("elapsed", CALENDAR, "", period.text, inputs)


def plan_rows(
    sheet: Sheet, metric: str, period: Period, actual: Known | None, elapsed: Known | None
) -> dict[str, Known]:
    """Add, for every basis, the plan, the attainment, what is left and how far ahead; return the plans."""
    plans: dict[str, Known] = {}
    attainments: dict[str, Known] = {}
    for basis in PLAN_BASES:
        printed = sheet.published(metric, "attainment", basis, period.text)
        plan = plan_row(sheet, metric, basis, period, actual, printed)
        attainment = printed
        if attainment is None and plan and actual:
            attainment = sheet.computed(
                "attainment", metric, basis, period.text, {"actual": actual, "plan": plan}
            )
        if plan:
            plans[basis] = plan
            if actual:
                sheet.computed("left", metric, basis, period.text, {"plan": plan, "actual": actual})
        if attainment:
            attainments[basis] = attainment
            if elapsed:
                inputs = {"attainment": attainment, "elapsed": elapsed}
                sheet.computed("ahead", metric, basis, period.text, inputs)
    _ratio_rows(sheet, metric, period, plans, attainments)
    return plans


def plan_row(
    sheet: Sheet, metric: str, basis: str, period: Period, actual: Known | None, attainment: Known | None
) -> Known | None:
    """Add the plan of `basis`, as printed and as implied, and return it with everything known of it."""
    evidence = sheet.evidence
    variable = evidence.variable(metric, "plan", basis, period.text, "")
    if variable.quantity != "plan":
        known = sheet.published(variable.metric, "actual", "", period.text)
        return known if known and metric != variable.metric else None
    printed = sheet.published(variable.metric, "plan", basis, variable.period)
    implied = None
    if variable in evidence.network.index and attainment and actual:
        bounds, sources = evidence.implied(variable)
        if bounds is not None and bounds.high.is_finite():
            inputs = {"actual": actual, "attainment": attainment}
            implied = sheet.computed(
                "implied_plan",
                metric,
                basis,
                variable.period,
                inputs,
                how="implied",
                bounds=bounds,
                sources=sources,
            )
    elif variable in evidence.network.index and not printed:
        implied = _known_elsewhere(sheet, metric, basis, variable)
    if not (printed or implied):
        return None
    shown = printed or implied
    bounds = evidence.bounds(variable)
    return shown._replace(interval=bounds) if shown and bounds and not _is_aside(sheet, variable) else shown


def _known_elsewhere(sheet: Sheet, metric: str, basis: str, variable: Variable) -> Known | None:
    """Return a plan that only other periods of the same year speak of, through their attainments."""
    evidence = sheet.evidence
    bounds = evidence.bounds(variable)
    if bounds is None or not bounds.is_bounded:
        return None
    for each in evidence.observations:
        if each.measure == "attainment" and each.basis == basis and each.metric == metric:
            window = each.window
            if evidence.variable(metric, "plan", basis, window.text, "") == variable:
                actual = sheet.published(metric, "actual", "", window.text)
                attainment = sheet.published(metric, "attainment", basis, window.text)
                if actual and attainment:
                    inputs = {"actual": actual, "attainment": attainment}
                    return sheet.computed(
                        "implied_plan", metric, basis, variable.period, inputs, how="implied", bounds=bounds
                    )
    return None


def _is_aside(sheet: Sheet, variable: Variable) -> bool:
    best = sheet.evidence.best(variable)
    return best is not None and sheet.is_aside(best)


def _ratio_rows(
    sheet: Sheet, metric: str, period: Period, plans: dict[str, Known], attainments: dict[str, Known]
) -> None:
    bases = [basis for basis in attainments if basis in plans]
    for place, basis in enumerate(bases):
        for other in bases[place + 1 :]:
            one, two = plans[basis], plans[other]
            by_plans = two.interval / one.interval
            name = f"{other}/{basis}"
            if _of_one_publication(sheet, attainments[basis], attainments[other]):
                inputs = {"attainment": attainments[basis], "other_attainment": attainments[other]}
                by_rates = attainments[basis].interval / attainments[other].interval
                bounds = by_rates.intersect(by_plans) or by_plans
                sheet.computed("basis_ratio", metric, name, period.text, inputs, bounds=bounds)
            elif one.interval.low > 0:
                pair = [("plan", two), ("plan", one)]
                point = NEAREST.divide(two.point, one.point) if two.point and one.point else None
                sheet.stated("basis_ratio", metric, name, period.text, pair, by_plans, point)


def _of_one_publication(sheet: Sheet, one: Known, other: Known) -> bool:
    """Whether two rates were printed together: only then is the actual behind them the same."""
    printed = all(sheet.rows[each.id].how == "published" for each in (one, other))
    return printed and one.sources == other.sources
