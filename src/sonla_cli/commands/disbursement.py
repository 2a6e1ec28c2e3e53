"""`sonla disbursement`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from sonla_cli.commands.elements import Command, Day, option
from sonla_cli.commands.goal import TARGET
from sonla_cli.commands.options import output_options, source_options
from sonla_cli.core.text import N_

if TYPE_CHECKING:
    from sonla_cli.models.report import Report
    from sonla_cli.reports.query import Query


@click.command(
    "disbursement",
    cls=Command,
    help=N_(
        "Show public investment capital paid out: rates per plan, capital left, pace so far and pace needed."
    ),
    examples=(
        ("sonla disbursement", N_("the latest figures of Sơn La")),
        ("sonla disbursement --target 95% --by 2025-12-31", N_("what it takes to reach a target")),
        ("sonla disbursement --as-of 2025-06-30 --json", N_("what was known at mid-year")),
    ),
)
@option(
    "--as-of", type=Day(), metavar="DATE", help=N_("Use figures up to this date; the latest unless given.")
)
@TARGET
@option("--by", type=Day(), metavar="DATE", help=N_("The day to reach it by; 31 January unless given."))
@source_options
@output_options
def command(query: Query, as_of: date | None, target: Decimal, by: date | None) -> Report:
    """Show disbursement."""
    from sonla_cli.reports.disbursement import Goal, disbursement

    return disbursement(query, Goal(target, by), as_of=as_of)
