"""Ranks and quantiles of values that are only known to lie in intervals.

A rank is one more than the number of values above it, so that equal values share a rank and the next one is
left out (1, 2, 2, 4). Every value may lie anywhere in its interval, whatever the others are; the bounds given
here are the least and the greatest result over all such choices, and both are attained.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from decimal import Context, Decimal

from sonla_cli.core.interval import DOWN, NEAREST, UP, ZERO, Interval

QUARTER, HALF, THREE_QUARTERS = Decimal("0.25"), Decimal("0.5"), Decimal("0.75")


def above(values: Sequence[Interval]) -> list[Interval]:
    """Return, for each value, how many others lie above it: the least and the most."""
    lows = sorted(each.low for each in values)
    highs = sorted(each.high for each in values)
    count = len(values)
    found = []
    for each in values:
        surely = count - bisect_right(lows, each.high)
        # the value itself is counted among the ends above its own low, unless it is a point
        perhaps = count - bisect_right(highs, each.low) - (each.high > each.low)
        found.append(Interval(Decimal(surely), Decimal(perhaps)))
    return found


def quantile(values: Sequence[Interval], share: Decimal) -> Interval:
    """Return the bounds of the `share` quantile, between the ordered values in a straight line."""
    lows = sorted(each.low for each in values)
    highs = sorted(each.high for each in values)
    return Interval(_quantile(lows, share, DOWN), _quantile(highs, share, UP))


def quantile_point(points: Sequence[Decimal], share: Decimal) -> Decimal:
    """Return the `share` quantile of points."""
    return _quantile(sorted(points), share, NEAREST)


def from_median(values: Sequence[Interval]) -> list[Interval]:
    """Return the bounds of each value less the median of all.

    A higher value raises the median by no more than itself, so the ends are attained at the ends.
    """
    if len(values) < 2:
        return [Interval(ZERO, ZERO) for _ in values]
    lows = sorted(each.low for each in values)
    highs = sorted(each.high for each in values)
    found = []
    for each in values:
        least = _quantile(_replaced(highs, each.high, each.low), HALF, UP)
        most = _quantile(_replaced(lows, each.low, each.high), HALF, DOWN)
        # of several values the median follows one of them by half at most, so without an end the gap has none
        low = DOWN.subtract(each.low, least) if each.low.is_finite() else each.low
        high = UP.subtract(each.high, most) if each.high.is_finite() else each.high
        found.append(Interval(low, high))
    return found


def _replaced(ordered: Sequence[Decimal], old: Decimal, new: Decimal) -> list[Decimal]:
    place = bisect_left(ordered, old)
    others = [*ordered[:place], *ordered[place + 1 :]]
    insort(others, new)
    return others


def _quantile(ordered: Sequence[Decimal], share: Decimal, context: Context) -> Decimal:
    position = (len(ordered) - 1) * share
    place = int(position)
    part = position - place
    if not part:
        return ordered[place]
    first = context.multiply(ordered[place], 1 - part)
    return context.add(first, context.multiply(ordered[place + 1], part))
