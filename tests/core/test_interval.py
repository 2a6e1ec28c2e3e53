"""Every operation contains every exact result; exact arithmetic is done with fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from sonla_cli.core.interval import INFINITY, NEGATIVE_INFINITY, Interval, divide, solve_product
from tests.truth.figures import holds

numbers = st.decimals(min_value=-(10**15), max_value=10**15, places=6, allow_nan=False)


@st.composite
def intervals(draw: st.DrawFn, bounded: bool = False) -> Interval:
    low, high = sorted([draw(numbers), draw(numbers)])
    if not bounded and draw(st.integers(0, 9)) == 0:
        return Interval(NEGATIVE_INFINITY, high) if draw(st.booleans()) else Interval(low, INFINITY)
    return Interval(low, high)


@st.composite
def members(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    interval = draw(intervals())
    low = interval.low if interval.low.is_finite() else interval.high - 10**6
    high = interval.high if interval.high.is_finite() else low + 10**6
    share = draw(st.fractions(0, 1, max_denominator=997))
    return interval, Fraction(low) + share * (Fraction(high) - Fraction(low))


@given(members(), members())
def test_sum_difference_and_product_contain_every_result(one, two):
    (a, x), (b, y) = one, two
    assert holds(a + b, x + y)
    assert holds(a - b, x - y)
    assert holds(a * b, x * y)
    assert holds(-a, -x)
    assert holds(abs(a), abs(x))


@given(members(), members())
def test_quotient_contains_every_result(one, two):
    (a, x), (b, y) = one, two
    assume(y != 0)
    assert holds(a / b, x / y)


@given(members(), members())
def test_solving_a_product_loses_no_solution(one, two):
    (factor, _), (unknown, x) = one, two
    product = factor * unknown
    assert holds(Interval(*solve_product((product.low, product.high), (factor.low, factor.high))), x)


@given(intervals(bounded=True), intervals(bounded=True))
def test_product_and_quotient_are_tight(a, b):
    ends = [Fraction(p) * Fraction(q) for p in (a.low, a.high) for q in (b.low, b.high)]
    product = a * b
    assert abs(Fraction(product.low) - min(ends)) <= abs(min(ends)) / 10**38
    assert abs(Fraction(product.high) - max(ends)) <= abs(max(ends)) / 10**38
    if not b.low <= 0 <= b.high:
        ends = [Fraction(p) / Fraction(q) for p in (a.low, a.high) for q in (b.low, b.high)]
        quotient = a / b
        assert abs(Fraction(quotient.low) - min(ends)) <= abs(min(ends)) / 10**38
        assert abs(Fraction(quotient.high) - max(ends)) <= abs(max(ends)) / 10**38


@given(intervals(), intervals())
def test_intersection_and_hull(a, b):
    common = a.intersect(b)
    hull = a.hull(b)
    assert hull.low <= a.low <= a.high <= hull.high
    assert hull.low <= b.low <= b.high <= hull.high
    if common is None:
        assert a.high < b.low or b.high < a.low
    else:
        assert common == b.intersect(a)
        assert a.low <= common.low <= common.high <= b.high or b.low <= common.low <= common.high <= a.high


@given(intervals(bounded=True))
def test_integers_keeps_every_integer_and_no_more(a):
    found = a.integers()
    if found is None:
        assert int(a.low) == int(a.high)
        return
    assert found.low == found.low.to_integral_value()
    assert found.high == found.high.to_integral_value()
    assert found.low - 1 < a.low <= found.low
    assert found.high <= a.high < found.high + 1


@given(intervals(bounded=True), st.integers(1, 20))
def test_outward_rounding_never_rounds_inwards(a, digits):
    wide = a.outward(digits)
    assert wide.low <= a.low
    assert wide.high >= a.high
    assert len(wide.low.as_tuple().digits) <= max(digits, 1)


def test_division_where_the_divisor_touches_zero():
    assert divide(Decimal(1), Decimal(2), Decimal(0), Decimal(4)) == (Decimal("0.25"), INFINITY)
    assert divide(Decimal(-2), Decimal(-1), Decimal(0), Decimal(4)) == (NEGATIVE_INFINITY, Decimal("-0.25"))
    assert divide(Decimal(1), Decimal(2), Decimal(-1), Decimal(1)) == (NEGATIVE_INFINITY, INFINITY)
    assert divide(Decimal(1), Decimal(2), Decimal(0), Decimal(0)) == (NEGATIVE_INFINITY, INFINITY)


def span(low, high):
    return Interval(Decimal(low), Decimal(high))


def test_equal_intervals_are_one_and_others_are_not():
    assert len({span(1, 2), span("1.0", 2), span(1, 3), span(0, 2)}) == 3
    assert span(1, 2) != span(1, 3)
    assert span(1, 2) != span(0, 2)
    assert span(1, 2) != (1, 2)
    assert 1 in span(1, 2)
    assert 2 in span(1, 2)


def test_division_and_magnitude_keep_an_end_at_zero():
    zero = span(0, 0)
    assert zero / span(-1, 1) == zero
    assert span(0, 2) / span(0, 4) == Interval(Decimal(0), INFINITY)
    assert span(-2, 0) / span(0, 4) == Interval(NEGATIVE_INFINITY, Decimal(0))
    assert span(1, 2) / span(-4, 0) == Interval(NEGATIVE_INFINITY, Decimal("-0.25"))
    assert abs(span("0.5", 2)) == span("0.5", 2)
    assert abs(span(-2, "0.5")) == span(0, 2)
    assert span("0.2", "0.8").integers() is None


def test_a_product_that_may_be_zero_says_nothing_of_a_factor_whose_partner_may_be_zero():
    everything = (NEGATIVE_INFINITY, INFINITY)
    for product, factor in (((0, 1), (0, 4)), ((-1, 0), (-4, 0)), ((0, 0), (0, 0))):
        assert solve_product(tuple(map(Decimal, product)), tuple(map(Decimal, factor))) == everything
    assert solve_product((Decimal(-1), Decimal(1)), (Decimal(2), Decimal(4))) == (
        Decimal("-0.5"),
        Decimal("0.5"),
    )


def test_ends_have_as_many_digits_as_they_are_rounded_to():
    wide = span("1.23456", "9.87654").outward(3)
    assert wide == span("1.23", "9.88")


def test_more_digits_than_usual_are_rounded_outwards_too():
    long = "1234567890123456789012345678901234567"
    assert abs(span(f"-{long}", 1)) == span(0, long)
