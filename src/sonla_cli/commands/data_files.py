"""`sonla data inspect`, `validate`, `convert`, `add` and `template`: the files people bring and take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sonla_cli.cli import Usage
from sonla_cli.commands.elements import Command, argument, option
from sonla_cli.commands.reading import reading_options, told
from sonla_cli.core.text import N_
from sonla_cli.language import _, ngettext
from sonla_cli.telling import Exit, say

if TYPE_CHECKING:
    from sonla_cli.sources.files import Reading
    from sonla_cli.sources.mapping import Mapping

TO_FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx", "parquet", "package", "zip")


@click.command(
    "inspect", cls=Command, help=N_("Show what each table, column and row of a file was taken for."),
    short_help=N_("What a file was taken for"),
    examples=(("sonla data inspect bao-cao.xlsx", N_("what was understood, and what was not")),),
)  # fmt: skip
@argument("files", nargs=-1, required=True, metavar="FILE …")
@option("--json", is_flag=True, help=N_("The result as JSON."))
@reading_options
def inspect(files: tuple[str, ...], json: bool, reading: Reading, mapping: Mapping) -> int:
    """Inspect files."""
    from sonla_cli.render import inspected
    from sonla_cli.render.json import dumps
    from sonla_cli.render.output import write as write_result
    from sonla_cli.sources import tables

    result = tables.read(files, reading=reading, mapping=mapping)
    found = [each.model_dump() for each in result.inspections]
    if json:
        schema = {"name": "sonla.inspection", "version": 1}
        problems = [inspected.problem(each) for each in result.problems]
        write_result(dumps({"schema": schema, "tables": found, "problems": problems}) + "\n", form="json")
    else:
        write_result(inspected.table(found))
        told(result.problems)
    return Exit.COULD_NOT_RUN if result.errors else Exit.DONE


@click.command(
    "validate", cls=Command, help=N_("Report every problem of the files at once; the exit status is 2 if there is an error."),
    short_help=N_("Every problem of a file at once"),
    examples=(
        ("sonla data validate figures.csv bao-cao.xlsx", N_("before they are used")),
        ("sonla data validate figures.csv --json", N_("the same as data")),
    ),
)  # fmt: skip
@argument("files", nargs=-1, required=True, metavar="FILE …")
@option("--json", is_flag=True, help=N_("The result as JSON."))
@reading_options
def validate(files: tuple[str, ...], json: bool, reading: Reading, mapping: Mapping) -> int:
    """Validate files."""
    from sonla_cli.render import inspected
    from sonla_cli.render.json import dumps
    from sonla_cli.render.output import write as write_result
    from sonla_cli.sources import embedded, tables

    result = tables.read(files, reading=reading, mapping=mapping, known=embedded.dataset().source_by_id)
    count = len(result.observations)
    if json:
        schema = {"name": "sonla.validation", "version": 1}
        problems = [inspected.problem(each) for each in result.problems]
        valid = not result.errors
        found = {
            "schema": schema, "files": files, "valid": valid, "observations": count, "problems": problems,
        }  # fmt: skip
        write_result(dumps(found) + "\n", form="json")
    else:
        told(result.problems)
        if not result.errors:
            say(
                ngettext("{count} observation, no error", "{count} observations, no error", count).format(
                    count=count
                )
            )
    return Exit.COULD_NOT_RUN if result.errors else Exit.DONE


@click.command(
    "convert", cls=Command, help=N_("Convert observations between formats without losing a digit."),
    short_help=N_("From one format to another, digit for digit"),
    examples=(
        ("sonla data convert bao-cao.xlsx figures.csv", N_("a report as a tidy table")),
        ("sonla data convert figures.csv package/", N_("a data package of it")),
        ("sonla data convert figures.csv - --to jsonl | jq .value", N_("for a pipeline")),
    ),
)  # fmt: skip
@argument("files", nargs=-1, metavar="IN …")
@argument("output", default="", metavar="OUT")
@option(
    "--to",
    type=click.Choice(TO_FORMATS),
    default=None,
    help=N_("Format to write; as the name says unless given."),
)
@option("--force", is_flag=True, help=N_("Overwrite an existing file."))
@reading_options
def convert(
    files: tuple[str, ...], output: str, to: str | None, force: bool, reading: Reading, mapping: Mapping
) -> None:
    """Convert files."""
    if not files:
        raise Usage(_("`{name}` is missing").format(name=_("IN") if not output else _("OUT")))
    from sonla_cli.models.observation import Dataset
    from sonla_cli.sources import embedded, tables
    from sonla_cli.sources.writing import write

    known = embedded.dataset().source_by_id
    result = tables.load(files, reading=reading, mapping=mapping, known=known)
    # publications the built-in data knows go along with the figures that cite them
    cited = {each.source for each in result.observations}
    sources = {**{name: known[name] for name in cited & known.keys()}, **result.sources}
    dataset = Dataset.model_construct(
        observations=tuple(result.observations), sources=tuple(sources[name] for name in sorted(sources))
    )
    told([*result.problems, *write(dataset, output, form=to or "", force=force)])


@click.command(
    "add", cls=Command, help=N_("Append observations to a data package: all of them after validation, or none."),
    short_help=N_("Append to a data package"),
    examples=(("sonla data add november.xlsx --to package/", N_("this month's figures")),),
)  # fmt: skip
@argument("files", nargs=-1, required=True, metavar="FILE …")
@option("--to", required=True, metavar="PACKAGE", help=N_("Folder of the package; made if it is not there."))
@reading_options
def add(files: tuple[str, ...], to: str, reading: Reading, mapping: Mapping) -> None:
    """Append observations."""
    from sonla_cli.sources.adding import add as append

    count, warnings = append(files, to, reading=reading, mapping=mapping)
    told(warnings)
    say(ngettext("{count} observation added", "{count} observations added", count).format(count=count))


@click.command(
    "template", cls=Command, help=N_("Write a form to fill in: XLSX with drop-down lists and instructions, or CSV."),
    short_help=N_("A form to fill in"),
    examples=(("sonla data template form.xlsx", N_("a workbook")), ("sonla data template > form.csv", N_("a text file"))),
)  # fmt: skip
@argument("file", default="-", metavar="[FILE.xlsx|.csv]")
@option("--force", is_flag=True, help=N_("Overwrite an existing file."))
def template(file: str, force: bool) -> None:
    """Write the form."""
    from sonla_cli.render.output import write as write_result
    from sonla_cli.sources import template as forms

    if file == "-":
        write_result(forms.text(), form="csv")
    else:
        forms.write(file, force=force)


COMMANDS = (inspect, validate, convert, add, template)
