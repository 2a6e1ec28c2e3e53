"""The parts of a network that have nothing to do with each other, each as a network of its own.

Two variables belong together if a relation names both. Whatever is asked of one part costs what that part
costs, so the time for a table grows with its figures and not with their square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from sonla_cli.core.solve import Network, Relation, Statement

T = TypeVar("T")


def split(network: Network) -> list[Network]:
    """Return the connected parts of `network`; statements and relations keep their origins and order."""
    leader = list(range(len(network.keys)))

    def find(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for relation in network.relations:
        first = find(relation.variables[0])
        for variable in relation.variables[1:]:
            other = find(variable)
            if other != first:
                leader[other] = first
    members: dict[int, list[int]] = defaultdict(list)
    for place in range(len(network.keys)):
        members[find(place)].append(place)
    statements = _by_leader(network.statements, lambda each: find(each.variable))
    relations = _by_leader(network.relations, lambda each: find(each.variables[0]))
    return [part(network, each, statements[top], relations[top]) for top, each in members.items()]


def part(
    network: Network, members: Iterable[int], statements: Iterable[Statement], relations: Iterable[Relation]
) -> Network:
    """Return a network of the variables `members` with these statements and relations on them."""
    found = Network()
    places = {}
    for place in members:
        places[place] = found.variable(
            network.keys[place], network.domains[place], whole=network.whole[place]
        )
    found.statements = [each._replace(variable=places[each.variable]) for each in statements]
    found.relations = [
        each._replace(variables=tuple(places[variable] for variable in each.variables)) for each in relations
    ]
    return found


def around(network: Network, variable: int, most: int, statements: Sequence[Statement]) -> Network:
    """Return the part of `network` nearest to `variable`, about `most` of `statements`, found by breadth.

    All that is said in the part is said in the whole, so its bounds are valid, if wider.
    """
    spoken: dict[int, int] = defaultdict(int)
    for statement in statements:
        spoken[statement.variable] += 1
    reached: dict[int, None] = {variable: None}
    relations: dict[int, Relation] = {}
    level, count = [variable], 0
    while level and count < most:
        following: list[int] = []
        for place in level:
            for relation in network.touching(place):
                relations[id(relation)] = relation
                for other in relation.variables:
                    if other not in reached:
                        reached[other] = None
                        following.append(other)
                        count += spoken[other]
        level = following
    kept = [each for each in statements if each.variable in reached]
    return part(network, reached, kept, relations.values())


def _by_leader(items: Iterable[T], find: Callable[[T], int]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for item in items:
        found[find(item)].append(item)
    return found
