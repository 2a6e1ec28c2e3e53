"""The options every command shares, and the two steps every command takes: ask for data, show a report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from sonla_cli.cli import Option, Page, Usage, _set_language, offered, quoted, write_examples
from sonla_cli.commands import complete
from sonla_cli.core.text import N_
from sonla_cli.language import LANGUAGES, _, placeholder
from sonla_cli.telling import Exit

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from sonla_cli.models.observation import Dataset
    from sonla_cli.models.report import Report
    from sonla_cli.reports.query import Query

FORMATS = ("table", "json", "csv", "markdown")
#: where a command leaves the status to exit with
STATUS = "sonla.status"
ROUNDINGS = ("half", "up", "even", "truncated", "ceiling", "exact")

#: the note that `--strict` takes for an answer of no
MISSING = "not_published"

Function = TypeVar("Function", bound=Callable[..., Any])


class Argument(click.Argument):
    """An argument whose name is translated when it is shown."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return what stands for the argument, in the language in use."""
        return placeholder(super().make_metavar(ctx))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer what the argument names, or what its name and its placeholder say."""
        return super().shell_complete(ctx, incomplete) or offered(self, ctx, incomplete)


class Command(Page, click.Command):
    """A command whose help is translated when it is shown and begins with examples."""

    def __init__(self, *args: Any, examples: tuple[tuple[str, str], ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the usage line, in the language in use."""
        return [placeholder(piece) for piece in super().collect_usage_pieces(ctx)]

    def get_short_help_str(self, limit: int = 100) -> str:
        """Return what the command does, for the list of its group."""
        return _(self.help).rstrip(".")

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage, what the command does, examples, and the options."""
        self.format_usage(ctx, formatter)
        formatter.write_paragraph()
        formatter.write_text(_(self.help))
        write_examples(formatter, self.examples)
        self.format_options(ctx, formatter)


class TranslatedGroup(Page, click.Group):
    """A group of commands whose help is translated when it is shown and begins with examples."""

    def __init__(self, *args: Any, examples: tuple[tuple[str, str], ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the usage line, in the language in use."""
        return [placeholder(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the group is for, and examples."""
        formatter.write_paragraph()
        formatter.write_text(_(self.help))
        write_examples(formatter, self.examples)


def argument(*names: str, **settings: Any) -> Callable[[Function], Function]:
    """Return a Click argument whose name is translated when it is shown."""
    return click.argument(*names, cls=Argument, **settings)


def option(*names: str, **settings: Any) -> Callable[[Function], Function]:
    """Return a Click option whose help is translated when it is shown."""
    return click.option(*names, cls=Option, **settings)


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
        option("--lang", type=click.Choice(LANGUAGES), expose_value=False, is_eager=True, callback=_set_language,
               help=N_("Language of what people read.")),
        option("--indicators", expose_value=False, is_eager=True, callback=_load_indicators, metavar="FILE",
               help=N_("Add indicators of your own from a TOML file.")),
        option("--debug", is_flag=True, expose_value=False, hidden=True),
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
    return Query(dataset, known_area(area), known_period(period), Rounding(rounding), source)


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


def known_area(name: str) -> str:
    """Return the name of the area spelled `name`; an unknown one gets the nearest names suggested."""
    from sonla_cli.catalogue import areas

    found = areas.find(name)
    if found is None:
        unknown(
            N_("no area `{name}`"),
            name,
            [s for a in areas.AREAS.values() for s in (a.name, *a.aliases)],
            None,
        )
    return found.name


def known_period(text: str) -> str:
    """Return `text` if it is a period or empty."""
    from sonla_cli.core.period import read

    try:
        return read(text).text if text else ""
    except ValueError:
        message = _("no period `{text}`").format(text=text)
        hint = _("periods look like 2025, 2025-10M, 2025-Q3, 2025-11-13, 2025@2026-01-31 or 2026-2030")
        raise Usage(message, hint=hint) from None


def unknown(message: str, name: str, names: list[str], where: str | None) -> NoReturn:
    """Raise that nothing is called `name`, with the nearest names, else with the command that lists them."""
    from sonla_cli.core.problem import near

    close = near(name, names)
    hint = _("did you mean {names}?").format(names=quoted(close)) if close else None
    if hint is None and where:
        hint = _("see `{command}`").format(command=where)
    raise Usage(_(message).format(name=name), hint=hint)


class Whole(click.IntRange):
    """A whole number within bounds."""

    @property
    def name(self) -> str:  # type: ignore[override]
        """What an error calls it."""
        return _("whole number")


class Day(click.ParamType[date]):
    """A date such as 2025-12-31."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date spelled `value`."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(_("`{text}` is not a date such as 2025-12-31").format(text=value), param, ctx)


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
