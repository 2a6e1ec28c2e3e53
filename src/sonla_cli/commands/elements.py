"""What commands are made of: commands, groups, arguments, options and types whose words are translated when shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sonla_cli.cli import Option, Page, Usage, offered, set_language, write_examples
from sonla_cli.core.text import N_
from sonla_cli.language import LANGUAGES, _, placeholder

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Function = TypeVar("Function", bound=Callable[..., Any])


class Argument(click.Argument):
    """An argument whose name is translated when it is shown."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return what stands for the argument, in the language in use."""
        return placeholder(super().make_metavar(ctx))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer what the argument names, or what its name and its placeholder say."""
        return super().shell_complete(ctx, incomplete) or offered(self, ctx, incomplete)


def _everywhere() -> list[click.Parameter]:
    """Return the options that every command takes, as `sonla` itself does."""
    return [
        Option(
            ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, is_eager=True, callback=set_language,
            help=N_("Language of what people read."),
        ),
        Option(["--debug"], is_flag=True, expose_value=False, hidden=True),
    ]  # fmt: skip


def _belongs(text: str, options: set[str]) -> str | None:
    """Return which option an argument that fits nowhere was meant for, if it says so."""
    from sonla_cli.core.period import read

    try:
        if "--period" in options:
            return _("name the time with `--period {text}`").format(text=read(text).text)
    except ValueError:
        pass
    if "--area" in options:
        return _("a name of several words stands in quotation marks: `--area 'Sơn La'`")
    return None


class Command(Page, click.Command):
    """A command whose help is translated when it is shown and begins with examples."""

    def __init__(self, *args: Any, examples: tuple[tuple[str, str], ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += _everywhere()
        self.examples = examples

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; one too many is told with where it may belong."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            named = {name for parameter in self.params for name in parameter.opts}
            raise Usage(
                _("`{text}` is one argument too many").format(text=rest[0]), ctx, _belongs(rest[0], named)
            )
        return rest

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
        self.params += _everywhere()
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
