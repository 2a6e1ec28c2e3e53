"""Indicators of the calendar: where a plan should stand by now, what it takes to reach it, where it leads.

A season is the share of a year's outcome that an earlier or another series had reached by the same day.
Between two published dates that series is read off a straight line; it is bounded by the figures on either
side, since a cumulative figure does not fall. A projection is an arithmetic of one stated assumption.
"""

from __future__ import annotations

from sonla_cli.catalogue import references as r
from sonla_cli.catalogue.records import Indicator, Quantity, example
from sonla_cli.core import unit as u
from sonla_cli.core.formula import Name
from sonla_cli.core.text import N_

QUANTITIES = (
    Quantity("year_months", N_("months of the year"), u.MONTHS),
    Quantity("horizon_days", N_("days from 1 January to the horizon"), u.DAYS),
    Quantity("interval_days", N_("days since the earlier report"), u.DAYS),
    Quantity("days_ahead", N_("days to the horizon"), u.DAYS),
    Quantity("days_since", N_("days since the date before"), u.DAYS),
    Quantity("days_between", N_("days between the two dates"), u.DAYS),
    Quantity("before", N_("series at the date before"), u.PERCENT),
    Quantity("after", N_("series at the date after"), u.PERCENT),
    Quantity("closing", N_("series at the end of its year"), u.PERCENT),
    Quantity("season", N_("share reached by the season"), u.PERCENT),
    Quantity("season_then", N_("share reached by the season at the horizon"), u.PERCENT),
    Quantity("previous_rate", N_("rate of the earlier report"), u.PERCENT),
    Quantity("previous_plan", N_("plan of the earlier report")),
    Quantity("rate_on_plan", N_("rate on the earlier plan"), u.PERCENT),
    Quantity("pace_recent", N_("pace since the earlier report"), u.BILLION_VND_PER_DAY),
)

actual, plan, attainment, previous = Name("actual"), Name("plan"), Name("attainment"), Name("previous")
elapsed, elapsed_days, year_days = Name("elapsed"), Name("elapsed_days"), Name("year_days")
pace, pace_needed, pace_recent = Name("pace"), Name("pace_needed"), Name("pace_recent")
season, season_then, closing = Name("season"), Name("season_then"), Name("closing")
before, after, days_since, days_between = (
    Name("before"),
    Name("after"),
    Name("days_since"),
    Name("days_between"),
)
interval_days, days_ahead, horizon_days = Name("interval_days"), Name("days_ahead"), Name("horizon_days")
previous_rate, previous_plan, rate_on_plan = (
    Name("previous_rate"),
    Name("previous_plan"),
    Name("rate_on_plan"),
)

_PER_MONTH = N_("an average month of the budget year")
_STEADY = N_("assumes the average pace since 1 January until the horizon")
_SEASONAL = N_("assumes that the rest of the year goes as in the named series")
_RECENT = N_("assumes the pace since the earlier report until the horizon")

INDICATORS = (
    # where the plan should stand by now
    Indicator(
        "expected", N_("Due by the calendar"), plan * elapsed / 100, u.BILLION_VND, r.BUDGET_YEAR,
        example("6473", plan="7453", elapsed="86.85"), metric_unit=True, note=N_("the plan spread evenly over the days of the year"),
    ),
    Indicator(
        "ahead_amount", N_("Ahead of the calendar, amount"), actual - plan * elapsed / 100, u.BILLION_VND, r.ARITHMETIC,
        example("-2910", actual="3563", plan="7453", elapsed="86.85"), metric_unit=True, note=N_("below zero: behind"),
    ),
    Indicator(
        "season", N_("Share of the year's outcome reached by the season"),
        (before + (after - before) * days_since / days_between) / closing * 100, u.PERCENT, r.ARITHMETIC,
        example("58.77", before="52.2", after="58.2", days_since="13", days_between="31", closing="93.1"),
        note=N_("bounds: a cumulative series lies between its figures on either side; value: the straight line between them"),
    ),
    Indicator(
        "expected_season", N_("Due by the season"), plan * season / 100, u.BILLION_VND, r.ARITHMETIC,
        example("4380", plan="7453", season="58.77"), metric_unit=True,
    ),
    Indicator(
        "ahead_season", N_("Ahead of the season"), attainment - season, u.POINTS, r.ARITHMETIC,
        example("-10.97", attainment="47.8", season="58.77"), note=N_("below zero: behind"),
    ),
    Indicator(
        "ahead_season_amount", N_("Ahead of the season, amount"), actual - plan * season / 100, u.BILLION_VND, r.ARITHMETIC,
        example("-817", actual="3563", plan="7453", season="58.77"), metric_unit=True, note=N_("below zero: behind"),
    ),
    # what it takes
    Indicator(
        "pace_month", N_("Pace so far, per month"), pace * year_days / Name("year_months"), u.BILLION_VND_PER_MONTH, r.ARITHMETIC,
        example("341.9", pace="11.24", year_days="365", year_months="12"), note=_PER_MONTH,
    ),
    Indicator(
        "pace_recent", N_("Pace since the earlier report"), (actual - previous) / interval_days, u.BILLION_VND_PER_DAY, r.ARITHMETIC,
        example("16.10", actual="3563", previous="1872", interval_days="105"),
    ),
    Indicator(
        "pace_needed_month", N_("Pace needed, per month"), pace_needed * year_days / Name("year_months"), u.BILLION_VND_PER_MONTH, r.ARITHMETIC,
        example("1498", pace_needed="49.25", year_days="365", year_months="12"), note=_PER_MONTH,
    ),
    Indicator(
        "acceleration_recent", N_("Pace needed over pace since the earlier report"), pace_needed / pace_recent, u.TIMES, r.ARITHMETIC,
        example("3.06", pace_needed="49.25", pace_recent="16.10"),
    ),
    # where it leads
    Indicator(
        "projected_line", N_("Projection, straight line"), actual / elapsed_days * horizon_days, u.BILLION_VND, r.ARITHMETIC,
        example("4451", actual="3563", elapsed_days="317", horizon_days="396"), metric_unit=True, note=_STEADY,
    ),
    Indicator(
        "projected_season", N_("Projection, season"), actual * season_then / season, u.BILLION_VND, r.ARITHMETIC,
        example("6063", actual="3563", season_then="100", season="58.77"), metric_unit=True, note=_SEASONAL,
    ),
    Indicator(
        "projected_recent", N_("Projection, latest pace"), actual + (actual - previous) / interval_days * days_ahead, u.BILLION_VND, r.ARITHMETIC,
        example("4835", actual="3563", previous="1872", interval_days="105", days_ahead="79"), metric_unit=True, note=_RECENT,
    ),
    Indicator(
        "projected_range", N_("Projection, range of the methods"), None, u.BILLION_VND, r.ARITHMETIC, metric_unit=True,
        note=N_("from the least to the greatest of the projections, their bounds included; not a confidence interval"),
    ),
    Indicator(
        "projected_rate_line", N_("Projected rate, straight line"), attainment / elapsed_days * horizon_days, u.PERCENT, r.ARITHMETIC,
        example("59.71", attainment="47.8", elapsed_days="317", horizon_days="396"), note=_STEADY,
    ),
    Indicator(
        "projected_rate_season", N_("Projected rate, season"), attainment * season_then / season, u.PERCENT, r.ARITHMETIC,
        example("81.33", attainment="47.8", season_then="100", season="58.77"), note=_SEASONAL,
    ),
    Indicator(
        "projected_rate_recent", N_("Projected rate, latest pace"),
        attainment + (attainment - previous_rate) / interval_days * days_ahead, u.PERCENT, r.ARITHMETIC,
        example("64.86", attainment="47.8", previous_rate="25.12", interval_days="105", days_ahead="79"), note=_RECENT,
    ),
    Indicator(
        "projected_rate_range", N_("Projected rate, range of the methods"), None, u.PERCENT, r.ARITHMETIC,
        note=N_("from the least to the greatest of the projections, their bounds included; not a confidence interval"),
    ),
    # between two reports
    Indicator(
        "increment", N_("Increment"), actual - previous, u.BILLION_VND, r.ARITHMETIC,
        example("2266", actual="3563", previous="1297"), metric_unit=True,
    ),
    Indicator(
        "plan_change", N_("Change of the plan"), plan - previous_plan, u.BILLION_VND, r.ARITHMETIC,
        example("30", plan="6630", previous_plan="6600"), metric_unit=True,
    ),
    Indicator(
        "rate_change", N_("Change of the rate"), attainment - previous_rate, u.POINTS, r.ARITHMETIC,
        example("8.67", attainment="28.25", previous_rate="19.58"),
    ),
    Indicator(
        "rate_on_plan", N_("Rate on the earlier plan"), actual / previous_plan * 100, u.PERCENT, r.ARITHMETIC,
        example("53.98", actual="3563", previous_plan="6600"),
    ),
    Indicator(
        "rate_by_money", N_("Change of the rate through the money"), rate_on_plan - previous_rate, u.POINTS, r.ARITHMETIC,
        example("8.78", rate_on_plan="28.36", previous_rate="19.58"), note=N_("the plan held as it was"),
    ),
    Indicator(
        "rate_by_plan", N_("Change of the rate through the plan"), attainment - rate_on_plan, u.POINTS, r.ARITHMETIC,
        example("-0.11", attainment="28.25", rate_on_plan="28.36"), note=N_("the money held as it is"),
    ),
)  # fmt: skip
