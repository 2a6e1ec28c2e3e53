"""Writes `docs/commands.md` from the commands themselves, or with `--check` says whether it is current.

What every command on one area takes (`sonla budget` takes nothing else) is told once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from sonla_cli import language
from sonla_cli.cli import SECTIONS, cli

FILE = Path(__file__).parent.parent / "docs" / "commands.md"
HEAD = """\
# Commands

What `sonla COMMAND --help` says, made by `python scripts/commands.py`. The [tutorials](index.md#where-to-go) show the
commands at work; what METRIC, BASIS and PERIOD may be is in [the data format](data-format.md). The files in
`examples/` come with the repository and the source archive, not with an installed `sonla`.
"""


def page() -> str:
    """Return the page: shared options, then every command by its section."""
    language.use("en")
    top = click.Context(cli, info_name="sonla")
    budget = cli.get_command(top, "budget")
    shared = _options(budget, click.Context(budget, parent=top)) if budget else []
    lines = [HEAD, "## Shared options", "", *_table(shared)]
    for section, names in SECTIONS.items():
        lines += [f"## {section}", ""]
        for name in names:
            lines += _told(cli, name, top, shared)
    return "\n".join(lines).rstrip() + "\n"


def _told(
    group: click.Group, name: str, parent: click.Context, shared: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Yield what a command says of itself, and the commands in it."""
    command: Any = group.get_command(parent, name)
    ctx = click.Context(command, parent=parent, info_name=name)
    yield f"### `{ctx.command_path}`"
    yield ""
    yield f"    {' '.join((ctx.command_path, *command.collect_usage_pieces(ctx)))}"
    yield ""
    yield command.help
    yield ""
    yield from (f"- `{line}` – {what}" for line, what in getattr(command, "examples", ()))
    yield ""
    options = _options(command, ctx)
    yield from _table([each for each in options if each not in shared])
    taken = [f"`{option.split(',')[0].split()[0]}`" for option, _what in shared if (option, _what) in options]
    if len(taken) == len(shared):
        yield from ("And the [shared options](#shared-options).", "")
    elif taken:
        yield from (f"Of the [shared options](#shared-options): {', '.join(taken)}.", "")
    if isinstance(command, click.Group):
        for inside in command.list_commands(ctx):
            yield from _told(command, inside, ctx, shared)


def _options(command: click.Command, ctx: click.Context) -> list[tuple[str, str]]:
    """Return the options of a command and what they do; help itself is left out."""
    given = (each for each in command.get_params(ctx) if isinstance(each, click.Option))
    records = (each.get_help_record(ctx) for each in given if "--help" not in each.opts)
    return [each for each in records if each]


def _table(options: Sequence[tuple[str, str]]) -> Iterator[str]:
    if options:
        yield from ("| option | what it does |", "|---|---|")
        # inside code a bar cannot be escaped for every reader of Markdown
        yield from (f"| `{option.replace('|', '/')}` | {_cell(what)} |" for option, what in options)
        yield ""


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(FILE.read_text(encoding="utf-8") != page())
    FILE.write_text(page(), encoding="utf-8")
