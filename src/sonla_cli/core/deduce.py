"""Everything that follows from a network: propagation first, then exactly what propagation leaves loose.

Propagation looks at one relation at a time. Where relations form a cycle that is not enough: `x + y = 10` and
`x - y = 2` leave both loose. The cycles, and only they, are handed to an exact linear program; and a variable
that holds integers gives up those ends that no solution has. All of it only ever removes values that cannot
be, so stopping at the limits below leaves bounds wider, never wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from sonla_cli.core.interval import Interval
from sonla_cli.core.polynomial import Program
from sonla_cli.core.solve import Conflict, Network, Relation, Solution, Statement, solve

#: the largest cycle that is finished exactly, in variables and in relations
MOST_VARIABLES = 60
MOST_RELATIONS = 80
#: rounds of linear program and propagation; only products of unknowns need more than one
MOST_ROUNDS = 4
#: how many integers of one variable are tried from each end
MOST_INTEGERS = 200
#: a round that narrows nothing by this part of itself is the last
WORTH = Decimal("0.001")

LINEAR = "linear"
INTEGERS = "integers"


def deduce(
    network: Network,
    statements: Iterable[Statement] | None = None,
    relations: Sequence[Relation] | None = None,
    *,
    tight: bool = True,
) -> Solution:
    """Solve, then finish the cycles and the integers; a conflict found there names all that was used.

    Of the given `statements` and `relations` only, as in `solve`. Where it only matters whether there is a
    solution, and not how wide the bounds are, leave `tight` out: it costs a small part.
    """
    said = list(network.statements if statements is None else statements)
    related = list(network.relations if relations is None else relations)
    solution = solve(network, said, related)
    if solution.conflict is not None:
        return solution
    solution = _finish_cycles(network, said, related, solution, tight=tight)
    if solution.conflict is None and any(network.whole):
        solution = _finish_integers(network, said, related, solution, tight=tight)
    return solution


def cycles(relations: Sequence[Relation]) -> list[Relation]:
    """Return the relations that tie variables together in more than one way.

    A relation with at most one variable that other relations name passes on all it knows by itself, unless a
    name occurs in it more than once; it is stripped, which may free the next.
    """
    kept = dict(enumerate(relations))
    degree: dict[int, int] = {}
    touching: dict[int, list[int]] = {}
    for number, relation in kept.items():
        for variable in set(relation.variables):
            degree[variable] = degree.get(variable, 0) + 1
            touching.setdefault(variable, []).append(number)
    repeats = {number: relation.repeats for number, relation in kept.items()}
    open_ends = list(kept)
    while open_ends:
        number = open_ends.pop()
        if number not in kept or repeats[number]:
            continue
        shared = [variable for variable in set(kept[number].variables) if degree[variable] > 1]
        if len(shared) > 1:
            continue
        relation = kept.pop(number)
        for variable in set(relation.variables):
            degree[variable] -= 1
        for variable in shared:
            open_ends.extend(each for each in touching[variable] if each in kept)
    return list(kept.values())


def _finish_cycles(
    network: Network, said: list[Statement], related: list[Relation], solution: Solution, *, tight: bool
) -> Solution:
    for core in _parts(cycles(related)):
        counts = Counter(variable for relation in core for variable in set(relation.variables))
        private = {
            variable for variable, count in counts.items() if count == 1 and not network.whole[variable]
        }
        for _ in range(MOST_ROUNDS):
            variables = sorted({variable for relation in core for variable in relation.variables})
            if len(variables) > MOST_VARIABLES or len(core) > MOST_RELATIONS:
                break
            program = Program(solution.lows, solution.highs, private)
            taken = [program.relate(relation) for relation in core]
            if not any(taken):
                break
            if not program.simplex.check():
                solution.conflict = Conflict(_printed(said), tuple(related), variables[0])
                return solution
            if not tight:
                break
            found = {place: program.bounds(place) for place in variables if program.knows(place)}
            better = [place for place, ends in found.items() if _narrower(solution, place, ends)]
            if not better:
                break
            said = said + [Statement(place, found[place], LINEAR) for place in better]
            solution = _again(network, said, related)
            if solution.conflict is not None or program.is_exact:
                break
        if solution.conflict is not None:
            return solution
    return solution


def _again(network: Network, said: list[Statement], related: list[Relation]) -> Solution:
    solution = solve(network, said, related)
    if solution.conflict is not None:
        solution.conflict = Conflict(_printed(said), tuple(related), solution.conflict.variable)
    return solution


def _printed(said: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return what was said, without what was deduced here: a conflict rests on nothing else."""
    return tuple(each for each in said if each.origin not in (LINEAR, INTEGERS))


def _finish_integers(
    network: Network, said: list[Statement], related: list[Relation], solution: Solution, *, tight: bool
) -> Solution:
    """Give up the ends of integer variables that no solution has."""
    for place, whole in enumerate(network.whole):
        low, high = solution.lows[place], solution.highs[place]
        if not whole or not low.is_finite() or not high.is_finite() or low == high:
            continue
        if high - low >= MOST_INTEGERS:
            continue
        kept = integers(network, said, related, place, int(low), int(high), every=tight)
        if not kept:
            solution.conflict = Conflict(_printed(said), tuple(related), place)
            return solution
        if tight and (kept[0] > low or kept[-1] < high):
            said.append(Statement(place, Interval(Decimal(kept[0]), Decimal(kept[-1])), INTEGERS))
            solution = _again(network, said, related)
            if solution.conflict is not None:
                return solution
    return solution


def integers(
    network: Network,
    said: Sequence[Statement],
    related: Sequence[Relation],
    place: int,
    low: int,
    high: int,
    *,
    every: bool = True,
) -> list[int]:
    """Return the integers from `low` to `high` that variable `place` can be, or just the first of them."""
    found: list[int] = []
    for value in range(low, high + 1):
        probe = [*said, Statement(place, Interval.of(value), INTEGERS)]
        if solve(network, probe, related).conflict is None:
            found.append(value)
            if not every:
                break
    return found


def _narrower(solution: Solution, place: int, ends: Interval) -> bool:
    low, high = solution.lows[place], solution.highs[place]
    if (ends.low.is_finite() and not low.is_finite()) or (ends.high.is_finite() and not high.is_finite()):
        return True
    width = high - low
    if not width.is_finite():
        return ends.low > low or ends.high < high
    return (ends.low - low) + (high - ends.high) > WORTH * width


def _parts(relations: list[Relation]) -> list[list[Relation]]:
    """Group relations that share variables."""
    leader: dict[int, int] = {}

    def find(place: int) -> int:
        leader.setdefault(place, place)
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for relation in relations:
        for variable in relation.variables[1:]:
            leader[find(variable)] = find(relation.variables[0])
    found: dict[int, list[Relation]] = {}
    for relation in relations:
        found.setdefault(find(relation.variables[0]), []).append(relation)
    return list(found.values())
