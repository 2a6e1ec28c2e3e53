"""What a linear program takes from a relation is worth what its formula is, and never excludes the truth."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from operator import add, mul, sub, truediv

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sonla_cli.core import polynomial
from sonla_cli.core.formula import Constant, Expression, Name, Operation
from sonla_cli.core.interval import INFINITY, NEGATIVE_INFINITY, REALS, Interval
from sonla_cli.core.notation import parse_formula
from sonla_cli.core.polynomial import Program, quotient
from sonla_cli.core.solve import Network, Relation

NAMES = ("a", "b", "c")
SIGNS = {"+": add, "-": sub, "*": mul, "/": truediv}


def related(formula: Expression | str, result: Interval = REALS) -> Relation:
    """The relation that a formula over `a`, `b` and `c`, in this order, lies in a range."""
    formula = parse_formula(formula) if isinstance(formula, str) else formula
    network = Network()
    for name in NAMES:
        network.variable(name)
    network.relate(formula, [network.index[name] for name in formula.names()], result, "test")
    return network.relations[0]


@st.composite
def formulas(draw: st.DrawFn, depth: int = 3) -> Expression:
    if depth == 0 or draw(st.integers(0, 5)) == 0:
        return (
            Name(draw(st.sampled_from(NAMES)))
            if draw(st.integers(0, 3))
            else Constant(Decimal(draw(st.integers(-3, 5))))
        )
    return Operation(draw(st.sampled_from("+-*/")), draw(formulas(depth - 1)), draw(formulas(depth - 1)))


def worth(formula: Expression, values: dict[str, Fraction]) -> Fraction:
    if isinstance(formula, Name):
        return values[formula.id]
    if isinstance(formula, Constant):
        return Fraction(formula.value)
    assert isinstance(formula, Operation)
    return SIGNS[formula.sign](worth(formula.left, values), worth(formula.right, values))


def at(terms, values) -> Fraction:
    found = Fraction(0)
    for product, factor in terms.items():
        for place in product:
            factor *= values[NAMES[place]]
        found += factor
    return found


points = st.fixed_dictionaries({name: st.integers(-9, 9).filter(bool).map(Fraction) for name in NAMES})


@given(formulas(), points)
def test_a_quotient_is_worth_what_its_formula_is(formula, values):
    assume(formula.names())
    try:
        wanted = worth(formula, values)
    except ZeroDivisionError:
        return
    found = quotient(related(formula))
    assert found is not None
    numerator, divisor = (at(each, values) for each in found)
    # a divisor that is zero here was a factor of both sides, which says nothing
    assert divisor == 0 or numerator / divisor == wanted


@given(
    formulas(), points, st.lists(st.integers(0, 6), min_size=6, max_size=6), st.sampled_from(["low", "high", "both", "point"]),
    st.sets(st.integers(0, 2)), st.integers(0, 3),
)  # fmt: skip
def test_no_range_excludes_the_truth(formula, values, rooms, ends, private, room):
    assume(formula.names())
    try:
        value = worth(formula, values)
    except ZeroDivisionError:
        return
    low, high = Decimal(int(value // 1) - room), Decimal(int(-(-value // 1)) + room)
    if ends == "point":
        assume(value.denominator == 1)
        low = high = Decimal(int(value))
    result = Interval(low if ends != "high" else NEGATIVE_INFINITY, high if ends != "low" else INFINITY)
    numbers = [int(values[name]) for name in NAMES]
    lows = [
        Decimal(each - down) if down < 6 else NEGATIVE_INFINITY
        for each, down in zip(numbers, rooms[:3], strict=True)
    ]
    highs = [Decimal(each + up) if up < 6 else INFINITY for each, up in zip(numbers, rooms[3:], strict=True)]
    program = Program(lows, highs, private)
    program.relate(related(formula, result))
    assert program.simplex.check()
    for place, number in enumerate(numbers):
        if program.knows(place):
            assert number in program.bounds(place)


def narrowed(formula, low, high, spans, private=()) -> tuple[list[tuple[str, str]], bool, bool]:
    """The ends of every variable, whether anything was taken, and whether it was taken as it stands."""
    lows, highs = zip(*((Decimal(one), Decimal(two)) for one, two in spans), strict=True)
    program = Program(lows, highs, private)
    taken = program.relate(related(formula, Interval(Decimal(low), Decimal(high))))
    assert program.simplex.check()
    found = [program.bounds(place) for place in range(len(spans)) if program.knows(place)]
    return [(f"{each.low:f}", f"{each.high:f}") for each in found], taken, program.is_exact


WIDE, OPEN = ("0", "100"), ("-Infinity", "Infinity")
CASES = [
    # formula, its range, the variables before, those with one relation, and the variables after
    ("a + b", "5", "5", [WIDE, ("2", "3")], (), [("2", "3"), ("2", "3")]),
    ("2 * a + b", "-Infinity", "8", [WIDE, ("2", "3")], (), [("0", "3"), ("2", "3")]),
    ("a / 4", "1", "2", [WIDE], (), [("4", "8")]),
    ("a / b", "1", "3", [WIDE, ("2", "4")], (), [("2", "12"), ("2", "4")]),
    ("a / (0 - b)", "-3", "-1", [WIDE, ("2", "4")], (), [("2", "12"), ("2", "4")]),
    ("a / (0 - b)", "-3", "Infinity", [WIDE, ("2", "4")], (), [("0", "12"), ("2", "4")]),
    ("a / (0 - b)", "-Infinity", "-1", [WIDE, ("2", "4")], (), [("2", "100"), ("2", "4")]),
    ("a * b", "12", "12", [WIDE, ("3", "3")], (), [("4", "4"), ("3", "3")]),
    ("a * b", "12", "12", [("3", "3"), WIDE], (), [("3", "3"), ("4", "4")]),
    ("b - a * c", "0", "0", [WIDE, ("12", "12"), ("2", "3")], (2,), [("4", "6"), ("12", "12")]),
    ("b + (0 - a) * c", "0", "0", [("1", "100"), ("12", "12"), ("2", "3")], (2,), [("4", "6"), ("12", "12")]),
    ("b - a * c", "-Infinity", "0", [WIDE, ("12", "12"), ("2", "3")], (2,), [("4", "100"), ("12", "12")]),
    ("b - a * c", "0", "Infinity", [WIDE, ("12", "12"), ("2", "3")], (2,), [("0", "6"), ("12", "12")]),
    ("b - a * c", "0", "0", [WIDE, ("12", "12"), ("2", "Infinity")], (2,), [("0", "6"), ("12", "12")]),
    ("a - b", "0", "Infinity", [OPEN, OPEN], (), [OPEN, OPEN]),
    ("a - b", "0", "Infinity", [OPEN, ("3", "Infinity")], (), [("3", "Infinity"), ("3", "Infinity")]),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "low", "high", "before", "private", "after"), CASES)
def test_a_range_is_as_narrow_as_the_relation_makes_it(formula, low, high, before, private, after):
    assert narrowed(formula, low, high, before, private) == (after, True, True)


TAKEN = [
    # formula, the variables, whether anything is taken, and whether as it stands
    ("a + b", [WIDE, WIDE], True, True),
    ("a * b", [WIDE, WIDE], True, False),
    ("a * b * c", [WIDE, WIDE, WIDE], False, False),
    ("a / b", [WIDE, ("0", "Infinity")], True, True),
    ("a / b", [WIDE, ("-1", "1")], False, False),
    ("a / (b - c)", [WIDE, WIDE, WIDE], False, False),
    ("a / (b * c)", [WIDE, ("-2", "-1"), ("-Infinity", "0")], True, False),
    ("a / (b + c)", [WIDE, ("1", "Infinity"), ("-2", "Infinity")], False, False),
    ("a / (b + c)", [WIDE, ("-Infinity", "0"), ("1", "1")], False, False),
    ("a / (b - 2 * c)", [WIDE, ("5", "6"), ("1", "2")], True, True),
    ("a / (2 * c - b)", [("-100", "0"), ("5", "6"), ("1", "2")], True, True),
    ("a / (b - 2 * c)", [WIDE, ("3", "6"), ("1", "2")], False, False),
    ("a / (0.5 * b - c)", [WIDE, ("1", "6"), ("1", "1")], False, False),
    ("a / b", [("-100", "0"), ("-Infinity", "-1")], True, True),
]


@pytest.mark.parametrize(("formula", "spans", "taken", "is_exact"), TAKEN)
def test_what_is_taken_and_whether_it_was_widened_is_said(formula, spans, taken, is_exact):
    assert narrowed(formula, "1", "3", spans)[1:] == (taken, is_exact)


def test_what_one_relation_alone_names_may_make_up_for_anything_where_it_has_no_end():
    before = [("1", "2"), WIDE, ("0", "Infinity")]
    assert narrowed("b + a * c", "10", "Infinity", before, (2,)) == ([], False, True)


def test_a_product_is_the_same_in_every_relation():
    """Twice it is left over between 0 and 10000; taken together both leave 3 for `c`."""
    program = Program([Decimal(0)] * 3, [Decimal(100)] * 3)
    for formula, value in (("a * b + c", 10), ("a * b - c", 4)):
        assert program.relate(related(formula, Interval.of(value)))
    assert program.simplex.check()
    assert program.bounds(2) == Interval.of(3)


def test_a_formula_that_grows_too_large_is_left(monkeypatch):
    formula = "(a + b + c) * (a + b + c) / (a + 1)"
    assert quotient(related(formula)) is not None
    polynomial._over_places.cache_clear()
    monkeypatch.setattr(polynomial, "MOST_TERMS", 6)
    assert quotient(related(formula)) is not None
    polynomial._over_places.cache_clear()
    monkeypatch.setattr(polynomial, "MOST_TERMS", 5)
    assert quotient(related(formula)) is None
    assert quotient(related(f"a / ({formula})")) is None
    assert narrowed(formula, "1", "2", [WIDE, WIDE, WIDE]) == ([], False, False)
    polynomial._over_places.cache_clear()


def test_one_variable_under_two_names_is_one():
    network = Network()
    for name in NAMES:
        network.variable(name)
    network.relate(parse_formula("a * b - c"), [0, 0, 2], Interval.of(0), "test")
    found = quotient(network.relations[0])
    assert found == ({(0, 0): Fraction(1), (2,): Fraction(-1)}, {(): Fraction(1)})
    network.relate(parse_formula("a + b"), [0, 0], Interval.of(12), "test")
    program = Program([Decimal(0)] * 3, [Decimal(99)] * 3)
    assert program.relate(network.relations[1])
    assert program.simplex.check()
    assert program.bounds(0) == Interval.of(6)


def test_what_both_sides_of_a_quotient_have_in_common_is_divided_out():
    assert quotient(related("a * b / (b * c)")) == ({(0,): Fraction(1)}, {(2,): Fraction(1)})
    assert quotient(related("(a * b + b * c) / b / 2")) == (
        {(0,): Fraction(1, 2), (2,): Fraction(1, 2)},
        {(): Fraction(1)},
    )
    assert quotient(related("a / (b + c)")) == ({(0,): Fraction(1)}, {(1,): Fraction(1), (2,): Fraction(1)})
