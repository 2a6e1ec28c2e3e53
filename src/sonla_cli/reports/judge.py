"""What the other figures make of one figure, and the verdict on it.

The rest of the figures leave a range for the true value. The figure is `exact` if every value of the range
would have been printed so, true `within rounding` if some would, `contradictory` if none. An end that only an
inequality holds confirms nothing: a part below its whole is no check of the part.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from sonla_cli.core.component import around
from sonla_cli.core.deduce import LINEAR
from sonla_cli.core.figure import Figure, Rounding
from sonla_cli.core.interval import INFINITY, NEGATIVE_INFINITY, Interval
from sonla_cli.core.solve import Network, Relation, Solution, Statement, solve
from sonla_cli.models.report import Verdict

#: the verdict on a figure rests on about this many figures nearest to it
NEAREST_FIGURES = 200
#: the farthest distance, in units of the last digit, that is told
FARTHEST = 10**12


def rest_of(network: Network, variable: int, aside: set[int]) -> Solution:
    """Return what holds of `variable` without the statements whose ids are in `aside`."""
    kept = [each for each in network.statements if id(each) not in aside]
    if len(kept) <= NEAREST_FIGURES:
        return solve(network, kept)
    return solve(around(network, variable, NEAREST_FIGURES, kept))


def settled_ends(solution: Solution, key: object) -> bool:
    """Whether both ends of a variable rest on equations and not on inequalities alone."""
    place = solution.network.index.get(key)
    if place is None:
        return False
    for side in (True, False):
        number = solution.last.get((place, side))
        cause = None if number is None else solution.moves[number].cause
        if isinstance(cause, Statement):
            if cause.origin != LINEAR:
                return False
        elif not isinstance(cause, Relation) or not cause.result.is_point:
            return False
    return True


def verdict(mine: Interval, rest: Interval) -> Verdict:
    """Return the verdict on a figure with the range `mine` where the rest leaves `rest`."""
    if rest.intersect(mine) is None:
        return "contradictory"
    return "exact" if mine.low <= rest.low and rest.high <= mine.high else "within rounding"


def shift(figure: Figure, rest: Interval, rounding: Rounding) -> int | None:
    """Return by how many units of its last digit `figure` must move to fit `rest`; 0 if it fits."""
    mine, ulp = figure.interval(rounding), figure.ulp
    if figure.unit.is_count:
        ulp = max(ulp, Decimal(1))
    low = NEGATIVE_INFINITY if not mine.high.is_finite() else (rest.low - mine.high) / ulp
    high = INFINITY if not mine.low.is_finite() else (rest.high - mine.low) / ulp
    if low <= 0 <= high:
        return 0
    steps = low.to_integral_value(ROUND_CEILING) if low > 0 else high.to_integral_value(ROUND_FLOOR)
    return int(steps) if abs(steps) <= FARTHEST else None


def moved(figure: Figure, steps: int) -> Figure:
    """Return `figure` moved by so many units of its last digit."""
    step = Decimal((0, (1,), -len(figure.digits.partition(".")[2])))
    return Figure(f"{Decimal(figure.digits) + steps * step:f}", figure.unit, figure.hedge)


def as_printed(value: Decimal, figure: Figure) -> str:
    """Return `value`, in the canonical unit, as it would be printed in the place of `figure`."""
    step = Decimal((0, (1,), -len(figure.digits.partition(".")[2])))
    return f"{(value / figure.unit.factor).quantize(step, ROUND_HALF_UP):f}"


def recomputed(rest: Interval, figure: Figure) -> str:
    """Return what the rest leaves, as it would be printed in the place of `figure`; empty if unbounded."""
    if not rest.is_bounded or abs(rest.high) > figure.unit.factor * FARTHEST:
        return ""
    low, high = as_printed(rest.low, figure), as_printed(rest.high, figure)
    return low if low == high else f"{low}…{high}"


def told(figure: Figure, rest: Interval | None, rounding: Rounding) -> tuple[str, int | None]:
    """Return what the rest makes of `figure`, as printed, and how far off it is; nothing if nothing is known."""
    if rest is None:
        return "", None
    steps = shift(figure, rest, rounding)
    return recomputed(rest, figure), None if steps is None else abs(steps)
