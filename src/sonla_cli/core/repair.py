"""Which statements cannot hold together, and the lightest set of them to change (Fellegi and Holt, 1976).

A conflict is made minimal: once any statement or relation is left out, the rest holds together. The lightest
repair is a cover: at least one statement of every conflict. Conflicts are learned as they are needed: cover
those known, look whether the rest holds together, and if not, learn one more. The last cover is the lightest
there is, because every lighter one leaves a known conflict standing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sonla_cli.core.component import part
from sonla_cli.core.deduce import deduce
from sonla_cli.core.solve import Conflict, Network, Relation, Solution, Statement

#: conflicts of one part of a network beyond which the cover is no longer sure to be the lightest
MOST_CONFLICTS = 200
#: steps of the search for the lightest cover
MOST_STEPS = 20_000
#: what stands for the cost of a statement that must not be changed
NEVER = Decimal("1e15")

#: what it costs to change a statement, and which of two that cost the same goes first; no cost: never
Weight = Callable[[Statement], tuple[Decimal | None, str]]


@dataclass(slots=True)
class Repair:
    """Minimal conflicts, the lightest statements to change, and what follows from the rest."""

    conflicts: list[Conflict] = field(default_factory=list)
    changes: list[Statement] = field(default_factory=list)
    #: `None` where the relations alone, or statements that must not be changed, have no solution
    solution: Solution | None = None


def minimal(network: Network, conflict: Conflict) -> Conflict:
    """Return a conflict within `conflict` that no longer holds once any statement or relation is left out."""
    members = {each.variable for each in conflict.statements}
    members.update(variable for each in conflict.relations for variable in each.variables)
    small = part(network, sorted(members), conflict.statements, conflict.relations)
    said = {id(copy): each for copy, each in zip(small.statements, conflict.statements, strict=True)}
    tied = {id(copy): each for copy, each in zip(small.relations, conflict.relations, strict=True)}
    statements, relations = list(small.statements), list(small.relations)
    # narrowing the bounds finds conflicts among products that a single look does not
    tight = deduce(small, tight=False).conflict is None
    while True:
        # a cycle too large to finish may become small enough once relations are gone: then look again
        before = len(statements), len(relations)
        statements = _fewer_statements(small, statements, relations, tight=tight)
        relations = _fewer_relations(small, statements, relations, tight=tight)
        if before == (len(statements), len(relations)):
            break
    return Conflict(
        tuple(said[id(each)] for each in statements),
        tuple(tied[id(each)] for each in relations),
        conflict.variable,
    )


def _fewer_statements(
    network: Network, statements: Sequence[Statement], relations: Sequence[Relation], *, tight: bool
) -> list[Statement]:
    kept = list(statements)
    size = max(1, len(kept) // 2)
    while True:
        place = 0
        while place < len(kept):
            found = deduce(network, kept[:place] + kept[place + size :], relations, tight=tight).conflict
            if found is None:
                place += size
            else:
                left = {id(each) for each in found.statements}
                place = sum(id(each) in left for each in kept[:place])
                kept = [each for each in kept if id(each) in left]
        if size == 1:
            return kept
        size = max(1, size // 2)


def _fewer_relations(
    network: Network, statements: Sequence[Statement], relations: Sequence[Relation], *, tight: bool
) -> list[Relation]:
    found = deduce(network, statements, relations, tight=tight).conflict
    if found is None:
        # work ran out where it had not among more statements: what is not refuted anew is kept
        return list(relations)
    needed = {id(each) for each in found.relations}
    ties = [each for each in relations if id(each) in needed]
    place = 0
    while place < len(ties):
        found = deduce(network, statements, ties[:place] + ties[place + 1 :], tight=tight).conflict
        if found is None:
            place += 1
        else:
            left = {id(each) for each in found.relations}
            place = sum(id(each) in left for each in ties[:place])
            ties = [each for each in ties if id(each) in left]
    return ties


def repair(network: Network, weight: Weight, *, tight: bool = True) -> Repair:
    """Return the conflicts of `network` and the lightest change that leaves none; nothing is changed.

    Without `tight` the bounds of the solution are those of propagation, and conflicts that show only once
    bounds of products have been narrowed are not looked for.
    """
    found = Repair()
    while True:
        found.changes = cover(found.conflicts, weight)
        changed = {id(each) for each in found.changes}
        rest = [each for each in network.statements if id(each) not in changed]
        solution = deduce(network, rest, tight=tight)
        if solution.conflict is None:
            found.solution = solution
            break
        conflict = minimal(network, solution.conflict)
        found.conflicts.append(conflict)
        if not conflict.statements:
            break
    found.conflicts += _unsaid(network, found.conflicts)
    found.changes = [each for each in found.changes if weight(each)[0] is not None]
    return found


def _unsaid(network: Network, known: Sequence[Conflict]) -> list[Conflict]:
    """Return a conflict for every relation that its own figures break and that no known conflict names.

    The repair covers them already, or the rest would not hold together; but whoever wrote the relation wants
    to hear of it.
    """
    if not known:
        return []
    named = {id(relation) for conflict in known for relation in conflict.relations}
    said: dict[int, list[Statement]] = {}
    for statement in network.statements:
        said.setdefault(statement.variable, []).append(statement)
    found = []
    for relation in network.relations:
        statements = [each for variable in set(relation.variables) for each in said.get(variable, ())]
        if id(relation) in named or not statements:
            continue
        conflict = deduce(network, statements, [relation], tight=False).conflict
        if conflict is not None:
            small = minimal(network, conflict)
            if small.relations:
                found.append(small)
    return found


def cover(conflicts: Sequence[Conflict], weight: Weight) -> list[Statement]:
    """Return the lightest statements of which every conflict has at least one."""
    sets: list[list[Statement]] = []
    costs: dict[int, tuple[Decimal, str]] = {}
    for conflict in conflicts:
        for each in conflict.statements:
            cost, rank = weight(each)
            costs[id(each)] = NEVER if cost is None else cost, rank
        sets.append(sorted(conflict.statements, key=lambda each: costs[id(each)]))
    if len(sets) > MOST_CONFLICTS:
        return _greedy(sets, costs)
    best = _greedy(sets, costs)
    limit = sum((costs[id(each)][0] for each in best), Decimal(0))
    steps = 0

    def search(chosen: list[Statement], cost: Decimal, start: int, banned: frozenset[int]) -> None:
        nonlocal best, limit, steps
        steps += 1
        if steps > MOST_STEPS:
            return
        taken = {id(each) for each in chosen}
        while start < len(sets) and any(id(each) in taken for each in sets[start]):
            start += 1
        if start == len(sets):
            if cost < limit:
                best, limit = chosen, cost
            return
        for each in sets[start]:
            more = cost + costs[id(each)][0]
            if more < limit and id(each) not in banned:
                search([*chosen, each], more, start + 1, banned)
            banned |= {id(each)}

    search([], Decimal(0), 0, frozenset())
    return best


def _greedy(sets: Sequence[Sequence[Statement]], costs: dict[int, tuple[Decimal, str]]) -> list[Statement]:
    """Return a cover: again and again the statement that costs least per conflict it is part of."""
    open_sets = list(sets)
    chosen: list[Statement] = []
    while open_sets and all(open_sets):
        counts: dict[int, int] = {}
        by_id: dict[int, Statement] = {}
        for members in open_sets:
            for each in members:
                counts[id(each)] = counts.get(id(each), 0) + 1
                by_id[id(each)] = each
        least = min(by_id, key=lambda each: (costs[each][0] / counts[each], costs[each][1]))
        chosen.append(by_id[least])
        open_sets = [members for members in open_sets if not any(id(each) == least for each in members)]
    return chosen
