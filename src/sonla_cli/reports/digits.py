"""Decimals as a report carries them: 12 significant digits, ends rounded outwards."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from typing import overload

DIGITS = 12
_NEAREST = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN)
_BELOW = Context(prec=DIGITS, rounding=ROUND_FLOOR)
_ABOVE = Context(prec=DIGITS, rounding=ROUND_CEILING)


@overload
def nearest(value: Decimal) -> Decimal: ...
@overload
def nearest(value: Decimal | None) -> Decimal | None: ...
def nearest(value: Decimal | None) -> Decimal | None:
    """Return `value` rounded to 12 significant digits."""
    return None if value is None else _NEAREST.plus(value)


def below(low: Decimal) -> Decimal | None:
    """Return a lower end rounded down to 12 significant digits, `None` if unbounded."""
    return plain(_BELOW.plus(low)) if low.is_finite() else None


def above(high: Decimal) -> Decimal | None:
    """Return an upper end rounded up to 12 significant digits, `None` if unbounded."""
    return plain(_ABOVE.plus(high)) if high.is_finite() else None


def plain(value: Decimal | None) -> Decimal | None:
    """Return `value` without trailing zeros or an exponent, every digit kept."""
    if not value:
        return None if value is None else Decimal(0)
    text = f"{value:f}"
    return Decimal(text.rstrip("0") if "." in text else text)
