"""`sonla investment`."""

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
    "investment",
    cls=Command,
    help=N_(
        "Show projects and capital attracted, what they were a year earlier, and the targets around them."
    ),
    examples=(
        ("sonla investment", N_("the latest figures of Sơn La")),
        ("sonla investment --period 2025-6M --format markdown", N_("the first half of 2025, for a document")),
    ),
)
@source_options
@output_options
def command(query: Query) -> Report:
    """Show investment attraction."""
    from sonla_cli.reports.investment import investment

    return investment(query)
