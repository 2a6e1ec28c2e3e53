"""What is computed. Each indicator is one formula over named quantities; all else is derived from it.

The formula is evaluated, solved backwards, explained, documented and compiled to SQL; `example` is checked by
the tests. Money is in billion đồng and rates in percent, so that a factor of 100 turns a ratio into a rate.
"""

from __future__ import annotations

from sonla_cli.catalogue import position, schedule
from sonla_cli.catalogue import references as r
from sonla_cli.catalogue.metrics import DISBURSEMENT, EXPENDITURE, METRICS, REVENUE
from sonla_cli.catalogue.records import Example, Indicator, Quantity, example
from sonla_cli.core import unit as u
from sonla_cli.core.formula import Name
from sonla_cli.core.text import N_

__all__ = ["INDICATORS", "QUANTITIES", "Example", "Indicator", "Quantity", "label"]


QUANTITIES = {
    quantity.id: quantity
    for quantity in (
        Quantity("actual", N_("actual")),
        Quantity("plan", N_("plan")),
        Quantity("attainment", N_("attainment"), u.PERCENT),
        Quantity("other_attainment", N_("attainment of the other basis"), u.PERCENT),
        Quantity("previous", N_("earlier level")),
        Quantity("growth", N_("growth"), u.PERCENT),
        Quantity("index", N_("index"), u.PERCENT),
        Quantity("multiple", N_("multiple"), u.TIMES),
        Quantity("part", N_("part")),
        Quantity("whole", N_("whole")),
        Quantity("capital", N_("registered capital")),
        Quantity("projects", N_("projects"), u.PROJECT),
        Quantity("elapsed_days", N_("days elapsed"), u.DAYS),
        Quantity("year_days", N_("days of the budget year"), u.DAYS),
        Quantity("days_left", N_("days left"), u.DAYS),
        Quantity("elapsed", N_("share of the year elapsed"), u.PERCENT),
        Quantity("target", N_("target"), u.PERCENT),
        Quantity("pace", N_("pace so far"), u.BILLION_VND_PER_DAY),
        Quantity("pace_needed", N_("pace needed"), u.BILLION_VND_PER_DAY),
        Quantity("rate", N_("rate"), u.PERCENT),
        Quantity("national_rate", N_("national rate"), u.PERCENT),
        Quantity("earlier_rate", N_("rate a year earlier"), u.PERCENT),
        *schedule.QUANTITIES,
        *position.QUANTITIES,
    )
}


actual, plan, attainment, previous = Name("actual"), Name("plan"), Name("attainment"), Name("previous")
growth, index, multiple = Name("growth"), Name("index"), Name("multiple")
part, whole, capital, projects = Name("part"), Name("whole"), Name("capital"), Name("projects")
elapsed_days, year_days, days_left = Name("elapsed_days"), Name("year_days"), Name("days_left")
elapsed, target, pace, pace_needed = Name("elapsed"), Name("target"), Name("pace"), Name("pace_needed")
rate, national_rate, earlier_rate = Name("rate"), Name("national_rate"), Name("earlier_rate")


_ALL = (
    Indicator("actual", N_("Actual"), None, u.BILLION_VND, r.CIRCULAR_343, metric_unit=True),
    Indicator("plan", N_("Plan"), None, u.BILLION_VND, r.CIRCULAR_343, metric_unit=True),
    Indicator("target", N_("Target"), None, u.PERCENT, r.CIRCULAR_343),
    Indicator("target_amount", N_("Target amount"), None, u.BILLION_VND, r.CIRCULAR_343, metric_unit=True),
    Indicator(
        "attainment", N_("Plan attainment"), actual / plan * 100, u.PERCENT, r.CIRCULAR_343,
        example("101.42", actual="4564", plan="4500"),
    ),
    Indicator(
        "implied_plan", N_("Implied plan"), actual / attainment * 100, u.BILLION_VND, r.ARITHMETIC,
        example("4501.0", actual="4564", attainment="101.4"), metric_unit=True,
        note=N_("the plan behind a printed percentage; all publications of one plan tighten it"),
    ),
    Indicator(
        "left", N_("Left to the plan"), plan - actual, u.BILLION_VND, r.ARITHMETIC,
        example("3890", plan="7453", actual="3563"), metric_unit=True,
        note=N_("below zero where the plan is exceeded"),
    ),
    Indicator(
        "elapsed", N_("Share of the budget year elapsed"), elapsed_days / year_days * 100, u.PERCENT, r.BUDGET_YEAR,
        example("86.85", elapsed_days="317", year_days="365"),
    ),
    Indicator(
        "ahead", N_("Ahead of the calendar"), attainment - elapsed, u.POINTS, r.ARITHMETIC,
        example("18.1", attainment="101.4", elapsed="83.3"), note=N_("below zero: behind"),
    ),
    Indicator(
        "share", N_("Share of the whole"), part / whole * 100, u.PERCENT, r.ARITHMETIC,
        example("18.1", part="4564", whole="25188"),
    ),
    Indicator(
        "basis_ratio", N_("Ratio of the plans of two bases"), attainment / Name("other_attainment"), u.TIMES, r.ARITHMETIC,
        example("1.0848", attainment="110", other_attainment="101.4"),
        note=N_("the other plan over this one: one actual stands over both"),
    ),
    Indicator(
        "growth", N_("Growth"), (actual / previous - 1) * 100, u.PERCENT, r.STATISTICS,
        example("23.4", actual="4564", previous="3698.5"),
    ),
    Indicator(
        "index", N_("Index"), actual / previous * 100, u.PERCENT, r.STATISTICS,
        example("123.4", actual="4564", previous="3698.5"),
    ),
    Indicator(
        "multiple", N_("Multiple"), actual / previous, u.TIMES, r.STATISTICS,
        example("3", actual="30", previous="10"),
    ),
    Indicator(
        "plan_growth", N_("Growth of the plan"), (plan / previous - 1) * 100, u.PERCENT, r.ARITHMETIC,
        example("12.2", plan="5050", previous="4500"),
    ),
    Indicator(
        "level_from_growth", N_("Earlier level, from growth"), actual / (1 + growth / 100), u.BILLION_VND, r.ARITHMETIC,
        example("3698.5", actual="4564", growth="23.4"), metric_unit=True,
    ),
    Indicator(
        "level_from_index", N_("Earlier level, from the index"), actual / index * 100, u.BILLION_VND, r.ARITHMETIC,
        example("3698.5", actual="4564", index="123.4"), metric_unit=True,
    ),
    Indicator(
        "level_from_multiple", N_("Earlier level, from the multiple"), actual / multiple, u.BILLION_VND, r.ARITHMETIC,
        example("10", actual="30", multiple="3"), metric_unit=True,
    ),
    Indicator(
        "capital_per_project", N_("Average capital per project"), capital / projects, u.BILLION_VND_PER_PROJECT, r.ARITHMETIC,
        example("422", capital="12660", projects="30"),
    ),
    Indicator(
        "allocation_rate", N_("Allocation rate"), part / whole * 100, u.PERCENT, r.MINISTRY_REPORTS,
        example("85.87", part="5667", whole="6599.735"),
    ),
    Indicator(
        "pace", N_("Pace so far"), actual / elapsed_days, u.BILLION_VND_PER_DAY, r.ARITHMETIC,
        example("11.24", actual="3563", elapsed_days="317"),
    ),
    Indicator(
        "pace_needed", N_("Pace needed"), (plan * target / 100 - actual) / days_left, u.BILLION_VND_PER_DAY, r.INVESTMENT_LAW,
        example("49.25", plan="7454", target="100", actual="3563", days_left="79"),
    ),
    Indicator(
        "acceleration", N_("Pace needed over pace so far"), pace_needed / pace, u.TIMES, r.ARITHMETIC,
        example("4.38", pace_needed="49.25", pace="11.24"),
    ),
    Indicator(
        "national_gap", N_("Gap to the national rate"), rate - national_rate, u.POINTS, r.MINISTRY_REPORTS,
        example("-7.1", rate="47.8", national_rate="54.9"), note=N_("below zero: behind the country"),
    ),
    Indicator(
        "target_gap", N_("Gap to the target"), rate - target, u.POINTS, r.ARITHMETIC,
        example("-1.74", rate="6.26", target="8"), note=N_("below zero: short of the target"),
    ),
)  # fmt: skip

INDICATORS: dict[str, Indicator] = {
    indicator.id: indicator for indicator in (*_ALL, *schedule.INDICATORS, *position.INDICATORS)
}

#: what an indicator is called where a group of metrics has a word of its own for it
_GROUP_LABELS = {
    ("plan", REVENUE): N_("Budget plan"),
    ("plan", EXPENDITURE): N_("Budget plan"),
    ("plan", DISBURSEMENT): N_("Capital plan"),
    ("implied_plan", REVENUE): N_("Implied budget plan"),
    ("implied_plan", EXPENDITURE): N_("Implied budget plan"),
    ("implied_plan", DISBURSEMENT): N_("Implied capital plan"),
    ("left", DISBURSEMENT): N_("Capital left"),
    ("attainment", "disbursement"): N_("Disbursement rate"),
    ("attainment", "allocation"): N_("Allocation rate"),
    ("attainment", "allocation.unallocated"): N_("Share not allocated"),
}


def labels(indicator_id: str) -> tuple[str, ...]:
    """Return what an indicator is called for groups of metrics that have a word of their own for it, untranslated."""
    return tuple(text for (owner, _group), text in _GROUP_LABELS.items() if owner == indicator_id)


def label(indicator_id: str, metric_id: str) -> str:
    """Return what an indicator of a metric is called, untranslated: as itself, by its family, its group, or plainly."""
    metric = METRICS.get(metric_id)
    for owner in (metric_id, metric_id.partition(".")[0], metric.group if metric else ""):
        found = _GROUP_LABELS.get((indicator_id, owner))
        if found:
            return found
    return INDICATORS[indicator_id].label if indicator_id in INDICATORS else indicator_id
