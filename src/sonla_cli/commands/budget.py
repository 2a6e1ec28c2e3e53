"""`sonla budget`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sonla_cli.commands.elements import Command
from sonla_cli.commands.options import output_options, source_options
from sonla_cli.core.text import N_

if TYPE_CHECKING:
    from sonla_cli.models.report import Report
    from sonla_cli.reports.query import Query


@click.command(
    "budget",
    cls=Command,
    help=N_(
        "Show revenue and expenditure of an area against every plan they were measured by, printed or not."
    ),
    examples=(
        ("sonla budget", N_("the latest figures of Sơn La")),
        ("sonla budget --source vietnamplus-2025-11-18", N_("what one article says, and implies")),
        ("sonla budget --area 'Lào Cai' --period 2025-9M --json", N_("another province, for a script")),
    ),
)
@source_options
@output_options
def command(query: Query) -> Report:
    """Show the budget."""
    from sonla_cli.reports.budget import budget

    return budget(query)
