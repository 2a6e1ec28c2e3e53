"""What is tried: true values are hidden, printed and read back, and must lie in every bound.

One function a kind, each one example; it raises `Missed` with the case in words. `scripts/soundness.py` runs a
million of them, the tests a share; the same seed is the same case in both.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from fractions import Fraction

from sonla_cli.core.deduce import deduce
from sonla_cli.core.figure import Rounding
from sonla_cli.core.formula import compile_program
from sonla_cli.core.interval import PRECISION
from sonla_cli.core.solve import Solution, settle, solve
from tests.truth import figures, formulas, networks
from tests.truth.figures import holds


class Missed(AssertionError):  # noqa: N818 - a bound that misses the truth
    """A bound that excludes what is true, or a contradiction found where there is none."""


def held(condition: bool, what: str, *case: object) -> None:
    """Raise `Missed` unless the condition holds."""
    if not condition:
        raise Missed(f"{what}: {', '.join(map(str, case))}")


def figure(draw: random.Random) -> None:
    """A printed number stands for all that would be printed so, and for nothing else."""
    unit = draw.choice(figures.UNITS)
    value = figures.amount(draw)
    if unit.is_count:
        value = Fraction(int(value))
    if draw.randint(0, 3) == 0:
        said = figures.hedged(draw, value, unit)
        held(said is None or holds(said.interval(), value), "a hedged figure", said, value)
        return
    rounding = draw.choice(tuple(Rounding))
    said = figures.figure(draw, value, unit, rounding)
    if said is None:
        return
    found = said.interval(rounding)
    held(holds(found, value), "a figure", said, rounding, value)
    if unit.is_count or rounding is Rounding.EXACT:
        return
    places = len(said.digits.partition(".")[2])
    low, high = Fraction(found.low), Fraction(found.high)
    step = (high - low) / 1000
    for outside in (low - step, high + step):
        held(said.digits not in _printings(outside, unit, places, rounding), "too narrow", said, outside)
    # beyond its precision the core rounds outwards
    insides = (low + step, high - step, (low + high) / 2) if len(said.digits) < PRECISION - 4 else ()
    for inside in insides:
        held(_same(said.digits, _printings(inside, unit, places, rounding)), "too wide", said, inside)


def _printings(value: Fraction, unit: figures.Unit, places: int, rounding: Rounding) -> set[str | None]:
    shown = value / figures.factor(unit)
    return {figures.printed(shown, places, mode) for mode in figures.MODES[rounding]}


def _same(digits: str, printings: set[str | None]) -> bool:
    return digits in printings or digits.lstrip("-") in printings


def formula(draw: random.Random) -> None:
    """The range of a formula holds what it comes to; solving it for a name, or for all, loses no truth."""
    tree = formulas.formula(draw)
    names = tree.names()
    truth = {name: figures.amount(draw) for name in names}
    result = formulas.exactly(tree, truth)
    if result is None:
        return
    boxes = {name: formulas.around(draw, value) for name, value in truth.items()}
    found = tree.evaluate(boxes)
    held(holds(found, result), "a range", tree.symbols(), truth, boxes)
    for _ in range(2):
        at = {name: formulas.member(draw, box) for name, box in boxes.items()}
        value = formulas.exactly(tree, at)
        held(value is None or holds(found, value), "a range", tree.symbols(), at, boxes)
    said = formulas.around(draw, result)
    name = draw.choice(names)
    solved = tree.solve_for(name, boxes, said)
    held(solved is not None and holds(solved, truth[name]), "a solution", tree.symbols(), name, truth, boxes)
    lows, highs = [boxes[each].low for each in names], [boxes[each].high for each in names]
    fits = compile_program(tree).contract(lows, highs, said.low, said.high)
    held(fits, "no solution", tree.symbols(), truth, boxes, said)
    for each, low, high in zip(names, lows, highs, strict=True):
        held(holds(formulas.Interval(low, high), truth[each]), "a solution", tree.symbols(), each, truth)


def network(draw: random.Random) -> None:
    """No bound of a network misses the truth, and honest figures contradict nothing."""
    case = networks.published(draw)
    _inside(solve(case.network), case.truth)
    # an exact linear program takes more than a hundred times as long as propagation
    kind = draw.randint(0, 119)
    if kind < 7:
        _inside(deduce(case.network, tight=not kind), case.truth)
    elif kind < 20:
        solution, aside = settle(case.network, lambda _: 1)
        held(not aside, "set aside", aside)
        _inside(solution, case.truth)


def _inside(solution: Solution, truth: Mapping[str, Fraction]) -> None:
    held(solution.conflict is None, "a contradiction", solution.conflict, truth)
    for name, value in truth.items():
        bounds = solution.bounds(name)
        held(bounds is not None and holds(bounds, value), "a bound", name, value, bounds, truth)


def counts(draw: random.Random) -> None:
    """Every solution in whole numbers, found by trying them all, lies in the bounds; a contradiction has none."""
    found = networks.counted(draw)
    every = list(networks.solutions(found))
    for solution in (solve(found), deduce(found), deduce(found, tight=False)):
        if solution.conflict is not None:
            held(not every, "a contradiction", every[:1], found.statements, found.relations)
        for each in every:
            for name, value in each.items():
                bounds = solution.bounds(name)
                held(bounds is not None and holds(bounds, value), "a bound", name, bounds, each)


KINDS: dict[str, Callable[[random.Random], None]] = {
    "figures": figure,
    "formulas": formula,
    "networks": network,
    "counts": counts,
}
#: of ten examples, so many of each kind
SHARES = {"figures": 3, "formulas": 3, "networks": 3, "counts": 1}
ORDER = tuple(name for name, share in SHARES.items() for _ in range(share))


def example(number: int) -> str:
    """Try the example of this number and return its kind."""
    kind = ORDER[number % len(ORDER)]
    KINDS[kind](random.Random(number))  # noqa: S311 - the same case for the same number
    return kind
