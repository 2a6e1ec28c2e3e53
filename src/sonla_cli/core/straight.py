"""A program written out as Python: the steps of one contraction in a row, without a loop that looks them up.

What it gives is what `Program.contract` gives step by step, end for end (a law of the tests); it only leaves out
what cannot change anything: a constant that is added or multiplied by is not narrowed, and operands that are not
negative, as most are, need no search for the least and greatest product. Writing takes as long as some hundred
contractions by steps, so that it pays for a formula that is used more often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from sonla_cli.core.interval import DOWN, INFINITY, UP, ZERO, divide, multiply, solve_product

Contraction = Callable[[list[Decimal], list[Decimal], Decimal, Decimal], bool]

_NAMES = {
    "ZERO": ZERO, "INFINITY": INFINITY, "multiply": multiply, "divide": divide, "solve_product": solve_product,
    "add_down": DOWN.add, "add_up": UP.add, "subtract_down": DOWN.subtract, "subtract_up": UP.subtract,
    "multiply_down": DOWN.multiply, "multiply_up": UP.multiply, "divide_down": DOWN.divide, "divide_up": UP.divide,
}  # fmt: skip


def written(
    count: int, constants: Sequence[Decimal], operations: Sequence[tuple[str, int, int]]
) -> Contraction:
    """Return the contraction of a program of `count` names, its constants and its operations as one function."""
    writer = _Writer(count, constants, operations)
    source = "\n    ".join(writer.lines())
    exec(f"def contract(lows, highs, low, high):\n    {source}\n", writer.space)  # noqa: S102 - of signs and places only  # nosec B102
    found: Contraction = writer.space["contract"]
    return found


class _Writer:
    """Writes lines; the ends of place 4 are called `l4` and `h4`."""

    def __init__(
        self, count: int, constants: Sequence[Decimal], operations: Sequence[tuple[str, int, int]]
    ) -> None:
        self.count = count
        self.operations = operations
        self.points = dict(enumerate(constants, count))
        self.space: dict[str, Any] = dict(_NAMES)
        for place, constant in self.points.items():
            self.space[f"l{place}"] = self.space[f"h{place}"] = constant
            if _is_power_of_ten(constant):
                self.space[f"tenth{place}"] = Decimal((0, (1,), -constant.adjusted()))

    def lines(self) -> Iterator[str]:
        for end, given in (("l", "lows"), ("h", "highs")):
            yield f"[{', '.join(f'{end}{place}' for place in range(self.count))}] = {given}"
        first = self.count + len(self.points)
        steps = [(*step, place) for place, step in enumerate(self.operations, first)]
        last = steps.pop() if steps and steps[-1][0] == "-" else None
        for step in steps:
            yield from self.forward(*step)
        if last:
            yield from self.difference(*last)
        else:
            yield from self.narrow(first + len(self.operations) - 1, "low", "high")
        for sign, i, j, k in reversed(steps):
            yield from self.ends(sign, i, j, k)
            for place, low, high in ((i, "a", "b"), (j, "c", "d")):
                if not self.stands(sign, place):
                    yield from self.narrow(place, low, high)
        yield "return True"

    def difference(self, sign: str, i: int, j: int, k: int) -> Iterator[str]:
        """Take the last step and its way back: where the difference is zero, both sides have the same values."""
        yield f"if not low and not high: a, b, c, d = l{j}, h{j}, l{i}, h{i}"
        yield "else:"
        for line in (*self.forward(sign, i, j, k), *self.narrow(k, "low", "high"), *self.ends(sign, i, j, k)):
            yield f"    {line}"
        yield from self.narrow(i, "a", "b")
        yield from self.narrow(j, "c", "d")

    def forward(self, sign: str, i: int, j: int, k: int) -> Iterator[str]:
        if sign == "+":
            yield f"l{k} = add_down(l{i}, l{j}); h{k} = add_up(h{i}, h{j})"
        elif sign == "-":
            yield f"l{k} = subtract_down(l{i}, h{j}); h{k} = subtract_up(h{i}, l{j})"
        elif sign == "*":
            yield from self.multiplied(f"l{k}", f"h{k}", i, j)
        else:
            yield from self.divided(f"l{k}", f"h{k}", i, j)

    def ends(self, sign: str, i: int, j: int, k: int) -> Iterator[str]:
        """Solve for both operands, each from what the other was before."""
        if not self.stands(sign, i):
            if sign == "+":
                yield f"a = subtract_down(l{k}, h{j}); b = subtract_up(h{k}, l{j})"
            elif sign == "-":
                yield f"a = add_down(l{k}, l{j}); b = add_up(h{k}, h{j})"
            elif sign == "*":
                yield from self.solved("a", "b", k, j)
            else:
                yield from self.multiplied("a", "b", k, j)
        if not self.stands(sign, j):
            if sign == "+":
                yield f"c = subtract_down(l{k}, h{i}); d = subtract_up(h{k}, l{i})"
            elif sign == "-":
                yield f"c = subtract_down(l{i}, h{k}); d = subtract_up(h{i}, l{k})"
            else:
                yield from self.solved("c", "d", *((k, i) if sign == "*" else (i, k)))

    def stands(self, sign: str, place: int) -> bool:
        """Whether an operand needs no second look: a constant that the result made with it cannot exclude."""
        return place in self.points and (sign == "+" or (sign == "*" and self.points[place] > 0))

    def narrow(self, place: int, low: str, high: str) -> Iterator[str]:
        if place in self.points:
            yield f"if {low} > l{place} or {high} < h{place}: return False"
            return
        for end, new, beyond, given in (("l", low, ">", "lows"), ("h", high, "<", "highs")):
            handed_back = f" = {given}[{place}]" if place < self.count else ""
            yield f"if {new} {beyond} {end}{place}:"
            yield f"    {end}{place}{handed_back} = {new}"
            yield f"    if l{place} > h{place}: return False"

    def multiplied(self, low: str, high: str, i: int, j: int) -> Iterator[str]:
        for factor, other in ((i, j), (j, i)):
            if self.points.get(factor, ZERO) > 0:
                yield f"{low} = multiply_down(l{other}, l{factor}); {high} = multiply_up(h{other}, l{factor})"
                return
        # zero times infinity is zero
        yield f"if l{i} >= ZERO and l{j} >= ZERO and h{i} and h{j}:"
        yield f"    {low} = multiply_down(l{i}, l{j}); {high} = multiply_up(h{i}, h{j})"
        yield f"else: {low}, {high} = multiply(l{i}, h{i}, l{j}, h{j})"

    def divided(self, low: str, high: str, i: int, j: int, *, solving: bool = False) -> Iterator[str]:
        divisor = self.points.get(j, ZERO)
        if _is_power_of_ten(divisor):
            # the same, in a third of the time
            yield f"{low} = multiply_down(l{i}, tenth{j}); {high} = multiply_up(h{i}, tenth{j})"
        elif divisor > 0:
            yield f"{low} = divide_down(l{i}, l{j}); {high} = divide_up(h{i}, l{j})"
        else:
            # zero times anything is zero: where both can be zero, anything solves
            condition, general = "", f"divide(l{i}, h{i}, l{j}, h{j})"
            if solving:
                condition = f" and (l{i} or l{j})"
                general = f"solve_product((l{i}, h{i}), (l{j}, h{j}))"
            yield f"if l{i} >= ZERO and l{j} >= ZERO and h{i} and h{j}{condition}:"
            yield f"    {low} = divide_down(l{i}, h{j}); {high} = divide_up(h{i}, l{j}) if l{j} else INFINITY"
            yield f"else: {low}, {high} = {general}"

    def solved(self, low: str, high: str, product: int, factor: int) -> Iterator[str]:
        return self.divided(low, high, product, factor, solving=True)


def _is_power_of_ten(value: Decimal) -> bool:
    first, *others = value.as_tuple().digits
    return value > 0 and first == 1 and not any(others)
