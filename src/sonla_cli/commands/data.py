"""`sonla data`: the observations themselves, their sources, and the schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sonla_cli.cli import CONTEXT
from sonla_cli.commands import complete
from sonla_cli.commands.data_files import COMMANDS
from sonla_cli.commands.elements import Command, TranslatedGroup, argument, option
from sonla_cli.commands.named import unknown
from sonla_cli.commands.options import source_options
from sonla_cli.core.text import N_

if TYPE_CHECKING:
    from sonla_cli.models.observation import Observation
    from sonla_cli.reports.query import Query

FORMATS = ("table", "json", "csv")


@click.group(
    "data",
    cls=TranslatedGroup,
    context_settings=CONTEXT,
    help=N_("Read files of your own, and show the built-in figures, their sources and the schemas."),
    examples=(
        ("sonla data show --metric revenue.local", N_("every published figure of one metric")),
        ("sonla data inspect bao-cao.xlsx", N_("what was understood, and what was not")),
        ("sonla data convert bao-cao.xlsx figures.csv", N_("a report as a tidy table")),
    ),
)
def command() -> None:
    """Group the data commands."""


@command.command(
    "show", cls=Command, help=N_("Show the observations as printed."),
    examples=(("sonla data show --metric revenue.local", N_("every published figure of one metric")),),
)  # fmt: skip
@option(
    "--metric",
    default="",
    metavar="METRIC",
    shell_complete=complete.metrics,
    help=N_("Only this metric and its parts."),
)
@option("--format", "form", type=click.Choice(FORMATS), default="table", help=N_("How to show the result."))
@option("--json", is_flag=True, help=N_("The same as `--format json`."))
@source_options
def show(query: Query, metric: str, form: str, json: bool) -> None:
    """Show observations."""
    from sonla_cli.catalogue.metrics import METRICS
    from sonla_cli.models.observation import COLUMNS
    from sonla_cli.render import listing
    from sonla_cli.render.output import write

    if metric and not any(_is_of(each, metric) for each in query.dataset.observations):
        unknown(N_("no metric `{name}`"), metric, list(METRICS), "sonla indicators")
    rows = [
        each.model_values()
        for each in query.dataset.observations
        if each.area == query.area
        and (not query.entity or each.entity == query.entity)
        and (not metric or _is_of(each, metric))
        and (not query.period or each.period == query.period or each.period[:4] == query.period)
        and (not query.sources or each.source in query.sources)
    ]
    form = "json" if json else form
    write(listing.render(rows, COLUMNS, form), form=form)


def _is_of(observation: Observation, metric: str) -> bool:
    return observation.metric == metric or observation.metric.startswith(f"{metric}.")


@command.command(
    "sources", cls=Command, help=N_("List the publications the figures were printed in."),
    examples=(("sonla data sources --format csv", N_("for a spreadsheet")),),
)  # fmt: skip
@option("--format", "form", type=click.Choice(FORMATS), default="table", help=N_("How to show the result."))
@option("--json", is_flag=True, help=N_("The same as `--format json`."))
@option("--data", multiple=True, metavar="PATH", help=N_("Add a table of observations; `-` is stdin."))
def sources(form: str, json: bool, data: tuple[str, ...]) -> None:
    """List the sources."""
    from sonla_cli import sources as reading
    from sonla_cli.models.observation import SOURCE_COLUMNS
    from sonla_cli.render import listing
    from sonla_cli.render.output import write

    rows = [each.model_values() for each in reading.load(data).sources]
    form = "json" if json else form
    write(listing.render(rows, SOURCE_COLUMNS, form), form=form)


@command.command(
    "schema", cls=Command, help=N_("Print the JSON Schema of the reports, or of what is read."),
    examples=(("sonla data schema", N_("what `--json` promises")), ("sonla data schema observation", N_("the columns of a table"))),
)  # fmt: skip
@argument("name", type=click.Choice(("report", "observation", "source", "dataset")), default="report")
def schema(name: str) -> None:
    """Print a schema."""
    from sonla_cli.models.findings import Findings
    from sonla_cli.models.model import Model
    from sonla_cli.models.observation import Dataset, Observation, Source
    from sonla_cli.render.json import dumps
    from sonla_cli.render.output import write

    models: dict[str, type[Model]] = {
        "report": Findings,
        "observation": Observation,
        "source": Source,
        "dataset": Dataset,
    }
    mode = "serialization" if name == "report" else "validation"
    found = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **models[name].model_json_schema(mode=mode),
    }
    write(dumps(found) + "\n", form="json")


for _each in COMMANDS:
    command.add_command(_each)
