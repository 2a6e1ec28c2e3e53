"""Formulas kept as data: arithmetic on names builds a tree; nothing is computed while it is built.

The same tree is evaluated on intervals, solved for any of its names, checked for its unit, and printed in
symbols or words. A tree is compiled once into a `Program`: its nodes in order, each an operation on two
earlier nodes, so that evaluation is one pass forward and solving one pass forward and one back (HC4-revise).
Where every name occurs once, both give the exact range, apart from outward rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from sonla_cli.core.dimension import Dimension, dimension_of
from sonla_cli.core.interval import DOWN, NEAREST, UP, Interval, divide, multiply, solve_product
from sonla_cli.core.unit import Unit

if TYPE_CHECKING:
    from sonla_cli.core.straight import Contraction

#: a program contracted as often as this is written out as one function, if it is no longer than any formula of the
#: field: what somebody hands in may be as long as they like, and is taken step by step
OFTEN, LONGEST = 200, 200

SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}


class Expression:
    """A formula, or a part of one. Its truth value is undefined: a formula is not a number."""

    __slots__ = ()

    def __add__(self, other: Expression | Decimal | int) -> Expression:
        return Operation("+", self, _expression(other))

    def __sub__(self, other: Expression | Decimal | int) -> Expression:
        return Operation("-", self, _expression(other))

    def __mul__(self, other: Expression | Decimal | int) -> Expression:
        return Operation("*", self, _expression(other))

    def __truediv__(self, other: Expression | Decimal | int) -> Expression:
        return Operation("/", self, _expression(other))

    def __radd__(self, other: Decimal | int) -> Expression:
        return Operation("+", _expression(other), self)

    def __rsub__(self, other: Decimal | int) -> Expression:
        return Operation("-", _expression(other), self)

    def __rmul__(self, other: Decimal | int) -> Expression:
        return Operation("*", _expression(other), self)

    def __rtruediv__(self, other: Decimal | int) -> Expression:
        return Operation("/", _expression(other), self)

    def __neg__(self) -> Expression:
        return Operation("-", Constant(Decimal(0)), self)

    def __bool__(self) -> bool:
        raise TypeError("a formula has no truth value")

    def names(self) -> tuple[str, ...]:
        """Return the names in the formula, each once, in the order of first use."""
        found: dict[str, None] = {}
        _collect(self, found)
        return tuple(found)

    def evaluate(self, values: Mapping[str, Interval]) -> Interval:
        """Return the range of the formula over `values`; raise `KeyError` for a name without one."""
        program = compile_program(self)
        return program.evaluate([values[name] for name in program.names])

    def at(self, values: Mapping[str, Decimal]) -> Decimal | None:
        """Return the formula at the given points, or `None` where it divides by zero."""
        match self:
            case Name(id=name):
                return values[name]
            case Constant(value=value):
                return value
            case Operation(sign=sign, left=left, right=right):
                a, b = left.at(values), right.at(values)
                if a is None or b is None or (sign == "/" and b == 0):
                    return None
                return _AT[sign](a, b)
        raise TypeError(self)

    def solve_for(self, name: str, values: Mapping[str, Interval], result: Interval) -> Interval | None:
        """Return the values of `name` for which the formula can be `result`, or `None` if there are none.

        `values` may hold a first range for `name`; the other names must be there.
        """
        from sonla_cli.core.interval import REALS

        program = compile_program(self)
        given = [values.get(each, REALS) if each == name else values[each] for each in program.names]
        lows = [each.low for each in given]
        highs = [each.high for each in given]
        if not program.contract(lows, highs, result.low, result.high):
            return None
        place = program.names.index(name)
        return Interval(lows[place], highs[place])

    def symbols(self, spell: Callable[[str], str] = str) -> str:
        """Return the formula in symbols, its names spelled by `spell`."""
        match self:
            case Name(id=name):
                return spell(name)
            case Constant(value=value):
                return f"{value:f}"
            case Operation(sign=sign, left=left, right=right):
                rank = _RANK[sign]
                first = _bracket(left, left.symbols(spell), rank)
                second = _bracket(right, right.symbols(spell), rank + (sign in "-/"))
                return f"{first} {SIGNS[sign]} {second}"
        raise TypeError(self)

    def dimension(self, units: Mapping[str, Unit]) -> Dimension:
        """Return the dimension of the result; raise `UnitError` where unlike units are added."""
        match self:
            case Name(id=name):
                return dimension_of(units[name])
            case Constant():
                return Dimension({}, None)
            case Operation(sign=sign, left=left, right=right):
                a, b = left.dimension(units), right.dimension(units)
                return a.sum(b, sign) if sign in "+-" else a.product(b, 1 if sign == "*" else -1)
        raise TypeError(self)


_AT: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": NEAREST.add,
    "-": NEAREST.subtract,
    "*": NEAREST.multiply,
    "/": NEAREST.divide,
}


class Name(Expression):
    """A variable of a formula."""

    __slots__ = ("id",)

    def __init__(self, id: str) -> None:  # noqa: A002 - it is one
        self.id = id


class Constant(Expression):
    """An exact number of a formula."""

    __slots__ = ("value",)

    def __init__(self, value: Decimal) -> None:
        self.value = value


class Operation(Expression):
    """Two formulas joined by one of `+ - * /`."""

    __slots__ = ("left", "right", "sign")

    def __init__(self, sign: str, left: Expression, right: Expression) -> None:
        self.sign = sign
        self.left = left
        self.right = right


def _expression(value: Expression | Decimal | int) -> Expression:
    if isinstance(value, Expression):
        return value
    if isinstance(value, float):
        raise TypeError("a formula takes exact numbers; write the float as a Decimal")
    return Constant(Decimal(value))


def _collect(expression: Expression, found: dict[str, None]) -> None:
    if isinstance(expression, Name):
        found[expression.id] = None
    elif isinstance(expression, Operation):
        _collect(expression.left, found)
        _collect(expression.right, found)


def _bracket(part: Expression, text: str, rank: int) -> str:
    return f"({text})" if isinstance(part, Operation) and _RANK[part.sign] < rank else text


class Program:
    """A compiled formula: names, then constants, then operations on the places of earlier nodes."""

    __slots__ = ("_uses", "constants", "contract", "names", "operations", "repeats", "size")

    def __init__(
        self, names: Sequence[str], constants: Sequence[Decimal], operations: Sequence[tuple[str, int, int]]
    ) -> None:
        self.names = tuple(names)
        self.constants = tuple(constants)
        self.operations = tuple(operations)
        self.size = len(self.names) + len(self.constants) + len(self.operations)
        used = [place for _, i, j in self.operations for place in (i, j) if place < len(self.names)]
        #: whether a name occurs more than once
        self.repeats = len(set(used)) < len(used)
        self._uses = 0
        #: tightens the ends of the names in place, given that the result lies in [`low`, `high`]; returns `False`,
        #: leaving the ends in any state, if no values fit
        self.contract: Contraction = self._counted

    def evaluate(self, values: Sequence[Interval]) -> Interval:
        """Return the range of the formula over `values`, in the order of `names`."""
        lows = [*(value.low for value in values), *self.constants]
        highs = [*(value.high for value in values), *self.constants]
        self._forward(lows, highs)
        return Interval(lows[-1], highs[-1])

    def _forward(self, lows: list[Decimal], highs: list[Decimal]) -> None:
        for sign, i, j in self.operations:
            if sign == "+":
                low, high = DOWN.add(lows[i], lows[j]), UP.add(highs[i], highs[j])
            elif sign == "-":
                low, high = DOWN.subtract(lows[i], highs[j]), UP.subtract(highs[i], lows[j])
            elif sign == "*":
                low, high = multiply(lows[i], highs[i], lows[j], highs[j])
            else:
                low, high = divide(lows[i], highs[i], lows[j], highs[j])
            lows.append(low)
            highs.append(high)

    def _counted(self, lows: list[Decimal], highs: list[Decimal], low: Decimal, high: Decimal) -> bool:
        self._uses += 1
        if self._uses == OFTEN and self.size <= LONGEST:
            from sonla_cli.core.straight import written

            self.contract = written(len(self.names), self.constants, self.operations)
        return self.contract_by_steps(lows, highs, low, high)

    def contract_by_steps(
        self, lows: list[Decimal], highs: list[Decimal], low: Decimal, high: Decimal
    ) -> bool:
        """Do what `contract` promises, one operation after the other."""
        count = len(self.names)
        all_lows = [*lows, *self.constants]
        all_highs = [*highs, *self.constants]
        self._forward(all_lows, all_highs)
        top = self.size - 1
        if not _narrow(all_lows, all_highs, top, low, high):
            return False
        place = top
        for sign, i, j in reversed(self.operations):
            r, s = all_lows[place], all_highs[place]
            a, b, c, d = all_lows[i], all_highs[i], all_lows[j], all_highs[j]
            if sign == "+":
                left = DOWN.subtract(r, d), UP.subtract(s, c)
                right = DOWN.subtract(r, b), UP.subtract(s, a)
            elif sign == "-":
                left = DOWN.add(r, c), UP.add(s, d)
                right = DOWN.subtract(a, s), UP.subtract(b, r)
            elif sign == "*":
                left = solve_product((r, s), (c, d))
                right = solve_product((r, s), (a, b))
            else:
                left = multiply(r, s, c, d)
                right = solve_product((a, b), (r, s))
            if not (_narrow(all_lows, all_highs, i, *left) and _narrow(all_lows, all_highs, j, *right)):
                return False
            place -= 1
        lows[:] = all_lows[:count]
        highs[:] = all_highs[:count]
        return True


def _narrow(lows: list[Decimal], highs: list[Decimal], place: int, low: Decimal, high: Decimal) -> bool:
    if low > lows[place]:
        lows[place] = low
    if high < highs[place]:
        highs[place] = high
    return lows[place] <= highs[place]


@lru_cache(maxsize=1000)
def compile_program(expression: Expression) -> Program:
    """Return the program of `expression`; equal names share one place."""
    names = expression.names()
    constants: list[Decimal] = []
    operations: list[tuple[str, int, int]] = []
    _gather_constants(expression, constants)
    first = len(names) + len(constants)

    def emit(part: Expression) -> int:
        match part:
            case Name(id=name):
                return names.index(name)
            case Constant(value=value):
                return len(names) + constants.index(value)
            case Operation(sign=sign, left=left, right=right):
                i, j = emit(left), emit(right)
                operations.append((sign, i, j))
                return first + len(operations) - 1
        raise TypeError(part)

    emit(expression)
    return Program(names, constants, operations)


def _gather_constants(expression: Expression, found: list[Decimal]) -> None:
    if isinstance(expression, Constant) and expression.value not in found:
        found.append(expression.value)
    elif isinstance(expression, Operation):
        _gather_constants(expression.left, found)
        _gather_constants(expression.right, found)
