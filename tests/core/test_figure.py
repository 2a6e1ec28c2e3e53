"""A figure stands for every true value that would have been printed so, and for no more than it must."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sonla_cli.core import unit as u
from sonla_cli.core.figure import Figure, Hedge, Rounding
from sonla_cli.core.interval import INFINITY, NEGATIVE_INFINITY, Interval
from sonla_cli.core.unit import parse

MODES = {
    Rounding.HALF: (ROUND_HALF_UP, ROUND_HALF_EVEN),
    Rounding.UP: (ROUND_HALF_UP,),
    Rounding.EVEN: (ROUND_HALF_EVEN,),
    Rounding.TRUNCATED: (ROUND_DOWN,),
    Rounding.CEILING: (ROUND_CEILING,),
}
truths = st.decimals(min_value=-(10**9), max_value=10**9, places=9, allow_nan=False)


@given(truths, st.integers(0, 6), st.sampled_from(sorted(MODES)))
def test_the_interval_holds_the_truth_behind_every_printing(truth, decimals, rounding):
    for mode in MODES[rounding]:
        printed = truth.quantize(Decimal(1).scaleb(-decimals), mode)
        figure = Figure(f"{printed:f}", u.BILLION_VND)
        assert truth in figure.interval(rounding)
        assert figure.interval(rounding).high - figure.interval(rounding).low <= 2 * figure.ulp


def span(text: str, unit: str = "tỷ đồng", hedge: Hedge = Hedge.EXACT) -> Interval:
    found = parse(unit)
    assert found is not None
    return Figure(text, found, hedge).interval()


@pytest.mark.parametrize(
    ("digits", "unit", "hedge", "low", "high"),
    [
        ("138.07", "%", Hedge.EXACT, "138.065", "138.075"),
        ("25188", "tỷ đồng", Hedge.EXACT, "25187.5", "25188.5"),
        ("3.6", "nghìn tỷ", Hedge.EXACT, "3550", "3650"),
        ("9.10", "%", Hedge.EXACT, "9.095", "9.105"),
        ("37", "lần", Hedge.OVER, "37", "Infinity"),
        ("6600", "tỷ đồng", Hedge.UNDER, "-Infinity", "6600"),
        ("4500", "tỷ đồng", Hedge.ABOUT, "4450", "4550"),
        ("492", "tỷ đồng", Hedge.ABOUT, "491.5", "492.5"),
        ("30", "dự án", Hedge.EXACT, "30", "30"),
        ("-15", "%", Hedge.UNDER, "-15", "0"),
        ("-15", "%", Hedge.OVER, "-Infinity", "-15"),
        ("18160000", "USD", Hedge.EXACT, "18.1599995", "18.1600005"),
    ],
)
def test_what_a_printed_number_stands_for(digits, unit, hedge, low, high):
    assert span(digits, unit, hedge) == Interval(Decimal(low), Decimal(high))


def test_exact_digits_are_all_there_is():
    assert Figure("12.5", u.BILLION_VND).interval(Rounding.EXACT) == Interval.of("12.5")


@pytest.mark.parametrize("rounding", list(Rounding))
def test_things_that_were_counted_are_rounded_by_no_convention(rounding):
    assert Figure("30", parse("dự án")).interval(rounding) == Interval.of(30)


def test_a_hedge_leaves_one_side_open():
    assert span("5", hedge=Hedge.OVER).high == INFINITY
    assert span("5", hedge=Hedge.UNDER).low == NEGATIVE_INFINITY


@pytest.mark.parametrize("text", ["", "1,5", "1.2.3", "1e5", "NaN", "Infinity", "٣", "1" * 61, " 1", "--1"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="not a number"):
        Figure(text, u.PERCENT)


def test_a_figure_keeps_more_digits_than_the_usual_context():
    digits = "1234567890123456789012345678901.25"
    assert span(digits) == Interval(
        Decimal("1234567890123456789012345678901.245"), Decimal("1234567890123456789012345678901.255")
    )
    assert Figure(digits, u.BILLION_VND).interval(Rounding.EXACT) == Interval.of(digits)
    assert Figure(digits, u.BILLION_VND).value == Decimal(digits)
    assert (
        Figure("1" * 60, u.PERCENT).interval().low
        < Decimal("1" * 60)
        < Figure("1" * 60, u.PERCENT).interval().high
    )


def test_about_is_half_a_unit_of_the_last_digit_that_says_something():
    for digits, half in (("9.10", "0.005"), ("0", "0.5"), ("-0", "0.5"), ("4500", "50"), ("-4500", "50")):
        value, reach = Decimal(digits), Decimal(half)
        assert span(digits, hedge=Hedge.ABOUT) == Interval(value - reach, value + reach)


def test_figures_printed_alike_are_one():
    one = Figure("9.10", u.PERCENT)
    assert (
        len(
            {
                one,
                Figure("9.10", u.PERCENT),
                Figure("9.1", u.PERCENT),
                Figure("9.10", u.TIMES),
                Figure("9.10", u.PERCENT, Hedge.ABOUT),
            }
        )
        == 4
    )
    assert one != "9.10"
