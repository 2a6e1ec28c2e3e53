"""Closed intervals of decimals, rounded outwards.

One convention holds everywhere: an operation returns an interval that contains every exact result, so the
lower end is computed rounding down and the upper end rounding up, at `PRECISION` digits. An end may be
infinite; an interval is never empty (`intersect` returns `None` instead).
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal, InvalidOperation

PRECISION = 40

_limits = {"prec": PRECISION, "Emin": -999_999, "Emax": 999_999, "traps": [InvalidOperation]}
DOWN = Context(rounding=ROUND_FLOOR, **_limits)  # type: ignore[arg-type]
UP = Context(rounding=ROUND_CEILING, **_limits)  # type: ignore[arg-type]
NEAREST = Context(rounding=ROUND_HALF_EVEN, **_limits)  # type: ignore[arg-type]

ZERO = Decimal(0)
INFINITY = Decimal("Infinity")
NEGATIVE_INFINITY = Decimal("-Infinity")


class Interval:
    """The closed interval from `low` to `high`; treat as immutable."""

    __slots__ = ("high", "low")

    def __init__(self, low: Decimal, high: Decimal) -> None:
        self.low = low
        self.high = high

    @classmethod
    def of(cls, value: Decimal | int | str) -> Interval:
        """Return the interval that holds `value` only."""
        point = Decimal(value)
        return cls(point, point)

    def __repr__(self) -> str:
        return f"[{self.low}, {self.high}]"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Interval) and self.low == other.low and self.high == other.high

    def __hash__(self) -> int:
        return hash((self.low, self.high))

    def __contains__(self, value: Decimal | int) -> bool:
        return self.low <= value <= self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(DOWN.add(self.low, other.low), UP.add(self.high, other.high))

    def __sub__(self, other: Interval) -> Interval:
        return Interval(DOWN.subtract(self.low, other.high), UP.subtract(self.high, other.low))

    def __neg__(self) -> Interval:
        return Interval(self.high.copy_negate(), self.low.copy_negate())

    def __mul__(self, other: Interval) -> Interval:
        return Interval(*multiply(self.low, self.high, other.low, other.high))

    def __truediv__(self, other: Interval) -> Interval:
        return Interval(*divide(self.low, self.high, other.low, other.high))

    def __abs__(self) -> Interval:
        if self.low >= 0:
            return self
        if self.high <= 0:
            return -self
        return Interval(ZERO, max(self.low.copy_negate(), self.high))

    @property
    def is_point(self) -> bool:
        """Whether the interval holds one value only."""
        return self.low == self.high

    @property
    def is_bounded(self) -> bool:
        """Whether both ends are finite."""
        return self.low.is_finite() and self.high.is_finite()

    def intersect(self, other: Interval) -> Interval | None:
        """Return the common part, or `None` if there is none."""
        low = max(self.low, other.low)
        high = min(self.high, other.high)
        return Interval(low, high) if low <= high else None

    def hull(self, other: Interval) -> Interval:
        """Return the smallest interval that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def integers(self) -> Interval | None:
        """Return the smallest interval with the same integers, or `None` if there are none."""
        low = self.low.to_integral_value(ROUND_CEILING) if self.low.is_finite() else self.low
        high = self.high.to_integral_value(ROUND_FLOOR) if self.high.is_finite() else self.high
        return Interval(low, high) if low <= high else None

    def outward(self, digits: int) -> Interval:
        """Return the interval with its ends rounded outwards to `digits` significant digits."""
        return Interval(
            Context(prec=digits, rounding=ROUND_FLOOR).plus(self.low),
            Context(prec=digits, rounding=ROUND_CEILING).plus(self.high),
        )


REALS = Interval(NEGATIVE_INFINITY, INFINITY)
NONNEGATIVE = Interval(ZERO, INFINITY)

Ends = tuple[Decimal, Decimal]


def multiply(a: Decimal, b: Decimal, c: Decimal, d: Decimal) -> Ends:
    """Return the ends of [a, b] × [c, d]; zero times infinity is zero."""
    if a >= 0 and c >= 0:
        return DOWN.multiply(a, c), _product(UP, b, d)
    pairs = ((a, c), (a, d), (b, c), (b, d))
    return min(_product(DOWN, x, y) for x, y in pairs), max(_product(UP, x, y) for x, y in pairs)


def _product(context: Context, x: Decimal, y: Decimal) -> Decimal:
    return context.multiply(x, y) if x and y else ZERO


def divide(a: Decimal, b: Decimal, c: Decimal, d: Decimal) -> Ends:
    """Return the ends of [a, b] ÷ [c, d] over the divisors that are not zero."""
    if c < 0 < d:
        return (ZERO, ZERO) if a == 0 == b else (NEGATIVE_INFINITY, INFINITY)
    if c < 0:
        a, b, c, d = b.copy_negate(), a.copy_negate(), d.copy_negate(), c.copy_negate()
    if d == 0:
        return NEGATIVE_INFINITY, INFINITY
    low = DOWN.divide(a, d) if a >= 0 else DOWN.divide(a, c) if c else NEGATIVE_INFINITY
    high = UP.divide(b, d) if b <= 0 else UP.divide(b, c) if c else INFINITY
    return low, high


def solve_product(product: Ends, factor: Ends) -> Ends:
    """Return the ends of every x with x × f in `product` for some f in `factor`."""
    if product[0] <= 0 <= product[1] and factor[0] <= 0 <= factor[1]:
        return NEGATIVE_INFINITY, INFINITY
    return divide(*product, *factor)
