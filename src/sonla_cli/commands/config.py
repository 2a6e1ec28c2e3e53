"""`sonla config show`: the settings in force, and where each comes from."""

from __future__ import annotations

import click

from sonla_cli.cli import CONTEXT
from sonla_cli.commands.elements import Command, TranslatedGroup, option
from sonla_cli.core.text import N_
from sonla_cli.language import _

FORMATS = ("table", "json", "csv")

#: the columns, and what people read above them
HEADINGS = {
    "setting": N_("setting"), "value": N_("value"), "origin": N_("comes from"), "variable": N_("variable"),
}  # fmt: skip
#: the one origin that is no name
_WORDS = (N_("default"),)


@click.group(
    "config",
    cls=TranslatedGroup,
    context_settings=CONTEXT,
    help=N_("Show the settings in force."),
    examples=(("sonla config show", N_("the settings in force")),),
)
def command() -> None:
    """Group the configuration commands."""


@command.command(
    "show", cls=Command,
    help=N_("Show every setting, its value and where it comes from: an option would win over all of them."),
    examples=(("sonla config show", N_("the settings in force")),),
)  # fmt: skip
@option("--format", "form", type=click.Choice(FORMATS), default="table", help=N_("How to show the result."))
@option("--json", is_flag=True, help=N_("The same as `--format json`."))
def show(form: str, json: bool) -> None:
    """Show the settings."""
    from sonla_cli import language, settings
    from sonla_cli.render import listing
    from sonla_cli.render.output import write

    found = settings.effective()
    if found["lang"].origin == settings.DEFAULT:
        value, named = language.located()
        found["lang"] = settings.Setting(value, named or settings.DEFAULT)
    rows = [
        {
            "setting": name,
            "value": _text(setting.value),
            "origin": setting.origin,
            "variable": settings.variable(name),
        }
        for name, setting in found.items()
    ]
    form = "json" if json else form
    if form == "table":
        shown = [
            {_(HEADINGS[key]): _(text) if key == "origin" else text for key, text in row.items()}
            for row in rows
        ]
        write(listing.render(shown, [_(each) for each in HEADINGS.values()], form), form=form)
    else:
        write(listing.render(rows, list(HEADINGS), form), form=form)


def _text(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
