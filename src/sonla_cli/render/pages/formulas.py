"""Spreadsheet formulas for the values and bounds of a report, only where they give the very numbers of the report.

A formula of the catalogue becomes one over cells; a bound becomes the formula at the ends of its inputs that make
it least or greatest. What other publications have tightened further stays a number: a formula over these cells
alone would not give it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from sonla_cli.catalogue.indicators import INDICATORS
from sonla_cli.core.formula import Expression
from sonla_cli.models.report import Row

#: spreadsheets reckon in binary with some 15 digits; a report keeps 12
CLOSE = Decimal("1e-11")
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-"})


class Cells(NamedTuple):
    """Where a number stands, and the number itself: value, low and high."""

    references: tuple[str, str, str]
    numbers: tuple[Decimal | None, Decimal | None, Decimal | None]


class Live(NamedTuple):
    """The formulas of a row's value, low and high; `None` where a number stands instead."""

    value: str | None = None
    low: str | None = None
    high: str | None = None


def live(row: Row, cells: Mapping[str, Cells], own: str) -> Live:
    """Return the formulas of a row over `cells`, by the names of its inputs; `own` is the cell of its value."""
    if row.formula and row.indicator in INDICATORS:
        formula = INDICATORS[row.indicator].formula
        if formula is not None and all(name in cells for name in formula.names()):
            return Live(_value(row, formula, cells), *_bounds(row, formula, cells))
    return _printed(row, own)


def _value(row: Row, formula: Expression, cells: Mapping[str, Cells]) -> str | None:
    points = {name: cells[name].numbers[0] for name in formula.names()}
    known = {name: point for name, point in points.items() if point is not None}
    if row.value is None or len(known) < len(points) or not _is_close(formula.at(known), row.value):
        return None
    return _text(formula, lambda name: cells[name].references[0])


def _bounds(row: Row, formula: Expression, cells: Mapping[str, Cells]) -> tuple[str | None, str | None]:
    ends = {name: cells[name].numbers[1:] for name in formula.names()}
    known = {name: (low, high) for name, (low, high) in ends.items() if low is not None and high is not None}
    if len(known) < len(ends):
        return None, None
    rises = {name: _rises(formula, name, known) for name in known}
    found: list[str | None] = []
    for wanted, upper in ((row.low, False), (row.high, True)):
        sides = {name: int(rises[name] == upper) for name in known}
        at = formula.at({name: known[name][side] for name, side in sides.items()})
        if wanted is None or not _is_close(at, wanted):
            found.append(None)
        else:
            found.append(_text(formula, lambda name, sides=sides: cells[name].references[1 + sides[name]]))  # type: ignore[misc]
    return found[0], found[1]


def _rises(formula: Expression, name: str, ends: Mapping[str, tuple[Decimal, Decimal]]) -> bool:
    middle = {each: (low + high) / 2 for each, (low, high) in ends.items()}
    low, high = ends[name]
    first, second = (formula.at({**middle, name: end}) for end in (low, high))
    return first is not None and second is not None and first < second


def _printed(row: Row, own: str) -> Live:
    """Return the bounds of a printed figure as half a unit of its last digit around its cell."""
    if row.value is None or row.low is None or row.high is None or row.hedge:
        return Live()
    below, above = row.value - row.low, row.high - row.value
    if below != above or not below:
        return Live()
    return Live(None, f"={own}-{below:f}", f"={own}+{above:f}")


def _text(formula: Expression, spell: Callable[[str], str]) -> str:
    return "=" + formula.symbols(spell).translate(_SIGNS).replace(" ", "")


def _is_close(one: Decimal | None, other: Decimal) -> bool:
    return one is not None and abs(one - other) <= CLOSE * max(abs(one), abs(other))
