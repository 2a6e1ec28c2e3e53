"""What a shell offers for a value: names of the catalogue and of the embedded data, or files.

An option or argument offers what its name says wherever it stands, so that none has to be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


#: the placeholders that stand for a file
FILES = ("FILE", "PATH", "TABLE", "IN", "OUT", "PACKAGE")


def usual(parameter: click.Parameter, context: click.Context, incomplete: str) -> list[CompletionItem]:
    """Offer what the name of a parameter says, or files where its placeholder stands for one."""
    from click.shell_completion import CompletionItem

    names = {
        "--area": areas, "--basis": bases, "--indicator": indicators, "--metric": metrics, "--period": periods,
        "--set": changes, "--source": sources, "--unit": units, "words": topics, "years": years,
    }  # fmt: skip
    for name in parameter.opts:
        if name in names:
            return [CompletionItem(each) for each in names[name](context, parameter, incomplete)]
    words = re.findall("[A-Z]+", parameter.metavar or parameter.human_readable_name.upper())
    return [CompletionItem(incomplete, type="file")] if words and words[0] in FILES else []


def areas(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Offer the areas; a spelling without marks finds them too."""
    from sonla_cli.catalogue.areas import AREAS

    start = incomplete.casefold()
    return [
        area.name
        for area in AREAS.values()
        if any(name.casefold().startswith(start) for name in (area.name, *area.aliases))
    ]


def metrics(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Offer the metrics."""
    from sonla_cli.catalogue.metrics import METRICS

    return _starting(METRICS, incomplete)


def bases(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Offer the bases of plans and of changes."""
    from sonla_cli.catalogue.bases import CHANGE_BASES, PLAN_BASES

    return _starting((*PLAN_BASES, *CHANGE_BASES), incomplete)


def entities(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Offer the units the embedded data have of the area asked for."""
    from sonla_cli.sources.embedded import rows

    area = context.params.get("area") or "Sơn La"
    found = {row["entity"] for row in rows("observations") if row["area"] == area}
    return _starting(sorted(found - {""}), incomplete)


def sources(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Offer the publications of the embedded data."""
    from sonla_cli.sources.embedded import rows

    return _starting((row["id"] for row in rows("sources")), incomplete)


def periods(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Offer the periods the embedded data have for the area asked for."""
    area = context.params.get("area") or "Sơn La"
    return _starting(sorted(_periods(area)), incomplete)


def years(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Offer the years the embedded data have."""
    found = sorted({period[:4] for period in _periods("Sơn La")})
    return _starting(found, incomplete)


def words(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Offer every word of the catalogue; behind a metric and a colon, the ids of its values."""
    from sonla_cli.catalogue import definitions

    if ":" in incomplete:
        from sonla_cli.catalogue.areas import find
        from sonla_cli.reports.explanation import ids
        from sonla_cli.reports.query import Query
        from sonla_cli.sources import load

        area = find(context.params.get("area") or "Sơn La")
        return _starting(ids(Query(load(), area.name), incomplete), incomplete) if area else []
    return _starting(dict.fromkeys(definitions.names()), incomplete)


def indicators(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Offer the indicators."""
    from sonla_cli.catalogue.indicators import INDICATORS

    return _starting(INDICATORS, incomplete)


def changes(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Offer the metrics, each as the beginning of a change."""
    from sonla_cli.catalogue.metrics import METRICS

    return _starting((f"{each}=" for each in METRICS), incomplete)


def units(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Offer the spellings of units."""
    from sonla_cli.core.unit import SPELLINGS

    return _starting(SPELLINGS, incomplete)


def topics(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Offer what there is help on."""
    from sonla_cli.cli import cli
    from sonla_cli.commands.help import TOPICS

    return _starting((*TOPICS, *cli.list_commands(context)), incomplete)


def _periods(area: str) -> set[str]:
    from sonla_cli.sources.embedded import rows

    return {row["period"] for row in rows("observations") if row["area"] == area}


def _starting(names: Iterable[str], incomplete: str) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]
