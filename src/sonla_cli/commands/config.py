"""`sonla config show`: the settings in force, and where each comes from."""

from __future__ import annotations

import click

from sonla_cli.cli import CONTEXT
from sonla_cli.commands.elements import Command, TranslatedGroup, option
from sonla_cli.core.text import N_

FORMATS = ("table", "json", "csv")


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
    from sonla_cli import settings
    from sonla_cli.render import listing
    from sonla_cli.render.output import write

    rows = [
        {
            "setting": name,
            "value": _text(setting.value),
            "origin": setting.origin,
            "variable": settings.variable(name),
        }
        for name, setting in settings.effective().items()
    ]
    form = "json" if json else form
    write(listing.render(rows, ("setting", "value", "origin", "variable"), form), form=form)


def _text(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
