"""`sonla pace`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from sonla_cli.commands import complete
from sonla_cli.commands.elements import Command, Whole, argument, option
from sonla_cli.commands.goal import BY, TARGET
from sonla_cli.commands.options import output_options, source_options
from sonla_cli.core.text import N_

if TYPE_CHECKING:
    from sonla_cli.models.report import Report
    from sonla_cli.reports.query import Query


@click.command(
    "pace",
    cls=Command,
    help=N_(
        "Show whether plans are on schedule: what is due by now by the calendar and by the season, how far"
        " ahead or behind, and the pace a day and a month that the target takes."
    ),
    examples=(
        ("sonla pace", N_("every metric of Sơn La with a plan")),
        (
            "sonla pace disbursement --target 95% --by 2025-12-31",
            N_("what it takes to reach a target by a day"),
        ),
        ("sonla pace disbursement --season 2025", N_("against the country's season of a year")),
    ),
)
@argument("metrics", nargs=-1, metavar="[METRIC …]", shell_complete=complete.metrics)
@TARGET
@BY
@option(
    "--season",
    type=Whole(1990, 2999),
    metavar="YEAR",
    help=N_("Take the season from this year; an earlier one unless given."),
)
@source_options
@output_options
def command(
    query: Query, metrics: tuple[str, ...], target: Decimal, by: date | None, season: int | None
) -> Report:
    """Show pace."""
    from sonla_cli.reports.disbursement import Goal
    from sonla_cli.reports.pace import pace

    return pace(query, metrics, Goal(target, by), season_year=season)
