"""Counts that were not printed and that whole numbers pin down: "three times as many" as 30 is 9 to 12."""

from __future__ import annotations

from decimal import Decimal

from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core.deduce import MOST_INTEGERS, deduce, integers
from sonla_cli.core.solve import Network
from sonla_cli.models.findings import CheckedRow
from sonla_cli.reports.digits import above, below
from sonla_cli.reports.evidence import Variable
from sonla_cli.reports.known import value_id

#: so many possible integers are listed
MOST_LISTED = 12


def rows(part: Network, aside: set[int], area: str, period: str) -> list[CheckedRow]:
    """Return a row for every count that follows from the others, with the integers it can be."""
    said = {each.variable for each in part.statements}
    kept = [each for each in part.statements if id(each) not in aside]
    wanted = [place for place, whole in enumerate(part.whole) if whole and place not in said]
    if not wanted:
        return []
    solution = deduce(part, kept)
    found: list[CheckedRow] = []
    for place in wanted:
        key, low, high = part.keys[place], solution.lows[place], solution.highs[place]
        if (
            solution.conflict is not None
            or not isinstance(key, Variable)
            or not (low.is_finite() and high.is_finite())
        ):
            continue
        if period and period not in (key.period, key.period[:4]):
            continue
        listed: tuple[int, ...] = ()
        if high - low < min(MOST_INTEGERS, MOST_LISTED):
            listed = tuple(integers(part, kept, part.relations, place, int(low), int(high)))
        found.append(_row(key, low, high, listed, area))
    return found


def _row(key: Variable, low: Decimal, high: Decimal, listed: tuple[int, ...], area: str) -> CheckedRow:
    return CheckedRow.model_construct(
        id=value_id(key.metric, key.quantity, key.basis, key.period),
        indicator=key.quantity,
        metric=key.metric,
        area=area,
        basis=key.basis,
        period=key.period,
        unit=METRICS[key.metric].unit.canonical.name,
        value=low if low == high else None,
        low=below(low),
        high=above(high),
        how="implied",
        verdict="cannot tell",
        integers=listed,
    )
