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
from sonla_cli.ledger.whole import Ends, Fraction, TooWideError, Whole, point

FORMULAS = {each.id: each.formula for each in INDICATORS.values() if each.formula is not None}
CON = ibis.duckdb.connect(threads=1)


def value(expression):
    return CON.execute(expression)


MOST = 10**5


def ends(low, high, least):
    """An interval of two numbers, as literals of a query: only their range is known when it is compiled."""

    def fraction(number):
        over, under = (Decimal(number) * 10).as_integer_ratio()
        return Fraction(long(over, MOST, least), Whole.of(10 * under))

    return Ends(fraction(low), fraction(high))


def long(number, most, least=None):
    return Whole(ibis.literal(number).cast("int64"), -most if least is None else least, most)


def compare(formula, values, least):
    expected = formula.evaluate({each: Interval(*pair) for each, pair in values.items()})
    found = fold(formula, {each: ends(*pair, least) for each, pair in values.items()})
    for open_, fraction, end in (
        (found.low_open, found.low, expected.low),
        (found.high_open, found.high, expected.high),
    ):
        is_open = open_ if isinstance(open_, bool) else value(open_)
        assert bool(is_open) == (not end.is_finite())
        if not is_open:
            exact = Exact(int(value(fraction.over.broad)), int(value(fraction.under.broad)))
            # the core rounds outwards at forty digits
            assert abs(exact - Exact(end)) <= max(abs(exact), 1) * Exact(1, 10**34)


def pairs(low):
    numbers = st.decimals(low, 2000, places=1, allow_nan=False)
    return st.tuples(numbers, numbers).map(sorted)


@pytest.mark.parametrize("name", FORMULAS)
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_every_formula_gives_the_interval_of_the_core_above_zero(name, data):
    formula = FORMULAS[name]
    values = {each: data.draw(pairs(1)) for each in formula.names()}
    compare(formula, values, least=1)


@pytest.mark.parametrize(
    "name", ["attainment", "growth", "multiple", "left", "level_from_growth", "implied_plan", "pace"]
)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_formula_gives_the_interval_of_the_core_on_either_side_of_zero(name, data):
    formula = FORMULAS[name]
    compare(formula, {each: data.draw(pairs(-2000)) for each in formula.names()}, least=None)


def test_two_factors_of_either_sign_are_refused_when_they_are_compiled():
    either = ends(-1, 1, None)
    with pytest.raises(TooWideError):
        either * either


def test_a_formula_that_could_pass_38_digits_is_refused_before_it_runs():
    big = Whole(ibis.literal(1), 0, 10**20)
    with pytest.raises(TooWideError):
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
