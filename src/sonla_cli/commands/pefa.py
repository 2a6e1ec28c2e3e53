"""`sonla pefa`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sonla_cli.cli import Usage
from sonla_cli.commands.elements import Command, argument
from sonla_cli.commands.options import output_options, source_options
from sonla_cli.core.text import N_
from sonla_cli.language import _

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
        heads = from_observations(query)
        if not heads:
            raise Usage(
                _("a score needs the heads of a budget, which were not published for {area}").format(
                    area=query.area
                ),
                hint=_(
                    "name a TABLE with the columns year, head, kind, budget and actual, as examples/pefa.csv"
                ),
            )
        return pefa(heads, query.area, query.rounding)
    return pefa([Head(*row) for row in reading.read(table)], "", query.rounding)
