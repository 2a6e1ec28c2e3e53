"""`sonla pefa`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sonla_cli.commands.elements import Command, argument
from sonla_cli.commands.options import output_options, source_options
from sonla_cli.core.text import N_

if TYPE_CHECKING:
    from sonla_cli.models.findings import Findings
    from sonla_cli.reports.query import Query


@click.command(
    "pefa",
    cls=Command,
    help=N_(
        "Score the reliability of a budget as PEFA does (PI-1 to PI-3), from a table of heads"
        " (year, head, kind, budget, actual) or from published yearly figures; say how firmly each score stands."
    ),
    examples=(
        ("sonla pefa examples/pefa.csv", N_("three years of approved budget and outturn by head")),
        ("sonla pefa examples/pefa.csv --json | jq .rows", N_("the scores for a script")),
    ),
)
@argument("table", required=False, metavar="[TABLE]")
@source_options
@output_options
def command(query: Query, table: str | None) -> Findings:
    """Score a budget."""
    from sonla_cli.reports.pefa import Head, from_observations, pefa
    from sonla_cli.sources import pefa as reading

    if table is None:
        return pefa(from_observations(query), query.area, query.rounding)
    return pefa([Head(*row) for row in reading.read(table)], "", query.rounding)
