"""Conflicts are minimal and the repair is the lightest there is, held against trying every subset."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from sonla_cli.core.deduce import deduce
from sonla_cli.core.formula import Name
from sonla_cli.core.interval import REALS, Interval
from sonla_cli.core.repair import NEVER, cover, minimal, repair
from sonla_cli.core.solve import Conflict, Network
from tests.core.test_deduce import network

FORMULAS = (
    lambda a, b, c: Name(a) + Name(b) - Name(c),
    lambda a, b, c: Name(a) - Name(b) - Name(c),
    lambda a, b, c: Name(a) / Name(b) * 100 - Name(c),
)


@st.composite
def wrong(draw: st.DrawFn) -> Network:
    """A few relations among figures drawn at random, so that most of it contradicts."""
    names = [f"v{place}" for place in range(draw(st.integers(3, 5)))]
    found = Network()
    for name in names:
        place = found.variable(name, REALS)
        for _ in range(draw(st.integers(1, 2))):
            value = draw(st.integers(1, 30))
            found.state(place, Interval(value - Decimal("0.5"), value + Decimal("0.5")), name)
    for number in range(draw(st.integers(1, 3))):
        a, b, c = draw(st.permutations(names))[:3]
        formula = draw(st.sampled_from(FORMULAS))(a, b, c)
        found.relate(formula, [found.index[each] for each in formula.names()], Interval.of(0), number)
    return found


def weigh(statement):
    return Decimal(1 + hash(statement.interval.low) % 4), str(statement.interval.low)


def subsets(items):
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


@given(wrong())
@settings(max_examples=60, deadline=None)
def test_every_conflict_is_minimal(found):
    for conflict in repair(found, weigh).conflicts:
        assert deduce(found, conflict.statements, conflict.relations).conflict is not None
        for each in conflict.statements:
            rest = [other for other in conflict.statements if other is not each]
            assert deduce(found, rest, conflict.relations).conflict is None
        for each in conflict.relations:
            others = [other for other in conflict.relations if other is not each]
            assert deduce(found, conflict.statements, others).conflict is None


@given(wrong())
@settings(max_examples=60, deadline=None)
def test_no_lighter_repair_exists(found):
    done = repair(found, weigh)
    cost = sum(weigh(each)[0] for each in done.changes)
    rest = [each for each in found.statements if not any(each is other for other in done.changes)]
    assert deduce(found, rest).conflict is None
    for chosen in subsets(found.statements):
        if sum(weigh(each)[0] for each in chosen) < cost:
            kept = [each for each in found.statements if not any(each is other for other in chosen)]
            assert deduce(found, kept).conflict is not None


def test_a_statement_that_must_not_be_changed_is_kept():
    found = network("a == b", a=("1", "2"), b=("5", "6"))
    done = repair(found, lambda each: (None if each.origin == "a" else Decimal(9), ""))
    assert [each.origin for each in done.changes] == ["b"]


def test_where_nothing_may_be_changed_nothing_is_proposed():
    found = network("a == b", a=("1", "2"), b=("5", "6"))
    done = repair(found, lambda _each: (None, ""))
    assert done.changes == []
    assert len(done.conflicts) == 1


def test_rules_that_contradict_each_other_have_no_solution():
    done = repair(network("x >= 3", "x <= 2", a=("1", "1")), weigh)
    assert done.solution is None
    assert done.conflicts[0].statements == ()
    assert len(done.conflicts[0].relations) == 2


def test_one_figure_that_explains_all_conflicts_is_the_repair():
    found = network("a == b", "a == c", "a == d", a=("9", "9"), b=("1", "1"), c=("1", "1"), d=("1", "1"))
    done = repair(found, lambda each: (Decimal(2 if each.origin == "a" else 1), ""))
    assert [each.origin for each in done.changes] == ["a"]


def test_a_conflict_is_made_smaller():
    found = network("a == b", "c == a + b", a=("1", "2"), b=("5", "6"), c=("0", "99"))
    small = minimal(found, Conflict(tuple(found.statements), tuple(found.relations), 0))
    assert {each.origin for each in small.statements} == {"a", "b"}
    assert len(small.relations) == 1


@given(st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True), max_size=6))
@settings(max_examples=100, deadline=None)
def test_the_cover_is_the_lightest(sets):
    found = Network()
    statements = [found.state(found.variable(place), Interval.of(place), place) for place in range(7)]
    conflicts = [Conflict(tuple(statements[each] for each in members), (), 0) for members in sets]
    chosen = cover(conflicts, lambda each: (Decimal(1 + each.variable % 3), ""))
    cost = sum(1 + each.variable % 3 for each in chosen)
    best = min(
        sum(1 + each % 3 for each in picked)
        for picked in subsets(range(7))
        if all(set(picked) & set(members) for members in sets)
    )
    assert cost == best
    assert cost < NEVER
