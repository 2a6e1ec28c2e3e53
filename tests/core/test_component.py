"""A network is taken apart where nothing ties its parts, and the neighbourhood of a variable grows by breadth."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sonla_cli.core.component import around, split
from sonla_cli.core.formula import Name
from sonla_cli.core.interval import REALS, Interval
from sonla_cli.core.solve import Network

TIES = st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=3), max_size=7)


def tied(named: list[list[int]], said: int = 1) -> Network:
    """Eight variables, every other one whole, each said to be its number so often, tied as told."""
    found = Network()
    for place in range(8):
        found.variable(f"v{place}", Interval(Decimal(-place), Decimal(99)), whole=bool(place % 2))
        for time in range(said):
            found.state(place, Interval.of(place), f"{place}, time {time}")
    for number, places in enumerate(named):
        formula = sum((Name(f"v{place}") for place in places[1:]), start=Name(f"v{places[0]}"))
        names = formula.names()
        found.relate(formula, [found.index[name] for name in names], REALS, number)
    return found


@given(TIES)
def test_the_parts_are_the_whole_and_share_nothing(named):
    whole = tied(named)
    parts = split(whole)
    assert sorted(key for part in parts for key in part.keys) == sorted(whole.keys)
    assert sorted(each.origin for part in parts for each in part.statements) == [
        each.origin for each in whole.statements
    ]
    assert sorted(each.origin for part in parts for each in part.relations) == list(range(len(named)))
    for part in parts:
        assert [(part.domains[place], part.whole[place]) for place in range(len(part.keys))] == [
            (whole.domains[whole.index[key]], whole.whole[whole.index[key]]) for key in part.keys
        ]
        together = {part.keys[0]}
        for _ in part.keys:
            for relation in part.relations:
                names = {part.keys[place] for place in relation.variables}
                together |= names if together & names else set()
        assert together == set(part.keys)


CHAIN = [[place, place + 1] for place in range(7)]


@pytest.mark.parametrize(
    ("most", "reached"),
    [
        (0, {3}),
        (1, {2, 3, 4}),
        (4, {2, 3, 4}),
        (5, {1, 2, 3, 4, 5}),
        (8, {1, 2, 3, 4, 5}),
        (9, set(range(7))),
    ],
)
def test_the_neighbourhood_grows_level_by_level_until_enough_is_said(most, reached):
    """Two things are said of each variable of a chain; a level adds the variables of both sides."""
    whole = tied(CHAIN, said=2)
    near = around(whole, 3, most, whole.statements)
    assert set(near.keys) == {f"v{place}" for place in reached}
    assert {each.origin for each in near.statements} == {
        f"{place}, time {time}" for place in reached for time in (0, 1)
    }
    assert {each.origin for each in near.relations} == {low for low in range(7) if {low, low + 1} <= reached}


def test_the_neighbourhood_ends_where_nothing_ties_on():
    whole = tied([[0, 1], [1, 2], [4, 5]])
    near = around(whole, 1, 99, whole.statements[:2])
    assert near.keys == ["v1", "v0", "v2"]
    assert [each.origin for each in near.statements] == ["0, time 0", "1, time 0"]
    assert [each.origin for each in near.relations] == [0, 1]
