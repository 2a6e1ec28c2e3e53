"""A program written out as Python: the steps of one contraction in a row, without a loop that looks them up.

What it gives is what `Program.contract` gives step by step, end for end (a law of the tests); it only leaves out
what cannot change anything: a constant that is added or multiplied by is not narrowed, and operands that are not negative, as most are, need no
search for the least and greatest product. Writing takes as long as some hundred contractions by steps, so that it
pays for a formula that is used more often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sonla_cli.core.interval import DOWN, UP, ZERO, divide, multiply, solve_product

if TYPE_CHECKING:
    from sonla_cli.core.formula import Program

Contraction = Callable[[list[Decimal], list[Decimal], Decimal, Decimal], bool]

_NAMES = {
    "ZERO": ZERO, "multiply": multiply, "divide": divide, "solve_product": solve_product,
    "add_down": DOWN.add, "add_up": UP.add, "subtract_down": DOWN.subtract, "subtract_up": UP.subtract,
    "multiply_down": DOWN.multiply, "multiply_up": UP.multiply, "divide_down": DOWN.divide, "divide_up": UP.divide,
}  # fmt: skip


def written(program: Program) -> Contraction:
    """Return the contraction of `program` as one function."""
    first = len(program.names)
    space: dict[str, Any] = dict(_NAMES)
    for place, constant in enumerate(program.constants, first):
        space[f"l{place}"] = space[f"h{place}"] = constant
    source = "\n    ".join(_lines(program))
    exec(f"def contract(lows, highs, low, high):\n    {source}\n", space)  # noqa: S102 - written here, of signs and places only
    found: Contraction = space["contract"]
    return found


def _lines(program: Program) -> Iterator[str]:
    count = len(program.names)
    points = {count + place: value for place, value in enumerate(program.constants)}
    for ends, given in (("l", "lows"), ("h", "highs")):
        yield f"[{', '.join(f'{ends}{place}' for place in range(count))}] = {given}"
    first = count + len(points)
    for place, (sign, i, j) in enumerate(program.operations, first):
        yield from _forward(sign, place, i, j, points)
    top = program.size - 1
    yield from _narrow(top, "low", "high", points)
    for place, (sign, i, j) in reversed(list(enumerate(program.operations, first))):
        yield from _backward(sign, place, i, j, points)
    for ends, given in (("l", "lows"), ("h", "highs")):
        yield f"{given}[:] = [{', '.join(f'{ends}{place}' for place in range(count))}]"
    yield "return True"


def _forward(sign: str, k: int, i: int, j: int, points: dict[int, Decimal]) -> Iterator[str]:
    if sign == "+":
        yield f"l{k} = add_down(l{i}, l{j}); h{k} = add_up(h{i}, h{j})"
    elif sign == "-":
        yield f"l{k} = subtract_down(l{i}, h{j}); h{k} = subtract_up(h{i}, l{j})"
    elif sign == "*":
        yield from _multiplied(f"l{k}", f"h{k}", i, j, points)
    else:
        yield from _divided(f"l{k}", f"h{k}", i, j, points)


def _backward(sign: str, k: int, i: int, j: int, points: dict[int, Decimal]) -> Iterator[str]:
    # both operands are solved for from what the other was before
    first, second = (not _stands(sign, each, points) for each in (i, j))
    if first:
        if sign == "+":
            yield f"a = subtract_down(l{k}, h{j}); b = subtract_up(h{k}, l{j})"
        elif sign == "-":
            yield f"a = add_down(l{k}, l{j}); b = add_up(h{k}, h{j})"
        elif sign == "*":
            yield from _solved("a", "b", k, j, points)
        else:
            yield from _multiplied("a", "b", k, j, points)
    if second:
        if sign == "+":
            yield f"c = subtract_down(l{k}, h{i}); d = subtract_up(h{k}, l{i})"
        elif sign == "-":
            yield f"c = subtract_down(l{i}, h{k}); d = subtract_up(h{i}, l{k})"
        else:
            yield from _solved("c", "d", *((k, i) if sign == "*" else (i, k)), points)
    if first:
        yield from _narrow(i, "a", "b", points)
    if second:
        yield from _narrow(j, "c", "d", points)


def _stands(sign: str, place: int, points: dict[int, Decimal]) -> bool:
    """Whether an operand needs no second look: a constant that the result, made with it, cannot speak against."""
    return place in points and (sign in "+-" or (sign == "*" and points[place] > 0))


def _narrow(place: int, low: str, high: str, points: dict[int, Decimal]) -> Sequence[str]:
    if place in points:
        return (f"if {low} > l{place} or {high} < h{place}: return False",)
    return (
        f"if {low} > l{place}: l{place} = {low}",
        f"if {high} < h{place}: h{place} = {high}",
        f"if l{place} > h{place}: return False",
    )


def _multiplied(low: str, high: str, i: int, j: int, points: dict[int, Decimal]) -> Iterator[str]:
    for factor, other in ((i, j), (j, i)):
        if points.get(factor, ZERO) > 0:
            yield f"{low} = multiply_down(l{other}, l{factor}); {high} = multiply_up(h{other}, l{factor})"
            return
    # zero times infinity is zero
    yield f"if l{i} >= ZERO and l{j} >= ZERO and h{i} and h{j}:"
    yield f"    {low} = multiply_down(l{i}, l{j}); {high} = multiply_up(h{i}, h{j})"
    yield f"else: {low}, {high} = multiply(l{i}, h{i}, l{j}, h{j})"


def _divided(low: str, high: str, i: int, j: int, points: dict[int, Decimal]) -> Iterator[str]:
    if points.get(j, ZERO) > 0:
        yield f"{low} = divide_down(l{i}, l{j}); {high} = divide_up(h{i}, l{j})"
        return
    yield f"if l{j} > ZERO and l{i} >= ZERO:"
    yield f"    {low} = divide_down(l{i}, h{j}); {high} = divide_up(h{i}, l{j})"
    yield f"else: {low}, {high} = divide(l{i}, h{i}, l{j}, h{j})"


def _solved(low: str, high: str, k: int, j: int, points: dict[int, Decimal]) -> Iterator[str]:
    *fast, general = _divided(low, high, k, j, points)
    yield from fast
    if fast:
        general = f"else: {low}, {high} = solve_product((l{k}, h{k}), (l{j}, h{j}))"
    yield general
