"""What a sentence takes over from those before it, and what a report leaves unsaid.

The one convention: a subject, an area and a year stay in force until another is named; a sentence that opens
without a subject speaks of the first subject of the sentence before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sonla_cli.core import period as periods
from sonla_cli.press import resolved


@dataclass(slots=True)
class Context:
    """What is in force where a sentence begins."""

    area: str = ""
    #: whose report it is: the area that was given, or else the first that is named
    home: str = ""
    #: it was given, and a figure of it was read
    home_is_given: bool = False
    home_has_figures: bool = False
    metric: str = ""
    #: the window in force, resolved
    period: str = ""
    #: the year last named
    year: int | None = None
    published_on: date | None = None

    def resolve(self, value: str, said: int | None) -> str:
        """Return the window `value` with its unsaid year: the sentence's own, then the publication's, then the last."""
        if said is not None or not value.startswith(resolved.UNSAID):
            return resolved.resolve(value, said)
        if self.published_on is None:
            return resolved.resolve(value, self.year)
        return _reported_by(value, self.published_on)


@lru_cache(maxsize=1024)
def _reported_by(value: str, published_on: date) -> str:
    """Return the window in the year of the publication, or in the year before where it cannot be that one."""
    this_year = resolved.resolve(value, published_on.year)
    if this_year:
        window = periods.parse(this_year)
        if window.start > published_on or _is_far(window, published_on):
            return resolved.resolve(value, published_on.year - 1)
    return this_year


def _is_far(window: periods.Period, published_on: date) -> bool:
    """Whether a part of a year ends too long after the publication to have been reported in it."""
    if window.kind in (periods.Kind.YEAR, periods.Kind.SPAN) or window.text.endswith("H2"):
        return False
    return (window.end - published_on).days > 45


@lru_cache(maxsize=1024)
def budget_year_to(value: str, plan_year: int | None) -> str:
    """Return the window of a plan year that was disbursed until January of the next."""
    if plan_year is None or not value:
        return value
    window = periods.parse(value)
    if window.kind is periods.Kind.DATE and window.year == plan_year + 1 and window.end.month == 1:
        return f"{plan_year:04}@{value}"
    return value


@lru_cache(maxsize=1024)
def year_of(value: str) -> int | None:
    """Return the year a window names, if it names one."""
    is_span = len(value) == 9 and value[4] == "-"
    return int(value[:4]) if value[:4].isdigit() and not is_span else None


@lru_cache(maxsize=1024)
def usual_base(period: str) -> str:
    """Return what a change is measured against where nothing is said: the window decides."""
    if not period:
        return "same_period_last_year"
    window = periods.parse(period)
    if window.kind is periods.Kind.SPAN:
        return f"average_{window.year}_{window.end.year}"
    return "previous_year" if window.kind is periods.Kind.YEAR else "same_period_last_year"
