"""Conflicts are minimal, and every bound can be traced; that none excludes the truth: `test_soundness.py`."""

from __future__ import annotations

from decimal import Decimal

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
