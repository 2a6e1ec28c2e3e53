"""What commands are made of: commands, groups, arguments, options and types whose words are translated when shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sonla_cli.cli import Option, Page, offered, write_examples
from sonla_cli.language import _, placeholder

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


class Command(Page, click.Command):
    """A command whose help is translated when it is shown and begins with examples."""

    def __init__(self, *args: Any, examples: tuple[tuple[str, str], ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

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
