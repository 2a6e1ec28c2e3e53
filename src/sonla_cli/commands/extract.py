"""`sonla extract`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from sonla_cli.cli import Usage
from sonla_cli.commands import complete
from sonla_cli.commands.elements import Command, Day, argument, option
from sonla_cli.commands.named import known_area
from sonla_cli.core.problem import Problem, SonlaError
from sonla_cli.core.text import N_
from sonla_cli.language import _, ngettext
from sonla_cli.telling import say

if TYPE_CHECKING:
    from sonla_cli.press import Mention

FORMATS = ("text", "csv", "json", "jsonl")
#: a text of this many bytes is read line by line, so that its length costs no memory
LONG = 4_000_000


@click.command(
    "extract",
    cls=Command,
    help=N_(
        "Read the figures out of Vietnamese report and press text: text, HTML, DOCX or PDF. On a terminal the text is"
        " shown with its figures marked; in a pipe the observations are written as a table that every command takes."
    ),
    examples=(
        ("sonla extract examples/article.txt", N_("the text, with each figure marked")),
        ("sonla extract examples/article.txt --explain", N_("and the words that decided")),
        (
            "sonla extract examples/article.txt | sonla budget --data - --no-embedded",
            N_("straight into an indicator"),
        ),
        ("sonla extract examples/article.txt --format json", N_("every field, with its place in the text")),
    ),
)
@argument("files", nargs=-1, required=True, metavar="FILE …", type=click.Path(allow_dash=True))
@option(
    "--area",
    default="",
    metavar="NAME",
    shell_complete=complete.areas,
    help=N_("Whose report it is, until the text names another."),
)
@option(
    "--published-on",
    type=Day(),
    metavar="DATE",
    help=N_("The day of publication: gives a year to dates without one."),
)
@option(
    "--source",
    default="",
    metavar="ID",
    help=N_("The publication the figures are cited from; the file's name unless given."),
)
@option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help=N_("Marked text, the observations as CSV, or every field as JSON."),
)
@option("--json", is_flag=True, help=N_("The same as `--format json`."))
@option("--explain", is_flag=True, help=N_("Show the words that decided what each figure is."))
@option("-o", "--output", default="-", metavar="FILE", help=N_("Write to a file; `-` is stdout."))
@option("--force", is_flag=True, help=N_("Overwrite an existing file."))
def command(
    files: tuple[str, ...], area: str, published_on: date | None, source: str, form: str | None, json: bool,
    explain: bool, output: str, force: bool,
) -> None:  # fmt: skip
    """Read the figures out of a text."""
    from sonla_cli.render import mentions
    from sonla_cli.render.output import write_pieces

    if "-" in files and sys.stdin.isatty():
        raise Usage(_("nothing is piped into stdin"), hint=_("name a file, or pipe a text in"))
    form = (
        "json"
        if json
        else form or _by_ending(output) or ("text" if sys.stdout.isatty() and output == "-" else "csv")
    )
    whose = known_area(area) if area else ""
    texts = _texts(files, whose, published_on, source, whole=form == "text")
    counted = mentions.Counted()
    shown = "table" if form == "text" else form
    write_pieces(mentions.render(texts, form, counted, explain=explain), output, force=force, form=shown)
    if counted.incomplete and form == "csv":
        message = ngettext(
            "{count} figure says too little to be an observation: see `--format json`",
            "{count} figures say too little to be observations: see `--format json`",
            counted.incomplete,
        )
        heading = _("note")
        say(f"{heading}: {message.format(count=counted.incomplete)}", err=True)


def _by_ending(output: str) -> str:
    """Return the format that the name of the output file ends in, or nothing where it names none."""
    from pathlib import PurePath

    ending = PurePath(output).suffix.lower().removeprefix(".")
    return "text" if ending == "txt" else ending if ending in FORMATS else ""


def _texts(
    files: tuple[str, ...], area: str, published_on: date | None, source: str, *, whole: bool
) -> Iterator[tuple[str, str, Iterator[Mention]]]:
    """Yield every text that can be read; then say which cannot, all at once."""
    problems: list[Problem] = []
    for each in _told(files):
        try:
            read = _text(each, area, published_on, source, whole=whole)
        except SonlaError as error:
            problems.extend(error.problems)
            continue
        yield read
    if problems:
        raise SonlaError(problems)


def _told(files: tuple[str, ...]) -> Iterator[str]:
    if len(files) == 1:
        yield from files
        return
    from sonla_cli.render.progress import Progress

    with Progress() as progress:
        for place, each in enumerate(files, 1):
            progress.step(
                _("reading {name}, {place} of {count}").format(name=each, place=place, count=len(files))
            )
            yield each


def _text(
    path: str, area: str, published_on: date | None, source: str, *, whole: bool
) -> tuple[str, str, Iterator[Mention]]:
    """Return the name of a text, the text itself if it is wanted whole, and the figures in it."""
    from pathlib import Path

    from sonla_cli.press import documents, read, read_lines

    name = "stdin" if path == "-" else path
    cited = source or ("" if path == "-" else Path(path).stem)
    if not whole and documents.is_plain_and_long(path, LONG):
        return (
            name,
            "",
            read_lines(documents.lines_of(path), published_on=published_on, area=area or None, source=cited),
        )
    data = sys.stdin.buffer.read() if path == "-" else documents.bytes_of(path)
    text = documents.text_of(data, name)
    return name, text, read(text, published_on=published_on, area=area or None, source=cited)
