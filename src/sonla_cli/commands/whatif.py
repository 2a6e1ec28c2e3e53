"""`sonla whatif`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from sonla_cli.cli import Usage
from sonla_cli.commands.elements import Command, option
from sonla_cli.commands.goal import BY, TARGET
from sonla_cli.commands.options import output_options, source_options
from sonla_cli.core.text import N_
from sonla_cli.language import _

if TYPE_CHECKING:
    from sonla_cli.models.report import Report
    from sonla_cli.reports.query import Query


@click.command(
    "whatif",
    cls=Command,
    help=N_("Show the indicators before and after a change; only what is set changes."),
    examples=(
        ("sonla whatif --set revenue.local=4800", N_("revenue set to 4,800 billion VND")),
        ("sonla whatif --set plan@prime_minister+=500", N_("the plan raised by 500 billion VND")),
        (
            "sonla whatif --set revenue.local:plan@council*=1.1 --json",
            N_("the plan raised by a tenth, for a script"),
        ),
    ),
)
@option(
    "--set",
    "changes",
    multiple=True,
    metavar="NAME=VALUE",
    help=N_("`METRIC=…` or `METRIC:plan@BASIS=…`, in the metric's unit; also += -= *=; repeatable."),
)
@TARGET
@BY
@source_options
@output_options
def command(query: Query, changes: tuple[str, ...], target: Decimal, by: date | None) -> Report:
    """Show what changes."""
    from sonla_cli.reports.disbursement import Goal
    from sonla_cli.reports.whatif import whatif

    if not changes:
        raise Usage(_("nothing is set"), hint=_("try `sonla whatif --set revenue.local=4800`"))
    return whatif(query, changes, Goal(target, by))
