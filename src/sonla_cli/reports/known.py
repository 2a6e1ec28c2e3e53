"""`Known` is a number ready for use in a formula, with where it came from."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from sonla_cli.core.interval import Interval
from sonla_cli.core.unit import Unit


class Known(NamedTuple):
    """A number a formula can use."""

    id: str
    interval: Interval
    point: Decimal | None
    unit: str
    sources: tuple[str, ...] = ()
    status: str = ""


def value_id(metric: str, indicator: str, basis: str, period: str) -> str:
    """Return the id that `sonla explain` takes: `metric:indicator@basis:period`."""
    return f"{metric}:{indicator}{'@' + basis if basis else ''}:{period}"


def exactly(name: str, value: Decimal | int, unit: Unit) -> Known:
    """Return a quantity of the calendar or of an option, which is exact."""
    point = Decimal(value)
    return Known(name, Interval(point, point), point, unit.name)
