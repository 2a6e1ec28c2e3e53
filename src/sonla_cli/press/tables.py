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
from sonla_cli.press.sentences import GAP, is_spaced
from sonla_cli.press.tokens import tokenise

#: "Đơn vị: Sở Tài chính" names an organisation, so what follows must be a unit
_DECLARED = re.compile(r"(?:đơn\s+vị|đvt)(?:\s+tính)?\s*:\s*([^\n).;\t|]{2,24})")
_BAR = re.compile(r"[\t|]")
_BRACKET = re.compile(r"\(([^()]{2,20})\)")
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
    #: the unit of its money, where the head names it
    unit: str = ""


class Cell(NamedTuple):
    """A number of a row that is understood."""

    start: int
    end: int
    value: str
    unit: str
    metric: str
    label: str
    #: the area whose row it is, where the rows are areas
    area: str
    column: Column


class Subject(NamedTuple):
    """What a row is about: a metric of its own, or an area and the metric of the text above."""

    metric: str
    label: str
    area: str = ""
    unit: str = ""


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
            self.unit = _unit(found[1])
            self.columns, self.opens = [], False

    def row(self, lower: str, text: str) -> Iterator[Cell]:
        """Read a row: one of the head of the columns, or the numbers of one subject."""
        parted = is_parted(text)
        cells = [_trimmed(text, *span) for span in (_spans(text) if parted else _spaced(text))]
        named = [(start, end) for start, end in cells if start < end]
        read = {
            at: figure
            for at, span in enumerate(cells)
            if at and (figure := numeral(lower[slice(*span)])) is not None
        }
        if not read:
            if any(start < end for start, end in cells[2:]) and any(map(str.isalpha, text)):
                self._head([text[slice(*span)] for span in cells], parted=parted)
            return
        self.opens = False
        if not parted and len(cells) != len(self.columns):
            return  # where white space parts cells, an empty one cannot be seen
        subject = next((found for span in named[:2] if (found := _subject(lower, text, *span))), None)
        if subject is None or not (self.unit or subject.unit or any(column.unit for column in self.columns)):
            return
        for at, figure in read.items():
            column = self.columns[at] if at < len(self.columns) else Column()
            unit = "%" if column.measure in _RATES else column.unit or subject.unit or self.unit
            if column.measure and unit:
                yield Cell(*cells[at], figure.digits, unit, *subject[:3], column)

    def _head(self, row: list[str], *, parted: bool) -> None:
        """Take a row of the head; the head above spans what it leaves empty to its right, if marks part its cells."""
        if self.opens and not parted:
            self.columns = []
            return
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
            if not column.measure and _PERCENT.search(head.lower()):
                column = self._rate(column)
            is_compared = column.measure in _RATES and not column.window
            self.columns.append(column._replace(window=window) if is_compared else column)

    def _rate(self, column: Column) -> Column:
        """Return what a bare rate ("Tỷ lệ (%)") is: the actual to its left on the plan to its left."""
        plan = next((left for left in reversed(self.columns) if left.measure == "plan"), None)
        if plan is None or not any(left.measure == "actual" for left in self.columns):
            return column
        return column._replace(measure="attainment", basis=plan.basis)


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


def _spaced(text: str) -> Iterator[tuple[int, int]]:
    """Return where the cells of a row begin and end that white space parts."""
    start = 0
    for found in GAP.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def is_parted(text: str) -> bool:
    """Whether tabs or bars part the cells of a line."""
    return text.count("\t") + text.count("|") >= _FEWEST - 1


def is_row(text: str) -> bool:
    """Whether a line is a row of a table; white space parts cells only where a line does not close a sentence."""
    return is_parted(text) or (is_spaced(text) and not text.rstrip().endswith((".", ";", ":", "?", "!")))


def _unit(said: str) -> str:
    """Return a unit as it is spelled here, or nothing where it is none."""
    said = " ".join(said.split())
    said = _MISSPELT.get(said, said)
    return said if units.parse(said) is not None else ""


def _unit_in(lower: str) -> str:
    """Return the unit that stands in a bracket ("Dự toán (tỷ đồng)")."""
    found = _BRACKET.search(lower)
    return _unit(found[1]) if found and "%" not in found[1] else ""


def _subject(lower: str, text: str, start: int, end: int) -> Subject | None:
    lower, text = lower[start:end], text[start:end]
    tokens = tokenise(lower)
    marks = scan(tokens, text)
    kinds = [mark.kind for mark in marks]
    if kinds in ([Kind.AREA], [Kind.ASSIGNER, Kind.AREA]) and marks[-1].last == len(tokens.words):
        return Subject("", text, marks[-1].value)  # "Lai Châu", "tỉnh Lai Châu"
    named = next((mark for mark in marks if mark.kind == Kind.METRIC and mark.value), None)
    if named is None or named.value in ("revenue", "expenditure", "grdp", "economy", "?"):
        return None
    return Subject(named.value, text, unit=_unit_in(lower))


def _column(lower: str, text: str) -> Column:
    marks = scan(tokenise(lower), text)

    def first(kind: int) -> Mark | None:
        return next((mark for mark in marks if mark.kind is kind), None)

    plan, assigner, base = first(Kind.PLAN), first(Kind.ASSIGNER), first(Kind.CHANGE_BASE)
    status, window = first(Kind.STATUS), first(Kind.PERIOD)
    basis = plan_basis(plan, assigner)
    said = Column(
        status=status.value if status else "",
        window=window.value if window else "",
        head=text,
        unit=_unit_in(lower),
    )
    if _PERCENT.search(lower):
        if base is not None:
            return said._replace(measure="index", basis=base.value)
        return said._replace(measure="attainment", basis=basis) if plan is not None else said
    if plan is not None:
        return said._replace(measure="plan", basis=basis)
    done = status is not None or "thực hiện" in lower or "quyết toán" in lower or "giải ngân" in lower
    done = done or (window is not None and all(mark.kind in _IN_WINDOW for mark in marks))
    return said._replace(measure="actual") if done and base is None else said


#: marks of a head that names a window alone ("10 tháng 2025 (tỷ đồng)"), which is what was done in it
_IN_WINDOW = frozenset({Kind.PERIOD, Kind.OPEN, Kind.CLOSE, Kind.CUMULATIVE})
