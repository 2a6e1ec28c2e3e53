"""The formulas of the catalogue compiled to an engine: one more fold over the same tree.

`core.formula` folds the tree over intervals of decimals; here the same tree is folded over intervals whose
ends are expressions of columns. A printed number becomes the interval it stands for on the engine as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import ibis

from sonla_cli.core.figure import Hedge, Rounding
from sonla_cli.core.formula import Constant, Expression, Name, Operation
from sonla_cli.ledger.rows import matches
from sonla_cli.ledger.whole import (
    WHOLE,
    Ends,
    Fraction,
    Whole,
    below,
    both,
    either,
    literal,
    negate,
    pick,
    point,
)


class Size(NamedTuple):
    """How large a printed number can be: its digits, and the decimals among them; and whether it is above zero."""

    digits: int
    decimals: int
    positive: bool = False

    @property
    def pattern(self) -> str:
        """The texts of numbers of this size."""
        return rf"^[+-]?[0-9]{{1,{self.digits}}}(\.[0-9]{{1,{self.decimals}}})?$"


#: what an engine counts exactly; any more digits are judged in Python
AMOUNT, RATE = Size(18, 6), Size(9, 4)
#: every text that `core.figure` takes for a number, its length apart
ANY_FIGURE = r"^[+-]?[0-9]+(\.[0-9]+)?$"
#: digits that 64 bits hold, whichever they are
LONG_DIGITS = 18
#: what fits 64 bits throughout: amounts in millions or billions, and their rates
SMALL_AMOUNT, SMALL_RATE = Size(9, 3, positive=True), Size(6, 2)


def fold(formula: Expression, values: Mapping[str, Ends]) -> Ends:
    """Return the range of a formula over `values`, as expressions of an engine."""
    match formula:
        case Name(id=name):
            return values[name]
        case Constant(value=value):
            return point(value)
        case Operation(sign="+", left=left, right=right):
            return fold(left, values) + fold(right, values)
        case Operation(sign="-", left=left, right=right):
            return fold(left, values) - fold(right, values)
        case Operation(sign="*", left=left, right=right):
            return fold(left, values) * fold(right, values)
        case Operation(sign="/", left=left, right=right):
            return fold(left, values) / fold(right, values)
    raise TypeError(formula)


class Hedged(NamedTuple):
    """The hedge of a number, as a word of `core.figure.Hedge`, and one unit of its last significant digit."""

    word: Any
    unit: Any


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number in an engine: its digits as one whole number, how many of them are decimals, its hedge.

    Both are NULL where the cell is empty, no number, or beyond 64 bits.
    """

    mantissa: Any
    places: Any
    hedge: Hedged | None = None

    def fits(self, size: Size) -> Any:
        """Whether the number is of a size; NULL where there is none."""
        limit = 10**size.digits
        fit = self.mantissa.between(1 if size.positive else 1 - limit, limit - 1)
        if not isinstance(self.places, int):
            fit &= self.places <= size.decimals
        elif self.places > size.decimals:
            fit = fit & ibis.literal(False)
        return fit


def printed(column: Any, size: Size = AMOUNT) -> Printed:
    """Return the digits of a column: text as written, decimals with their scale, whole numbers as they are."""
    kind = column.type()
    if is_exact(kind, size):
        return _digits(column, kind, size)
    text = column if kind.is_string() else column.cast("string")
    # a sign and a point may stand among the digits
    short = ibis.cases((matches(text, size.pattern) & (text.length() <= size.digits + 1), text))
    places = ibis.ifelse(short.contains("."), short.length() - short.find(".") - 1, 0).cast("int64")
    return Printed(short.replace(".", "").cast("int64"), places)


def _digits(column: Any, kind: Any, size: Size) -> Printed:
    """Return the digits of whole numbers or decimals, without those that 64 bits may not hold."""
    places = 0 if kind.is_integer() else kind.scale
    number = column * 10**places if places else column
    if kind.is_signed_integer() or (kind.is_decimal() and kind.precision and kind.precision <= LONG_DIGITS):
        return Printed(number.cast("int64"), places)
    limit = 10**size.digits - 1
    number = number.cast(WHOLE)
    inside = number.between(literal(-limit), literal(limit))
    return Printed(ibis.cases((inside, number.cast("int64"))), places)


def is_exact(kind: Any, size: Size = AMOUNT) -> bool:
    """Whether the type of a column says how many decimals its numbers are printed with."""
    return bool(
        kind.is_integer() or (kind.is_decimal() and kind.scale is not None and kind.scale <= size.decimals)
    )


def is_number(column: Any) -> Any:
    """Whether a cell holds a number of any length."""
    kind = column.type()
    if is_exact(kind):
        return column.notnull()
    return matches(column if kind.is_string() else column.cast("string"), ANY_FIGURE).fill_null(False)


def power(places: Any, most: int) -> Whole:
    """Return ten to so many places, `most` of them at most."""
    if isinstance(places, int):
        return Whole.of(10**places)
    powers = [(places == each, ibis.literal(10**each).cast("int64")) for each in range(most + 1)]
    return Whole(ibis.cases(*powers).cast("int64"), 1, 10**most)


def interval(number: Printed, size: Size, rounding: Rounding = Rounding.HALF, exponent: int = 0) -> Ends:
    """Return the interval of a printed number times 10 to the `exponent`, as `core.figure` defines it."""
    limit = 10**size.digits
    mantissa = Whole(number.mantissa, 1 if size.positive else -limit, limit)
    under = power(number.places, size.decimals) * Whole.of(10 ** max(0, -exponent))
    shift = Whole.of(10 ** max(0, exponent))
    if rounding is Rounding.EXACT and number.hedge is None:
        only = Fraction(mantissa * shift, under)
        return Ends(only, only)
    double, under = mantissa * Whole.of(2), under * Whole.of(2)
    down, up = _reach(mantissa, rounding)
    if number.hedge is None:
        return Ends(Fraction((double + down) * shift, under), Fraction((double + up) * shift, under))
    word, unit = number.hedge
    none, half = Whole.of(0), Whole(unit, 1, limit // 10)
    about, bound = word == Hedge.ABOUT.value, word != Hedge.EXACT.value
    low = double + pick(about, -half, pick(bound, none, down))
    high = double + pick(about, half, pick(bound, none, up))
    # the two that bound speak of the magnitude: "a fall of nearly 15 %" lies between -15 and 0
    falls, over, short = below(mantissa), word == Hedge.OVER.value, word == Hedge.UNDER.value
    high = pick(both(short, falls), none, high)
    rises = negate(falls)
    return Ends(
        Fraction(low * shift, under), Fraction(high * shift, under),
        either(both(over, falls), both(short, rises)), both(over, rises),
    )  # fmt: skip


def significant(number: Printed, size: Size) -> Any:
    """Return one unit of the last digit that is not a trailing zero of a whole number, in units of the last digit."""
    if isinstance(number.places, int) and number.places:
        return ibis.literal(1).cast("int64")
    whole = number.mantissa != 0
    if not isinstance(number.places, int):
        whole &= number.places == 0
    powers = [10**each for each in range(size.digits - 1, 0, -1)]
    zeros = [(whole & (number.mantissa % each == 0), ibis.literal(each).cast("int64")) for each in powers]
    return ibis.cases(*zeros, else_=ibis.literal(1).cast("int64"))


def _reach(mantissa: Whole, rounding: Rounding) -> tuple[Whole, Whole]:
    """Return how far below and above the printed number the true value can lie, in half units of the last place."""
    none, unit = Whole.of(0), Whole.of(2)
    if rounding is Rounding.EXACT:
        return none, none
    if rounding is Rounding.CEILING:
        return -unit, none
    if rounding is Rounding.TRUNCATED:
        falls, rises = below(mantissa, 1), negate(below(mantissa))
        return pick(falls, -unit, none), pick(rises, unit, none)
    return Whole.of(-1), Whole.of(1)
