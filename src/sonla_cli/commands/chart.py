"""`sonla chart`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from sonla_cli.cli import Usage, quoted
from sonla_cli.commands import complete
from sonla_cli.commands.elements import Command, Whole, argument, option
from sonla_cli.commands.options import show, source_options
from sonla_cli.core.text import N_
from sonla_cli.language import _

if TYPE_CHECKING:
    from sonla_cli.models.report import Report
    from sonla_cli.render.charts.picture import Picture
    from sonla_cli.reports.query import Query

KINDS = ("budget", "disbursement", "compare", "rank")
ENDINGS = (".svg", ".png", ".html")


@click.command(
    "chart",
    cls=Command,
    help=N_(
        "Draw attainment, disbursement over the year, years side by side or a ranking; intervals as intervals."
    ),
    examples=(
        ("sonla chart disbursement", N_("on the terminal: the year so far, the country, the targets")),
        ("sonla chart budget -o budget.svg", N_("attainment of every plan, for a document")),
        (
            "sonla chart compare 2023 2024 2025 --metric revenue.local -o years.png",
            N_("the same window of each year"),
        ),
        ("sonla chart rank -o rank.html --lang vi", N_("areas by their rate, in a page of its own")),
    ),
)
@argument("kind", type=click.Choice(KINDS), metavar="|".join(KINDS))
@argument("years", nargs=-1, metavar="[YEAR …]")
@option(
    "--metric",
    "metrics",
    multiple=True,
    metavar="METRIC",
    help=N_("What to draw, for `compare` and `rank`; repeatable."),
)
@option(
    "--basis",
    default="",
    metavar="BASIS",
    shell_complete=complete.bases,
    help=N_("The plan of a ranking; the most common unless given."),
)
@option(
    "--within",
    type=Whole(0, 366),
    metavar="DAYS",
    help=N_("Take figures this many days apart; 14 for rates, 0 for others unless given."),
)
@option(
    "--by",
    type=click.Choice(("area", "entity")),
    default="area",
    help=N_("Rank areas, or the units of `--area`."),
)
@option(
    "-o",
    "--output",
    default="-",
    metavar="FILE",
    help=N_("Write a picture: .svg, .png or .html; `-` draws on the terminal."),
)
@option("--ascii", "ascii_only", is_flag=True, help=N_("Draw on the terminal with ASCII letters only."))
@option("--json", is_flag=True, help=N_("Show the numbers of the picture instead."))
@source_options
@option("--force", is_flag=True, help=N_("Overwrite an existing file."))
def command(
    query: Query, kind: str, years: tuple[str, ...], metrics: tuple[str, ...], basis: str, within: int | None, by: str, output: str,
    ascii_only: bool, json: bool, force: bool,
) -> None:  # fmt: skip
    """Draw a picture."""
    from sonla_cli.render.output import write

    if years and kind != "compare":
        raise Usage(
            _("only `{kind}` takes years").format(kind="compare"), hint=_("name the time with `--period`")
        )
    ending = _ending(output)
    report = _report(query, kind, years, _known_metrics(metrics), basis, within, entities=by == "entity")
    if json:
        show(report, "json", output, force=force)
        return
    from sonla_cli.render.charts import picture as pictures

    drawn = pictures.of(report, metrics)
    if drawn is None:
        raise query.no_data(kind)
    write(_content(drawn, report, ending, ascii_only=ascii_only), output, force=force)


def _ending(output: str) -> str:
    if output == "-":
        return ""
    ending = "." + output.rpartition(".")[2].lower() if "." in output else ""
    if ending not in (*ENDINGS, ".json", ".txt"):
        message = _("`{name}` does not say what kind of picture to write").format(name=output)
        raise Usage(message, hint=_("end the name in {endings}").format(endings=quoted(ENDINGS)))
    return ending


def _known_metrics(names: tuple[str, ...]) -> tuple[str, ...]:
    from sonla_cli.catalogue.metrics import METRICS
    from sonla_cli.core.problem import near

    for name in names:
        if name not in METRICS:
            close = near(name, list(METRICS))
            hint = _("did you mean {names}?").format(names=quoted(close)) if close else None
            raise Usage(_("no metric `{name}`").format(name=name), hint=hint)
    return names


def _report(
    query: Query,
    kind: str,
    years: tuple[str, ...],
    metrics: tuple[str, ...],
    basis: str,
    within: int | None,
    *,
    entities: bool,
) -> Report:
    if kind == "budget":
        from sonla_cli.reports.budget import budget

        return budget(query)
    if kind == "compare":
        from sonla_cli.commands.compare import numbers
        from sonla_cli.reports.comparison import compare

        return compare(query, numbers(years or _two_years(query)))
    from sonla_cli.reports import pictures

    if kind == "disbursement":
        return pictures.course(query)
    from sonla_cli.reports.ranked import Order
    from sonla_cli.reports.ranking import rank

    _known_basis(basis)
    order = Order(basis=basis, within=within, entities=entities)
    return rank(query, metrics[0] if metrics else pictures.DISBURSEMENT, order)


def _two_years(query: Query) -> tuple[str, str]:
    from sonla_cli.reports.budget import METRICS

    year = query.choose(METRICS, "compare").year
    return str(year - 1), str(year)


def _known_basis(basis: str) -> None:
    from sonla_cli.catalogue.bases import PLAN_BASES
    from sonla_cli.core.problem import near

    if basis and basis not in PLAN_BASES:
        close = near(basis, list(PLAN_BASES)) or tuple(PLAN_BASES)
        message = _("no basis `{name}`").format(name=basis)
        raise Usage(message, hint=_("did you mean {names}?").format(names=quoted(close)))


def _content(drawn: Picture, report: Report, ending: str, *, ascii_only: bool) -> str | bytes:
    if ending in ("", ".txt"):
        from sonla_cli.render import terminal
        from sonla_cli.render.charts.terminal import render

        plain = ascii_only or (not ending and not _takes_unicode())
        return render(
            drawn, width=terminal.width(on_terminal=not ending and sys.stdout.isatty()), ascii_only=plain
        )
    from sonla_cli.render.charts import draw

    if ending == ".svg":
        return draw.svg(drawn, alone=True) + "\n"
    if ending == ".png":
        return draw.png(drawn, alone=True)
    from sonla_cli.render.pages import html

    return html.render_picture(drawn, report)


def _takes_unicode() -> bool:
    """Whether the terminal is known to show more than ASCII."""
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
    return encoding.startswith("utf") and os.environ.get("TERM") != "dumb"
