"""A table as bytes become cells, before anyone asks what the cells mean.

A cell is text, or one of the types below; empty text is blank, which is neither `-` nor `0`. Lines and
columns count from 1, as people see them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeAlias

from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code, Place, Problem, SonlaError

#: a report is never wider; a wider table is a mistake or an attack
WIDEST = 400
#: rows of one table
LONGEST = 2_000_000
#: problems told one by one; further ones are only counted
TOLD = 200


class Digits(str):
    """Digits with a decimal point that need no convention: a number cell, a JSON number."""

    __slots__ = ()


class Percent(Digits):
    """Digits of a cell displayed as a percentage, as displayed: 1.3807 shown as 138.07% is `138.07`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that has no value: `error` is what it shows (`#REF!`), empty for a formula never calculated."""

    error: str = ""


Cell: TypeAlias = str | bool | date | Broken
Row: TypeAlias = tuple[int, Sequence[Cell]]
#: first line, first column, last line, last column, from 1
Range: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: `rows` starts a new pass over its lines each time it is called."""

    file: str
    rows: Callable[[], Iterator[Row]]
    name: str | None = None
    merged: tuple[Range, ...] = ()
    #: the decimal mark the file itself declares
    declared: Mark | None = None
    #: the number format of cells is known, so a number in a percent column is as displayed
    formats_known: bool = True
    #: what a data package says the table is
    role: str = ""
    #: an apostrophe before `= + - @` guards the cell from spreadsheets and is not part of the text
    is_guarded: bool = False

    def place(self, line: int | None = None, column: int | None = None, excerpt: object = None) -> Place:
        """Return a place in this table."""
        shown = None if excerpt is None else short(excerpt)
        return Place(self.file, line, column, shown, self.name)

    def fail(self, code: Code, line: int | None = None, column: int | None = None, **values: str) -> NoReturn:
        """Raise the one problem that keeps the table from being read."""
        raise SonlaError([Problem(code, place=self.place(line, column), values=values)])


@dataclass(slots=True)
class Found:
    """Problems as they are found: the first ones told, the rest counted."""

    problems: list[Problem] = field(default_factory=list)
    untold: int = 0

    def add(self, problem: Problem) -> None:
        """Keep a problem, or count it."""
        if len(self.problems) < TOLD:
            self.problems.append(problem)
        else:
            self.untold += 1

    def all(self, place: Place) -> list[Problem]:
        """Return the problems in the order of the table, with one that counts those not told."""
        found = sorted(self.problems, key=_where)
        if not self.untold:
            return found
        return [*found, Problem(Code.MORE_PROBLEMS, place=place, values={"count": str(self.untold)})]


def _where(problem: Problem) -> tuple[int, int]:
    """Sort key: by line and column; what is of the whole table comes first."""
    place = problem.place
    return (place.line or 0, place.column or 0) if place else (0, 0)


def short(excerpt: object) -> str:
    """Return an excerpt of a cell, at most 80 characters."""
    text = excerpt.isoformat() if isinstance(excerpt, date) else str(excerpt)
    return text if len(text) <= 80 else f"{text[:79]}…"


def unreadable(path: str | Path, why: str) -> SonlaError:
    """Return the error that a file cannot be read, and why."""
    return SonlaError([Problem(Code.UNREADABLE, place=Place(str(path)), values={"why": why})])
