"""`sonla disbursement`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

from sonla_cli.commands.options import Command, Day, option, output_options, source_options
from sonla_cli.core.text import N_
from sonla_cli.language import _

if TYPE_CHECKING:
    from sonla_cli.models.report import Report
    from sonla_cli.reports.query import Query


class Rate(click.ParamType[Decimal]):
    """A percentage such as `95%` or `95`."""

    name = "rate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Return the percentage spelled `value`; it is above zero."""
        if isinstance(value, Decimal):
            return value
        try:
            rate = Decimal(value.strip().removesuffix("%").strip().replace(",", "."))
        except InvalidOperation:
            rate = Decimal("NaN")
        if not rate.is_finite() or not 0 < rate <= 1000:
            self.fail(_("`{text}` is not a percentage such as 95%").format(text=value), param, ctx)
        return rate


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
@option(
    "--target", type=Rate(), default="100%", metavar="RATE", help=N_("The rate to reach; 100% unless given.")
)
@option("--by", type=Day(), metavar="DATE", help=N_("The day to reach it by; 31 January unless given."))
@source_options
@output_options
def command(query: Query, as_of: date | None, target: Decimal, by: date | None) -> Report:
    """Show disbursement."""
    from sonla_cli.reports.disbursement import Goal, disbursement

    return disbursement(query, Goal(target, by), as_of=as_of)
