"""Every formula of the catalogue, compiled to DuckDB, holds what the same formula holds over intervals."""

from decimal import Decimal
from fractions import Fraction as Exact

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonla_cli.catalogue.indicators import INDICATORS
from sonla_cli.core.interval import Interval
from sonla_cli.ledger.compiler import fold
from sonla_cli.ledger.whole import Ends, Fraction, TooWide, Whole, floor, point

FORMULAS = {each.id: each.formula for each in INDICATORS.values() if each.formula is not None}
CON = ibis.duckdb.connect(threads=1)


def value(expression):
    return CON.execute(expression)


def ends(low, high):
    """An interval of two numbers, as literals of a query; their range is not known when it is compiled."""

    def fraction(number):
        over, under = Decimal(number).as_integer_ratio()
        return Fraction(
            Whole(ibis.literal(over).cast("int64"), -(10**9), 10**9), Whole(ibis.literal(under).cast("int64"), 1, 10**4)
        )

    return Ends(fraction(low), fraction(high))


def long(number, most, least=None):
    return Whole(ibis.literal(number).cast("int64"), -most if least is None else least, most)


numbers = st.decimals(-2000, 2000, places=1, allow_nan=False)
intervals = st.tuples(numbers, numbers).map(sorted)


@pytest.mark.parametrize("name", FORMULAS)
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_a_formula_gives_the_interval_of_the_core(name, data):
    formula = FORMULAS[name]
    given_values = {each: data.draw(intervals) for each in formula.names()}
    expected = formula.evaluate({each: Interval(*ends_) for each, ends_ in given_values.items()})
    try:
        found = fold(formula, {each: ends(*ends_) for each, ends_ in given_values.items()})
    except TooWide:
        assert name in ("pace_needed", "acceleration", "target_gap")
        return
    for open_, fraction, end in (
        (found.low_open, found.low, expected.low), (found.high_open, found.high, expected.high),
    ):  # fmt: skip
        is_open = open_ if isinstance(open_, bool) else value(open_)
        assert bool(is_open) == (not end.is_finite())
        if not is_open:
            exact = Exact(int(value(fraction.over.broad)), int(value(fraction.under.broad)))
            assert abs(exact - Exact(end)) <= abs(exact) * Exact(1, 10**36)


@settings(max_examples=15, deadline=None)
@given(st.integers(-(10**14), 10**14), st.integers(1, 10**7), st.integers(0, 3))
def test_a_fraction_is_rounded_by_its_remainder(over, under, places):
    fraction = Fraction(long(over, 10**14), long(under, 10**7, 1))
    exact = Exact(over, under) * 10**places
    down, up = value(floor(fraction, places)), value(floor(fraction, places, up=True))
    if abs(exact) < 10**15:
        assert down == exact.numerator // exact.denominator
        assert up == -(-exact.numerator // exact.denominator)
    else:
        assert down is None


def test_a_formula_that_could_pass_38_digits_is_refused_before_it_runs():
    big = Whole(ibis.literal(1), 0, 10**20)
    with pytest.raises(TooWide):
        big * big


def test_64_bits_are_left_only_where_they_do_not_hold():
    small = Whole(ibis.literal(3).cast("int64"), 0, 10**9)
    assert not (small * small).wide
    assert (small * small * small).wide
    assert value((small * small * small).term) == 27


def test_numbers_known_now_are_reckoned_now():
    ratio = point(Decimal("0.25"))
    assert ratio.low.over.value == 1
    assert ratio.low.under.value == 4
    assert (ratio * point(8)).low.over.value == 8
