"""Conflicts of a network, part by part, and how claims are named and weighed.

A claim costs what its kind of source is trusted; `--trust` sets the cost of one source or kind, and `fixed`
means that it must not be changed. Of claims that cost the same a percentage gives way before the amounts it
was computed from, an amount before a plan, and an earlier publication before a later one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sonla_cli.core.component import split
from sonla_cli.core.repair import Repair, repair
from sonla_cli.core.solve import Network, Statement
from sonla_cli.models.findings import Claim
from sonla_cli.models.observation import Observation, Source
from sonla_cli.reports.digits import plain
from sonla_cli.reports.evidence import TRUST
from sonla_cli.reports.known import value_id
from sonla_cli.sources.values import Value

#: percentages are computed from amounts, amounts are reported against plans
_ORDER = {"actual": 1, "target": 2, "plan": 3}


@dataclass(frozen=True, slots=True)
class Trust:
    """What it costs to change a claim: by source, by kind of source, or as the catalogue says."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    given: Mapping[str, Decimal | None] = field(default_factory=dict)

    def weigh(self, statement: Statement) -> tuple[Decimal | None, str]:
        """Return the cost of a statement (`None`: never) and its place among those of the same cost."""
        origin = statement.origin
        if isinstance(origin, Observation):
            source = self.sources.get(origin.source)
            kind = source.kind if source else "user"
            day = source.published_on if source else ""
            rank = f"{_ORDER.get(origin.measure, 0)} {day} {origin.source}"
            return self.cost(origin.source, kind), rank
        if isinstance(origin, Value):
            return self.cost(origin.source or origin.name, "user", origin.name), f"{origin.line:09}"
        return None, ""

    def cost(self, *names: str) -> Decimal | None:
        """Return the first cost given for any of `names`; the second is the kind of the source."""
        for name in names:
            if name in self.given:
                return self.given[name]
        return Decimal(TRUST.get(names[1], TRUST["user"]))


@dataclass(slots=True)
class Part:
    """A connected part of a network and what is wrong with it."""

    network: Network
    repair: Repair


def examine(network: Network, trust: Trust, *, tight: bool = True) -> list[Part]:
    """Return the parts of `network`, each with its conflicts and the lightest change."""
    return [Part(each, repair(each, trust.weigh, tight=tight)) for each in split(network)]


def claim(origin: object, trust: Trust) -> Claim:
    """Return the claim that a statement's origin makes."""
    if isinstance(origin, Observation):
        source = trust.sources.get(origin.source)
        kind = source.kind if source else "user"
        return Claim.model_construct(
            id=value_id(origin.metric, origin.measure, origin.basis, origin.period),
            area=origin.area,
            entity=origin.entity,
            printed=f"{origin.value} {origin.unit}",
            value=plain(origin.figure.value),
            unit=origin.figure.unit.canonical.name,
            hedge="" if origin.hedge == "exact" else origin.hedge,
            source=origin.source,
            published_on=source.published_on if source else "",
            fixed=trust.cost(origin.source, kind) is None,
        )
    if isinstance(origin, Value) and origin.figure is not None:
        return Claim.model_construct(
            id=origin.name,
            area="",
            entity="",
            printed=origin.printed,
            value=plain(origin.figure.value),
            unit=canonical_name(origin),
            hedge="" if origin.figure.hedge == "exact" else origin.figure.hedge.value,
            source=origin.source,
            published_on="",
            fixed=trust.cost(origin.source or origin.name, "user", origin.name) is None,
        )
    raise TypeError(origin)


def canonical_name(value: Value) -> str:
    """Return the canonical unit of a named value, empty for a plain number."""
    return value.unit.canonical.name if value.unit.name else ""


def origins(statements: Iterable[Statement]) -> set[int]:
    """Return the ids of the origins of `statements`, which survive the splitting of a network."""
    return {id(each.origin) for each in statements}
