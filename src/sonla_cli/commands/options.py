"""The options every command shares, and the two steps every command takes: ask for data, show a report."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sonla_cli.commands import complete
from sonla_cli.commands.elements import Function, option
from sonla_cli.commands.named import known_area, known_period, told_with_origin, unknown
from sonla_cli.core.text import N_
from sonla_cli.telling import Exit

if TYPE_CHECKING:
    from sonla_cli.models.observation import Dataset
    from sonla_cli.models.report import Report
    from sonla_cli.reports.query import Query

FORMATS = ("table", "json", "csv", "markdown")
#: where a command leaves the status to exit with
STATUS = "sonla.status"
ROUNDINGS = ("half", "up", "even", "truncated", "ceiling", "exact")

#: the note that `--strict` takes for an answer of no
MISSING = "not_published"


def source_options(function: Function) -> Any:
    """Add the options that say which data to use, and pass them on as `query`."""

    @wraps(function)
    def asked(
        data: tuple[str, ...], no_embedded: bool, area: str, entity: str, boundaries: str | None, period: str,
        source: tuple[str, ...], rounding: str, mapping: str, decimal: str | None, **rest: Any,
    ) -> Any:  # fmt: skip
        dataset = _dataset(data, mapping, decimal, embedded=not no_embedded)
        query = _query(dataset, area, period, source, rounding)
        return function(query=_narrowed(query, entity, boundaries or ""), **rest)

    decorators = (
        option("--data", multiple=True, metavar="PATH", help=N_("Add a table, a report workbook or a data package; `-` is stdin.")),
        option("--mapping", default="", metavar="FILE", help=N_("What columns and rows of a report mean (TOML).")),
        option("--decimal", type=click.Choice(("point", "comma")), help=N_("The decimal mark, where the file does not prove it.")),
        option("--no-embedded", is_flag=True, help=N_("Leave the built-in data out.")),
        option("--area", default="Sơn La", metavar="NAME", shell_complete=complete.areas, help=N_("Province, city or `Việt Nam`; Sơn La unless given.")),
        option("--entity", default="", metavar="NAME", shell_complete=complete.entities, help=N_("A unit of the area: a department, a commune, a project board.")),
        option("--boundaries", type=click.Choice(("old", "new")), help=N_("Of a merged province: before or since 1 July 2025.")),
        option("--period", default="", metavar="PERIOD", shell_complete=complete.periods, help=N_("Such as 2025, 2025-10M or 2025-11-13; the latest unless given.")),
        option("--source", multiple=True, metavar="ID", shell_complete=complete.sources, help=N_("Use only this publication; repeatable.")),
        option("--rounding", default="half", type=click.Choice(ROUNDINGS), help=N_("How printed numbers were rounded.")),
    )  # fmt: skip
    return _decorated(asked, decorators)


def output_options(function: Function) -> Any:
    """Add the options that say how to show the report that the function returns, and show it."""

    @wraps(function)
    def shown(
        form: str | None, json: bool, output: str, force: bool, ids: bool, color: str, quiet: bool, strict: bool,
        **rest: Any,
    ) -> int:  # fmt: skip
        report = function(**rest)
        form = "json" if json else form or "table"
        show(report, form, output, force=force, ids=ids, color=color, quiet=quiet)
        if strict and any(note.code == MISSING for note in report.problems):
            return Exit.NO
        # a command whose answer can be no leaves its status in the context
        status: int = click.get_current_context().meta.get(STATUS, Exit.DONE)
        return status

    decorators = (
        option("--format", "form", type=click.Choice(FORMATS), help=N_("How to show the result.")),
        option("--json", is_flag=True, help=N_("The same as `--format json`.")),
        option("-o", "--output", default="-", metavar="FILE", help=N_("Write to a file; `-` is stdout.")),
        option("--force", is_flag=True, help=N_("Overwrite an existing file.")),
        option("--ids", is_flag=True, help=N_("Show the ids that `sonla explain` takes.")),
        option("--color", default="auto", type=click.Choice(("auto", "always", "never")), help=N_("When to use colour.")),
        option("-q", "--quiet", is_flag=True, help=N_("Leave out the notes.")),
        option("--strict", is_flag=True, help=N_("Exit with 1 if something asked for was not published.")),
        option("--indicators", expose_value=False, is_eager=True, callback=_load_indicators, metavar="FILE",
               help=N_("Add indicators of your own from a TOML file.")),
    )  # fmt: skip
    return _decorated(shown, decorators)


def _load_indicators(_ctx: click.Context, _param: click.Parameter, path: str | None) -> None:
    if path:
        from sonla_cli.sources import indicators

        indicators.load(path)


def _decorated(function: Any, decorators: tuple[Callable[..., Any], ...]) -> Any:
    for decorate in reversed(decorators):
        function = decorate(function)
    return function


def _dataset(data: tuple[str, ...], mapping: str, decimal: str | None, *, embedded: bool) -> Dataset:
    from sonla_cli import sources

    if not data:
        return sources.load(embedded=embedded)
    from sonla_cli.commands import reading

    how = reading.reading_of(decimal)
    return sources.load(
        data, embedded=embedded, reading=how, mapping=reading.settle(mapping),
        warn=lambda problems: reading.told(problems, most=5),
    )  # fmt: skip


def _query(dataset: Dataset, area: str, period: str, source: tuple[str, ...], rounding: str) -> Query:
    from sonla_cli.core.figure import Rounding
    from sonla_cli.reports.query import Query

    known_sources = dataset.source_by_id
    for each in source:
        if each not in known_sources and not any(row.source == each for row in dataset.observations):
            unknown(N_("no source `{name}`"), each, list(known_sources), "sonla data sources")
    with told_with_origin("area"):
        area = known_area(area)
    return Query(dataset, area, known_period(period), Rounding(rounding), source)


def _narrowed(query: Query, entity: str, boundaries: str) -> Query:
    """Return the query for a unit of the area and for one set of boundaries."""
    from dataclasses import replace

    if entity:
        names = sorted({each.entity for each in query.dataset.observations if each.area == query.area})
        folded = {each.casefold(): each for each in names if each}
        if entity.casefold() not in folded:
            unknown(N_("the area has no unit `{name}`"), entity, list(folded.values()), "sonla data show")
        entity = folded[entity.casefold()]
    return replace(query, entity=entity, boundaries=boundaries)


def show(
    report: Report, form: str, output: str, *, force: bool = False, ids: bool = False, color: str = "auto",
    quiet: bool = False,
) -> None:  # fmt: skip
    """Write the report in the given form to stdout or to a file."""
    from importlib import import_module

    from sonla_cli.render.output import write

    renderer = import_module(f"sonla_cli.render.{form}")
    settings = {"ids": ids, "color": color, "notes": not quiet, "to_file": output != "-"}
    write(renderer.render(report, **settings), output, force=force, form=form)
