"""Names that a command line gives: each is known, or told with the nearest ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

import click

from sonla_cli.cli import Usage, quoted
from sonla_cli.core.text import N_
from sonla_cli.language import _
from sonla_cli.telling import origin


def known_area(name: str) -> str:
    """Return the name of the area spelled `name`; an unknown one gets the nearest names suggested."""
    from sonla_cli.catalogue import areas

    found = areas.find(name)
    if found is None:
        raise nothing_called(N_("no area `{name}`"), name, areas.like(name), _(areas.WHICH))
    return found.name


@contextmanager
def told_with_origin(name: str) -> Iterator[None]:
    """Say with an error where the value of an option came from, if a variable or a file gave it."""
    try:
        yield
    except Usage as error:
        place = origin(click.get_current_context(silent=True), name)
        if not place:
            raise
        raise Usage(f"{place}: {error.message}", hint=error.hint) from None


def known_period(text: str) -> str:
    """Return `text` if it is a period or empty."""
    from sonla_cli.core.period import read

    try:
        return read(text).text if text else ""
    except ValueError:
        message = _("no period `{text}`").format(text=text)
        hint = _("periods look like 2025, 2025-10M, 2025-Q3, 2025-11-13, 2025@2026-01-31 or 2026-2030")
        raise Usage(message, hint=hint) from None


def unknown(message: str, name: str, names: list[str], command: str) -> NoReturn:
    """Raise that nothing is called `name`, with the nearest names, else with the command that lists them."""
    from sonla_cli.core.problem import near

    raise nothing_called(message, name, near(name, names), _("see `{command}`").format(command=command))


def nothing_called(message: str, name: str, close: Sequence[str], otherwise: str) -> Usage:
    """Return the error that nothing is called `name`, with what is `close`, else with what to do."""
    hint = _("did you mean {names}?").format(names=quoted(close)) if close else None
    return Usage(_(message).format(name=name), hint=hint or otherwise)
