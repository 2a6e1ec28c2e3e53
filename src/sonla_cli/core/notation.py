"""Formulas and rules written by people, in ordinary arithmetic; parsed, never executed.

    revenue.total == revenue.local + revenue.transfers    # label
    cost / turnover >= 0.6
    integer projects, projects_before

A name is letters, digits, `_`, `.`, `@`, `:` and does not begin with a digit; a number has a decimal point and
no grouping. `*` and `/` bind closer than `+` and `-`; brackets nest. One rule a line; `a <= b <= c` is two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sonla_cli.core.formula import Constant, Expression, Name, Operation
from sonla_cli.core.interval import DOWN, INFINITY, NONNEGATIVE, Interval

#: brackets within brackets, and characters of a line, beyond which a rule is refused
DEEPEST = 50
LONGEST = 4000
#: a strict inequality keeps this distance, far below the last digit of any figure
LEAST = Decimal("1e-30")

COMPARISONS = ("==", "<=", ">=", "<", ">")
INTEGER = "integer"

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?![\w.]))|(?P<name>[^\W\d][\w.@:]*)|(?P<sign>==|<=|>=|!=|[-+*/()<>=,])|(?P<other>\S))"
)


class NotationError(ValueError):
    """A line that is not a rule: what was expected at which column (from 1), and what was found there."""

    def __init__(self, column: int, expected: str, found: str) -> None:
        super().__init__(f"column {column}: {expected} expected, not {found!r}")
        self.column, self.expected, self.found = column, expected, found


@dataclass(frozen=True, slots=True)
class Bound:
    """One rule: `formula` lies in `result`; `text` is how it was written and `label` how it is called."""

    text: str
    label: str
    formula: Expression
    result: Interval
    line: int = 1
    #: the two sides, for showing what each comes to
    sides: tuple[Expression, str, Expression] | None = None


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


def parse_formula(text: str) -> Expression:
    """Return the formula written `text`; raise `NotationError` if it is none."""
    reader = _Reader(text)
    formula = reader.sum(0)
    reader.end()
    return formula


def parse_rule(text: str, line: int = 1, label: str = "") -> list[Bound]:
    """Return the rules written in one line, without its label; raise `NotationError` if it is none."""
    reader = _Reader(text)
    sides = [reader.sum(0)]
    signs: list[str] = []
    while reader.now.text in COMPARISONS:
        signs.append(reader.next().text)
        sides.append(reader.sum(0))
    if not signs:
        raise reader.wrong("comparison")
    reader.end()
    written = " ".join(text.split())
    found = []
    for left, sign, right in zip(sides, signs, sides[1:], strict=False):
        formula, result = _difference(left, sign, right)
        if not formula.names():
            raise NotationError(1, "name", written)
        found.append(Bound(written, label or written, formula, result, line, (left, sign, right)))
    return found


def parse_integers(text: str) -> list[str] | None:
    """Return the names of an `integer a, b` line, or `None` if the line is not one."""
    reader = _Reader(text)
    if reader.now != _Token("name", INTEGER, reader.now.column) or reader.peek().kind != "name":
        return None
    reader.next()
    names = [reader.name()]
    while reader.now.text == ",":
        reader.next()
        names.append(reader.name())
    reader.end()
    return names


def _difference(left: Expression, sign: str, right: Expression) -> tuple[Expression, Interval]:
    if sign in (">=", ">"):
        left, right = right, left
    if isinstance(left, Constant) and sign != "==":
        formula, low = right, left.value
    else:
        formula, low = right - left, Decimal(0)
        if isinstance(right, Constant):
            formula, low = _ZERO - left, right.value.copy_negate()
        if isinstance(right, Constant) and sign == "==":
            return left, Interval.of(right.value)
    if sign == "==":
        return formula, Interval.of(0)
    if sign in ("<", ">"):
        low = DOWN.add(low, LEAST)
    return formula, NONNEGATIVE if not low else Interval(low, INFINITY)


_ZERO = Constant(Decimal(0))


class _Reader:
    """One line, token by token, always one ahead."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise NotationError(LONGEST, "shorter line", text[LONGEST : LONGEST + 10])
        self.tokens = list(_tokens(text))
        self.place = 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.place]

    def peek(self) -> _Token:
        return self.tokens[min(self.place + 1, len(self.tokens) - 1)]

    def next(self) -> _Token:
        token = self.now
        self.place = min(self.place + 1, len(self.tokens) - 1)
        return token

    def wrong(self, expected: str) -> NotationError:
        return NotationError(self.now.column, expected, self.now.text)

    def end(self) -> None:
        if self.now.kind != "end":
            raise self.wrong("operator")

    def name(self) -> str:
        if self.now.kind != "name":
            raise self.wrong("name")
        return self.next().text

    def sum(self, depth: int) -> Expression:
        terms = [("+", self.product(depth))]
        while self.now.text in ("+", "-"):
            sign = self.next().text
            terms.append((sign, self.product(depth)))
        return _balanced(terms)

    def product(self, depth: int) -> Expression:
        found = self.factor(depth)
        count = 0
        while self.now.text in ("*", "/"):
            sign = self.next().text
            found = Operation(sign, found, self.factor(depth))
            count += 1
            if count > DEEPEST:
                raise self.wrong("shorter formula")
        return found

    def factor(self, depth: int) -> Expression:
        if depth > DEEPEST:
            raise self.wrong("fewer brackets")
        token = self.now
        if token.kind == "number":
            return Constant(Decimal(self.next().text))
        if token.kind == "name":
            return Name(self.next().text)
        if token.text == "-":
            self.next()
            inner = self.factor(depth + 1)
            return Constant(inner.value.copy_negate()) if isinstance(inner, Constant) else _ZERO - inner
        if token.text == "(":
            self.next()
            found = self.sum(depth + 1)
            if self.now.text != ")":
                raise self.wrong("closing bracket")
            self.next()
            return found
        raise self.wrong("name or number")


def _balanced(terms: list[tuple[str, Expression]]) -> Expression:
    """Join a sum as a flat tree: a sum of a thousand items is ten levels deep."""
    if len(terms) <= 4:
        found = terms[0][1] if terms[0][0] == "+" else _ZERO - terms[0][1]
        for sign, term in terms[1:]:
            found = Operation(sign, found, term)
        return found
    middle = len(terms) // 2
    left, (sign, _) = _balanced(terms[:middle]), terms[middle]
    rest = [("+" if each == sign else "-", term) for each, term in terms[middle:]]
    return Operation(sign, left, _balanced(rest))


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            break
        kind = found.lastgroup or "other"
        yield _Token(kind, found[kind], found.start(kind) + 1)
        place = found.end()
    yield _Token("end", "", len(text.rstrip()) + 1)
