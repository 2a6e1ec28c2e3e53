"""The cells and tables of a page: what is shown, what it is sorted by, and what a reader finds behind a number."""

from __future__ import annotations

from dataclasses import dataclass

from sonla_cli.models.report import Row


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the report: as text, with its unit, bounds and numbered sources, and the row behind it."""

    row: Row
    #: the value, or its bounds where only they are known, after the mark of its status
    text: str
    unit: str
    bounds: str
    #: indicator, basis and period
    what: str
    #: how it came about: published, computed or implied; its status; its verdict
    how: str
    formula: str
    #: the numbers the formula was given, a line each
    inputs: tuple[str, ...]
    #: the numbers of its sources in the list of the document
    sources: tuple[int, ...]

    @property
    def sort(self) -> str:
        """The number to sort by: the value, or the middle of what is known; empty if nothing is."""
        row = self.row
        known = [each for each in (row.low, row.high) if each is not None]
        middle = row.value if row.value is not None else sum(known) / len(known) if known else None
        return "" if middle is None else f"{middle:f}"

    @property
    def marks(self) -> str:
        """The numbers of the sources in square brackets."""
        return "".join(f"[{each}]" for each in self.sources)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: its name, a second line under it, and a cell for every other column (`None`: nothing)."""

    name: str
    cells: tuple[Cell | str | None, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the heading of the names, those of the other columns, and the lines."""

    id: str
    caption: str
    heading: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
