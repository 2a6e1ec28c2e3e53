"""How a conflict is made small, and which of the relations it breaks are told of."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonla_cli.core import repair as module
from sonla_cli.core.deduce import deduce
from sonla_cli.core.interval import Interval
from sonla_cli.core.repair import NEVER, cover, minimal, repair
from sonla_cli.core.solve import Conflict, Network
from tests.core.test_deduce import network
from tests.core.test_repair import subsets, weigh


def everything(found: Network) -> Conflict:
    return Conflict(tuple(found.statements), tuple(found.relations), 0)


def origins(conflict: Conflict) -> set[str]:
    return {each.origin for each in conflict.statements}


@pytest.mark.parametrize("idle", range(9))
def test_what_is_idle_is_left_out_wherever_it_stands(idle):
    """Two figures contradict; any number of others stand before, between and after them."""
    rules = [f"i{number} == j{number}" for number in range(idle)]
    known = {f"i{number}": ("1", "2") for number in range(idle)}
    before, after = rules[: idle // 2], rules[idle // 2 :]
    found = network(*before, "a == b", *after, a=("1", "2"), **known, b=("5", "6"))
    small = minimal(found, everything(found))
    assert origins(small) == {"a", "b"}
    assert [set(each.variables) for each in small.relations] == [{found.index["a"], found.index["b"]}]
    assert all(any(each is said for said in found.statements) for each in small.statements)
    assert all(any(each is said for said in found.relations) for each in small.relations)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=9), st.integers(0, 99))
@settings(max_examples=60)
def test_a_chain_needs_every_relation_between_its_two_ends(steps, idle):
    """From one end to the other every step is needed, a second way there is not."""
    rules = [f"x{place + 1} == x{place} + {step}" for place, step in enumerate(steps)]
    rules.insert(idle % (len(rules) + 1), f"x{len(steps) // 2} <= 999")
    end = str(sum(steps) + 5)
    found = network(*rules, x0=("0", "0"), y=("3", "3"), **{f"x{len(steps)}": (end, end)})
    small = minimal(found, everything(found))
    assert origins(small) == {"x0", f"x{len(steps)}"}
    assert len(small.relations) == len(steps)


@pytest.mark.parametrize("first", range(6))
def test_relations_of_a_cycle_that_are_not_needed_are_left_out_wherever_they_stand(first):
    """The linear program names all of a part; two of these six have no solution, and need no figure."""
    rules = ["x + z == 5", "x + y == 10", "y - w == 1", "x + y == 11", "z + w == y", "z - w <= 9"]
    found = network(*rules[first:], *rules[:first], q=("1", "2"))
    conflict = deduce(found).conflict
    assert conflict is not None
    assert len(conflict.relations) == len(rules)
    small = minimal(found, conflict)
    assert small.statements == ()
    assert {each.origin.text for each in small.relations} == {"x + y == 10", "x + y == 11"}


def test_of_two_contradictions_one_is_kept_whole():
    found = network("a == b", "c == d", a=("1", "1"), b=("2", "2"), c=("3", "3"), d=("4", "4"))
    small = minimal(found, everything(found))
    assert origins(small) in ({"a", "b"}, {"c", "d"})
    assert len(small.relations) == 1


def test_a_contradiction_that_shows_only_in_narrowed_bounds_is_made_small_too():
    """A cycle of products and a count: a single look finds nothing."""
    found = network(
        "x + y + z == 57", "y * z == 109", "s == t", whole=("x", "y", "z"), z=("5", "15"), s=("1", "1")
    )
    conflict = deduce(found).conflict
    assert conflict is not None
    small = minimal(found, conflict)
    assert origins(small) == {"z"}
    assert deduce(found, small.statements, small.relations).conflict is not None
    assert small.variable == conflict.variable


@pytest.mark.parametrize("first", range(5))
def test_a_relation_that_its_own_figures_break_is_told_of_though_another_conflict_covers_it(first):
    """Whoever changes `a` mends three relations: each is told, and none that its figures do not break."""
    rules = ["a <= 5", "u <= 5", "a <= 6", "z <= 5", "a == b"]
    found = network(*rules[first:], *rules[:first], a=("9", "9"), b=("1", "1"), z=("1", "1"))
    done = repair(found, lambda each: (Decimal(1 if each.origin == "a" else 5), each.origin))
    assert [each.origin for each in done.changes] == ["a"]
    assert done.solution is not None
    assert done.solution.bounds("b") == Interval.of(1)
    told = [
        (origins(conflict), [each.variables for each in conflict.relations]) for conflict in done.conflicts
    ]
    assert sorted(len(statements) for statements, _ in told) == [1, 1, 2]
    assert all(len(relations) == 1 for _, relations in told)
    assert all("a" in statements for statements, _ in told)


def test_relations_that_break_only_together_are_not_told_of_apart():
    """Neither holds against the figures of the other, and each holds against its own."""
    found = network("a == b", "b == c", "a <= 6", a=("9", "9"), c=("1", "1"))
    done = repair(found, lambda each: (Decimal(1), each.origin))
    assert sorted(len(each.relations) for each in done.conflicts) == [1, 2]


def test_where_nothing_contradicts_nothing_is_told():
    found = network("a == b", a=("1", "2"), b=("2", "3"))
    done = repair(found, lambda each: (Decimal(1), each.origin))
    assert done.conflicts == []
    assert done.changes == []
    assert done.solution is not None
    assert done.solution.bounds("a") == Interval.of(2)


def stated(costs: list[int]) -> tuple[Network, dict[str, Decimal]]:
    found = Network()
    for place, _ in enumerate(costs):
        found.state(found.variable(place), Interval.of(place), f"s{place}")
    return found, {f"s{place}": Decimal(cost) for place, cost in enumerate(costs)}


COSTS = st.lists(st.integers(1, 9), min_size=7, max_size=7)
SETS = st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True), max_size=7)


@given(COSTS, SETS)
def test_the_cover_is_the_lightest_whatever_the_costs(costs, sets):
    found, price = stated(costs)
    conflicts = [Conflict(tuple(found.statements[each] for each in members), (), 0) for members in sets]
    chosen = cover(conflicts, lambda each: (price[each.origin], each.origin))
    assert all(any(each in chosen for each in conflict.statements) for conflict in conflicts)
    best = min(
        sum(costs[each] for each in picked)
        for picked in subsets(range(7))
        if all(set(picked) & set(members) for members in sets)
    )
    assert sum(price[each.origin] for each in chosen) == best


@given(COSTS, SETS)
def test_a_search_cut_short_still_covers_every_conflict(costs, sets):
    found, price = stated(costs)
    conflicts = [Conflict(tuple(found.statements[each] for each in members), (), 0) for members in sets]
    for limit, value in (("MOST_STEPS", 2), ("MOST_CONFLICTS", 0)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, limit, value)
            chosen = cover(conflicts, lambda each: (price[each.origin], each.origin))
        assert all(any(each in chosen for each in conflict.statements) for conflict in conflicts)
        assert len({id(each) for each in chosen}) == len(chosen)


#: costs, conflicts, and what is taken when the search is left out: the cheapest by the conflicts it is part of
GREEDY = [
    ([3, 2, 2], [[0, 1], [0, 2]], ["s0"]),
    ([5, 2, 2], [[0, 1], [0, 2]], ["s1", "s2"]),
    ([4, 2, 2], [[0, 1], [0, 2]], ["s0"]),
    ([6, 2, 2, 2], [[0, 1], [0, 2], [0, 3]], ["s0"]),
    ([5, 1, 9, 9], [[0, 1], [0, 2], [0, 3]], ["s1", "s0"]),
    ([1, 9], [[0, 1], [1]], ["s0", "s1"]),
]


@pytest.mark.parametrize(("costs", "sets", "taken"), GREEDY)
def test_what_is_cheapest_by_the_conflicts_it_is_part_of_is_taken_first(costs, sets, taken):
    found, price = stated(costs)
    chosen = module._greedy(
        [[found.statements[each] for each in members] for members in sets],
        {id(each): (price[each.origin], each.origin) for each in found.statements},
    )
    assert [each.origin for each in chosen] == taken


def test_the_limit_of_conflicts_is_the_last_that_is_searched(monkeypatch):
    """The cheapest by its conflicts is not the lightest cover."""
    found, price = stated([1, 2, 9, 3, 9])
    sets = [[0, 1], [1, 2], [1, 3]]
    costs = dict(zip(price, (Decimal(each) for each in (1, 4, 9, 3, 9)), strict=True))
    conflicts = [Conflict(tuple(found.statements[each] for each in members), (), 0) for members in sets]
    for most, weight in ((3, 4), (2, 5)):
        monkeypatch.setattr(module, "MOST_CONFLICTS", most)
        chosen = cover(conflicts, lambda each: (costs[each.origin], each.origin))
        assert sum(costs[each.origin] for each in chosen) == weight
    assert cover([], weigh) == []


def test_what_must_not_be_changed_is_changed_only_where_nothing_else_can_be():
    found, _price = stated([1, 1, 1])
    conflicts = [
        Conflict((found.statements[0], found.statements[1]), (), 0),
        Conflict((found.statements[0],), (), 0),
    ]
    chosen = cover(conflicts, lambda each: (None if each.origin == "s0" else Decimal(1), each.origin))
    assert [each.origin for each in chosen] == ["s0"]
    assert sum(Decimal(1) for _ in range(10_000)) < NEVER
