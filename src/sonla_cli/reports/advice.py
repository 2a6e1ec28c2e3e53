"""How many decimals would have let a reader recover the plan behind a percentage to the nearest unit.

A printed amount and a printed percentage leave the plan a range. The advice is the fewest decimals of the
percentage, with the amount as printed, for which that range is no wider than one unit; where the amount itself
is too coarse for that, the decimals it needs along with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from sonla_cli.core.figure import Figure
from sonla_cli.core.interval import Interval
from sonla_cli.models.findings import Advice
from sonla_cli.models.observation import Observation
from sonla_cli.reports.digits import above, below
from sonla_cli.reports.examine import Trust, claim

#: the width to which the plan should be known, in the canonical unit
NEAREST = Decimal(1)
#: decimals beyond which no percentage is printed
MOST_DECIMALS = 6
_HUNDRED = Interval.of(100)


def advise(observations: Sequence[Observation], trust: Trust) -> list[Advice]:
    """Return advice for every percentage of a plan whose amount the same publication prints."""
    amounts = {
        (each.source, each.metric, each.period): each
        for each in observations
        if each.measure == "actual" and not each.figure.is_bound
    }
    found = []
    for each in observations:
        amount = amounts.get((each.source, each.metric, each.period))
        if each.measure != "attainment" or amount is None or each.figure.is_bound or not Decimal(each.value):
            continue
        plan = _plan(amount.figure, each.figure)
        if plan is None or not plan.is_bounded:
            continue
        decimals = len(each.value.partition(".")[2])
        needed, amount_needed = _needed(amount.figure, each.figure, decimals)
        found.append(
            Advice.model_construct(
                claim=claim(each, trust),
                amount=claim(amount, trust),
                plan_low=below(plan.low),
                plan_high=above(plan.high),
                decimals=decimals,
                needed=needed,
                amount_needed=amount_needed,
            )
        )
    return found


def _plan(amount: Figure, rate: Figure) -> Interval | None:
    span = rate.interval()
    return None if span.low <= 0 else amount.interval() / span * _HUNDRED


def _needed(amount: Figure, rate: Figure, printed: int) -> tuple[int | None, int | None]:
    """Return the decimals the percentage, and if need be the amount, had to be printed with."""
    own = max(0, -amount.ulp.adjusted())
    for finer in (None, *range(own + 1, MOST_DECIMALS + 1)):
        level = amount.interval() if finer is None else _spread(amount.value, finer)
        for decimals in _range(printed):
            share = _spread(rate.value, decimals)
            if share.low <= 0:
                continue
            plan = level / share * _HUNDRED
            if plan.high - plan.low <= NEAREST:
                return decimals, finer
    return None, None


def _range(printed: int) -> Iterable[int]:
    return range(printed, MOST_DECIMALS + 1)


def _spread(value: Decimal, decimals: int) -> Interval:
    half = Decimal((0, (5,), -decimals - 1))
    return Interval(value - half, value + half)
