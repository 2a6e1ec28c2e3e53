"""Which relations are handed to the linear program, and what it does when one part of them is too large."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sonla_cli.core import deduce as module
from sonla_cli.core.deduce import cycles, deduce, integers
from sonla_cli.core.formula import Name
from sonla_cli.core.interval import REALS, Interval
from sonla_cli.core.solve import Network, Relation, Solution, solve
from tests.core.test_deduce import network

#: relations as the sets of variables they name; a repeated number is a name that occurs twice
RELATIONS = st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=3), max_size=8)


def tied(named: list[list[int]]) -> list[Relation]:
    found = Network()
    for place in range(8):
        found.variable(f"v{place}", REALS)
    for number, places in enumerate(named):
        formula = Name(f"v{places[0]}")
        for place in places[1:]:
            formula = formula + Name(f"v{place}")
        names = list(formula.names())
        found.relate(formula, [found.index[name] for name in names], Interval.of(0), number)
    return found.relations


def peeled(relations: list[Relation]) -> list[int]:
    """Take one relation after the other away until none is left that passes on all it knows by itself."""
    kept = list(relations)
    while True:
        for relation in kept:
            others = {place for other in kept if other is not relation for place in other.variables}
            if not relation.repeats and len(others & set(relation.variables)) <= 1:
                kept.remove(relation)
                break
        else:
            return [each.origin for each in kept]


@given(RELATIONS)
def test_the_cycles_are_what_is_left_when_all_trees_are_taken_away(named):
    relations = tied(named)
    assert [each.origin for each in cycles(relations)] == peeled(relations)


@given(RELATIONS)
def test_parts_share_no_variable_and_hold_together(named):
    relations = tied(named)
    parts = module._parts(relations)
    assert sorted(each.origin for part in parts for each in part) == [each.origin for each in relations]
    reached = [{place for each in part for place in each.variables} for part in parts]
    for number, part in enumerate(parts):
        assert not any(reached[number] & other for other in reached[number + 1 :])
        together = set(part[0].variables)
        for _ in part:
            for each in part:
                if together & set(each.variables):
                    together |= set(each.variables)
        assert together == reached[number]


LOOSE = ("a + b == 10", "a - b == 2"), ("x + y == 20", "x - y == 4")


@pytest.mark.parametrize(("variables", "relations"), [(3, 80), (60, 2)])
def test_a_part_that_is_too_large_leaves_the_others_to_be_finished(monkeypatch, variables, relations):
    """The first part has three unknowns and three relations, one too many of either; the second two and two."""
    large = ("a + b == c", "b - a == 2", "a + c == 9", "a + b + c <= 99", "a + b + d == 3", "d + c == 4")
    monkeypatch.setattr(module, "MOST_VARIABLES", variables)
    monkeypatch.setattr(module, "MOST_RELATIONS", relations)
    found = deduce(network(*large, *LOOSE[1]))
    assert found.bounds("a") == REALS
    assert found.bounds("x") == Interval.of(12)


@pytest.mark.parametrize(("variables", "relations"), [(2, 80), (60, 2)])
def test_a_part_as_large_as_the_limit_is_finished(monkeypatch, variables, relations):
    monkeypatch.setattr(module, "MOST_VARIABLES", variables)
    monkeypatch.setattr(module, "MOST_RELATIONS", relations)
    assert deduce(network(*LOOSE[0])).bounds("a") == Interval.of(6)


def test_every_part_is_finished_and_not_only_the_first():
    found = deduce(network(*LOOSE[0], *LOOSE[1]))
    assert [found.bounds(each) for each in ("a", "b", "x", "y")] == [
        Interval.of(each) for each in (6, 4, 12, 8)
    ]


def test_a_part_that_cannot_be_computed_leaves_the_others_to_be_finished():
    """The product of unbounded unknowns says nothing to a linear program."""
    found = deduce(network("p * p == q + q", *LOOSE[0]))
    assert found.bounds("a") == Interval.of(6)


def names_all(found: Network, *of: str) -> None:
    """The conflict is about one of these variables, and rests on all that was given."""
    conflict = deduce(found).conflict
    assert conflict is not None
    assert conflict.variable in {found.index[name] for name in of}
    assert conflict.statements == tuple(found.statements)
    assert conflict.relations == tuple(found.relations)


def test_a_conflict_of_a_cycle_names_a_variable_of_it_and_all_that_was_given():
    found = network("a + b == 10", "a + b == 11", "s == t", s=("1", "1"))
    names_all(found, "a", "b")


def test_only_the_relations_given_count():
    found = network("a + b == 10", "a - b == 2", "a + b == 12", whole=("a", "b"))
    kept = found.relations[:2]
    solution = deduce(found, None, kept)
    assert solution.conflict is None
    assert solution.bounds("a") == Interval.of(6)
    assert deduce(found).conflict is not None


def counted(*rules: str, **known: tuple[str, str]) -> Network:
    names = {
        name for rule in rules for name in rule.replace("(", " ").replace(")", " ").split() if name.isalpha()
    }
    return network(*rules, whole=tuple(sorted(names | set(known))), **known)


def test_counts_of_relations_left_out_are_free():
    found = counted("n + n == k", "n + n == j", n=("1", "5"), k=("1", "9"), j=("3", "3"))
    assert deduce(found).conflict is not None
    free = deduce(found, None, found.relations[:1])
    assert free.conflict is None
    assert free.bounds("k") == Interval(Decimal(2), Decimal(8))


def test_a_count_without_bounds_or_already_known_leaves_the_others_to_be_tried():
    for first in (
        {},
        {"a": ("0", "Infinity")},
        {"a": ("-Infinity", "3")},
        {"a": ("4", "4")},
        {"a": ("0", "900")},
    ):
        found = network("3 * k == n + n", whole=("a", "k", "n"), **first, n=("1", "5"))
        assert deduce(found).bounds("n") == Interval.of(3)


def test_as_many_integers_are_tried_as_said_and_no_more(monkeypatch):
    tried = []
    asked = module.integers
    monkeypatch.setattr(
        module, "integers", lambda *given, **how: tried.append(given[4:]) or asked(*given, **how)
    )
    monkeypatch.setattr(module, "MOST_INTEGERS", 4)
    deduce(network("n <= m", whole=("n",), n=("-4", "-1")))
    assert tried == [(-4, -1)]
    deduce(network("n <= m", whole=("n",), n=("-4", "0")))
    assert tried == [(-4, -1)]
    deduce(network("n <= m", whole=("n",), n=("1", "4")))
    assert tried == [(-4, -1), (1, 4)]


def test_either_end_of_a_count_is_given_up():
    for low, high, left in (("3", "5", (3, 3)), ("1", "3", (3, 3)), ("3", "7", (3, 6)), ("2", "6", (3, 6))):
        found = deduce(network("3 * k == n + n", whole=("k", "n"), n=(low, high)))
        assert found.bounds("n") == Interval(Decimal(left[0]), Decimal(left[1]))


def test_a_conflict_of_counts_names_the_count_and_all_that_was_given():
    """109 is a prime number, and too large for either factor."""
    found = network(
        "x + y + z == 57", "y * z == 109", "s == t", whole=("y", "z"), z=("5", "15"), s=("1", "1")
    )
    names_all(found, "y", "z")


def test_the_integers_asked_for_and_only_they_are_tried():
    found = network("3 * k == n + n", "n == 99", whole=("k", "n"))
    place = found.index["n"]
    first = found.relations[:1]
    assert integers(found, (), first, place, 0, 6) == [0, 3, 6]
    assert integers(found, (), first, place, 0, 5) == [0, 3]
    assert integers(found, (), first, place, 1, 6, every=False) == [3]
    assert integers(found, (), found.relations, place, 0, 6) == []


ENDS = [
    # before, after, whether another round is worth it
    (("-Infinity", "Infinity"), ("-Infinity", "Infinity"), False),
    (("-Infinity", "Infinity"), ("0", "Infinity"), True),
    (("-Infinity", "Infinity"), ("-Infinity", "0"), True),
    (("0", "Infinity"), ("0", "Infinity"), False),
    (("0", "Infinity"), ("1", "Infinity"), True),
    (("0", "Infinity"), ("0", "9"), True),
    (("-Infinity", "9"), ("-Infinity", "9"), False),
    (("-Infinity", "9"), ("-Infinity", "8"), True),
    (("-Infinity", "9"), ("2", "9"), True),
    (("2", "12"), ("2", "12"), False),
    (("2", "12"), ("2.02", "12"), True),
    (("2", "12"), ("2", "11.98"), True),
    (("2", "12"), ("2.01", "12"), False),
    (("2", "12"), ("2", "11.99"), False),
    (("2", "12"), ("2.006", "11.994"), True),
    (("-12", "-2"), ("-12", "-2"), False),
    (("-12", "-2"), ("-11", "-2"), True),
]


@pytest.mark.parametrize(("before", "after", "worth"), ENDS)
def test_a_round_is_worth_another_when_it_narrows_by_a_thousandth(before, after, worth):
    found = network()
    found.variable("x", REALS)
    solution = Solution(found, [Decimal(before[0])], [Decimal(before[1])])
    assert module._narrower(solution, 0, Interval(Decimal(after[0]), Decimal(after[1]))) is worth


def test_an_own_share_of_each_part_is_its_range():
    """At least 0,6 and at least 0,5 of one whole are more than the whole, however large that is."""
    rules = ("a == s * p", "b == t * p", "a + b <= p")
    known = {"s": ("0.6", "0.7"), "p": ("1", "1000")}
    assert deduce(network(*rules, **known, t=("0.5", "0.6"))).conflict is not None
    assert deduce(network(*rules, **known, t=("0.3", "0.6"))).conflict is None


def test_a_share_that_two_parts_have_in_common_is_one_number():
    found = deduce(network("a == s * p", "b == s * p", "a + b == 60", p=("100", "100"), s=("0", "1")))
    assert found.bounds("a") == Interval.of(30)


def test_a_part_of_which_nothing_can_be_taken_leaves_the_others_to_be_finished():
    """The sign of the divisor is not known."""
    found = deduce(network("p / q <= 3", "p / q >= 1", *LOOSE[0]))
    assert found.bounds("a") == Interval.of(6)


def test_a_conflict_with_what_was_deduced_names_all_that_was_given():
    """The program makes 6,5 of `x`, which is whole."""
    found = network("x + y == 11", "x - y == 2", "s == t", whole=("x",), s=("1", "1"))
    names_all(found, "x", "y")


def test_a_count_of_which_no_value_holds_is_a_conflict():
    """The roots of x² − 5x + 5 are no whole numbers."""
    found = network("x * x - 5 * x == -5", "s == t", whole=("x",), x=("0", "5"), s=("1", "1"))
    assert solve(found).conflict is None
    names_all(found, "x")


def test_products_take_more_than_one_round(monkeypatch):
    """What the first round narrows lets the planes of the second lie closer."""
    rules = ("x * y == 12", "x + y == 7", "x >= y")
    known = {"x": ("0", "10"), "y": ("0", "10")}
    thorough = deduce(network(*rules, **known)).bounds("x")
    monkeypatch.setattr(module, "MOST_ROUNDS", 1)
    quick = deduce(network(*rules, **known)).bounds("x")
    assert thorough is not None
    assert quick is not None
    assert quick.low <= thorough.low <= 4 <= thorough.high <= quick.high
    assert thorough.high - thorough.low < quick.high - quick.low


def test_what_counts_leave_reaches_the_others():
    """With `n` known to be 3, `k` follows; both relations stay in force."""
    found = deduce(network("3 * k == n + n", "m == n + k", "m <= 99", whole=("k", "n"), n=("1", "5")))
    assert [found.bounds(each) for each in ("n", "k", "m")] == [Interval.of(each) for each in (3, 2, 5)]


def test_an_end_that_no_decimal_holds_is_rounded_outwards():
    """5/3 and -5/3, which only the program finds: each lies between two decimals next to each other."""
    for total, wanted in ((10, Fraction(5, 3)), (-10, Fraction(-5, 3))):
        ends = deduce(network(f"3 * x + 3 * y == {total}", "x - y == 0")).bounds("x")
        assert ends is not None
        assert Fraction(ends.low) < wanted < Fraction(ends.high)
        assert Fraction(ends.high) - Fraction(ends.low) < Fraction(1, 10**30)
