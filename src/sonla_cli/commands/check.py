"""`sonla check`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from sonla_cli.cli import Usage
from sonla_cli.commands.elements import Command, argument, option
from sonla_cli.commands.named import known_area, known_period, unknown
from sonla_cli.commands.options import ROUNDINGS, STATUS, output_options
from sonla_cli.core.text import N_
from sonla_cli.language import _
from sonla_cli.telling import Exit

if TYPE_CHECKING:
    from sonla_cli.models.findings import Findings
    from sonla_cli.reports.check import Options

FIXED = "fixed"
#: the options of a check of rows
ROWS_TAKE = frozenset(
    {"engine", "rounding", "all_figures", "json", "form", "output", "force", "quiet", "color"}
)


@click.command(
    "check",
    cls=Command,
    help=N_(
        "Find published figures that cannot all be true, the smallest groups of them and the lightest repair."
    ),
    examples=(
        ("sonla check", N_("everything built in, all areas")),
        ("sonla check --area 'Sơn La' --period 2024", N_("one area and year")),
        ("sonla check --rules examples/field.txt", N_("identities and inequalities of your own")),
        (
            "sonla check examples/values.csv --rules examples/rules.txt --json",
            N_("named numbers: bounds, verdicts, what to change"),
        ),
        ("sonla check --trust official=fixed --trust press_translation=0.5", N_("whom to believe")),
    ),
)
@argument("tables", nargs=-1, metavar="[TABLE]…")
@option(
    "--rules",
    "rule_file",
    default="",
    metavar="FILE",
    help=N_("Identities and inequalities that must hold, one a line."),
)
@option(
    "--trust",
    multiple=True,
    metavar="SOURCE=COST",
    help=N_("What it costs to doubt a source or a kind of source; `fixed`: never."),
)
@option(
    "--revision",
    default="25",
    metavar="PERCENT",
    help=N_("How far apart two publications of one figure may be and still be a revision."),
)
@option("--advice", is_flag=True, help=N_("Say how many decimals would have let a reader recover each plan."))
@option(
    "--all-figures",
    is_flag=True,
    help=N_("Show the verdict on every figure and relation, not only what is wrong."),
)
@option(
    "--engine",
    default="",
    metavar="URL",
    help=N_("Check the rows of one TABLE on an engine, where they are."),
)
@option("--data", multiple=True, metavar="PATH", help=N_("Add a table to the built-in data; `-` is stdin."))
@option("--mapping", default="", metavar="FILE", help=N_("What columns and rows of a report mean (TOML)."))
@option(
    "--decimal",
    type=click.Choice(("point", "comma")),
    help=N_("The decimal mark, where the file does not prove it."),
)
@option("--no-embedded", is_flag=True, help=N_("Leave the built-in data out."))
@option(
    "--area", default="", metavar="NAME", help=N_("Province, city or `Việt Nam`; all areas unless given.")
)
@option("--period", default="", metavar="PERIOD", help=N_("Show the figures of this period or year only."))
@option("--source", multiple=True, metavar="ID", help=N_("Use only this publication; repeatable."))
@option(
    "--rounding", default="half", type=click.Choice(ROUNDINGS), help=N_("How printed numbers were rounded.")
)
@output_options
def command(**given: Any) -> Findings:
    """Check the figures."""
    ctx = click.get_current_context()
    everything = given.pop("all_figures")
    if _is_ledger(given["tables"], engine := given.pop("engine")):
        ctx.exit(_on_engine(ctx.params, engine))
    report = _report(**given)
    from sonla_cli.reports.check import VARIABLE, contradicts

    ctx.meta[STATUS] = Exit.NO if contradicts(report) else Exit.DONE
    for_people = not ctx.params["json"] and ctx.params["form"] in (None, "table", "markdown")
    if for_people and not everything and not any(row.indicator == VARIABLE for row in report.rows):
        return report.model_copy(update={"rows": (), "relations": ()})
    return report


def _is_ledger(tables: tuple[str, ...], engine: str) -> bool:
    """Whether the one table is rows of printed rates, to be judged where they are."""
    if engine and len(tables) != 1:
        raise Usage(_("`--engine` checks one TABLE"))
    if engine or len(tables) != 1 or not tables[0].lower().endswith(".parquet"):
        return bool(engine)
    from sonla_cli.ledger.verdicts import holds_rates

    return holds_rates(tables[0])


def _refuse(known: frozenset[str]) -> None:
    """Refuse the options that say nothing of a table judged row by row, rather than pass them over."""
    ctx = click.get_current_context()
    for param in ctx.command.params:
        written = ctx.get_parameter_source(param.name or "") is click.core.ParameterSource.COMMANDLINE
        if written and param.name not in known and isinstance(param, click.Option) and param.expose_value:
            raise Usage(
                _("`{option}` says nothing of a table of printed rates").format(option=param.opts[0]),
                hint=_("a table on an engine, or a Parquet file of printed rates, is judged row by row; `--rounding` and `--all-figures` apply"),
            )  # fmt: skip


def _on_engine(asked: dict[str, Any], engine: str) -> int:
    """Show the verdicts on a table of printed rates; return the exit status."""
    from sonla_cli.core.figure import Rounding
    from sonla_cli.ledger.verdicts import check
    from sonla_cli.render.output import write
    from sonla_cli.render.verdicts import render

    _refuse(ROWS_TAKE)
    [table] = asked["tables"]
    found = check(engine, table, Rounding(asked["rounding"]), every=asked["all_figures"], what=_("checking"))
    form = "json" if asked["json"] else asked["form"] or "table"
    write(
        render(table, asked["rounding"], [each._asdict() for each in found], form),
        asked["output"],
        force=asked["force"],
        form=form,
    )
    return Exit.NO if any(each.counts["contradictory"] for each in found) else Exit.DONE


def _report(
    tables: tuple[str, ...], rule_file: str, trust: tuple[str, ...], revision: str, advice: bool,
    data: tuple[str, ...], mapping: str, decimal: str | None, no_embedded: bool, area: str, period: str,
    source: tuple[str, ...], rounding: str,
) -> Findings:  # fmt: skip
    from sonla_cli import sources
    from sonla_cli.commands import reading
    from sonla_cli.core.figure import Rounding
    from sonla_cli.reports.check import Options, check, known_sources
    from sonla_cli.reports.query import Query
    from sonla_cli.sources import rules, values

    read = rules.read(rule_file) if rule_file else rules.Rules()
    how = Rounding(rounding)
    options = Options(_trust(trust), _percent(revision), read, advice)
    if len(tables) == 1 and values.is_plain(tables[0]):
        return _named(tables[0], options, how)
    rules.check_names(read)
    dataset = sources.load(
        (*tables, *data), embedded=not (tables or no_embedded), reading=reading.reading_of(decimal),
        mapping=reading.settle(mapping),
    )  # fmt: skip
    known = known_sources(dataset)
    for name in options.trust:
        if name not in known:
            unknown(N_("no source `{name}`"), name, sorted(known), "sonla data sources")
    query = Query(dataset, known_area(area) if area else "", known_period(period), how, source)
    return check(query, options)


def _named(path: str, options: Options, rounding: Any) -> Findings:
    from sonla_cli.reports.named import check_values
    from sonla_cli.sources import values

    return check_values(values.read(path), options, rounding)


def _trust(given: tuple[str, ...]) -> dict[str, Decimal | None]:
    found: dict[str, Decimal | None] = {}
    for each in given:
        name, equals, cost = each.rpartition("=")
        if not equals or not name:
            raise Usage(
                _("`--trust {text}` has no `=`").format(text=each),
                hint=_("write `--trust SOURCE=fixed` or `--trust SOURCE=2`"),
            )
        found[name] = None if cost == FIXED else _positive(cost, "--trust", each)
    return found


def _percent(text: str) -> Decimal:
    return _positive(text.removesuffix("%"), "--revision", text) / 100


def _positive(text: str, name: str, whole: str) -> Decimal:
    """Return the number that is (the end of) what an option was given as a `whole`."""
    from sonla_cli.core.numeral import given

    found = given(text)
    if found is None or found <= 0:
        raise Usage(_("`{option} {value}` is not a number above zero").format(option=name, value=whole))
    return found
