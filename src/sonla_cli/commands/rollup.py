"""`sonla rollup`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sonla_cli.cli import Usage, quoted
from sonla_cli.commands.elements import Command, Whole, argument, option
from sonla_cli.commands.named import known_area
from sonla_cli.core.text import N_
from sonla_cli.language import _
from sonla_cli.telling import Exit, say

if TYPE_CHECKING:
    from sonla_cli.models.report import Report

FORMATS = ("csv", "json", "table")


@click.command(
    "rollup",
    cls=Command,
    help=N_(
        "Roll a ledger up into observations, on the engine the rows are on. TABLE is a Parquet, CSV or JSON file, a"
        " folder or pattern of them, or a table of a database. Nothing is ever written to an engine."
    ),
    examples=(
        (
            "sonla rollup examples/vouchers.csv --map examples/vouchers.toml",
            N_("vouchers to cumulative months"),
        ),
        (
            "sonla rollup examples/vouchers.csv --map examples/vouchers.toml --by area,unit,metric",
            N_("every unit, to date"),
        ),
        (
            "sonla rollup examples/vouchers.csv --map examples/vouchers.toml --by area,unit,metric --indicator attainment",
            N_("the attainment of every unit"),
        ),
        (
            "sonla rollup examples/vouchers.csv --map examples/vouchers.toml | sonla budget --data - --no-embedded",
            N_("straight into a report"),
        ),
        (
            "sonla rollup treasury.vouchers --engine postgres://reader@db/… --map …",
            N_("a table of a database"),
        ),
    ),
)
@argument("table")
@option(
    "--map",
    "mapping",
    default="",
    metavar="FILE",
    help=N_("What the columns mean (TOML); by their names unless given."),
)
@option(
    "--by",
    default="area,metric,period",
    metavar="KEYS",
    help=N_("What to tell apart: area, unit, metric, period."),
)
@option(
    "--engine",
    default="",
    envvar="SONLA_ENGINE",
    metavar="URL",
    help=N_("Where the table is; DuckDB, in this process, unless given."),
)
@option(
    "--area",
    default="",
    metavar="NAME",
    help=N_("The area to roll up: the rows of it where a column says the area, else all."),
)
@option(
    "--indicator",
    "indicators",
    multiple=True,
    metavar="NAME",
    help=N_("Compute an indicator where the rows are, instead of observations; repeatable."),
)
@option("--sample", type=Whole(min=1), metavar="ROWS", help=N_("Try the mapping on so many rows."))
@option("--explain-plan", is_flag=True, help=N_("Print the SQL instead of running it."))
@option("--strict", is_flag=True, help=N_("Exit with 1 if any row was left out."))
@option("--format", "form", type=click.Choice(FORMATS), default="csv", help=N_("How to show the result."))
@option("--json", is_flag=True, help=N_("The same as `--format json`."))
@option("-o", "--output", default="-", metavar="FILE", help=N_("Write to a file; `-` is stdout."))
@option("--force", is_flag=True, help=N_("Overwrite an existing file."))
@option("-q", "--quiet", is_flag=True, help=N_("Leave out the notes."))
def command(
    table: str, mapping: str, by: str, engine: str, area: str, indicators: tuple[str, ...], sample: int | None, explain_plan: bool, strict: bool,
    form: str, json: bool, output: str, force: bool, quiet: bool,
) -> int:  # fmt: skip
    """Roll a ledger up."""
    from sonla_cli.ledger.run import Order, explain, roll
    from sonla_cli.models.observation import COLUMNS
    from sonla_cli.render import listing
    from sonla_cli.render.output import write, write_pieces
    from sonla_cli.render.problems import lines

    area = known_area(area) if area else ""
    order = Order(table, mapping, _keys(by), engine, area, sample, _("rolling up"))
    _keep_what_is_read(output, table, mapping, engine)
    if explain_plan:
        write(explain(order, indicators) + "\n", output, force=force)
        return Exit.DONE
    if indicators:
        from sonla_cli.commands.options import show
        from sonla_cli.ledger.run import indicate

        report = indicate(order, indicators)
        form = "json" if json else form
        show(report, form, output, force=force, quiet=quiet)
        if form == "csv" and not quiet:
            _tell(report)
        return Exit.NO if strict and report.problems else Exit.DONE
    rolled = roll(order)
    form = "json" if json else form
    if form == "csv":
        write_pieces(rolled.lines(), output, force=force, form=form)
    else:
        found = listing.render(list(rolled.observations()), COLUMNS, form)
        write(found, output, force=force, form=form)
    if rolled.warnings and not quiet:
        say("\n".join(lines(rolled.warnings)), err=True)
    return Exit.NO if strict and rolled.warnings else Exit.DONE


def _tell(report: Report) -> None:
    """Say on stderr what a report notes, where its form has no room for notes."""
    from sonla_cli.core.problem import Code, Problem, Severity
    from sonla_cli.render.problems import lines

    notes = [
        Problem(Code(note.code), Severity(note.severity), values=note.values) for note in report.problems
    ]
    if notes:
        say("\n".join(lines(notes)), err=True)


def _keep_what_is_read(output: str, table: str, mapping: str, engine: str) -> None:
    """Refuse to write the result over the table or the mapping it is made of."""
    if output == "-" or not Path(output).exists():
        return
    from sonla_cli.ledger import files

    read = [mapping] if mapping else []
    if files.is_path(table):
        read += [table] if Path(table).is_file() else files.find(table).paths
    read += [engine.removeprefix("duckdb://").partition("?")[0]] if engine.startswith("duckdb://") else []
    if any(Path(each).is_file() and Path(each).samefile(output) for each in read):
        raise Usage(
            _("`-o {file}` would replace a file that is read").format(file=output),
            hint=_("choose another name for the result"),
        )


def _keys(by: str) -> tuple[str, ...]:
    from sonla_cli.core.problem import near

    known = ("area", "unit", "metric", "period")
    asked = tuple(dict.fromkeys(each.strip() for each in by.split(",")))
    for each in asked:
        if each not in known:
            message = _("`{name}` is nothing to roll up by").format(name=each)
            raise Usage(
                message, hint=_("did you mean {names}?").format(names=quoted(near(each, known) or known))
            )
    return asked
