"""`sonla compare`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from sonla_cli.cli import Usage
from sonla_cli.commands import complete
from sonla_cli.commands.elements import Command, argument
from sonla_cli.commands.named import known_period
from sonla_cli.commands.options import output_options, source_options
from sonla_cli.core.text import N_
from sonla_cli.language import _

if TYPE_CHECKING:
    from sonla_cli.models.report import Report
    from sonla_cli.reports.query import Query


@click.command(
    "compare",
    cls=Command,
    help=N_(
        "Show each metric over the same window of two or more years, published or implied, and how it changed;"
        " or two reports of one year, what came in between, and what the plan did to the rate."
    ),
    examples=(
        ("sonla compare 2024 2025", N_("last year and this year")),
        ("sonla compare 2022 2023 2024 2025 --format csv", N_("a series for a spreadsheet")),
        ("sonla compare 2025-06-20 2025-11-13", N_("two reports of one year")),
    ),
)
@argument(
    "periods", nargs=-1, required=True, metavar="YEAR YEAR … | DATE DATE", shell_complete=complete.years
)
@source_options
@output_options
def command(query: Query, periods: tuple[str, ...]) -> Report:
    """Compare years, or two reports of one year."""
    if all(_is_year(each) for each in periods):
        from sonla_cli.reports.comparison import compare

        return compare(query, numbers(periods))
    if any(_is_year(each) for each in periods):
        wrong = next(each for each in periods if not _is_year(each))
        raise Usage(_("`{text}` is not a year such as 2025").format(text=wrong))
    from sonla_cli.core.period import parse
    from sonla_cli.reports.increments import between

    windows = {parse(known_period(each)) for each in periods}
    if len(windows) != 2 or len(periods) != 2:
        raise Usage(
            _("a comparison takes years, or two different dates of one year"),
            hint=_("try `sonla compare 2025-06-20 2025-11-13`"),
        )
    first, last = windows
    if first.year != last.year or not (first.is_cumulative and last.is_cumulative):
        raise Usage(
            _("`{first}` and `{last}` are not two dates of one budget year").format(
                first=periods[0], last=periods[1]
            ),
            hint=_("compare years by `sonla compare 2024 2025`"),
        )
    return between(query, first, last)


def _is_year(text: str) -> bool:
    return text.isdecimal() and len(text) == 4 and "1900" <= text <= "2999"


def numbers(years: Sequence[str]) -> list[int]:
    """Return two years or more, in order; raise `Usage` for anything else."""
    wrong = [year for year in years if not _is_year(year)]
    if wrong:
        raise Usage(_("`{text}` is not a year such as 2025").format(text=wrong[0]))
    found = sorted({int(year) for year in years})
    if len(found) < 2:
        raise Usage(
            _("a comparison needs two different years or more"), hint=_("try `sonla compare 2024 2025`")
        )
    return found
