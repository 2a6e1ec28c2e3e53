"""How files are read where they do not say so themselves: options, and problems told on stderr."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sonla_cli.commands.elements import option
from sonla_cli.commands.named import known_area, known_period
from sonla_cli.core.text import N_
from sonla_cli.language import ngettext
from sonla_cli.telling import say

if TYPE_CHECKING:
    from sonla_cli.core.problem import Problem
    from sonla_cli.sources.files import Reading
    from sonla_cli.sources.mapping import Mapping


def reading_options(function: Callable[..., Any]) -> Any:
    """Add the options that settle what a file does not say, and pass them on as `reading` and `mapping`."""

    @wraps(function)
    def asked(
        decimal: str | None, encoding: str, separator: str, sheet: str, mapping: str, area: str, period: str, unit: str,
        source: str, **rest: Any,
    ) -> Any:  # fmt: skip
        settled = settle(mapping, area=area, period=period, unit=unit, source=source)
        return function(reading=reading_of(decimal, encoding, separator, sheet), mapping=settled, **rest)

    decorators = (
        option("--decimal", type=click.Choice(("point", "comma")), help=N_("The decimal mark, where the file does not prove it.")),
        option("--encoding", default="", metavar="NAME", help=N_("Encoding of a text file that is neither UTF-8 nor UTF-16.")),
        option("--separator", default="", metavar="CHAR", help=N_("Separator of a text file; found out unless given.")),
        option("--sheet", default="", metavar="NAME", help=N_("Only this sheet of a workbook.")),
        option("--mapping", default="", metavar="FILE", help=N_("What columns and rows of a report mean (TOML).")),
        option("--area", default="", metavar="NAME", help=N_("Area of a report that does not name it.")),
        option("--period", default="", metavar="PERIOD", help=N_("Period of a report that does not name it.")),
        option("--unit", default="", metavar="UNIT", help=N_("Unit of a report that does not declare it.")),
        option("--source", default="", metavar="ID", help=N_("Publication of figures that cite none.")),
    )  # fmt: skip
    for decorate in reversed(decorators):
        asked = decorate(asked)
    return asked


def reading_of(decimal: str | None, encoding: str = "", separator: str = "", sheet: str = "") -> Reading:
    """Return how files are to be read."""
    from sonla_cli.core.numeral import Mark
    from sonla_cli.sources.files import Reading

    mark = Mark(decimal) if decimal else None
    return Reading(mark, encoding, {"\\t": "\t", "tab": "\t"}.get(separator, separator), sheet)


def settle(path: str, *, area: str = "", period: str = "", unit: str = "", source: str = "") -> Mapping:
    """Return the mapping in a file, if one is named, with what the options say over it."""
    from sonla_cli.core.problem import Code, Problem, SonlaError, near
    from sonla_cli.core.unit import SPELLINGS
    from sonla_cli.sources.mapping import Mapping, read
    from sonla_cli.sources.phrases import unit_of

    known_unit = unit_of(unit) if unit else ""
    if known_unit is None:
        raise SonlaError(
            [Problem(Code.INVALID_UNIT, values={"name": unit}, suggestions=near(unit, list(SPELLINGS)))]
        )
    mapping = read(path) if path else Mapping()
    named = known_area(area) if area else ""
    return mapping.over(area=named, period=known_period(period), unit=known_unit, source=source)


def told(problems: Sequence[Problem], most: int | None = None) -> None:
    """Write problems to stderr; beyond `most`, how many more there are."""
    from sonla_cli.render.problems import lines

    for line in lines(problems[:most]):
        say(line, err=True)
    if most is not None and len(problems) > most:
        count = len(problems) - most
        message = ngettext(
            "{count} more: see `sonla data inspect`", "{count} more: see `sonla data inspect`", count
        )
        say(message.format(count=count), err=True)
