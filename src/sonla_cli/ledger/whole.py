"""Exact arithmetic in an engine: whole numbers below 10³⁸, and intervals whose ends are fractions of them.

No engine divides decimals exactly and most do it in doubles, so nothing is divided: a fraction is a pair of
whole numbers, the lower one above zero, and two fractions are compared by multiplying across. Every number
carries the range it can lie in: what the range decides is decided when the formula is compiled, 64 bits are
used where they hold it, and a formula that could pass 10³⁸ is refused before it runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import gcd
from typing import Any

import ibis
import ibis.expr.datatypes as dt

LIMIT = 10**38
WHOLE = dt.Decimal(38, 0)
#: the range of BIGINT, and of a number that goes into a query as it is
LONG, SMALL = 2**63, 2**31


class TooWideError(ValueError):
    """A formula whose numbers could pass what an engine counts exactly."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `low` to `high`: known now (`int`), or an expression of columns.

    An expression is BIGINT, or DECIMAL(38) if it is `wide`; the number is `times` the expression, so that factors
    known now are multiplied now.
    """

    value: Any
    low: int
    high: int
    wide: bool = False
    times: int = 1

    def __post_init__(self) -> None:
        if max(-self.low, self.high) >= LIMIT:
            raise TooWideError(f"a number could reach {max(-self.low, self.high):.1e}")

    @classmethod
    def of(cls, value: int) -> Whole:
        """Return a number known now."""
        return cls(value, value, value)

    @property
    def known(self) -> bool:
        """Whether the number is known now."""
        return isinstance(self.value, int)

    def __mul__(self, other: Whole) -> Whole:
        if self.known and other.known:
            return Whole.of(self.value * other.value)
        for one, two in ((self, other), (other, self)):
            if one.known:
                return two._scaled(one.value)
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return _joined(self, other, min(ends), max(ends), lambda a, b: a * b, self.times * other.times)

    def _scaled(self, factor: int) -> Whole:
        if not factor:
            return Whole.of(0)
        low, high = sorted((self.low * factor, self.high * factor))
        wide = self.wide or _is_long(low, high)
        value = self.value.cast(WHOLE) if wide and not self.wide else self.value
        return Whole(value, low, high, wide, self.times * factor)

    def __add__(self, other: Whole) -> Whole:
        if self.known and other.known:
            return Whole.of(self.value + other.value)
        if other.known and not other.value:
            return self
        return _joined(self, other, self.low + other.low, self.high + other.high, lambda a, b: a + b)

    def __neg__(self) -> Whole:
        return self * Whole.of(-1)

    def __sub__(self, other: Whole) -> Whole:
        return self + -other

    @property
    def term(self) -> Any:
        """The number as a part of an expression."""
        if self.known:
            return literal(self.value)
        if self.times in (1, -1):
            return self.value if self.times == 1 else -self.value
        return self.value * literal(self.times)

    @property
    def broad(self) -> Any:
        """The number as a part of an expression, in 38 digits."""
        return self.term if self.wide else self.term.cast(WHOLE)

    def over(self, factor: int) -> Whole:
        """Return the number divided by a factor that it is known to have."""
        if self.known:
            return Whole.of(self.value // factor)
        return Whole(self.value, self.low // factor, self.high // factor, self.wide, self.times // factor)


def _is_long(low: int, high: int) -> bool:
    return low <= -LONG or high >= LONG


def _joined(left: Whole, right: Whole, low: int, high: int, join: Any, times: int = 1) -> Whole:
    """Return the result of an operation, in 64 bits if they hold it and both parts.

    With `times`, the factors of both parts stay outside.
    """
    if times != 1:
        left, right = left.over(left.times), right.over(right.times)
    wide = left.wide or right.wide or _is_long(low, high)
    if not wide:
        return Whole(join(left.term, right.term), low, high, times=times)
    if left.known:
        return Whole(join(left.term, right.broad), low, high, wide=True, times=times)
    return Whole(join(left.broad, right.term), low, high, wide=True, times=times)


def _reduced(left: Whole, right: Whole) -> tuple[Whole, Whole]:
    """Return two numbers without the factor that is common to both, which does not tell them apart."""
    common = gcd(*(number.value if number.known else number.times for number in (left, right)))
    return left.over(common), right.over(common)


def literal(value: int) -> Any:
    """Return a whole number as a part of a query."""
    return ibis.literal(value) if abs(value) < SMALL else ibis.literal(Decimal(value), WHOLE)


def pick(condition: Any, yes: Whole, no: Whole) -> Whole:
    """Return `yes` where the condition holds, else `no`."""
    if condition is True or yes is no:
        return yes
    if condition is False:
        return no
    wide = yes.wide or no.wide or max(abs(end) for end in (yes.low, yes.high, no.low, no.high)) >= LONG
    first, second = (yes.broad, no.broad) if wide else (yes.term.cast("int64"), no.term.cast("int64"))
    return Whole(ibis.ifelse(condition, first, second), min(yes.low, no.low), max(yes.high, no.high), wide)


def below(number: Whole, limit: int = 0) -> Any:
    """Whether a number is below `limit`."""
    if number.high < limit or number.low >= limit:
        return number.high < limit
    return number.term < literal(limit)


def is_zero(number: Whole) -> Any:
    """Whether a number is zero."""
    if number.low > 0 or number.high < 0:
        return False
    return number.low == number.high or number.value == literal(0)


def either(left: Any, right: Any) -> Any:
    """Whether one of two conditions holds; either may be known now."""
    if left is True or right is True:
        return True
    if left is False:
        return right
    return left if right is False else left | right


def both(left: Any, right: Any) -> Any:
    """Whether two conditions hold; either may be known now."""
    if left is False or right is False:
        return False
    if left is True:
        return right
    return left if right is True else left & right


def negate(condition: Any) -> Any:
    """Whether a condition does not hold."""
    return (not condition) if isinstance(condition, bool) else ~condition


@dataclass(frozen=True, slots=True)
class Fraction:
    """One whole number over another above zero."""

    over: Whole
    under: Whole

    def __neg__(self) -> Fraction:
        return Fraction(-self.over, self.under)

    def __mul__(self, other: Fraction) -> Fraction:
        return Fraction(self.over * other.over, self.under * other.under)

    def __add__(self, other: Fraction) -> Fraction:
        if self.under is other.under:
            return Fraction(self.over + other.over, self.under)
        return Fraction(self.over * other.under + other.over * self.under, self.under * other.under)

    def at_most(self, other: Fraction) -> Any:
        """Whether this fraction is not above `other`."""
        left, right = (
            (self.over, other.over)
            if self.under is other.under
            else (self.over * other.under, other.over * self.under)
        )
        if left.high <= right.low or left.low > right.high:
            return left.high <= right.low
        left, right = _reduced(left, right)
        return left.term <= right.term


def choose(condition: Any, yes: Fraction, no: Fraction) -> Fraction:
    """Return `yes` where the condition holds, else `no`."""
    if yes is no:
        return yes
    return Fraction(pick(condition, yes.over, no.over), pick(condition, yes.under, no.under))


@dataclass(frozen=True, slots=True)
class Ends:
    """An interval in an engine; `low_open` and `high_open` tell where it has no such end."""

    low: Fraction
    high: Fraction
    low_open: Any = False
    high_open: Any = False

    @property
    def bounded(self) -> Any:
        """Whether both ends are there."""
        return negate(either(self.low_open, self.high_open))

    def __neg__(self) -> Ends:
        return Ends(-self.high, -self.low, self.high_open, self.low_open)

    def __add__(self, other: Ends) -> Ends:
        return Ends(
            self.low + other.low, self.high + other.high,
            either(self.low_open, other.low_open), either(self.high_open, other.high_open),
        )  # fmt: skip

    def __sub__(self, other: Ends) -> Ends:
        return self + -other

    def __mul__(self, other: Ends) -> Ends:
        """Return the product; of two factors known only when it runs, one has to be known not to be below zero."""
        for one, two in ((self, other), (other, self)):
            if one.low is one.high and one.low.over.known:
                return two._times(one.low)
        if any(
            each is not False for each in (self.low_open, self.high_open, other.low_open, other.high_open)
        ):
            raise TooWideError("a product of factors without ends")
        one, two = (self, other) if other.low.over.low >= 0 else (other, self)
        if two.low.over.low < 0:
            raise TooWideError("a product of two factors of either sign")
        rises, falls = negate(below(one.low.over)), _not_above_zero(one.high.over)
        return Ends(one.low * choose(rises, two.low, two.high), one.high * choose(falls, two.low, two.high))

    def _times(self, factor: Fraction) -> Ends:
        if factor.over.low < 0:
            return -self._times(-factor)
        return Ends(self.low * factor, self.high * factor, self.low_open, self.high_open)

    def __truediv__(self, other: Ends) -> Ends:
        """Return the quotient over the divisors that are not zero, as `core.interval.divide` does."""
        if any(each is not False for each in (other.low_open, other.high_open)):
            raise TooWideError("a divisor without ends")
        if other.low is other.high and other.low.over.known and other.low.over.value > 0:
            return self._times(Fraction(other.low.under, other.low.over))
        mixed = both(below(other.low.over), negate(_not_above_zero(other.high.over)))
        # a divisor below zero changes both signs
        turned = both(below(other.low.over), negate(mixed))
        small = choose(turned, -other.high, other.low)
        large = choose(turned, -other.low, other.high)
        low, high = choose(turned, -self.high, self.low), choose(turned, -self.low, self.high)
        low_open = _where(turned, self.high_open, self.low_open)
        high_open = _where(turned, self.low_open, self.high_open)
        rises, falls = negate(below(low.over)), _not_above_zero(high.over)
        low_by, high_by = choose(rises, large, small), choose(falls, large, small)
        nothing = both(self.bounded, both(is_zero(self.low.over), is_zero(self.high.over)))
        endless = both(mixed, negate(nothing))
        over_low, over_high = pick(mixed, Whole.of(0), low.over), pick(mixed, Whole.of(0), high.over)
        return Ends(
            Fraction(over_low * low_by.under, low.under * _positive(low_by.over)),
            Fraction(over_high * high_by.under, high.under * _positive(high_by.over)),
            either(either(low_open, endless), both(is_zero(low_by.over), negate(mixed))),
            either(either(high_open, endless), both(is_zero(high_by.over), negate(mixed))),
        )


def _where(condition: Any, yes: Any, no: Any) -> Any:
    return either(both(condition, yes), both(negate(condition), no))


def _not_above_zero(number: Whole) -> Any:
    return below(number, 1)


def _positive(number: Whole) -> Whole:
    """Return a divisor as it is where it is above zero, else 1: such a row has no end there anyway."""
    return pick(_not_above_zero(number), Whole.of(1), number)


def point(value: Decimal | int) -> Ends:
    """Return the interval of a number known now."""
    over, under = Decimal(value).as_integer_ratio()
    only = Fraction(Whole.of(over), Whole.of(under))
    return Ends(only, only)
