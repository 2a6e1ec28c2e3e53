"""Indicators of position and scale: among the provinces or the units of one, per head, over GRDP, in real terms.

A rank is one more than the number of values above; equal values share it. What rounding leaves open stays
open: the bounds of a rank are the best and the worst place the figures allow.
"""

from __future__ import annotations

from sonla_cli.catalogue import references as r
from sonla_cli.catalogue.records import Indicator, Quantity, example
from sonla_cli.core import unit as u
from sonla_cli.core.formula import Name
from sonla_cli.core.text import N_

QUANTITIES = (
    Quantity("above", N_("units above"), u.RANK),
    Quantity("rank", N_("rank"), u.RANK),
    Quantity("units", N_("units compared"), u.RANK),
    Quantity("median", N_("median"), u.PERCENT),
    Quantity("median_amount", N_("median")),
    Quantity("units_sum", N_("sum of the units")),
    Quantity("population", N_("population"), u.HEAD),
    Quantity("grdp", N_("gross regional product")),
    Quantity("prices", N_("growth of the price index"), u.PERCENT),
)

actual, growth, rank, units = Name("actual"), Name("growth"), Name("rank"), Name("units")
whole, units_sum = Name("whole"), Name("units_sum")

INDICATORS = (
    # among others
    Indicator(
        "rank", N_("Rank"), 1 + Name("above"), u.RANK, r.ARITHMETIC, example("4", above="3"),
        note=N_("the highest value is first; equal values share a rank; a range where rounding leaves it open"),
    ),
    Indicator(
        "percentile", N_("Others that are not above"), (units - rank) / (units - 1) * 100, u.PERCENT, r.ARITHMETIC,
        example("90.91", units="34", rank="4"), note=N_("100 for the first, 0 for the last"),
    ),
    Indicator(
        "median_gap", N_("Gap to the median"), Name("rate") - Name("median"), u.POINTS, r.ARITHMETIC,
        example("-8.9", rate="47.8", median="56.7"), note=N_("below zero: under the median"),
    ),
    Indicator(
        "median_gap_amount", N_("Gap to the median, amount"), actual - Name("median_amount"), u.BILLION_VND, r.ARITHMETIC,
        example("-1000", actual="3563", median_amount="4563"), metric_unit=True, note=N_("below zero: under the median"),
    ),
    Indicator("quartile_low", N_("Lower quartile"), None, u.PERCENT, r.ARITHMETIC, note=N_("a quarter of the values is not above it")),
    Indicator("median", N_("Median"), None, u.PERCENT, r.ARITHMETIC, note=N_("half of the values is not above it")),
    Indicator("quartile_high", N_("Upper quartile"), None, u.PERCENT, r.ARITHMETIC, note=N_("three quarters of the values are not above it")),
    # units of one area, provinces that became one
    Indicator(
        "parts_sum", N_("Sum of the provinces that became one"), None, u.BILLION_VND, r.ARITHMETIC, metric_unit=True,
        note=N_("only where every one of them is known"),
    ),
    Indicator(
        "units_sum", N_("Sum of the units"), None, u.BILLION_VND, r.ARITHMETIC, metric_unit=True,
        note=N_("of the units that were published; others may be missing"),
    ),
    Indicator(
        "units_share", N_("Sum of the units over the whole"), units_sum / whole * 100, u.PERCENT, r.ARITHMETIC,
        example("75", units_sum="2672", whole="3563"), note=N_("above 100: the units exceed the whole"),
    ),
    Indicator(
        "units_rest", N_("Whole less the units"), whole - units_sum, u.BILLION_VND, r.ARITHMETIC,
        example("891", whole="3563", units_sum="2672"), metric_unit=True, note=N_("what the published units do not explain"),
    ),
    Indicator(
        "gap_share", N_("Share of what is left"), Name("part") / whole * 100, u.PERCENT, r.ARITHMETIC,
        example("20", part="778", whole="3890"), note=N_("the unit's part of what is left to the plan in all units"),
    ),
    # scale and prices
    Indicator(
        "per_head", N_("Per head"), actual / Name("population") * 1000, u.MILLION_VND_PER_HEAD, r.ARITHMETIC,
        example("3.600", actual="4636", population="1287700"), note=N_("the population of the same year"),
    ),
    Indicator(
        "grdp_share", N_("Share of GRDP"), actual / Name("grdp") * 100, u.PERCENT, r.ARITHMETIC,
        example("8.32", actual="4636", grdp="55720"), note=N_("GRDP at current prices of the same window"),
    ),
    Indicator(
        "real_growth", N_("Real growth"), ((1 + growth / 100) / (1 + Name("prices") / 100) - 1) * 100, u.PERCENT, r.STATISTICS,
        example("19.34", growth="23.4", prices="3.4"), note=N_("deflated by the named price index of the same window"),
    ),
)  # fmt: skip
