"""`sonla indicators`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sonla_cli.commands.elements import Command, option
from sonla_cli.commands.options import output_options
from sonla_cli.core.text import N_
from sonla_cli.language import _, spellings
from sonla_cli.telling import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sonla_cli.catalogue.definitions import Word
    from sonla_cli.models.report import Report


@click.command(
    "indicators",
    cls=Command,
    help=N_("List the indicators: what they mean, their formula, unit, reference and a worked example."),
    examples=(
        ("sonla indicators", N_("the whole catalogue")),
        ("sonla indicators --search pace", N_("those that speak of a word")),
        ("sonla indicators --search 'giải ngân'", N_("in Vietnamese too, and metrics")),
    ),
)
@option(
    "--search",
    default="",
    metavar="TEXT",
    help=N_("Only those whose id, name or formula has this text, metrics too; accents do not matter."),
)
@output_options
def command(search: str) -> Report:
    """List the indicators."""
    from sonla_cli.catalogue import definitions
    from sonla_cli.core.spelling import plain
    from sonla_cli.models.report import Report
    from sonla_cli.reports.explanation import definition

    words = definitions.indicators()
    if search:
        wanted = plain(search)
        every = [*words, *definitions.metrics()]
        words = [each for each in every if wanted in plain(" ".join((each.id, each.formula, *_called(each))))]
    if not words:
        heading, message = (
            _("note"),
            _("no indicator and no metric has `{text}` in its name").format(text=search),
        )
        say(f"{heading}: {message}", err=True)
    return Report.model_construct(
        command="indicators", area="", period="", definitions=tuple(definition(each) for each in words)
    )


def _called(word: Word) -> Iterator[str]:
    """Yield what people call a word in every language, for every kind of metric."""
    from sonla_cli.catalogue.indicators import labels

    for each in (word.label, *labels(word.id)):
        yield from spellings(each)
