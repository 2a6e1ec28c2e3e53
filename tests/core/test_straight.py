"""A program written out as one function gives what its steps give, whatever the ends and signs."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonla_cli.core.formula import (
    LONGEST,
    OFTEN,
    Constant,
    Expression,
    Name,
    Operation,
    Program,
    compile_program,
)
from sonla_cli.core.interval import INFINITY, NEGATIVE_INFINITY, Interval
from sonla_cli.core.straight import Contraction, written

NAMES = ("a", "b", "c")
points = st.one_of(
    st.sampled_from([Decimal(0), Decimal(1), Decimal(-1), Decimal(100)]),
    st.decimals(min_value=-(10**6), max_value=10**6, places=2),
)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(points), draw(points)))
    return Interval(
        draw(st.sampled_from([low, NEGATIVE_INFINITY])), draw(st.sampled_from([high, high, INFINITY]))
    )


@st.composite
def formulas(draw: st.DrawFn, depth: int = 4) -> Expression:
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        return Constant(draw(points)) if draw(st.booleans()) else Name(draw(st.sampled_from(NAMES)))
    sign = draw(st.sampled_from("+-*/"))
    return Operation(sign, draw(formulas(depth - 1)), draw(formulas(depth - 1)))


def in_a_row(program: Program) -> Contraction:
    return written(len(program.names), program.constants, program.operations)


@settings(max_examples=500)
@given(formulas(), st.fixed_dictionaries({name: intervals() for name in NAMES}), intervals())
def test_both_ways_give_the_same_ends(formula, values, result):
    program = compile_program(formula)
    lows, highs = ([getattr(values[name], end) for name in program.names] for end in ("low", "high"))
    by_steps, straight = (lows[:], highs[:]), (lows[:], highs[:])
    fits = program.contract_by_steps(*by_steps, result.low, result.high)
    assert in_a_row(program)(*straight, result.low, result.high) is fits
    if fits:
        assert straight == by_steps


@pytest.mark.parametrize(
    "factor",
    ["0.001", "0.2", "0.5", "1", "2", "5", "10", "1E+2", "20", "100", "101", "120", "200", "-10", "-2", "0"],
)
@pytest.mark.parametrize("sign", "+-*/")
def test_a_constant_on_either_side_gives_the_same_ends(sign, factor):
    """Powers of ten, and what only looks like one, take ways of their own."""
    constant, name = Constant(Decimal(factor)), Name("a")
    spans = [(-7, -3), (-7, 0), (-7, 3), (0, 0), (0, 3), (3, 7)]
    ends = [(Decimal(low), Decimal(high)) for low, high in spans] + [(Decimal(3), INFINITY)]
    for formula in (Operation(sign, name, constant), Operation(sign, constant, name)):
        program = compile_program(formula)
        for (low, high), (least, most) in product(ends, ends):
            by_steps, straight = ([low], [high]), ([low], [high])
            fits = program.contract_by_steps(*by_steps, least, most)
            assert in_a_row(program)(*straight, least, most) is fits
            assert not fits or straight == by_steps


def test_a_program_used_often_is_written_out():
    program: Program = compile_program(Name("a") - Name("b"))
    for _ in range(OFTEN + 1):
        lows, highs = [Decimal(0), Decimal(3)], [Decimal(9), Decimal(4)]
        assert program.contract(lows, highs, Decimal(0), Decimal(0))
        assert (lows, highs) == ([3, 3], [4, 4])
    assert program.contract.__module__ != Program.__module__


def test_a_formula_without_end_is_taken_step_by_step():
    formula: Expression = Name("a")
    for _ in range(LONGEST):
        formula = formula + Name("b")
    program = compile_program(formula)
    for _ in range(OFTEN + 1):
        assert program.contract([Decimal(0), Decimal(0)], [Decimal(1), Decimal(1)], Decimal(0), Decimal(9))
    assert program.contract.__module__ == Program.__module__


def test_no_name_and_no_number_of_a_formula_is_written_into_the_function():
    from sonla_cli.core.notation import parse_formula
    from sonla_cli.core.straight import _NAMES, _Writer

    formula = parse_formula(
        "__import__ * 271828 + exec.system@root:x / breakpoint - (lambda_ - 3.14159) * eval"
    )
    program = compile_program(formula)
    lines = "\n".join(_Writer(len(program.names), program.constants, program.operations).lines())
    words = {each for each in re.findall(r"\w+", lines) if not re.fullmatch(r"(l|h|tenth)?[0-9]{1,2}", each)}
    own = {"lows", "highs", "low", "high", "a", "b", "c", "d"}
    assert words <= {*_NAMES, *own, "if", "else", "not", "and", "or", "return", "True", "False"}
