"""Ranks and quantiles of intervals, against every choice of values."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from sonla_cli.core import order
from sonla_cli.core.interval import Interval


def interval(low: int, high: int) -> Interval:
    return Interval(Decimal(low), Decimal(high))


intervals = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 3)).map(lambda each: interval(each[0], each[0] + each[1])),
    min_size=1,
    max_size=5,
)


def choices(values: list[Interval]):
    """Every choice of a whole number from each interval."""
    return product(*(range(int(each.low), int(each.high) + 1) for each in values))


@given(intervals)
def test_the_bounds_of_a_rank_are_the_best_and_the_worst_of_all_choices(values):
    found = order.above(values)
    for place, bounds in enumerate(found):
        counts = {sum(other > chosen[place] for other in chosen) for chosen in choices(values)}
        assert (bounds.low, bounds.high) == (min(counts), max(counts))


@given(intervals)
def test_the_gap_to_the_median_is_bounded_by_all_choices(values):
    found = order.from_median(values)
    for place, bounds in enumerate(found):
        gaps = {Decimal(chosen[place]) - median(map(Decimal, chosen)) for chosen in choices(values)}
        assert (bounds.low, bounds.high) == (min(gaps), max(gaps))


@given(intervals, st.sampled_from([order.QUARTER, order.HALF, order.THREE_QUARTERS]))
def test_a_quantile_is_bounded_by_all_choices(values, share):
    bounds = order.quantile(values, share)
    points = {order.quantile_point([Decimal(each) for each in chosen], share) for chosen in choices(values)}
    assert (bounds.low, bounds.high) == (min(points), max(points))


def test_equal_exact_values_share_a_rank_and_the_next_is_left_out():
    found = order.above([interval(3, 3), interval(5, 5), interval(5, 5), interval(1, 1)])
    assert [each.low + 1 for each in found] == [3, 1, 1, 4]
    assert all(each.is_point for each in found)


def test_what_rounding_leaves_open_is_a_range():
    values = [Interval(Decimal("99.35"), Decimal("99.45"))] * 2 + [Interval(Decimal("98.1"), Decimal("98.2"))]
    assert order.above(values)[0] == interval(0, 1)
    assert order.above(values)[2] == interval(2, 2)


def test_a_quantile_lies_on_the_straight_line_between_the_ordered_values():
    points = [Decimal(each) for each in (4, 1, 3, 2)]
    assert order.quantile_point(points, order.HALF) == Decimal("2.5")
    assert order.quantile_point(points, order.QUARTER) == Decimal("1.75")


def test_unbounded_values_leave_unbounded_results():
    values = [Interval(Decimal(5), Decimal("Infinity")), interval(1, 2)]
    assert order.above(values) == [interval(0, 0), interval(1, 1)]
    assert order.quantile(values, order.HALF).high == Decimal("Infinity")
    assert order.from_median(values)[0].low == Decimal("1.5")
