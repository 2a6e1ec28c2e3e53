"""Rows of a table in a text: cells parted by tabs or bars, under a line that declares the unit.

The one convention: a column says by its head what its numbers are, and a number is read only if both its row
and its column are understood. A head of two rows is read from above: what spans several columns is said of each. A rate
that names no window is one of the actual to its left.
The declared unit is that of money columns; a column of percentages never inherits it, and an empty cell or a dash
is no zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from sonla_cli.core import unit as units
from sonla_cli.press.head import plan_basis
from sonla_cli.press.marks import Kind, Mark
from sonla_cli.press.numbers import numeral
from sonla_cli.press.scan import scan
from sonla_cli.press.tokens import tokenise

#: "Đơn vị: Sở Tài chính" names an organisation, so what follows must be a unit
_DECLARED = re.compile(r"(?:đơn vị|đvt)(?: tính)?\s*:\s*([^\n).;\t|]{2,24})")
_BAR = re.compile(r"[\t|]")
_PERCENT = re.compile(r"%|so sánh|tỷ lệ|tỉ lệ|phần trăm")
#: spellings of the unit line that are met and meant
_MISSPELT = {
    "tr đồng": "triệu đồng",
    "tr.đồng": "triệu đồng",
    "trđ": "triệu đồng",
    "triệu dồng": "triệu đồng",
}
_RATES = ("attainment", "index")
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
    """The table that is being read: its unit, its heads and its columns."""

    unit: str = ""
    #: the words of the head above each column, of all its rows so far
    heads: list[str] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    #: whether the last row was one of the head
    opens: bool = False

    def declare(self, lower: str) -> None:
        """Take the unit from a line that declares it."""
        found = _DECLARED.search(lower)
        if found:
            said = " ".join(found[1].split())
            said = _MISSPELT.get(said, said)
            self.unit = said if units.parse(said) is not None else ""
            self.columns, self.opens = [], False

    def row(self, lower: str, text: str) -> Iterator[Cell]:
        """Read a row: one of the head of the columns, or the numbers of one subject."""
        cells = [_trimmed(text, *span) for span in _spans(text)]
        named = [(start, end) for start, end in cells if start < end]
        read = {
            at: figure
            for at, span in enumerate(cells)
            if at and (figure := numeral(lower[slice(*span)])) is not None
        }
        if not read:
            if any(start < end for start, end in cells[2:]) and any(map(str.isalpha, text)):
                self._head([text[slice(*span)] for span in cells])
            return
        self.opens = False
        subject = next((found for span in named[:2] if (found := _subject(lower, text, *span))), None)
        if subject is None or not self.unit:
            return
        for at, figure in read.items():
            column = self.columns[at] if at < len(self.columns) else Column()
            if column.measure:
                unit = "%" if column.measure in _RATES else self.unit
                yield Cell(*cells[at], figure.digits, unit, *subject, column)

    def _head(self, row: list[str]) -> None:
        """Take a row of the head; the head above spans what it leaves empty to its right."""
        above = self.heads if self.opens else []
        self.heads, self.opens = [], True
        spanning = ""
        for said, over in zip_longest(row, above, fillvalue=""):
            spanning = over or (spanning if said else "")
            words = [spanning] if said in ("", spanning) else [spanning, said]
            self.heads.append(" ".join(filter(None, words)))
        self.columns = []
        window = ""
        for head in self.heads:
            column = _column(head.lower(), head)
            window = column.window if column.measure == "actual" else window
            is_compared = column.measure in _RATES and not column.window
            self.columns.append(column._replace(window=window) if is_compared else column)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Return where the cells of a row begin and end; an empty cell is one too."""
    start = len(text) - len(text.lstrip()) + 1 if text.lstrip()[:1] == "|" else 0
    for found in _BAR.finditer(text, start):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return (
        (start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
        if piece.strip()
        else (start, start)
    )


def is_row(text: str) -> bool:
    """Whether a line is a row of a table."""
    return text.count("\t") + text.count("|") >= _FEWEST - 1


def _subject(lower: str, text: str, start: int, end: int) -> tuple[str, str] | None:
    marks = scan(tokenise(lower[start:end]), text[start:end])
    named = next((mark for mark in marks if mark.kind == Kind.METRIC and mark.value), None)
    if named is None or named.value in ("revenue", "expenditure", "grdp", "economy", "?"):
        return None
    return named.value, text[start:end]


def _column(lower: str, text: str) -> Column:
    marks = scan(tokenise(lower), text)

    def first(kind: int) -> Mark | None:
        return next((mark for mark in marks if mark.kind is kind), None)

    plan, assigner, base = first(Kind.PLAN), first(Kind.ASSIGNER), first(Kind.CHANGE_BASE)
    status, window = first(Kind.STATUS), first(Kind.PERIOD)
    basis = plan_basis(plan, assigner)
    said = Column(status=status.value if status else "", window=window.value if window else "", head=text)
    if _PERCENT.search(lower):
        if base is not None:
            return said._replace(measure="index", basis=base.value)
        return said._replace(measure="attainment", basis=basis) if plan is not None else said
    if plan is not None:
        return said._replace(measure="plan", basis=basis)
    done = status is not None or "thực hiện" in lower or "quyết toán" in lower or "giải ngân" in lower
    return said._replace(measure="actual") if done and base is None else said
