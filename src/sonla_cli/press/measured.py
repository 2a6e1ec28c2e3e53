"""What a figure is measured against: the base that is named, with its year, or the usual one.

The one convention: an earlier window is a base by how far it lies before the window in force; one that is not
named is the window's own usual base.
"""

from __future__ import annotations

from sonla_cli.press import relations as r
from sonla_cli.press.context import usual_base, year_of
from sonla_cli.press.head import Tail
from sonla_cli.press.relations import Base
from sonla_cli.press.state import Sentence


def base_of(s: Sentence, tail: Tail) -> Base | None:
    """Return what a figure is measured against."""
    if tail.base is not None:
        return dated(s, tail.base, tail.base_year)
    if s.head.base is not None:
        return dated(s, s.head.base, s.base_year)
    return None if s.base is None else dated(s, s.base, s.base_year)


def dated(s: Sentence, base: Base, year: str) -> Base:
    """Name the year of a base: last year's level, or that of an earlier year."""
    change = base.change
    if change is None or (not year and change[:1].isalpha()):
        return base
    window = s.context.resolve(s.window or s.plan_year or "????", s.year_said)
    this_year = year_of(window)
    if change == "same_period_last_year" and year:
        said = year_of(year)
        if said is not None and this_year is not None and said < this_year - 1:
            return Base(change=str(said))
    if change[:4].isdigit():
        said = int(change[:4])
        if change[4:] == "-12" and said + 1 == this_year and window[5:7] != "12":
            return Base(change="start_of_year")  # prices "so với tháng 12 năm trước"
        if len(change) == 4:
            return Base(change="previous_year" if this_year is None or said == this_year - 1 else change)
        if "-Q" in change and "-Q" in window:
            return Base(
                change="previous_quarter" if quarters_apart(change, window) == 1 else "same_period_last_year"
            )
        if len(change) == 9 and change[5:].isdigit():
            return Base(change=f"average_{change[:4]}_{change[5:]}")
        return Base(change="same_period_last_year")
    if change.startswith("????"):
        if "-Q" in change:
            return Base(change="previous_quarter")
        month = change[5:].removesuffix("M")
        return Base(
            change="previous_month"
            if month.isdigit() and _follows(window, int(month))
            else "same_period_last_year"
        )
    return base


def _follows(window: str, month: int) -> bool:
    """Whether a window is that of the next month, or runs up to its end; an unknown one is."""
    said = window[5:].removesuffix("M")
    return not said.isdigit() or int(said) == month + 1


def usual_of(s: Sentence, relation: str = "") -> str:
    """Return what a change is measured against where nothing is named."""
    if relation in (r.EXCEED, r.SHORT):
        return Base(plan=s.last_plan).of_change or "unspecified_plan"
    if s.last_change:
        return s.last_change
    window = s.context.resolve(s.window, s.year_said) if s.window else s.context.period
    return usual_base(window or s.plan_year)


def quarters_apart(earlier: str, later: str) -> int:
    """Return how many quarters lie between two quarters."""
    return (int(later[:4]) - int(earlier[:4])) * 4 + int(later[-1]) - int(earlier[-1])
