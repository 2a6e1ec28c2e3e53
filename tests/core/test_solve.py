"""Conflicts are minimal, and every bound can be traced; that none excludes the truth: `test_soundness.py`."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonla_cli.core.formula import Name
from sonla_cli.core.interval import NONNEGATIVE, Interval
from sonla_cli.core.solve import Network, Statement, minimal, settle, solve
from tests.truth.formulas import outwards
from tests.truth.networks import published

ATTAINMENT = Name("actual") / Name("plan") * 100 - Name("attainment")


@given(st.randoms(use_true_random=False).map(published), st.integers(2, 50))
@settings(max_examples=60)
def test_a_reported_conflict_is_minimal(case, factor):
    network, truth = case
    right = outwards(truth["v0"], truth["v0"])
    network.state(network.index["v0"], right * Interval.of(factor), "wrong")
    network.state(network.index["v0"], right, "right")
    found = solve(network).conflict
    assert found is not None
    least = minimal(network, found)
    assert solve(network, least.statements, network.relations).conflict is not None
    for left_out in least.statements:
        rest = [each for each in least.statements if each is not left_out]
        assert solve(network, rest, least.relations).conflict is None


def test_settling_sets_the_lightest_statement_aside():
    network = Network()
    place = network.variable("plan")
    for origin, value in (("trusted", 10), ("doubtful", 12), ("other", 10)):
        network.state(place, Interval.of(value), origin)
    solution, aside = settle(network, lambda each: 0 if each.origin == "doubtful" else 1)
    assert [statement.origin for _, statement in aside] == ["doubtful"]
    assert solution.bounds("plan") == Interval.of(10)


def test_the_grounds_of_a_bound_are_the_statements_it_rests_on():
    network = Network()
    actual, plan, rate = (network.variable(name, NONNEGATIVE) for name in ("actual", "plan", "rate"))
    network.relate(ATTAINMENT, (actual, plan, rate), Interval.of(0), "attainment")
    network.state(actual, Interval(Decimal("4563.5"), Decimal("4564.5")), "actual")
    network.state(rate, Interval(Decimal("101.35"), Decimal("101.45")), "rate")
    network.state(network.variable("elsewhere"), Interval.of(1), "elsewhere")
    solution = solve(network)
    statements, moves = solution.grounds("plan")
    assert {each.origin for each in statements} == {"actual", "rate"}
    assert moves[-1].variable == plan
    assert all(before < len(solution.moves) for move in moves for before in move.before)


def test_counts_keep_integers_only():
    network = Network()
    now, then, multiple = (
        network.variable(n, NONNEGATIVE, whole=n == "then") for n in ("now", "then", "multiple")
    )
    network.relate(
        Name("now") / Name("then") - Name("multiple"), (now, then, multiple), Interval.of(0), "multiple"
    )
    network.state(now, Interval.of(30), "now")
    network.state(multiple, Interval(Decimal("2.5"), Decimal("3.5")), "multiple")
    assert solve(network).bounds("then") == Interval(Decimal(9), Decimal(12))


def test_an_empty_variable_names_its_statements():
    network = Network()
    place = network.variable("plan")
    one = network.state(place, Interval.of(1), "one")
    two = network.state(place, Interval.of(2), "two")
    found = solve(network).conflict
    assert found is not None
    assert set(found.statements) == {one, two}
    assert isinstance(found.statements[0], Statement)


def test_propagation_on_a_cycle_ends():
    network = Network()
    a, b = network.variable("a", Interval(Decimal(0), Decimal(10**6))), network.variable("b", NONNEGATIVE)
    network.relate(Name("a") - Name("b") / 2 - 1, (a, b), Interval.of(0), "half")
    network.relate(Name("a") - Name("b"), (a, b), Interval.of(0), "same")
    bounds = solve(network).bounds("a")
    assert bounds is not None
    assert bounds.low <= 2 <= bounds.high


def chain(length: int) -> Network:
    """Each variable is one more than the one before; the relations stand in the order in which nothing is known."""
    network = Network()
    for number in range(length):
        places = [network.variable(f"x{number + 1}"), network.variable(f"x{number}")]
        network.relate(Name("next") - Name("this"), places, Interval.of(1), number)
    return network


@pytest.mark.parametrize(("low", "high"), [("10", "10"), ("10", "Infinity"), ("-Infinity", "10")])
def test_what_is_known_at_one_end_reaches_the_other(low, high):
    network = chain(10)
    network.state(network.index["x10"], Interval(Decimal(low), Decimal(high)), "end")
    expected = Interval(Decimal(low) - 10, Decimal(high) - 10)
    solution = solve(network)
    assert solution.bounds("x0") == expected
    assert solution.bounds("nowhere") is None
    assert all(
        move.end == (solution.lows if move.is_low else solution.highs)[move.variable]
        for move in solution.moves
    )


def test_both_ends_have_grounds_of_their_own():
    network = chain(3)
    network.state(network.index["x3"], Interval(Decimal(5), Decimal("Infinity")), "at least")
    network.state(network.index["x0"], Interval(Decimal("-Infinity"), Decimal(4)), "at most")
    solution = solve(network)
    for key in ("x1", "x2"):
        statements, _ = solution.grounds(key)
        assert {each.origin for each in statements} == {"at least", "at most"}
    network.state(network.index["x3"], Interval(Decimal("-Infinity"), Decimal(0)), "wrong")
    conflict = solve(network).conflict
    assert conflict is not None
    assert conflict.variable == network.index["x3"]


def test_a_cycle_that_never_rests_keeps_nothing_from_the_others():
    network = Network()
    a, b = network.variable("a", Interval(Decimal(0), Decimal(10**6))), network.variable("b", NONNEGATIVE)
    network.relate(Name("a") - Name("b") * Decimal("0.99") - 1, (a, b), Interval.of(0), "less")
    network.relate(Name("a") - Name("b"), (a, b), Interval.of(0), "same")
    places = [network.variable(f"x{number}") for number in range(200)]
    for number in range(199):
        pair = (places[number + 1], places[number])
        network.relate(Name("next") - Name("this"), pair, Interval.of(1), number)
    network.state(places[199], Interval.of(199), "end")
    assert solve(network).bounds("x0") == Interval.of(0)


def test_a_minimal_conflict_leaves_out_what_it_does_not_need():
    network = Network()
    a, b, c, d = (network.variable(name, NONNEGATIVE) for name in "abcd")
    network.relate(Name("a") - Name("d"), (a, d), NONNEGATIVE, "not below")
    network.relate(Name("a") + Name("b") - Name("c"), (a, b, c), Interval.of(0), "sum")
    for place, low, high, origin in (
        (d, 1, 2, "not needed"), (a, 0, 5, "a"), (b, 0, 10, "b"), (c, 100, 200, "c"),
    ):  # fmt: skip
        network.state(place, Interval(Decimal(low), Decimal(high)), origin)
    found = solve(network).conflict
    assert found is not None
    assert {each.origin for each in found.statements} == {"not needed", "a", "b", "c"}
    least = minimal(network, found)
    assert {each.origin for each in least.statements} == {"a", "b", "c"}
    assert [each.origin for each in least.relations] == ["sum"]
    assert least.variable == found.variable


def test_relations_are_found_by_their_variables_and_share_a_program():
    network = Network()
    a, b, c = (network.variable(name) for name in "abc")
    formula = Name("a") - Name("b")
    first = network.relate(formula, (a, b), Interval.of(0), "first")
    assert network.touching(a) == [first]
    second = network.relate(formula, (a, c), Interval.of(0), "second")
    assert network.touching(a) == [first, second]
    assert (network.touching(b), network.touching(c), network.touching(99)) == ([first], [second], ())
    assert first.program is second.program


def test_a_minimal_conflict_stays_within_the_relations_of_the_conflict():
    network = Network()
    a, b, c = (network.variable(name, NONNEGATIVE) for name in "abc")
    e = network.variable("e", Interval(Decimal(50), Decimal(60)))
    network.relate(Name("a") + Name("b") - Name("c"), (a, b, c), Interval.of(0), "sum")
    network.relate(Name("a") - Name("e"), (a, e), Interval.of(0), "same")
    for place, low, high in ((a, 0, 5), (b, 0, 10), (c, 100, 200)):
        network.state(place, Interval(Decimal(low), Decimal(high)), place)
    found = solve(network).conflict
    assert found is not None
    assert [each.origin for each in found.relations] == ["sum"]
    assert found.variable == a
    least = minimal(network, found)
    assert {each.origin for each in least.statements} == {a, b, c}
    assert [each.origin for each in least.relations] == ["sum"]
