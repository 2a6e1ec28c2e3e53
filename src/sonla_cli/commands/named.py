"""Names that a command line gives: each is known, or told with the nearest ones."""

from __future__ import annotations

from typing import NoReturn

from sonla_cli.cli import Usage, quoted
from sonla_cli.core.text import N_
from sonla_cli.language import _


def known_area(name: str) -> str:
    """Return the name of the area spelled `name`; an unknown one gets the nearest names suggested."""
    from sonla_cli.catalogue import areas

    found = areas.find(name)
    if found is None:
        unknown(
            N_("no area `{name}`"),
            name,
            [s for a in areas.AREAS.values() for s in (a.name, *a.aliases)],
            None,
        )
    return found.name


def known_period(text: str) -> str:
    """Return `text` if it is a period or empty."""
    from sonla_cli.core.period import read

    try:
        return read(text).text if text else ""
    except ValueError:
        message = _("no period `{text}`").format(text=text)
        hint = _("periods look like 2025, 2025-10M, 2025-Q3, 2025-11-13, 2025@2026-01-31 or 2026-2030")
        raise Usage(message, hint=hint) from None


def unknown(message: str, name: str, names: list[str], where: str | None) -> NoReturn:
    """Raise that nothing is called `name`, with the nearest names, else with the command that lists them."""
    from sonla_cli.core.problem import near

    close = near(name, names)
    hint = _("did you mean {names}?").format(names=quoted(close)) if close else None
    if hint is None and where:
        hint = _("see `{command}`").format(command=where)
    raise Usage(_(message).format(name=name), hint=hint)
