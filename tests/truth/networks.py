"""Networks of hidden true values that obey every relation, each printed as publications print; see `figures`."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from sonla_cli.core.figure import Rounding
from sonla_cli.core.formula import Constant, Expression, Name
from sonla_cli.core.interval import INFINITY, NONNEGATIVE, REALS, Interval
from sonla_cli.core.solve import Network, Relation
from sonla_cli.core.unit import BILLION_VND
from tests.truth.figures import figure, hedged
from tests.truth.formulas import CATALOGUE, exactly, outwards

ZERO = Interval.of(0)


class Case(NamedTuple):
    """A network and the true value of every variable."""

    network: Network
    truth: dict[str, Fraction]


def published(draw: random.Random) -> Case:
    """Return a network of amounts, sums, rates and bounds, with cycles, some of them printed."""
    case = Case(Network(), {})
    for number in range(draw.randint(2, 4)):
        _variable(case, draw, f"v{number}", _positive(draw))
    for _ in range(draw.randint(1, 7)):
        draw.choice((_sum, _rate, _rate, _growth, _multiple, _bounded, _catalogue))(case, draw)
    for name, value in case.truth.items():
        for _ in range(draw.choice((0, 1, 1, 2))):
            _print(case, draw, name, value)
    return case


def _positive(draw: random.Random) -> Fraction:
    places = draw.choice((0, 0, 1, 3, 6))
    return Fraction(draw.randint(1, 10 ** draw.randint(1, 6 + places)), 10**places)


def _variable(case: Case, draw: random.Random, name: str, value: Fraction) -> str:
    is_whole = value.denominator == 1 and draw.randint(0, 3) == 0
    domain = NONNEGATIVE if value >= 0 and draw.randint(0, 3) else REALS
    case.network.variable(name, domain, whole=is_whole)
    case.truth[name] = value
    return name


def _new(case: Case, draw: random.Random, value: Fraction) -> str:
    """Return a variable with this value: an old one if there is one, which closes a cycle."""
    same = next((name for name, other in case.truth.items() if other == value), None)
    return same or _variable(case, draw, f"v{len(case.truth)}", value)


def _pick(case: Case, draw: random.Random, count: int) -> list[str]:
    return draw.sample(sorted(case.truth), count)


def _relate(case: Case, formula: Expression, names: Mapping[str, str], result: Interval = ZERO) -> None:
    """Add a formula, each of its names standing for a variable."""
    places = [case.network.index[names[name]] for name in formula.names()]
    case.network.relate(formula, places, result, len(case.network.relations))


A, B, C = Name("a"), Name("b"), Name("c")
SUM, RATE, GROWTH, MULTIPLE = A + B - C, A / B * 100 - C, (A / B - 1) * 100 - C, A / B - C


def _sum(case: Case, draw: random.Random) -> None:
    a, b = _pick(case, draw, 2)
    c = _new(case, draw, case.truth[a] + case.truth[b])
    _relate(case, SUM, {"a": a, "b": b, "c": c})


def _rate(case: Case, draw: random.Random) -> None:
    _quotient(case, draw, RATE, Fraction(100), Fraction(0))


def _growth(case: Case, draw: random.Random) -> None:
    _quotient(case, draw, GROWTH, Fraction(100), Fraction(-100))


def _multiple(case: Case, draw: random.Random) -> None:
    _quotient(case, draw, MULTIPLE, Fraction(1), Fraction(0))


def _quotient(case: Case, draw: random.Random, formula: Expression, factor: Fraction, plus: Fraction) -> None:
    a, b = _pick(case, draw, 2)
    if case.truth[b]:
        c = _new(case, draw, case.truth[a] / case.truth[b] * factor + plus)
        _relate(case, formula, {"a": a, "b": b, "c": c})


def _bounded(case: Case, draw: random.Random) -> None:
    """A part is not above its whole; a product, a quotient or a sum lies between two numbers."""
    a, b = _pick(case, draw, 2)
    formula = draw.choice((B - A, A * B, A / B, A + B, A * A))
    names = {"a": a, "b": b}
    value = exactly(formula, {name: case.truth[each] for name, each in names.items()})
    if value is None:
        return
    spread = abs(value) / draw.choice((1, 10, 1000)) * draw.randint(0, 1)
    result = outwards(value - spread, value + spread)
    _relate(
        case, formula, names, Interval(min(result.low, Decimal(0)), INFINITY) if formula is B - A else result
    )


def _catalogue(case: Case, draw: random.Random) -> None:
    """An indicator of the catalogue over any of the values, and its result as one more."""
    formula = draw.choice(CATALOGUE)
    used = formula.names()
    if len(used) > len(case.truth):
        return
    names = dict(zip(used, _pick(case, draw, len(used)), strict=True))
    value = exactly(formula, {name: case.truth[each] for name, each in names.items()})
    if value is not None and value.denominator < 10**40:
        result = _new(case, draw, value)
        _relate(case, formula - Name("result"), {**names, "result": result})


def _print(case: Case, draw: random.Random, name: str, value: Fraction) -> None:
    if draw.randint(0, 5) == 0:
        found = hedged(draw, value, BILLION_VND)
        rounding = Rounding.HALF
    else:
        rounding = draw.choice(tuple(Rounding))
        found = figure(draw, value, BILLION_VND, rounding, most_places=3)
    if found is not None:
        case.network.state(case.network.index[name], found.interval(rounding), name)


MOST = 6


def counted(draw: random.Random) -> Network:
    """Return a network of a few small whole numbers and random relations, mostly with a solution, or several."""
    network = Network()
    planted: dict[str, Fraction] = {}
    for number in range(draw.randint(2, 3)):
        low, room = draw.randint(-3, 6), draw.randint(0, MOST - 1)
        place = network.variable(f"n{number}", whole=True)
        network.state(place, Interval(Decimal(low), Decimal(low + room)), number)
        planted[f"n{number}"] = Fraction(low + draw.randint(0, room))
    is_honest = draw.randint(0, 4) > 0
    for number in range(draw.randint(1, 3)):
        formula = _of(draw, draw.sample(sorted(planted), draw.randint(1, len(planted))))
        value = exactly(formula, planted)
        if not is_honest or value is None:
            value = Fraction(draw.randint(-20, 40), draw.choice((1, 1, 2, 10)))
        spread = Fraction(draw.choice((0, 0, 1, 5)), draw.choice((1, 10)))
        result = outwards(value - spread * draw.randint(0, 1), value + spread)
        network.relate(formula, [network.index[each] for each in formula.names()], result, number)
    return network


def _of(draw: random.Random, names: list[str]) -> Expression:
    """Return a formula in which each name occurs, one of them perhaps twice."""
    found: Expression = Name(names[0]) * Constant(Decimal(draw.choice((1, 1, 2, -1, 3))))
    for name in [*names[1:], *draw.sample(names, draw.randint(0, 1))]:
        sign = draw.choice("++--**/")
        other = Name(name)
        found = {"+": found + other, "-": found - other, "*": found * other, "/": found / other}[sign]
    return found


def solutions(network: Network) -> Iterator[dict[str, Fraction]]:
    """Yield every way in which all of a network of whole numbers holds, by trying them all."""
    ranges = [range(int(each.interval.low), int(each.interval.high) + 1) for each in network.statements]
    for values in product(*ranges):
        at = [Fraction(each) for each in values]
        if all(_fits(relation, at) for relation in network.relations):
            yield dict(zip(network.index, at, strict=True))


def _fits(relation: Relation, at: list[Fraction]) -> bool:
    """Whether a relation holds at a point: its program, in fractions."""
    program = relation.program
    nodes = [*(at[place] for place in relation.variables), *(Fraction(each) for each in program.constants)]
    for sign, i, j in program.operations:
        a, b = nodes[i], nodes[j]
        if sign == "/":
            if not b:
                return False
            nodes.append(a / b)
        else:
            nodes.append(a + b if sign == "+" else a - b if sign == "-" else a * b)
    return Fraction(relation.result.low) <= nodes[-1] <= Fraction(relation.result.high)
