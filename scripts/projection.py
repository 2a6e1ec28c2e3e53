"""Writes `docs/projection.md` from the data and `sonla project`, or with `--check` says whether it is current."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from sonla_cli.catalogue.areas import COUNTRY
from sonla_cli.models.report import Row
from sonla_cli.reports.backtest import Trial, mean_error, trials
from sonla_cli.reports.projection import METHODS
from sonla_cli.reports.query import Query
from sonla_cli.sources import load

FILE = Path(__file__).parent.parent / "docs" / "projection.md"
METRIC, BASIS, YEAR = "disbursement", "prime_minister", 2025
TENTH = Decimal("0.1")

INTRODUCTION = f"""\
# Projections, and how far they were off

Made from the built-in data by `python scripts/projection.py`.

`sonla project` shows three plain assumptions side by side and the range they span. None is a forecast.

| method | assumes | formula |
|---|---|---|
| straight line | the average pace since 1 January goes on | rate ÷ days elapsed × days to the horizon |
| season | the rest of the year goes as in a published series of another year | rate × share at the horizon ÷ share by now |
| latest pace | the pace since the earlier report goes on | rate + (rate − earlier rate) ÷ days between × days ahead |

The season is the area's own series of one of the four years before, or the country's; of those that reach to
the end of their year, the one that leaves least open at the day. Between two published dates the series is
bounded by the figures on either side and read off the straight line between them; a rate may leave these bounds
only if its plan was raised in between. `--season YEAR` names another year; a season of the same year is marked as
not known at the time.

The bounds of each projection are those of the printed figures under its assumption. They say nothing about
whether the assumption holds; the tables below do.

## Back-test: the country's disbursement, {YEAR}

Each line is what `sonla project {METRIC} --area 'Việt Nam' --period DAY` shows for the rate on the Prime
Minister's plan. The errors are projection less outcome, in percentage points, from the
middle of the bounds where there is no value; the season is that of 2024. A day for which two rates were
published that exclude each other is left out. *Held* says whether the outcome lies in the range of the methods.
"""

READING = """\
## What follows

- The straight line is too low on every day: much of the year's capital is paid out in its last weeks.
- The latest pace swings: too low after a quiet week, far too high after the last days of December.
- The season is the closest to 31 January from October on. In the summer it is too high, because the plan was
  still being raised, which lowers every rate measured against it; no method foresees that.
- For 31 December the season has to bridge two months of 2024 in which nothing was published, and its bounds
  are as wide as that gap.
- In the first months the range of the methods does not reach the outcome at all: nothing should rest on it.
- One year is one year: the tables say how the methods did, not how they will do.
"""


def page() -> str:
    """Return the page: the methods, a table per end of the year, and the mean errors."""
    found = trials(Query(load(), area=COUNTRY), METRIC, BASIS, YEAR)
    lines = [INTRODUCTION]
    for horizon in dict.fromkeys(each.horizon for each in found):
        lines += list(_table([each for each in found if each.horizon == horizon]))
    return "\n".join([*lines, READING])


def _table(found: Sequence[Trial]) -> Iterable[str]:
    first = found[0]
    yield f"### To {first.horizon.end.isoformat()}: {first.shown} %"
    yield ""
    yield "| day | rate | straight line | error | season | error | latest pace | error | range | held |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---|---|"
    for each in found:
        row = next(iter(each.by_method.values()))
        rate = next(given.value for given in row.inputs if given.name == "attainment")
        cells = [each.period.end.isoformat(), f"{rate}"]
        for method in METHODS:
            cells += [_shown(each.by_method.get(method)), _error(each.error(method))]
        cells += [_bounds(each.range), "yes" if each.held else "no"]
        yield f"| {' | '.join(cells)} |"
    yield ""
    yield "Mean error, signs dropped:"
    yield ""
    yield "| days | straight line | season | latest pace | the range held the outcome |"
    yield "|---|---:|---:|---:|---|"
    for label, first_month, last_month in (
        ("to June", 1, 6),
        ("July to September", 7, 9),
        ("from October", 10, 12),
    ):
        some = [each for each in found if first_month <= each.period.end.month <= last_month]
        means = [_rounded(mean_error(some, method)) for method in METHODS]
        yield f"| {label} | {' | '.join(means)} | {sum(each.held for each in some)} of {len(some)} |"
    yield ""


def _rounded(value: Decimal | None) -> str:
    return "–" if value is None else f"{value.quantize(TENTH)}"


def _shown(row: Row | None) -> str:
    if row is None:
        return "–"
    return _rounded(row.value) if row.value is not None else _bounds(row)


def _error(value: Decimal | None) -> str:
    return "–" if value is None else f"{value.quantize(TENTH):+}"


def _bounds(row: Row) -> str:
    low, high = _rounded(row.low), _rounded(row.high)
    return low if low == high else f"{low} … {high}"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(FILE.read_text(encoding="utf-8") != page())
    FILE.write_text(page(), encoding="utf-8")
