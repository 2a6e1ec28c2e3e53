"""Random formulas over hidden true values, and what they come to in fractions; see `tests.truth.figures`."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from sonla_cli.catalogue.indicators import INDICATORS
from sonla_cli.core.formula import Constant, Expression, Name, Operation
from sonla_cli.core.interval import DOWN, INFINITY, NEGATIVE_INFINITY, UP, Interval
from tests.truth.figures import amount

NAMES = ("a", "b", "c", "d")
CATALOGUE = tuple(each.formula for each in INDICATORS.values() if each.formula is not None)


def random_formula(draw: random.Random, depth: int = 3) -> Expression:
    """Return a formula over some of `NAMES`."""
    if depth == 0 or draw.randint(0, 3) == 0:
        if draw.randint(0, 3) == 0:
            return Constant(Decimal(draw.randint(-300, 3000)) / 10 ** draw.randint(0, 2))
        return Name(draw.choice(NAMES))
    return Operation(draw.choice("+-*/"), random_formula(draw, depth - 1), random_formula(draw, depth - 1))


def formula(draw: random.Random) -> Expression:
    """Return a formula with at least one name: of the catalogue, or any."""
    if draw.randint(0, 2) == 0:
        return draw.choice(CATALOGUE)
    found = random_formula(draw)
    return found if found.names() else found + Name(draw.choice(NAMES))


def exactly(formula: Expression, at: Mapping[str, Fraction]) -> Fraction | None:
    """Return what a formula comes to, or `None` where it divides by zero."""
    match formula:
        case Name(id=name):
            return at[name]
        case Constant(value=value):
            return Fraction(value)
        case Operation(sign=sign, left=left, right=right):
            a, b = exactly(left, at), exactly(right, at)
            if a is None or b is None or (sign == "/" and not b):
                return None
            if sign == "/":
                return a / b
            return a + b if sign == "+" else a - b if sign == "-" else a * b
    raise TypeError(formula)


def around(draw: random.Random, value: Fraction) -> Interval:
    """Return an interval that holds a true value: narrow, wide, a point where it is short, or open to a side."""
    low, high = value, value
    kind = draw.randint(0, 9)
    if kind:
        spread = abs(value) / 10 ** draw.randint(0, 6) if kind < 7 else abs(amount(draw))
        low -= spread * draw.randint(0, 3)
        high += spread * draw.randint(0, 3)
    ends = outwards(low, high)
    if kind == 9:
        return Interval(NEGATIVE_INFINITY, ends.high) if draw.randint(0, 1) else Interval(ends.low, INFINITY)
    return ends


def outwards(low: Fraction, high: Fraction) -> Interval:
    """Return the interval of decimals around two fractions."""
    return Interval(
        DOWN.divide(Decimal(low.numerator), Decimal(low.denominator)),
        UP.divide(Decimal(high.numerator), Decimal(high.denominator)),
    )


def member(draw: random.Random, interval: Interval) -> Fraction:
    """Return a value of an interval, often an end of it."""
    low = Fraction(interval.low) if interval.low.is_finite() else Fraction(interval.high) - 10**6
    high = Fraction(interval.high) if interval.high.is_finite() else low + 10**6
    return low + Fraction(draw.choice((0, 0, draw.randint(0, 997), 997, 997)), 997) * (high - low)
