"""Rows of a table in a text: cells parted by tabs or bars, under a line that declares the unit.

The one convention: a column says by its head what its numbers are, and a number is read only if both its row
and its column are understood. The declared unit is that of money columns; a column of percentages never
inherits it, and an empty cell or a dash is no zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sonla_cli.core import unit as units
from sonla_cli.press.head import plan_basis
from sonla_cli.press.marks import Kind, Mark
from sonla_cli.press.numbers import numeral
from sonla_cli.press.scan import scan
from sonla_cli.press.tokens import tokenise

#: "Đơn vị: Sở Tài chính" names an organisation, so what follows must be a unit
_DECLARED = re.compile(r"(?:đơn vị|đvt)(?: tính)?\s*:\s*([^\n).;\t|]{2,24})")
_CELL = re.compile(r"[^\t|]*")
_PERCENT = re.compile(r"%|so sánh|tỷ lệ|tỉ lệ|phần trăm")
#: spellings of the unit line that are met and meant
_MISSPELT = {
    "tr đồng": "triệu đồng",
    "tr.đồng": "triệu đồng",
    "trđ": "triệu đồng",
    "triệu dồng": "triệu đồng",
}
#: a row has at least so many cells
_FEWEST = 3


class Column(NamedTuple):
    """What the numbers of a column are; `measure` is empty where the head says nothing."""

    measure: str = ""
    basis: str = ""
    status: str = ""
    window: str = ""
    head: str = ""


class Cell(NamedTuple):
    """A number of a row that is understood."""

    start: int
    end: int
    value: str
    unit: str
    metric: str
    label: str
    column: Column


@dataclass(slots=True)
class Table:
    """The table that is being read: its unit and its columns."""

    unit: str = ""
    columns: dict[int, Column] = field(default_factory=dict)

    def declare(self, lower: str) -> None:
        """Take the unit from a line that declares it."""
        found = _DECLARED.search(lower)
        if found:
            said = " ".join(found[1].split())
            said = _MISSPELT.get(said, said)
            self.unit = said if units.parse(said) is not None else ""
            self.columns = {}

    def row(self, lower: str, text: str) -> Iterator[Cell]:
        """Read a row: the head of the columns, or the numbers of one subject."""
        cells = [found.span() for found in _CELL.finditer(lower) if found.end() > found.start()]
        numbers = {at: lower[slice(*span)].strip() for at, span in enumerate(cells)}
        read = {at: figure for at, said in numbers.items() if at and (figure := numeral(said)) is not None}
        if not read:
            self.columns = {
                at: _column(lower[slice(*span)], text[slice(*span)]) for at, span in enumerate(cells)
            }
            return
        subject = next((found for span in cells[:2] if (found := _subject(lower, text, *span))), None)
        if subject is None or not self.unit:
            return
        for at, figure in read.items():
            column = self.columns.get(at, Column())
            if column.measure:
                start = cells[at][0] + lower[slice(*cells[at])].index(numbers[at])
                is_rate = column.measure in ("attainment", "index", "growth")
                unit = "%" if is_rate else self.unit
                yield Cell(start, start + len(numbers[at]), figure.digits, unit, *subject, column)


def is_row(text: str) -> bool:
    """Whether a line is a row of a table."""
    return text.count("\t") + text.count("|") >= _FEWEST - 1


def _subject(lower: str, text: str, start: int, end: int) -> tuple[str, str] | None:
    marks = scan(tokenise(lower[start:end]), text[start:end])
    named = next((mark for mark in marks if mark.kind == Kind.METRIC and mark.value), None)
    if named is None or named.value in ("revenue", "expenditure", "grdp", "economy", "?"):
        return None
    return named.value, text[start:end].strip()


def _column(lower: str, text: str) -> Column:
    marks = scan(tokenise(lower), text)

    def first(kind: int) -> Mark | None:
        return next((mark for mark in marks if mark.kind is kind), None)

    plan, assigner, base = first(Kind.PLAN), first(Kind.ASSIGNER), first(Kind.CHANGE_BASE)
    status, window = first(Kind.STATUS), first(Kind.PERIOD)
    basis = plan_basis(plan, assigner)
    said = Column(
        status=status.value if status else "", window=window.value if window else "", head=text.strip()
    )
    if _PERCENT.search(lower):
        if base is not None:
            return said._replace(measure="index", basis=base.value)
        return said._replace(measure="attainment", basis=basis) if plan is not None else said
    if plan is not None:
        return said._replace(measure="plan", basis=basis)
    done = status is not None or "thực hiện" in lower or "quyết toán" in lower or "giải ngân" in lower
    return said._replace(measure="actual") if done and base is None else said
