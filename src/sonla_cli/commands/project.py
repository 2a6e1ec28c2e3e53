"""`sonla project`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sonla_cli.commands import complete
from sonla_cli.commands.elements import Command, Whole, argument, option
from sonla_cli.commands.options import output_options, source_options
from sonla_cli.core.text import N_

if TYPE_CHECKING:
    from sonla_cli.models.report import Report
    from sonla_cli.reports.query import Query


@click.command(
    "project",
    cls=Command,
    help=N_(
        "Show where the year leads under three assumptions, side by side and as a range: a straight line, the"
        " season of a published series, the pace since the earlier report."
    ),
    examples=(
        ("sonla project disbursement", N_("to 31 December and to 31 January")),
        ("sonla project disbursement --season 2025", N_("by the country's season of a year")),
        ("sonla project revenue.local --period 2025-6M --json", N_("as it stood at mid-year, for a script")),
    ),
)
@argument("metrics", nargs=-1, metavar="[METRIC …]", shell_complete=complete.metrics)
@option(
    "--season",
    type=Whole(1990, 2999),
    metavar="YEAR",
    help=N_("Take the season from this year; an earlier one unless given."),
)
@source_options
@output_options
def command(query: Query, metrics: tuple[str, ...], season: int | None) -> Report:
    """Show projections."""
    from sonla_cli.reports.projection import project

    return project(query, metrics, season_year=season)
