"""A figure: a number as printed, which stands for every true value that would have been printed so.

The interval of a figure reaches half a unit of its last printed digit to either side, both ends included,
because either half-rounding convention may have been used. A hedge replaces a side by infinity; it speaks of
the magnitude, so that "a fall of nearly 15 %" lies between -15 and 0.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from sonla_cli.core.interval import DOWN, INFINITY, NEAREST, NEGATIVE_INFINITY, UP, ZERO, Interval
from sonla_cli.core.unit import Unit


class Hedge(StrEnum):
    """The word that goes with a number and binds to that number only."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


class Rounding(StrEnum):
    """How a printed number is assumed to have been rounded."""

    HALF = "half"
    UP = "up"
    EVEN = "even"
    TRUNCATED = "truncated"
    CEILING = "ceiling"
    EXACT = "exact"


DIGITS = re.compile(r"[+-]?\d+(\.\d+)?\Z", re.ASCII)

#: more digits than any figure has; a longer one is not a figure
LONGEST = 60


class Figure:
    """A printed number: its digits (decimal point, no grouping), its unit and its hedge.

    Trailing zeros count: `9.10` says more than `9.1`. Raises `ValueError` for text that is not a number.
    """

    __slots__ = ("digits", "hedge", "unit")

    def __init__(self, digits: str, unit: Unit, hedge: Hedge = Hedge.EXACT) -> None:
        if len(digits) > LONGEST or not DIGITS.match(digits):
            raise ValueError(f"not a number: {digits[:LONGEST]!r}")
        self.digits = digits
        self.unit = unit
        self.hedge = hedge

    def __repr__(self) -> str:
        return f"Figure({self.digits!r}, {self.unit.name!r}, {self.hedge.value!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Figure) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[str, Unit, Hedge]:
        return self.digits, self.unit, self.hedge

    @property
    def value(self) -> Decimal:
        """The printed value in the canonical unit."""
        return NEAREST.multiply(Decimal(self.digits), self.unit.factor)

    @property
    def is_bound(self) -> bool:
        """Whether the figure only bounds the true value from one side."""
        return self.hedge is Hedge.OVER or self.hedge is Hedge.UNDER

    @property
    def ulp(self) -> Decimal:
        """One unit of the last printed digit, in the canonical unit."""
        return Decimal((0, (1,), _exponent(self.digits))) * self.unit.factor

    def interval(self, rounding: Rounding = Rounding.HALF) -> Interval:
        """Return the set of true values, in the canonical unit."""
        printed = Decimal(self.digits)
        if (
            self.unit.is_count
            and self.hedge is Hedge.EXACT
            and self.unit.factor == 1
            and printed == int(printed)
        ):
            # things that were counted, not measured: no convention rounds them
            return Interval(printed, printed)
        if self.hedge is Hedge.EXACT or self.hedge is Hedge.ABOUT:
            low, high = _spread(self.digits, printed, rounding, about=self.hedge is Hedge.ABOUT)
        else:
            low, high = _bound(printed, over=self.hedge is Hedge.OVER)
        factor = self.unit.factor
        if factor != 1:
            low, high = DOWN.multiply(low, factor), UP.multiply(high, factor)
        found = Interval(low, high)
        return (found.integers() or found) if self.unit.is_count else found


def _bound(printed: Decimal, *, over: bool) -> tuple[Decimal, Decimal]:
    if printed < 0:
        return (NEGATIVE_INFINITY, printed) if over else (printed, ZERO)
    return (printed, INFINITY) if over else (NEGATIVE_INFINITY, printed)


def _spread(digits: str, printed: Decimal, rounding: Rounding, *, about: bool) -> tuple[Decimal, Decimal]:
    unit = Decimal((0, (1,), _significant(digits) if about else _exponent(digits)))
    if about or rounding in (Rounding.HALF, Rounding.UP, Rounding.EVEN):
        half = unit / 2
        return DOWN.subtract(printed, half), UP.add(printed, half)
    if rounding is Rounding.EXACT:
        return printed, printed
    away = rounding is Rounding.CEILING or (rounding is Rounding.TRUNCATED and printed < 0)
    if rounding is Rounding.TRUNCATED and printed == 0:
        return -unit, unit
    return (DOWN.subtract(printed, unit), printed) if away else (printed, UP.add(printed, unit))


def _exponent(digits: str) -> int:
    """Return the power of ten of the last printed digit."""
    _, point, decimals = digits.partition(".")
    return -len(decimals) if point else 0


def _significant(digits: str) -> int:
    """Return the power of ten of the last digit that is not a trailing zero of a whole number."""
    if "." in digits:
        return _exponent(digits)
    stripped = digits.rstrip("0")
    return len(digits) - len(stripped) if stripped.strip("+-") else 0
