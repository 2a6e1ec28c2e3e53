"""`sonla compare`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from sonla_cli.cli import Usage
from sonla_cli.commands import complete
from sonla_cli.commands.options import Command, output_options, source_options
from sonla_cli.core.text import N_
from sonla_cli.language import _

if TYPE_CHECKING:
    from sonla_cli.models.report import Report
    from sonla_cli.reports.query import Query


@click.command(
    "compare",
    cls=Command,
    help=N_(
        "Show each metric over the same window of two or more years, published or implied, and how it changed."
    ),
    examples=(
        ("sonla compare 2024 2025", N_("last year and this year")),
        ("sonla compare 2022 2023 2024 2025 --format csv", N_("a series for a spreadsheet")),
    ),
)
@click.argument("years", nargs=-1, required=True, metavar="YEAR YEAR …", shell_complete=complete.years)
@source_options
@output_options
def command(query: Query, years: tuple[str, ...]) -> Report:
    """Compare years."""
    from sonla_cli.reports.comparison import compare

    return compare(query, numbers(years))


def numbers(years: Sequence[str]) -> list[int]:
    """Return two years or more, in order; raise `Usage` for anything else."""
    wrong = [year for year in years if not (year.isdecimal() and len(year) == 4 and "1900" <= year <= "2999")]
    if wrong:
        raise Usage(_("`{text}` is not a year such as 2025").format(text=wrong[0]))
    found = sorted({int(year) for year in years})
    if len(found) < 2:
        raise Usage(_("a comparison needs two years or more"), hint=_("try `sonla compare 2024 2025`"))
    return found
