"""What follows is exact where relations are linear, never excludes the truth, and counts are whole."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sonla_cli.core.component import around, split
from sonla_cli.core.deduce import cycles, deduce
from sonla_cli.core.interval import REALS, Interval
from sonla_cli.core.notation import parse_rule
from sonla_cli.core.solve import Network, solve
from tests.truth.networks import published


def network(*rules: str, whole: tuple[str, ...] = (), **known: tuple[str, str]) -> Network:
    found = Network()
    for name in known:
        place = found.variable(name, REALS, whole=name in whole)
        found.state(place, Interval(Decimal(known[name][0]), Decimal(known[name][1])), name)
    for rule in rules:
        for bound in parse_rule(rule):
            places = [found.variable(each, REALS, whole=each in whole) for each in bound.formula.names()]
            found.relate(bound.formula, places, bound.result, bound)
    return found


def test_two_equations_fix_two_unknowns_that_propagation_leaves_open():
    loose = network("x + y == 10", "x - y == 2")
    assert solve(loose).bounds("x") == REALS
    assert deduce(loose).bounds("x") == Interval.of(6)
    assert deduce(loose).bounds("y") == Interval.of(4)


def test_a_system_without_a_solution_says_so():
    assert solve(network("x + y == 10", "x + y == 11")).conflict is None
    assert deduce(network("x + y == 10", "x + y == 11")).conflict is not None


def test_inequalities_are_finished_exactly():
    found = deduce(network("x + y <= 10", "x - y <= 2", "x >= 0", "y >= 0", "z == 2 * x + y"))
    assert found.bounds("x") == Interval(Decimal(0), Decimal(6))
    assert found.bounds("z") == Interval(Decimal(0), Decimal(16))


def test_shares_of_one_plan_are_finished_exactly():
    found = deduce(network("a / p >= 0.5", "b / p >= 0.5", "a + b == p", "p >= 1", p=("100", "100")))
    assert found.bounds("a") == Interval.of(50)


def test_a_mean_of_whole_numbers_must_be_possible():
    """GRIM: no 25 whole numbers have the mean 2.34 … but 2.32 or 2.36 are fine."""
    for mean, possible in (("2.34", False), ("2.36", True), ("2.32", True)):
        near = (str(Decimal(mean) - Decimal("0.005")), str(Decimal(mean) + Decimal("0.005")))
        grim = network("mean == total / n", whole=("total", "n"), mean=near, n=("25", "25"))
        assert (deduce(grim).conflict is None) is possible


def test_eighty_percent_of_thirty_projects_is_twenty_four():
    share = network("part / 30 * 100 == share", whole=("part",), share=("79.5", "80.5"))
    assert deduce(share).bounds("part") == Interval.of(24)
    odd = network("part / 30 * 100 == share", whole=("part",), share=("81.5", "82.5"))
    assert deduce(odd).conflict is not None


def test_integers_that_no_solution_has_are_given_up():
    gap = network("3 * k == n + n", whole=("k", "n"), n=("1", "5"))
    assert deduce(gap).bounds("n") == Interval.of(3)


@given(st.randoms(use_true_random=False).map(published))
def test_parts_know_as_much_as_the_whole(case):
    found = case.network
    whole = solve(found)
    for each in split(found):
        alone = solve(each)
        for key in each.keys:
            assert alone.bounds(key) == whole.bounds(key)


def test_a_tree_has_no_cycles_and_a_ring_is_one():
    assert cycles(network("a == b + c", "c == d * e").relations) == []
    assert len(cycles(network("a == b + c", "b == c + d", "d <= 3").relations)) == 2
    assert len(cycles(network("a * a == 4").relations)) == 1


def test_the_neighbourhood_says_nothing_that_the_whole_does_not():
    chain = network(*(f"x{i + 1} == x{i} + 1" for i in range(60)), x0=("0", "0"), x60=("59", "61"))
    middle = chain.index["x30"]
    near = solve(around(chain, middle, 1, chain.statements)).bounds("x30")
    assert near is not None
    assert near.low <= 30 <= near.high
    assert solve(chain).bounds("x30") == Interval.of(30)


def test_a_conflict_rests_on_what_was_said_and_not_on_what_was_deduced():
    """Products take several rounds, whose own results are no statements that a repair could leave out."""
    found = network("x + y + z == 57", "y * z == 109", whole=("x", "y", "z"), z=("5", "15"))
    for name in ("x", "y"):
        found.variable(name, REALS, whole=True)
    conflict = deduce(found).conflict
    assert conflict is not None
    assert {each.origin for each in conflict.statements} <= {"z"}


def test_a_conflict_names_what_a_repeated_name_was_before():
    rules = (
        "v0 - (84 - v0 - (58 + v0)) == -119",
        "(v0 + v0) * (v0 + v1) - (84 - 53 - (v1 + v0)) == -1251",
        "v0 + v1 == 20",
    )
    found = network(*rules, whole=("v0",), v0=("-31.5", "-30.5"), v1=("61", "Infinity"))
    conflict = deduce(found).conflict
    assert conflict is not None
    assert "v1" in {each.origin for each in conflict.statements}
    alone = network(*rules, whole=("v0",), v0=("-31.5", "-30.5"))
    assert deduce(alone).conflict is None


def test_ends_beyond_any_quantity_take_no_time():
    found = network("x == y * y", "y == x * x", "y >= 1", x=("2", "Infinity"))
    assert deduce(found).conflict is None
