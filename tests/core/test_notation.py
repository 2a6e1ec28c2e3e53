"""Rules in ordinary arithmetic are parsed, never run, and every mistake has its column."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sonla_cli.core.formula import Constant
from sonla_cli.core.interval import INFINITY, Interval
from sonla_cli.core.notation import (
    DEEPEST,
    LEAST,
    LONGEST,
    NotationError,
    parse_formula,
    parse_integers,
    parse_rule,
)


@pytest.mark.parametrize(
    ("text", "symbols", "low", "high"),
    [
        ("a == b + c", "b + c − a", 0, 0),
        ("a / b >= 0.6", "a ÷ b", Decimal("0.6"), INFINITY),
        ("x <= 3", "0 − x", -3, INFINITY),
        ("x < y", "y − x", LEAST, INFINITY),
        ("2 * (a - b) == 7", "2 × (a − b)", 7, 7),
        ("tổng_thu == 5", "tổng_thu", 5, 5),
        ("revenue.local.plan@council > 0", "revenue.local.plan@council", LEAST, INFINITY),
    ],
)
def test_a_rule_is_a_formula_in_a_range(text, symbols, low, high):
    (rule,) = parse_rule(text)
    assert rule.formula.symbols() == symbols
    assert rule.result == Interval(Decimal(low), Decimal(high))


def test_a_chain_is_two_rules():
    assert len(parse_rule("1 <= x <= 3")) == 2


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("x = 3", 3, "comparison"),
        ("x == (3", 8, "closing bracket"),
        ("x == 3)", 7, "operator"),
        ("x == ", 5, "name or number"),
        ("a b == 3", 3, "comparison"),
        ("3 == 4", 1, "name"),
        ("x == 1.000.000", 6, "name or number"),
        ("x >= 1,5", 7, "operator"),
        ("__import__('os') == 1", 11, "comparison"),
        ("x == 1e5", 6, "name or number"),
        ("x != 3", 3, "comparison"),
        ("(" * 60 + "x" + ")" * 60 + " == 1", 52, "fewer brackets"),
        ("x == " + "1*" * 60 + "1", 109, "shorter formula"),
    ],
)
def test_a_mistake_has_its_column(text, column, expected):
    with pytest.raises(NotationError) as wrong:
        parse_rule(text)
    assert (wrong.value.column, wrong.value.expected) == (column, expected)


def test_a_sum_of_a_thousand_items_is_no_deep_tree():
    names = [f"v{place}" for place in range(1000)]
    (rule,) = parse_rule("total == " + "+".join(names[:600]))
    values = dict.fromkeys(names[:600], Decimal(2)) | {"total": Decimal(1200)}
    assert rule.formula.at(values) == 0


@given(st.lists(st.tuples(st.sampled_from("+-"), st.integers(0, 99)), min_size=1, max_size=40))
def test_a_long_sum_is_worth_what_it_says(terms):
    text = "".join(f"{sign}{value}" for sign, value in terms)
    formula = parse_formula("x" + text)
    wanted = sum(value if sign == "+" else -value for sign, value in terms)
    assert formula.at({"x": Decimal(0)}) == wanted


def test_integers_are_declared():
    assert parse_integers("integer a, b") == ["a", "b"]
    assert parse_integers("a == b") is None
    assert parse_integers("integer == 3") is None


@given(st.text(max_size=60))
def test_any_text_is_a_rule_or_a_mistake(text):
    with suppress(NotationError):
        assert all(rule.formula.names() for rule in parse_rule(text))


def test_a_rule_keeps_how_it_was_written_where_it_stands_and_what_it_is_called():
    named, chained = parse_rule(" a  ==  b+c ", 7, "the whole"), parse_rule("1 <= x  <= 3")
    assert [(each.text, each.label, each.line) for each in named] == [("a == b+c", "the whole", 7)]
    assert [(each.text, each.label, each.line) for each in chained] == 2 * [("1 <= x <= 3", "1 <= x <= 3", 1)]
    sides = [
        (left.symbols(), sign, right.symbols()) for each in chained for left, sign, right in [each.sides]
    ]
    assert sides == [("1", "<=", "x"), ("x", "<=", "3")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x == ) + 1", "column 6: name or number expected, not ')'"),
        ("3 == 4", "column 1: name expected, not '3 == 4'"),
        ("x + 1 ", "column 6: comparison expected, not ''"),
        ("x" * 4000 + "==1234567890", "column 4000: shorter line expected, not '==12345678'"),
        ("integer a, 3", None),
    ],
)
def test_a_mistake_says_what_was_expected_and_what_was_found(text, told):
    with pytest.raises(NotationError) as wrong:
        parse_rule(text) if told else parse_integers(text)
    assert str(wrong.value) == (told or "column 12: name expected, not '3'")


def test_a_line_and_brackets_as_long_and_deep_as_the_limits_are_read():
    assert len(parse_rule("x == 1".ljust(LONGEST))) == 1
    for opening in ("(", "-", "(-"):
        count = DEEPEST // len(opening)
        text = opening * count + "x" + ")" * opening.count("(") * count
        assert parse_formula(text).at({"x": Decimal(3)}) == 3 * (-1) ** (opening.count("-") * count)
        with pytest.raises(NotationError, match="fewer brackets"):
            parse_formula("(" + opening + text + ")" * (1 + opening.count("(")))
    with pytest.raises(NotationError, match="fewer brackets"):
        parse_formula("2 - (" * (DEEPEST + 1) + "x" + ")" * (DEEPEST + 1))


def test_a_minus_turns_the_sign_of_a_name_and_of_a_number():
    values = {"x": Decimal(5)}
    assert parse_formula("-x").at(values) == -5
    assert parse_formula("-x + 2").at(values) == -3
    assert parse_formula("-(x - 2)").at(values) == -3
    assert parse_formula("- - x").at(values) == 5
    for text, value in (("-3", -3), ("- - 3", 3)):
        formula = parse_formula(text)
        assert isinstance(formula, Constant)
        assert formula.value == value
    assert parse_formula("2 * -x * -3").at(values) == 30


def test_the_lowest_that_a_rule_allows_is_kept_on_either_side():
    for text in ("3 <= x", "x >= 3"):
        (rule,) = parse_rule(text)
        assert (rule.formula.symbols(), rule.result) == ("x", Interval(Decimal(3), INFINITY))
    (rule,) = parse_rule("3 == x")
    assert rule.formula.at({"x": Decimal(3)}) in rule.result
    assert rule.formula.at({"x": Decimal(4)}) not in rule.result
