"""Interval constraint propagation: tighten every variable through every relation until nothing moves.

A `Network` holds variables, statements (a variable lies in an interval) and relations (a formula over
variables lies in an interval). `solve` visits a relation whenever one of its variables has moved and keeps a
record of every move: which relation made it, from which earlier moves. Following the record back from an end
of a variable gives the statements it rests on; from an emptied variable, the statements in conflict.

Bounds only ever shrink around the solutions, so stopping early is safe; a relation rests after
`MOST_VISITS` visits, and a move of less than one part in `FINEST` is not worth another round.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from sonla_cli.core.formula import Expression, Program, compile_program
from sonla_cli.core.interval import REALS, UP, ZERO, Interval

MOST_VISITS = 60
FINEST = Decimal("1e-16")

Key = Hashable
#: what statements are weighed by in a conflict: the lightest is set aside
Weight = tuple[int, str, str] | int


class Statement(NamedTuple):
    """A variable lies in an interval, because `origin` says so."""

    variable: int
    interval: Interval
    origin: Hashable


class Relation(NamedTuple):
    """A compiled formula over `variables` (in the order of its names) lies in `result`."""

    program: Program
    variables: tuple[int, ...]
    result: Interval
    origin: Hashable

    @property
    def repeats(self) -> bool:
        """Whether a variable occurs more than once: then its bounds follow from its own earlier ones too."""
        return self.program.repeats or len(set(self.variables)) < len(self.variables)


class Move(NamedTuple):
    """One end of a variable moved: by a statement, or by a relation from earlier moves."""

    variable: int
    is_low: bool
    end: Decimal
    cause: Statement | Relation
    before: tuple[int, ...] = ()


class Conflict(NamedTuple):
    """Statements and relations that cannot all hold."""

    statements: tuple[Statement, ...]
    relations: tuple[Relation, ...]
    variable: int


class Network:
    """Variables, and what is known of them."""

    def __init__(self) -> None:
        self.keys: list[Key] = []
        self.index: dict[Key, int] = {}
        self.domains: list[Interval] = []
        self.whole: list[bool] = []
        self.statements: list[Statement] = []
        self.relations: list[Relation] = []
        self._touching: dict[int, list[Relation]] = {}
        self._touched = 0

    def touching(self, variable: int) -> Sequence[Relation]:
        """Return the relations that name `variable`."""
        for relation in self.relations[self._touched :]:
            for each in set(relation.variables):
                self._touching.setdefault(each, []).append(relation)
        self._touched = len(self.relations)
        return self._touching.get(variable, ())

    def variable(self, key: Key, domain: Interval = REALS, *, whole: bool = False) -> int:
        """Return the variable of `key`, made on first use; a `whole` one holds integers only."""
        place = self.index.get(key)
        if place is None:
            place = self.index[key] = len(self.keys)
            self.keys.append(key)
            self.domains.append(domain)
            self.whole.append(whole)
        return place

    def state(self, variable: int, interval: Interval, origin: Hashable) -> Statement:
        """Add the statement that `variable` lies in `interval`."""
        statement = Statement(variable, interval, origin)
        self.statements.append(statement)
        return statement

    def relate(
        self, formula: Expression, variables: Sequence[int], result: Interval, origin: Hashable
    ) -> Relation:
        """Add the relation that `formula` over `variables` (in the order of its names) lies in `result`."""
        relation = Relation(compile_program(formula), tuple(variables), result, origin)
        self.relations.append(relation)
        return relation


class Solution:
    """The bounds of every variable, how they came about, and a conflict if there is one."""

    def __init__(self, network: Network, lows: list[Decimal], highs: list[Decimal]) -> None:
        self.network = network
        self.lows = lows
        self.highs = highs
        #: every move, in order, and the last one of each end of each variable
        self.moves: list[Move] = []
        self.last: dict[tuple[int, bool], int] = {}
        self.conflict: Conflict | None = None

    def bounds(self, key: Key) -> Interval | None:
        """Return the bounds of the variable of `key`, or `None` if there is no such variable."""
        place = self.network.index.get(key)
        return None if place is None else Interval(self.lows[place], self.highs[place])

    def grounds(self, key: Key) -> tuple[list[Statement], list[Move]]:
        """Return the statements that the bounds of `key` rest on, and the moves that led there, in order."""
        place = self.network.index.get(key)
        if place is None:
            return [], []
        starts = [self.last[place, side] for side in (True, False) if (place, side) in self.last]
        steps = _closure(self.moves, starts)
        return _statements(steps), steps


def solve(
    network: Network,
    statements: Iterable[Statement] | None = None,
    relations: Sequence[Relation] | None = None,
) -> Solution:
    """Tighten every variable of `network` until nothing moves or a variable is empty.

    Only the given `statements` and `relations` are used; all of the network's unless given.
    """
    run = _Run(network, network.relations if relations is None else relations)
    for statement in network.statements if statements is None else statements:
        if not run.assume(statement):
            return run.solution
    run.propagate()
    return run.solution


class _Run:
    def __init__(self, network: Network, relations: Sequence[Relation]) -> None:
        self.relations = relations
        self.whole = network.whole
        lows = [domain.low for domain in network.domains]
        highs = [domain.high for domain in network.domains]
        self.solution = Solution(network, lows, highs)
        self.watchers: dict[int, list[int]] = {}
        for place, relation in enumerate(relations):
            for variable in relation.variables:
                self.watchers.setdefault(variable, []).append(place)
        self.queue = deque(range(len(relations)))
        self.queued = bytearray(b"\1" * len(relations))
        self.visits = bytearray(len(relations))

    def assume(self, statement: Statement) -> bool:
        # every relation is still to be visited, so that none needs to be called
        interval = statement.interval
        return self._tighten(statement.variable, interval.low, interval.high, statement, ())

    def propagate(self) -> None:
        lows, highs = self.solution.lows, self.solution.highs
        while self.queue:
            place = self.queue.popleft()
            self.queued[place] = 0
            if self.visits[place] >= MOST_VISITS:
                continue
            self.visits[place] += 1
            relation = self.relations[place]
            program, variables, result, _ = relation
            some_lows = [lows[variable] for variable in variables]
            some_highs = [highs[variable] for variable in variables]
            if not program.contract(some_lows, some_highs, result.low, result.high):
                self._fail(variables[0], relation, _joined(self._grounds(variables)))
                return
            before: dict[int, tuple[int, ...]] | None = None
            repeats = False
            for variable, low, high in zip(variables, some_lows, some_highs, strict=True):
                if low > lows[variable] or high < highs[variable]:
                    if before is None:
                        before, repeats = self._grounds(variables), relation.repeats
                    own = None if repeats else variable
                    if not self._narrow(variable, low, high, relation, _joined(before, own)):
                        return

    def _grounds(self, variables: Iterable[int]) -> dict[int, tuple[int, ...]]:
        return {variable: self._latest(variable) for variable in variables}

    def _latest(self, variable: int) -> tuple[int, ...]:
        last = self.solution.last
        return tuple(last[variable, side] for side in (True, False) if (variable, side) in last)

    def _narrow(
        self, variable: int, low: Decimal, high: Decimal, cause: Relation, before: tuple[int, ...]
    ) -> bool:
        lows, highs = self.solution.lows, self.solution.highs
        old_low, old_high = lows[variable], highs[variable]
        if not self._tighten(variable, low, high, cause, before):
            return False
        low, high = lows[variable], highs[variable]
        if (low > old_low and _is_worth(old_low, low, old_high)) or (
            high < old_high and _is_worth(old_high, high, low)
        ):
            for place in self.watchers.get(variable, ()):
                if not self.queued[place] and self.relations[place] is not cause:
                    self.queued[place] = 1
                    self.queue.append(place)
        return True

    def _tighten(
        self, variable: int, low: Decimal, high: Decimal, cause: Statement | Relation, before: tuple[int, ...]
    ) -> bool:
        """Move the ends of a variable and keep the record; return whether it still has a value."""
        lows, highs, last, moves = (
            self.solution.lows,
            self.solution.highs,
            self.solution.last,
            self.solution.moves,
        )
        if self.whole[variable]:
            low, high = _whole(low, high)
        if low > lows[variable]:
            lows[variable] = low
            last[variable, True] = len(moves)
            moves.append(Move(variable, True, low, cause, before))
        if high < highs[variable]:
            highs[variable] = high
            last[variable, False] = len(moves)
            moves.append(Move(variable, False, high, cause, before))
        if lows[variable] > highs[variable]:
            self._fail(variable, cause, (*before, *self._latest(variable)))
            return False
        return True

    def _fail(self, variable: int, cause: Statement | Relation, before: Collection[int]) -> None:
        steps = _closure(self.solution.moves, before)
        relations = [step.cause for step in steps if isinstance(step.cause, Relation)]
        # a statement that empties a variable has moved an end of it, and is among the steps
        if isinstance(cause, Relation):
            relations.append(cause)
        unique = {id(relation): relation for relation in relations}
        self.solution.conflict = Conflict(tuple(_statements(steps)), tuple(unique.values()), variable)


def _is_worth(old: Decimal, new: Decimal, other: Decimal) -> bool:
    """Whether an end has moved far enough from `old` for another round."""
    if not old.is_finite():
        return True
    moved = UP.abs(UP.subtract(new, old))
    return moved > UP.multiply(FINEST, max(UP.abs(new), UP.abs(other) if other.is_finite() else ZERO))


def _joined(moves: Mapping[int, tuple[int, ...]], apart_from: int | None = None) -> tuple[int, ...]:
    return tuple(place for variable, places in moves.items() if variable != apart_from for place in places)


def _whole(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    if low.is_finite():
        low = low.to_integral_value("ROUND_CEILING")
    if high.is_finite():
        high = high.to_integral_value("ROUND_FLOOR")
    return low, high


def _closure(moves: Sequence[Move], starts: Iterable[int]) -> list[Move]:
    found: set[int] = set()
    open_ends = list(starts)
    while open_ends:
        place = open_ends.pop()
        if place not in found:
            found.add(place)
            open_ends.extend(moves[place].before)
    return [moves[place] for place in sorted(found)]


def _statements(moves: Iterable[Move]) -> list[Statement]:
    found = {id(move.cause): move.cause for move in moves if isinstance(move.cause, Statement)}
    return list(found.values())


def minimal(network: Network, conflict: Conflict) -> Conflict:
    """Return a conflict within `conflict` that no longer holds once any statement is left out."""
    relations = list(conflict.relations)
    kept = list(conflict.statements)
    for statement in conflict.statements:
        rest = [each for each in kept if each is not statement]
        found = solve(network, rest, relations).conflict
        if found is not None:
            kept = rest
    found = solve(network, kept, relations).conflict
    return Conflict(tuple(kept), found.relations if found else conflict.relations, conflict.variable)


def settle(
    network: Network, weight: Callable[[Statement], Weight]
) -> tuple[Solution, list[tuple[Conflict, Statement]]]:
    """Solve, setting aside the lightest statement of each minimal conflict until the rest holds together.

    Return the solution of what is left, and each conflict with the statement set aside.
    """
    statements = list(network.statements)
    aside: list[tuple[Conflict, Statement]] = []
    while True:
        solution = solve(network, statements)
        if solution.conflict is None:
            return solution, aside
        conflict = minimal(network, solution.conflict)
        lightest = min(conflict.statements, key=weight)
        aside.append((conflict, lightest))
        statements = [each for each in statements if each is not lightest]
