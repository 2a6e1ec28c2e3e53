"""The `sonla` command: a group whose commands are imported when they are called, and the exit codes.

0 done · 1 the answer of the data is no · 2 could not run · 130 interrupted. Data go to stdout, everything
else to stderr.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from sonla_cli import __version__, language
from sonla_cli.core.text import N_
from sonla_cli.language import _, placeholder
from sonla_cli.telling import Exit, encoding, failed, open_streams, read, show_usage_error, system

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


#: the sections of the help page; each command with the sentence that introduces it
SECTIONS: dict[str, dict[str, str]] = {
    N_("Indicators"): {
        "budget": N_("Revenue and expenditure against every plan"),
        "disbursement": N_("Public investment: rates, capital left, pace needed"),
        "investment": N_("Projects and capital attracted, and the targets around them"),
        "compare": N_("Years side by side, or two reports of one year"),
    },
    N_("Schedule and position"): {
        "pace": N_("Ahead or behind, and the pace a target takes"),
        "project": N_("Where the year leads, as a range of methods"),
        "rank": N_("Where an area stands among others, or a unit among the area's"),
        "whatif": N_("The indicators before and after a change"),
    },
    N_("Reading and checking"): {
        "extract": N_("Figures out of report and press text"),
        "check": N_("Published figures that cannot all be true"),
        "pefa": N_("Budget reliability as PEFA scores it"),
    },
    N_("Reports and pictures"): {
        "report": N_("The whole picture as a page, a document or a workbook"),
        "chart": N_("Pictures of the figures, on the terminal or in a file"),
    },
    N_("Understanding"): {
        "explain": N_("Where a number comes from, or what a word means"),
        "indicators": N_("The catalogue of indicators"),
        "help": N_("Help on a command, or on periods, units, data and exit codes"),
    },
    N_("Data"): {
        "data": N_("Files of your own, the built-in figures, their sources and schemas"),
        "rollup": N_("A ledger on DuckDB, PostgreSQL, Spark or Trino into observations"),
    },
    N_("Setting up"): {
        "config": N_("Defaults of your own, and where each comes from"),
        "completion": N_("Completion of names in bash, zsh, fish and PowerShell"),
    },
}

EXAMPLES = (
    ("sonla budget", N_("Sơn La's revenue against every plan, printed or not")),
    ("sonla disbursement --target 95% --by 2025-12-31", N_("what it takes to reach a target")),
    ("sonla compare 2024 2025 --json | jq .rows", N_("the numbers for a script")),
    ("sonla explain revenue.local:implied_plan@central:2025", N_("the chain behind one number")),
)


class Page:
    """A command whose help page is written as everything else is."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option."""
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.callback = _show_page
        return option


def _show_page(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        read(ctx.get_help())
        ctx.exit()


class Group(Page, click.Group):
    """A group that knows its commands by name and imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of the help page."""
        return [name for section in SECTIONS.values() for name in section]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command of that name, or `None`."""
        if cmd_name not in self.list_commands(ctx):
            return None
        from importlib import import_module

        found: click.Command = import_module(f"sonla_cli.commands.{cmd_name}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that `args` names; an unknown name gets the nearest ones suggested."""
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            from sonla_cli.core.problem import near

            message = _("no command `{name}`").format(name=args[0])
            close = near(args[0], self.list_commands(ctx))
            hint = _("did you mean {names}?").format(names=quoted(close)) if close else None
            raise Usage(message, ctx, hint)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write examples first, then the commands by purpose, then the options."""
        formatter.write_usage("sonla", _("COMMAND [OPTIONS] …"))
        formatter.write_paragraph()
        formatter.write_text(_(self.help))
        write_examples(formatter, EXAMPLES)
        for title, commands in SECTIONS.items():
            with formatter.section(_(title)):
                formatter.write_dl([(name, _(what)) for name, what in commands.items()])
        self.format_options(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options only; the commands are written by `format_help`."""
        click.Command.format_options(self, ctx, formatter)


class Usage(click.UsageError):
    """A wrong use of the command line, with a hint apart from the sentence."""

    def __init__(self, message: str, ctx: click.Context | None = None, hint: str | None = None) -> None:
        super().__init__(message, ctx)
        self.hint = hint


def write_examples(formatter: click.HelpFormatter, examples: Sequence[tuple[str, str]]) -> None:
    """Write commands and what they do, with room for the words on a narrow terminal too."""
    if not examples:
        return
    with formatter.section(_("Examples")):
        most = max(12, min(60, formatter.width - 40))
        formatter.write_dl([(line, _(what)) for line, what in examples], col_max=most)
        if any(" examples/" in line for line, _what in examples):
            formatter.write_paragraph()
            formatter.write_text(
                _("The files in `examples/` come with the repository, not with an installed `sonla`.")
            )


def quoted(names: Sequence[str]) -> str:
    """Return `names` in backticks, joined by commas."""
    return ", ".join(f"`{name}`" for name in names)


def _width() -> int:
    """Return the columns a help page may use; asking here spares the start-up an import."""
    asked = os.environ.get("COLUMNS", "")
    try:
        columns = int(asked) if asked.isdecimal() else os.get_terminal_size().columns
    except (OSError, ValueError):
        columns = HELP_WIDTH
    return max(40, min(columns, HELP_WIDTH))


#: columns of a help page at most
HELP_WIDTH = 100

CONTEXT = {"help_option_names": ["-h", "--help"], "terminal_width": _width()}


def set_language(_ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    """Use the language that an option names."""
    if value:
        language.use(value)


def offered(parameter: click.Parameter, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """Return what a shell offers for a parameter that does not say it itself."""
    from sonla_cli.commands import complete

    return complete.usual(parameter, ctx, incomplete)


class Option(click.Option):
    """An option whose help is translated when it is shown."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return what stands for the value, in the language in use."""
        return placeholder(super().make_metavar(ctx))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer what the option names, or what its name and its placeholder say."""
        return super().shell_complete(ctx, incomplete) or offered(self, ctx, incomplete)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the names and the help of the option in the language in use."""
        plain = self.help
        self.help = _(plain) if plain else plain
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = plain


@click.group(
    cls=Group,
    context_settings=CONTEXT,
    invoke_without_command=True,
    help=N_(
        "Indicators of Vietnamese provincial budgets and investment, first of all Sơn La's: every number with its"
        " bounds, its formula and its source."
    ),
)
@click.version_option(
    __version__, "-V", "--version", message="sonla %(version)s", cls=Option, help=N_("Show the version.")
)
@click.option(
    "--lang", cls=Option, type=click.Choice(language.LANGUAGES), expose_value=False, is_eager=True,
    callback=set_language, help=N_("Language of what people read."),
)  # fmt: skip
@click.option(
    "--debug", cls=Option, is_flag=True, expose_value=False, help=N_("Show the traceback of a bug.")
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Run `sonla`; without a command, show the help page."""
    if ctx.invoked_subcommand is None:
        read(ctx.get_help())
    else:
        from decimal import getcontext

        from sonla_cli import settings

        getcontext().prec = settings.SHOWN_DIGITS
        ctx.default_map = settings.default_map()


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with the status the design promises."""
    # no plug-in of pydantic is wanted, and looking for some takes as long as checking a thousand rows
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # a run makes many objects and drops few: collecting less often saves a tenth of it
    gc.set_threshold(50_000, 20, 20)
    given = list(sys.argv[1:] if arguments is None else arguments)
    if None in (sys.stdin, sys.stdout, sys.stderr):
        open_streams()
    if {encoding(sys.stdout), encoding(sys.stderr)} != {"utf8"}:
        from sonla_cli.render import letters

        letters.settle()
    try:
        language.choose(given)
        status = run(given)
    except KeyboardInterrupt:
        status = Exit.INTERRUPTED
    # going once more through every object before the end frees nothing that the end does not, at a sixth of the run
    # (DuckDB counts its objects when the process ends, and would complain of those left)
    if "_duckdb" not in sys.modules:
        gc.freeze()
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run the command line and return its exit status."""
    if "_SONLA_COMPLETE" in os.environ:
        from sonla_cli.commands import shells

        shells.register()
        cli.main(args=arguments, prog_name="sonla")
    try:
        status: Any = cli.main(args=arguments, prog_name="sonla", standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):
        # without its stand-alone mode Click exits by itself only when the reader of stdout is gone
        from sonla_cli.render.output import close_quietly

        close_quietly()
        return Exit.DONE
    except (click.exceptions.Abort, KeyboardInterrupt) as error:
        # Click takes the end of a file that is cut short for a wish to stop
        if isinstance(error.__cause__, EOFError):
            return failed(error.__cause__, debug="--debug" in arguments)
        return Exit.INTERRUPTED
    except click.ClickException as error:
        show_usage_error(error)
        return Exit.COULD_NOT_RUN
    except OSError as error:
        return failed(system(error), debug="--debug" in arguments)
    except Exception as error:  # noqa: BLE001 - the last resort: sorted into user's mistakes and bugs
        return failed(error, debug="--debug" in arguments)
    return int(status or 0)
