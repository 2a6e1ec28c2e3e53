"""A formula is one tree: evaluated, solved, printed and checked for its unit; nothing is computed early."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sonla_cli.core import unit as u
from sonla_cli.core.formula import Constant, Expression, Name, Operation
from sonla_cli.core.interval import Interval
from sonla_cli.core.unit import UnitError

NAMES = ("a", "b", "c", "d")
values = st.decimals(min_value="0.01", max_value=10**6, places=2)


@st.composite
def formulas(draw: st.DrawFn, depth: int = 3) -> Expression:
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        if draw(st.integers(0, 3)) == 0:
            return Constant(draw(values))
        return Name(draw(st.sampled_from(NAMES)))
    sign = draw(st.sampled_from("+-*/"))
    return Operation(sign, draw(formulas(depth - 1)), draw(formulas(depth - 1)))


@st.composite
def truths(draw: st.DrawFn) -> tuple[dict[str, Fraction], dict[str, Interval]]:
    """True values, and intervals around them."""
    points = {name: draw(values) for name in NAMES}
    spreads = {name: (draw(values), draw(values)) for name in NAMES}
    intervals = {
        name: Interval(points[name] - spreads[name][0], points[name] + spreads[name][1]) for name in NAMES
    }
    return {name: Fraction(point) for name, point in points.items()}, intervals


def exactly(formula: Expression, at: dict[str, Fraction]) -> Fraction:
    match formula:
        case Name(id=name):
            return at[name]
        case Constant(value=value):
            return Fraction(value)
        case Operation(sign=sign, left=left, right=right):
            a, b = exactly(left, at), exactly(right, at)
            if sign == "/":
                assume(b != 0)
                return a / b
            return {"+": a + b, "-": a - b, "*": a * b}[sign]
    raise AssertionError(formula)


def holds(interval: Interval, value: Fraction) -> bool:
    above = not interval.low.is_finite() or Fraction(interval.low) <= value
    return above and (not interval.high.is_finite() or value <= Fraction(interval.high))


@given(formulas(), truths())
def test_the_range_holds_the_true_result(formula, truth):
    points, intervals = truth
    assert holds(formula.evaluate(intervals), exactly(formula, points))


@given(formulas(), truths(), st.sampled_from(NAMES))
def test_solving_backwards_loses_no_truth(formula, truth, name):
    points, intervals = truth
    assume(name in formula.names())
    result = exactly(formula, points)
    around = Interval(Decimal(-1), Decimal(1)) + Interval.of(
        Decimal(result.numerator) / Decimal(result.denominator)
    )
    solved = formula.solve_for(name, intervals, around)
    assert solved is not None
    assert holds(solved, points[name])


@given(truths())
def test_where_every_name_occurs_once_the_bound_is_exact(truth):
    points, intervals = truth
    a, b = (
        Interval(points[name].numerator / Decimal(points[name].denominator), intervals[name].high)
        for name in "ab"
    )
    intervals = {**intervals, "a": a, "b": b}
    found = (Name("a") / Name("b") * 100).evaluate(intervals)
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
    a, b, c, d = (Name(name) for name in NAMES)
    assert (a / b * 100).dimension(units).fits(u.PERCENT)
    assert (a / b).dimension(units).fits(u.TIMES)
    assert (c - c).dimension(units).fits(u.POINTS)
    assert not (a * b).dimension(units).fits(u.BILLION_VND)
    for wrong in (a + c, c + d, a - d):
        with pytest.raises(UnitError):
            wrong.dimension(units)
