"""Periods as Vietnamese reports use them.

`2025` a budget year · `2025-10M` its first ten months, cumulative · `2025-11-13` cumulative from 1 January to
that date · `2025@2026-01-31` budget year 2025 up to a later date · `2025-Q3`, `2025-H2`, `2025-10` flows of a
part of the year · `2026-2030` a span of years. Capital of a budget year is disbursed until 31 January of the
next (Law 58/2024/QH15, Article 72.1).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Kind(StrEnum):
    """What sort of window a period is."""

    YEAR = "year"
    MONTHS = "months"
    DATE = "date"
    BUDGET_YEAR_TO = "budget_year_to"
    FLOW = "flow"
    SPAN = "span"


GRAMMAR = re.compile(
    r"(?P<year>\d{4})"
    r"(?:@(?P<to>\d{4}-\d\d-\d\d)"
    r"|-(?:(?P<months>1[0-2]|[1-9])M|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<last>\d{4})|(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?))?\Z",
    re.ASCII,
)


class Period(NamedTuple):
    """A window of time of one budget year (or a span of years); `text` is its canonical spelling."""

    text: str
    kind: Kind
    year: int
    start: date
    end: date

    def __str__(self) -> str:
        return self.text

    @property
    def is_cumulative(self) -> bool:
        """Whether the window opens on 1 January of its budget year."""
        return self.kind is not Kind.SPAN and self.start == date(self.year, 1, 1)

    @property
    def year_earlier(self) -> Period:
        """The same window of the year before; 29 February becomes 28."""
        return self.in_year(self.year - 1)

    def in_year(self, year: int) -> Period:
        """Return the same window of another budget year; 29 February becomes 28 where there is none."""
        if self.kind is Kind.SPAN:
            return parse(f"{year:04}-{self.end.year + year - self.year:04}")
        if self.kind in (Kind.DATE, Kind.BUDGET_YEAR_TO):
            last = _moved(self.end, year - self.year).isoformat()
            return parse(last if self.kind is Kind.DATE else f"{year:04}@{last}")
        return parse(f"{year:04}{self.text[4:]}")

    def contains(self, other: Period) -> bool:
        """Whether `other` lies inside this window and belongs to the same budget year or span."""
        if self.kind is not Kind.SPAN and other.year != self.year:
            return False
        return self.start <= other.start and other.end <= self.end

    @property
    def days(self) -> int:
        """Days from the first to the last, both counted."""
        return (self.end - self.start).days + 1

    @property
    def elapsed_days(self) -> int:
        """Days of the budget year gone by at the end of the period, at most the whole year."""
        return min((self.end - date(self.year, 1, 1)).days + 1, days_of_year(self.year))

    @property
    def closing(self) -> date:
        """The last day on which capital of the budget year is disbursed."""
        return date(self.year + 1, 1, 31)

    def days_left(self, by: date | None = None) -> int:
        """Days after the end of the period up to and including `by` (31 January unless given)."""
        return ((by or self.closing) - self.end).days


#: the years people write of; reckoning goes a few years beyond them
FIRST_YEAR, LAST_YEAR = 1000, 2999


def read(text: str) -> Period:
    """Return the period that a person spelled `text`; raise `ValueError` if it is none, or in no year people mean."""
    period = parse(text)
    if not FIRST_YEAR <= period.year <= period.end.year <= LAST_YEAR:
        raise ValueError(f"not a period: {text!r}")
    return period


@lru_cache(maxsize=4096)
def parse(text: str) -> Period:
    """Return the period spelled `text`; raise `ValueError` if it is none."""
    found = GRAMMAR.match(text)
    if not found:
        raise ValueError(f"not a period: {text!r}")
    part = found.groupdict()
    year = int(part["year"])
    opening = date(year, 1, 1)
    if part["to"]:
        end = date.fromisoformat(part["to"])
        if end < opening:
            raise ValueError(f"{text!r} ends before its budget year begins")
        return Period(text, Kind.BUDGET_YEAR_TO, year, opening, end)
    if part["months"]:
        return Period(text, Kind.MONTHS, year, opening, _last_day(year, int(part["months"])))
    if part["quarter"]:
        return _flow(text, year, 3 * int(part["quarter"]) - 2, 3)
    if part["half"]:
        return _flow(text, year, 6 * int(part["half"]) - 5, 6)
    if part["last"]:
        last = int(part["last"])
        if last <= year:
            raise ValueError(f"{text!r} ends before it begins")
        return Period(text, Kind.SPAN, year, opening, date(last, 12, 31))
    if part["day"]:
        return Period(text, Kind.DATE, year, opening, date.fromisoformat(text))
    if part["month"]:
        return _flow(text, year, int(part["month"]), 1)
    return Period(text, Kind.YEAR, year, opening, date(year, 12, 31))


def days_of_year(year: int) -> int:
    """Return 365 or 366."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _flow(text: str, year: int, first: int, months: int) -> Period:
    return Period(text, Kind.FLOW, year, date(year, first, 1), _last_day(year, first + months - 1))


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
