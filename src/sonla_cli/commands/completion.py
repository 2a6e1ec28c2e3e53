"""`sonla completion`: the script that makes a shell complete commands, options, areas, metrics and ids."""

from __future__ import annotations

import click

from sonla_cli.cli import cli
from sonla_cli.commands.elements import Command, argument
from sonla_cli.core.text import N_

SHELLS = ("bash", "zsh", "fish", "powershell")
VARIABLE = "_SONLA_COMPLETE"


@click.command(
    "completion",
    cls=Command,
    help=N_("Print the script that makes a shell complete commands, options, areas, metrics and ids."),
    examples=(
        ("sonla completion bash >> ~/.bashrc", N_("for bash 4.4 or later")),
        ("sonla completion zsh >> ~/.zshrc", N_("for zsh")),
        ("sonla completion powershell >> $PROFILE", N_("for PowerShell")),
        ("sonla completion fish > ~/.config/fish/completions/sonla.fish", N_("for fish")),
    ),
)
@argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the completion script."""
    from click.shell_completion import get_completion_class

    from sonla_cli.commands import shells
    from sonla_cli.render.output import write

    shells.register()
    found = get_completion_class(shell)
    if found is None:
        raise LookupError(shell)
    # the script alone: Click's own `source` of bash first runs bash to see how old it is
    script = found.source_template % found(cli, {}, "sonla", VARIABLE).source_vars()
    write(script.strip() + "\n")
