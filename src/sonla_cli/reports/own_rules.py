"""The user's rules on published figures: each is applied wherever the figures it names were published.

A rule binds figures of one area, one period and one publication; plans belong to their year. It is applied if
at most one of its names is unknown there: then the rule says what that one is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sonla_cli.catalogue.bases import PLAN_BASES
from sonla_cli.catalogue.names import Named, understand_all
from sonla_cli.core.notation import Bound
from sonla_cli.reports.evidence import Evidence, Variable
from sonla_cli.sources.rules import Rules


def apply(evidence: Evidence, rules: Rules) -> None:
    """Add `rules` to the network of `evidence`."""
    if not rules.bounds:
        return
    contexts: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    plans: dict[str, set[str]] = defaultdict(set)
    for key in list(evidence.network.index):
        if isinstance(key, Variable):
            if key.quantity != "plan":
                contexts[key.metric, key.quantity].add((key.period, key.vintage))
            else:
                plans[key.metric].add(key.period)
    for rule in rules.bounds:
        named = understand_all(rule.formula.names())
        if isinstance(named, dict):
            _apply(evidence, rule, named, contexts, plans)


def _apply(
    evidence: Evidence,
    rule: Bound,
    named: Mapping[str, Named],
    contexts: Mapping[tuple[str, str], set[tuple[str, str]]],
    plans: Mapping[str, set[str]],
) -> None:
    places: set[tuple[str, str]] = set()
    for each in named.values():
        places |= contexts.get((each.metric, each.measure), set())
    if all(each.measure == "plan" for each in named.values()):
        places = {(period, "") for each in named.values() for period in plans.get(each.metric, ())}
    for period, vintage in sorted(places):
        for basis in _bases(named.values()):
            variables = [
                evidence.variable(each.metric, each.measure, _basis(each, basis), period, vintage)
                for each in named.values()
            ]
            unknown = [each for each in variables if each not in evidence.network.index]
            if len(unknown) <= 1 and len(unknown) < len(variables):
                evidence.relate(rule.formula, variables, rule, rule.result)


def _basis(named: Named, basis: str) -> str:
    return named.basis or ("" if named.measure == "actual" else basis)


def _bases(named: Iterable[Named]) -> tuple[str, ...]:
    """Return the bases to try: every plan basis if a name leaves it open."""
    is_open = any(each.measure in ("plan", "attainment", "target") and not each.basis for each in named)
    return tuple(PLAN_BASES) if is_open else ("",)
