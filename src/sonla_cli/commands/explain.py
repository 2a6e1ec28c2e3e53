"""`sonla explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sonla_cli.commands import complete
from sonla_cli.commands.elements import Command, argument, option
from sonla_cli.commands.options import output_options, source_options
from sonla_cli.core.text import N_

if TYPE_CHECKING:
    from sonla_cli.models.report import Report
    from sonla_cli.reports.query import Query


@click.command(
    "explain",
    cls=Command,
    help=N_(
        "Show where a number comes from, back to the printed statements, or what a word of the catalogue means."
    ),
    examples=(
        ("sonla explain revenue.local:implied_plan@central:2025", N_("the plan nobody printed")),
        ("sonla explain attainment", N_("a definition, with its formula and a worked example")),
        ("sonla explain revenue.local", N_("a metric")),
    ),
)
@argument("name", metavar="ID", shell_complete=complete.words)
@option(
    "--set",
    "changes",
    multiple=True,
    metavar="NAME=VALUE",
    help=N_("What `sonla whatif` was given, for an id it printed."),
)
@source_options
@output_options
def command(query: Query, name: str, changes: tuple[str, ...]) -> Report:
    """Explain a value or a word."""
    from sonla_cli.reports.explanation import explain

    return explain(query, name, changes)
