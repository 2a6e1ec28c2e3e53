"""The verdict on one relation between printed figures.

It is `exact` if one of its figures, recomputed from the others as printed, prints as it was printed; true
`within rounding` if that takes the rounding of several; `contradictory` if no true values would do; and where
a figure is missing nobody can tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sonla_cli.core.interval import REALS, Interval
from sonla_cli.core.solve import Relation
from sonla_cli.models.report import Verdict


def judge(relation: Relation, points: Mapping[int, Decimal], spans: Mapping[int, Interval]) -> Verdict:
    """Return the verdict on `relation`: `points` as printed, `spans` what each figure stands for."""
    known = [spans.get(variable, REALS) for variable in relation.variables]
    if not _holds(relation, known):
        return "contradictory"
    if any(variable not in points for variable in relation.variables):
        return "cannot tell"
    exact = [Interval(points[variable], points[variable]) for variable in relation.variables]
    if _holds(relation, exact):
        return "exact"
    if relation.result.is_point:
        for place in range(len(exact)):
            mixed = [*exact[:place], known[place], *exact[place + 1 :]]
            if _holds(relation, mixed):
                return "exact"
    return "within rounding"


def difference(relation: Relation, spans: Mapping[int, Interval]) -> Interval:
    """Return what the formula of `relation` comes to."""
    return relation.program.evaluate([spans.get(variable, REALS) for variable in relation.variables])


def _holds(relation: Relation, values: list[Interval]) -> bool:
    lows, highs = [each.low for each in values], [each.high for each in values]
    return relation.program.contract(lows, highs, relation.result.low, relation.result.high)
