"""`sonla indicators`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sonla_cli.commands.elements import Command, option
from sonla_cli.commands.options import output_options
from sonla_cli.core.text import N_

if TYPE_CHECKING:
    from sonla_cli.models.report import Report


@click.command(
    "indicators",
    cls=Command,
    help=N_("List the indicators: what they mean, their formula, unit, reference and a worked example."),
    examples=(
        ("sonla indicators", N_("the whole catalogue")),
        ("sonla indicators --search pace", N_("those that speak of a word")),
    ),
)
@option(
    "--search", default="", metavar="TEXT", help=N_("Only those whose id, label or formula has this text.")
)
@output_options
def command(search: str) -> Report:
    """List the indicators."""
    from sonla_cli.catalogue import definitions
    from sonla_cli.language import _
    from sonla_cli.models.report import Report
    from sonla_cli.reports.explanation import definition

    wanted = search.casefold()
    words = [
        each
        for each in definitions.indicators()
        if wanted in f"{each.id} {each.label} {_(each.label)} {each.formula}".casefold()
    ]
    return Report.model_construct(
        command="indicators", area="", period="", definitions=tuple(definition(each) for each in words)
    )
