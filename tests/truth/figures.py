"""Hidden true values and how they are printed; in fractions, apart from the code that reads them back.

Everything here is drawn from a `random.Random`: a seed gives the same case for ever, and Hypothesis, which has one
of its own (`st.randoms`), makes a failing case smaller.
"""

from __future__ import annotations

import random
from fractions import Fraction
from math import ceil, floor

from sonla_cli.core.figure import LONGEST, Figure, Hedge, Rounding
from sonla_cli.core.interval import Interval
from sonla_cli.core.unit import SPELLINGS, Unit

UNITS = tuple(dict.fromkeys(SPELLINGS.values()))
HALF = Fraction(1, 2)

#: the ways to print that a convention allows for
MODES = {
    Rounding.HALF: ("up", "even"),
    Rounding.UP: ("up",),
    Rounding.EVEN: ("even",),
    Rounding.TRUNCATED: ("truncated",),
    Rounding.CEILING: ("ceiling",),
    Rounding.EXACT: ("exact",),
}


def amount(draw: random.Random) -> Fraction:
    """Return a true value: of any size and sign, often short, often half-way between two printed ones."""
    kind = draw.randint(0, 9)
    # now and then more digits than the default context of `decimal` keeps
    size = 10 ** (draw.randint(0, 9) if draw.randint(0, 19) else 30)
    if kind < 5:
        found = Fraction(draw.randint(1, size), 10 ** draw.randint(0, 9))
    elif kind < 7:
        found = Fraction(draw.randint(0, 10**4) * 10 + 5, 10 ** draw.randint(0, 6))
    elif kind < 9:
        found = Fraction(draw.randint(1, size), draw.randint(1, 999))
    else:
        found = Fraction(draw.randint(0, 3))
    return -found if draw.randint(0, 5) == 0 else found


def whole(value: Fraction, mode: str) -> int | None:
    """Return the whole number that `value` is printed as, or `None` if it cannot be printed so."""
    size = abs(value)
    low = floor(size)
    rest = size - low
    if mode == "exact":
        found = low if not rest else None
    elif mode == "truncated":
        found = low
    elif mode == "ceiling":
        return ceil(value)
    elif mode == "up":
        found = low + (rest >= HALF)
    else:
        found = low + (rest > HALF or (rest == HALF and low % 2 == 1))
    return -found if found is not None and value < 0 else found


def digits(number: int, places: int) -> str:
    """Return a whole number of units of the last of `places` decimals as it is printed."""
    text = str(abs(number)).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return sign + (f"{text[:-places]}.{text[-places:]}" if places else text)


def printed(value: Fraction, places: int, mode: str) -> str | None:
    """Return `value` as printed with so many decimals, or `None` if it cannot be."""
    found = whole(value * 10**places, mode)
    return None if found is None else digits(found, places)


def factor(unit: Unit) -> Fraction:
    """Return how many canonical units a unit is worth."""
    return Fraction(unit.factor)


def hedged(draw: random.Random, value: Fraction, unit: Unit) -> Figure | None:
    """Print a true value (in the canonical unit) in `unit` with a hedge, which speaks of its size."""
    shown = value / factor(unit)
    if abs(shown) >= 10 ** (LONGEST - 8):
        return None
    hedge = draw.choice((Hedge.ABOUT, Hedge.OVER, Hedge.UNDER))
    places = draw.randint(0, 3)
    if hedge is Hedge.ABOUT:
        # about 4,500: rounded to hundreds, printed in full
        zeros = draw.randint(0, 3) if not places else 0
        count = whole(shown * 10**places / 10**zeros, draw.choice(MODES[Rounding.HALF]))
        if not count and zeros:
            return None
        return Figure(digits((count or 0) * 10**zeros, places), unit, hedge)
    size = abs(shown) * 10**places
    count = floor(size) if hedge is Hedge.OVER else ceil(size)
    if not count and shown < 0:
        return None
    return Figure(digits(-count if shown < 0 else count, places), unit, hedge)


def figure(
    draw: random.Random, value: Fraction, unit: Unit, rounding: Rounding, *, most_places: int = 6
) -> Figure | None:
    """Print a true value (in the canonical unit) in `unit` by a convention, or `None` if it cannot be."""
    if unit.is_count:
        return Figure(digits(int(value), 0), unit) if value.denominator == 1 else None
    text = printed(value / factor(unit), draw.randint(0, most_places), draw.choice(MODES[rounding]))
    return None if text is None or len(text) > LONGEST else Figure(text, unit)


def holds(interval: Interval, value: Fraction) -> bool:
    """Whether an exact value lies in an interval."""
    above = not interval.low.is_finite() or Fraction(interval.low) <= value
    return above and (not interval.high.is_finite() or value <= Fraction(interval.high))
