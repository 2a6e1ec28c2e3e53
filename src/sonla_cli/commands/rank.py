"""`sonla rank`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import click

from sonla_cli.cli import Usage, quoted
from sonla_cli.commands import complete
from sonla_cli.commands.elements import Command, Whole, argument, option
from sonla_cli.commands.goal import Rate
from sonla_cli.commands.options import output_options, source_options
from sonla_cli.core.text import N_
from sonla_cli.language import _

if TYPE_CHECKING:
    from sonla_cli.models.report import Report
    from sonla_cli.reports.query import Query

MEASURES = ("attainment", "growth", "index", "actual")


@click.command(
    "rank",
    cls=Command,
    help=N_(
        "Show where areas stand by a metric, or the units of one area: rank, quartiles, gap to the median, to"
        " the country and to a target. A rank that rounding leaves open is shown as a range."
    ),
    examples=(
        ("sonla rank disbursement", N_("Sơn La among the provinces on its latest day")),
        (
            "sonla rank disbursement --period 2024@2025-01-31 --basis total",
            N_("the provinces before the mergers"),
        ),
        (
            "sonla rank disbursement --by entity --data examples/units.csv",
            N_("which unit holds the area back"),
        ),
    ),
)
@argument("metric", shell_complete=complete.metrics)
@option(
    "--by",
    "by",
    type=click.Choice(("area", "entity")),
    default="area",
    help=N_("Rank areas, or the units of `--area`."),
)
@option("--measure", type=click.Choice(MEASURES), help=N_("Rank by this; the rate of the plan unless given."))
@option(
    "--basis",
    default="",
    metavar="BASIS",
    shell_complete=complete.bases,
    help=N_("The plan or the base of comparison; the most common unless given."),
)
@option(
    "--within",
    type=Whole(0, 366),
    metavar="DAYS",
    help=N_("Take figures this many days apart; 14 for rates, 0 for others unless given."),
)
@option("--target", type=Rate(), metavar="RATE", help=N_("Show the gap to this rate."))
@option("--lowest-first", is_flag=True, help=N_("Give the first rank to the lowest."))
@source_options
@output_options
def command(
    query: Query, metric: str, by: str, measure: str | None, basis: str, within: int | None, target: Decimal | None,
    lowest_first: bool,
) -> Report:  # fmt: skip
    """Rank areas or units."""
    from sonla_cli.catalogue.bases import CHANGE_BASES, PLAN_BASES
    from sonla_cli.core.problem import near
    from sonla_cli.reports.ranked import Order
    from sonla_cli.reports.ranking import rank

    known = [*PLAN_BASES, *CHANGE_BASES]
    if basis and basis not in known:
        hint = _("did you mean {names}?").format(names=quoted(near(basis, known) or tuple(PLAN_BASES)))
        raise Usage(_("no basis `{name}`").format(name=basis), hint=hint)
    asked = Order(measure or "", basis, within, target, by == "entity", lowest_first)
    return rank(query, metric, asked)
