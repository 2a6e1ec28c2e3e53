"""Linear programs over exact fractions: what propagation leaves loose is finished here.

The general simplex of Dutertre and de Moura: every row is one more variable with bounds, a tableau tells the
basic variables by the others, and Bland's rule ends every walk. Nothing is rounded, so an answer is a proof:
a system said to be infeasible has no solution, and an optimum is the true end of the variable's range. Fractions
may grow with every exchange, so the work is counted: where it runs out, nothing more is claimed.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

End = Fraction | None
_NONE = Fraction(0)
#: factors of rows that are computed anew, each as often as it has machine words, before a system is given up; no
#: network of published figures has needed a tenth of it, and a processor of 2026 does it in seconds
MOST_WORK = 1_000_000
_WORD = 64


class Simplex:
    """Variables with bounds (`None`: open) and rows, each row a variable equal to a sum of the first ones."""

    def __init__(self) -> None:
        self.low: list[End] = []
        self.high: list[End] = []
        self.value: list[Fraction] = []
        self.rows: dict[int, dict[int, Fraction]] = {}
        self.work = 0

    @property
    def gives_up(self) -> bool:
        """Whether the work has run out: from then on nothing is refuted and no end is told."""
        return self.work > MOST_WORK

    def variable(self, low: End = None, high: End = None) -> int:
        """Add a variable and return its place."""
        place = len(self.value)
        self.low.append(low)
        self.high.append(high)
        self.value.append(_start(low, high))
        return place

    def row(self, terms: Mapping[int, Fraction], low: End = None, high: End = None) -> int:
        """Add a variable equal to the sum of `terms`, between `low` and `high`, and return its place.

        Rows are sums of variables, never of rows, and are added before the first `check`.
        """
        place = len(self.value)
        self.low.append(low)
        self.high.append(high)
        self.rows[place] = {each: factor for each, factor in terms.items() if factor}
        self.value.append(sum((factor * self.value[each] for each, factor in terms.items()), _NONE))
        return place

    def check(self) -> bool:
        """Find values within all bounds; return whether there are any, or may be where the work runs out."""
        if any(
            low is not None and high is not None and low > high
            for low, high in zip(self.low, self.high, strict=True)
        ):
            return False
        while True:
            basic = min((each for each in self.rows if self._outside(each)), default=None)
            if basic is None or self.gives_up:
                return True
            low = self.low[basic]
            rising = low is not None and self.value[basic] < low
            entering = min(
                (
                    each
                    for each, factor in self.rows[basic].items()
                    if self._can_move(each, (factor > 0) == rising)
                ),
                default=None,
            )
            if entering is None:
                return False
            target = low if rising else self.high[basic]
            assert target is not None  # noqa: S101 - it is outside this very bound
            self._pivot(basic, entering, target)

    def end(self, variable: int, *, highest: bool) -> End:
        """Return the lowest or highest value of `variable` (after `check`), or `None` if there is none.

        There is none to tell either where the work runs out.
        """
        while not self.gives_up:
            terms = self.rows.get(variable, {variable: Fraction(1)})
            entering = min(
                (each for each, factor in terms.items() if self._can_move(each, (factor > 0) == highest)),
                default=None,
            )
            if entering is None:
                return self.value[variable]
            up = (terms[entering] > 0) == highest
            step, leaving = self._room(entering, up=up)
            if step is None:
                return None
            if leaving is None:
                self._move(entering, step if up else -step)
            else:
                moved = self.rows[leaving][entering] * (step if up else -step)
                self._pivot(leaving, entering, self.value[leaving] + moved)
            if variable == entering and leaving is None:
                return self.value[variable]
        return None

    def _room(self, entering: int, *, up: bool) -> tuple[End, int | None]:
        """Return how far `entering` can go, and the basic variable that stops it (`None`: its own bound)."""
        own = self.high[entering] if up else self.low[entering]
        best = None if own is None else abs(own - self.value[entering])
        leaving = None
        for basic in sorted(self.rows):
            factor = self.rows[basic].get(entering)
            if not factor:
                continue
            bound = self.high[basic] if (factor > 0) == up else self.low[basic]
            if bound is not None:
                room = abs((bound - self.value[basic]) / factor)
                if best is None or room < best:
                    best, leaving = room, basic
        return best, leaving

    def _outside(self, place: int) -> bool:
        low, high, value = self.low[place], self.high[place], self.value[place]
        return (low is not None and value < low) or (high is not None and value > high)

    def _can_move(self, place: int, up: bool) -> bool:
        bound = self.high[place] if up else self.low[place]
        return bound is None or (self.value[place] < bound if up else self.value[place] > bound)

    def _move(self, place: int, step: Fraction) -> None:
        self.value[place] += step
        for basic, row in self.rows.items():
            if place in row:
                self.value[basic] += row[place] * step

    def _pivot(self, leaving: int, entering: int, target: Fraction) -> None:
        """Let `leaving` reach `target` by moving `entering`, and exchange the two."""
        row = self.rows.pop(leaving)
        factor = row.pop(entering)
        words = 1 + (factor.numerator.bit_length() + factor.denominator.bit_length()) // _WORD
        self.work += words * sum(map(len, self.rows.values()))
        step = (target - self.value[leaving]) / factor
        self.value[leaving] = target
        self.value[entering] += step
        turned = {each: -other / factor for each, other in row.items()}
        turned[leaving] = 1 / factor
        for basic, other_row in self.rows.items():
            share = other_row.pop(entering, None)
            if share is not None:
                self.value[basic] += share * step
                _add(other_row, turned, share)
        self.rows[entering] = turned


def _start(low: End, high: End) -> Fraction:
    """Return a short number well inside the bounds: most rows then hold from the beginning."""
    if low is None or high is None:
        return low if low is not None else high if high is not None else _NONE
    middle, width = (low + high) / 2, high - low
    if width <= 0:
        return low
    places = 1
    while width * places < 8:
        places *= 10
    return Fraction(round(middle * places), places)


def _add(row: dict[int, Fraction], other: Mapping[int, Fraction], factor: Fraction) -> None:
    """Add `factor` times another row; what comes to nothing is no part of a row."""
    for place, share in other.items():
        known = row.get(place)
        # a sum that has nothing to add to is not added: most are
        found = share * factor if known is None else known + share * factor
        if found:
            row[place] = found
        elif known is not None:
            del row[place]
