"""A formula is one tree: evaluated, solved, printed and checked for its unit; nothing is computed early."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sonla_cli.core import unit as u
from sonla_cli.core.formula import Name
from sonla_cli.core.interval import Interval
from sonla_cli.core.unit import UnitError

values = st.decimals(min_value="0.01", max_value=10**6, places=2)
spans = st.tuples(values, values).map(lambda ends: Interval(*sorted(ends)))


@given(spans, spans)
def test_where_every_name_occurs_once_the_bound_is_exact(a, b):
    found = (Name("a") / Name("b") * 100).evaluate({"a": a, "b": b})
    low, high = Fraction(a.low) / Fraction(b.high) * 100, Fraction(a.high) / Fraction(b.low) * 100
    assert abs(Fraction(found.low) - low) <= low / 10**36
    assert abs(Fraction(found.high) - high) <= high / 10**36
    plan = (Name("a") / Name("c") * 100).solve_for("c", {"a": a}, b)
    assert plan is not None
    assert abs(Fraction(plan.low) - Fraction(a.low) / Fraction(b.high) * 100) <= Fraction(plan.high) / 10**36
    assert abs(Fraction(plan.high) - Fraction(a.high) / Fraction(b.low) * 100) <= Fraction(plan.high) / 10**36


def test_a_formula_has_no_truth_value_and_takes_no_float():
    with pytest.raises(TypeError, match="truth value"):
        bool(Name("a") / Name("b"))
    with pytest.raises(TypeError, match="exact"):
        _ = Name("a") * 0.5  # type: ignore[operator]


def test_symbols_keep_the_brackets_that_matter():
    a, b, c = Name("a"), Name("b"), Name("c")
    assert ((a / b - 1) * 100).symbols() == "(a ÷ b − 1) × 100"
    assert (a - (b - c)).symbols() == "a − (b − c)"
    assert (a - b - c).symbols() == "a − b − c"
    assert (a / (b * c)).symbols() == "a ÷ (b × c)"
    assert (1 + a / 100).symbols(str.upper) == "1 + A ÷ 100"


def test_an_impossible_result_has_no_solution():
    one = Interval(Decimal(1), Decimal(2))
    assert (Name("a") + Name("b")).solve_for("a", {"a": one, "b": one}, Interval.of(100)) is None


def test_division_by_zero_gives_no_point():
    assert (Name("a") / Name("b")).at({"a": Decimal(1), "b": Decimal(0)}) is None


def test_unlike_units_are_found_in_the_tree():
    units = {"a": u.BILLION_VND, "b": u.BILLION_VND, "c": u.PERCENT, "d": u.TIMES}
    a, b, c, d = (Name(name) for name in "abcd")
    assert (a / b * 100).dimension(units).fits(u.PERCENT)
    assert (a / b).dimension(units).fits(u.TIMES)
    assert (c - c).dimension(units).fits(u.POINTS)
    assert not (a * b).dimension(units).fits(u.BILLION_VND)
    for wrong in (a + c, c + d, a - d):
        with pytest.raises(UnitError):
            wrong.dimension(units)


def test_numbers_stand_on_either_side():
    a, at = Name("a"), {"a": Decimal(4)}
    for formula, symbols, value in (
        (1 - a, "1 − a", -3), (2 * a, "2 × a", 8), (100 / a, "100 ÷ a", 25), (3 + a, "3 + a", 7), (-a, "0 − a", -4),
    ):  # fmt: skip
        assert (formula.symbols(), formula.at(at)) == (symbols, value)


def test_what_is_missing_is_missing_all_the_way_up():
    a, b = Name("a"), Name("b")
    at = {"a": Decimal(1), "b": Decimal(0)}
    assert (a / b + a).at(at) is None
    assert (a - a / b).at(at) is None
    with pytest.raises(KeyError):
        (a + b).solve_for("a", {"a": Interval.of(1)}, Interval.of(2))


def test_a_contradiction_within_a_formula_is_found():
    a = Name("a")
    assert (a - a).solve_for(
        "a", {"a": Interval(Decimal(0), Decimal(1))}, Interval.of(Decimal("0.8"))
    ) is None


def test_units_of_products_and_of_sums_are_reckoned():
    units = {
        "a": u.BILLION_VND,
        "b": u.DAYS,
        "c": u.PERCENT,
        "d": u.POINTS,
        "e": u.BILLION_VND_PER_DAY,
        "f": u.TIMES,
    }
    a, b, c, d, e, f = (Name(name) for name in "abcdef")
    assert (a * b).dimension(units).powers == {"VND": 1, "day": 1}
    assert (a * a).dimension(units).powers == {"VND": 2}
    assert (b * (a * a)).dimension(units).powers == {"VND": 2, "day": 1}
    assert (a / b).dimension(units) == e.dimension(units)
    assert (a / b).dimension(units).fits(u.BILLION_VND_PER_DAY)
    assert (e * b).dimension(units).fits(u.BILLION_VND)
    assert not (e * b).dimension(units).fits(u.BILLION_VND_PER_DAY)
    for formula, ratio in (
        (c - c, "points"), (c + c, "percent"), (c + d, "percent"), (c - d, "percent"), (f - f, "times"), (f + 1, "times"),
        (1 - c, "percent"), (a / a - 1, None), (a / a + c, "percent"),
    ):  # fmt: skip
        assert formula.dimension(units) == ({}, ratio)
    for wrong in (d + c, c + f, f - d, a + b, a - 1):
        with pytest.raises(UnitError, match="cannot combine"):
            wrong.dimension(units)
