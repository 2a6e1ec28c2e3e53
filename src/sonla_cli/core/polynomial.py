"""Relations as sums of products: what a linear program can take from them, and never more.

A formula over names becomes a quotient of two polynomials with exact coefficients. Where the divisor keeps
its sign, `low ≤ N/D ≤ high` is two inequalities on polynomials. A product of two variables stands for a new
variable held by the four planes through the corners of their ranges (McCormick): a true product always lies
between them, so a system without a solution has none, and where one factor is known exactly nothing is lost.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from sonla_cli.core.formula import Program as Formula
from sonla_cli.core.interval import DOWN, UP, Interval
from sonla_cli.core.linear import Simplex
from sonla_cli.core.solve import Relation

#: a product of variables (sorted places; none of them: the constant) and its coefficient
Polynomial = dict[tuple[int, ...], Fraction]
MOST_TERMS = 2000
#: powers of ten beyond which an end is no quantity of the field, and its fraction would fill the memory
FARTHEST = 200
ONE: tuple[int, ...] = ()
_ZERO, _UNIT, _MINUS = Fraction(0), Fraction(1), Fraction(-1)


def quotient(relation: Relation) -> tuple[Polynomial, Polynomial] | None:
    """Return the relation's formula as numerator and divisor over its variables, `None` if it grows too large."""
    variables = relation.variables
    if len(set(variables)) < len(variables):
        return _quotient(relation.program, variables)
    found = _over_places(relation.program)
    return None if found is None else (_renamed(found[0], variables), _renamed(found[1], variables))


@lru_cache(maxsize=1000)
def _over_places(program: Formula) -> tuple[Polynomial, Polynomial] | None:
    """Return the quotient over the places of the names, the same for every relation by this formula."""
    return _quotient(program, range(len(program.names)))


def _quotient(program: Formula, variables: Sequence[int]) -> tuple[Polynomial, Polynomial] | None:
    whole: Polynomial = {ONE: _UNIT}
    nodes: list[tuple[Polynomial, Polynomial]] = [
        *((_variable(variable), whole) for variable in variables),
        *((_scaled(whole, Fraction(each)), whole) for each in program.constants),
    ]
    for sign, i, j in program.operations:
        (n, d), (m, e) = nodes[i], nodes[j]
        if sign in "+-":
            if sign == "-":
                m = _scaled(m, _MINUS)
            found = (_sum(n, m), d) if d == e else (_sum(_product(n, e), _product(m, d)), _product(d, e))
        else:
            found = (_product(n, m), _product(d, e)) if sign == "*" else (_product(n, e), _product(d, m))
        if not found[1] or len(found[0]) > MOST_TERMS or len(found[1]) > MOST_TERMS:
            return None
        nodes.append(_reduced(*found))
    return nodes[-1]


class Program:
    """A linear program over the variables of a network, between `lows` and `highs`."""

    def __init__(
        self, lows: Sequence[Decimal], highs: Sequence[Decimal], private: Collection[int] = ()
    ) -> None:
        self.lows, self.highs = lows, highs
        #: variables that one relation alone names: where multiplied, their range stands for them
        self.private = frozenset(private)
        self.simplex = Simplex()
        self._places: dict[int, int] = {}
        self._products: dict[tuple[int, int], int] = {}
        #: every relation was taken as it stands: no product of two variables had to be widened
        self.is_exact = True

    def variable(self, place: int) -> int:
        """Return the variable of the program that stands for variable `place` of the network."""
        if place not in self._places:
            self._places[place] = self.simplex.variable(
                _fraction(self.lows[place]), _fraction(self.highs[place])
            )
        return self._places[place]

    def relate(self, relation: Relation) -> bool:
        """Add what is linear in `relation`; return whether anything was."""
        found = quotient(relation)
        if found is None:
            self.is_exact = False
            return False
        numerator, divisor = found
        low, high = _fraction(relation.result.low), _fraction(relation.result.high)
        if low is not None and low == high:
            return self._row(_sum(numerator, _scaled(divisor, -low)), _ZERO, _ZERO)
        sign = self._sign(divisor)
        if not sign:
            self.is_exact = False
            return False
        if divisor.keys() == {ONE}:
            numerator = _scaled(numerator, 1 / divisor[ONE])
            return self._row(numerator, low, high)
        if sign < 0:
            numerator, divisor = _scaled(numerator, _MINUS), _scaled(divisor, _MINUS)
        added = False
        if low is not None:
            added = self._row(_sum(numerator, _scaled(divisor, -low)), _ZERO, None)
        if high is not None:
            added = self._row(_sum(numerator, _scaled(divisor, -high)), None, _ZERO) or added
        return added

    def knows(self, place: int) -> bool:
        """Whether a variable of the network stands in the program."""
        return place in self._places

    def bounds(self, place: int) -> Interval:
        """Return the range of a variable of the network, rounded outwards (after `simplex.check`)."""
        variable = self.variable(place)
        low = self.simplex.end(variable, highest=False)
        high = self.simplex.end(variable, highest=True)
        return Interval(
            self.lows[place]
            if low is None
            else DOWN.divide(Decimal(low.numerator), Decimal(low.denominator)),
            self.highs[place]
            if high is None
            else UP.divide(Decimal(high.numerator), Decimal(high.denominator)),
        )

    def _row(self, polynomial: Polynomial, low: Fraction | None, high: Fraction | None) -> bool:
        products = (product for product in polynomial if len(product) > 1)
        alone = next((each for product in products for each in product if each in self.private), None)
        if alone is not None:
            apart = self._apart(polynomial, alone, low, high)
            if apart is not None:
                return apart
        if any(len(product) > 2 for product in polynomial):
            self.is_exact = False
            return False
        constant = polynomial.get(ONE, _ZERO)
        terms: dict[int, Fraction] = {}
        for product, factor in polynomial.items():
            if product:
                place = (
                    self.variable(product[0]) if len(product) == 1 else self._product(product[0], product[1])
                )
                terms[place] = terms[place] + factor if place in terms else factor
        low = None if low is None else low - constant
        high = None if high is None else high - constant
        self.simplex.row(terms, low, high)
        return True

    def _apart(
        self, polynomial: Polynomial, factor: int, low: Fraction | None, high: Fraction | None
    ) -> bool | None:
        """Add A + y·B with the range of y, which nothing else names, in the place of y; `None` if that fails.

        Some y of the range fits if and only if the least value of the whole is not above `high` and the
        greatest not below `low`; where B keeps its sign, these are taken at the ends of y.
        """
        if any(product.count(factor) > 1 for product in polynomial):
            return None
        rest = {product: each for product, each in polynomial.items() if factor not in product}
        share = _without({product: each for product, each in polynomial.items() if factor in product}, factor)
        sign = self._sign(share)
        if not sign:
            return None
        least, most = _fraction(self.lows[factor]), _fraction(self.highs[factor])
        if sign < 0:
            least, most = most, least
        added = False
        if high is not None and least is not None:
            added = self._row(_sum(rest, _scaled(share, least)), None, high)
        if low is not None and most is not None:
            added = self._row(_sum(rest, _scaled(share, most)), low, None) or added
        return added

    def _product(self, i: int, j: int) -> int:
        place = self._products.get((i, j))
        if place is not None:
            return place
        place = self._products[i, j] = self.simplex.variable()
        x, y = self.variable(i), self.variable(j)
        x_low, x_high = _fraction(self.lows[i]), _fraction(self.highs[i])
        y_low, y_high = _fraction(self.lows[j]), _fraction(self.highs[j])
        self.is_exact = self.is_exact and (x_low == x_high is not None or y_low == y_high is not None)
        for a, b, above in (
            (x_low, y_low, True),
            (x_high, y_high, True),
            (x_high, y_low, False),
            (x_low, y_high, False),
        ):
            self._plane(place, x, y, a, b, above=above)
        return place

    def _plane(
        self, product: int, x: int, y: int, a: Fraction | None, b: Fraction | None, *, above: bool
    ) -> None:
        """Hold the product above or below the plane a·y + b·x − a·b; an end at zero needs no partner."""
        if a is None or b is None:
            return
        terms: dict[int, Fraction] = {product: _UNIT}
        terms[x] = terms.get(x, _ZERO) - b
        terms[y] = terms.get(y, _ZERO) - a
        self.simplex.row(terms, -a * b if above else None, None if above else -a * b)

    def _sign(self, polynomial: Polynomial) -> int:
        low = high = _ZERO
        for product, factor in polynomial.items():
            span = Interval(Decimal(1), Decimal(1))
            for place in product:
                span = span * Interval(self.lows[place], self.highs[place])
            ends = [_fraction(span.low), _fraction(span.high)]
            if factor < 0:
                ends.reverse()
            if ends[0] is None and ends[1] is None:
                return 0
            low = None if low is None or ends[0] is None else low + factor * ends[0]  # type: ignore[assignment]
            high = None if high is None or ends[1] is None else high + factor * ends[1]  # type: ignore[assignment]
        if low is not None and low >= 0:
            return 1
        return -1 if high is not None and high <= 0 else 0


def _variable(place: int) -> Polynomial:
    return {(place,): _UNIT}


def _fraction(end: Decimal) -> Fraction | None:
    """Return an end as a fraction; one too far out, or too near zero, to reckon with is left open."""
    if not end.is_finite() or abs(end.adjusted()) > FARTHEST:
        return _ZERO if not end else None
    return Fraction(end)


def _renamed(a: Polynomial, variables: Sequence[int]) -> Polynomial:
    return {tuple(sorted([variables[place] for place in product])): each for product, each in a.items()}


def _sum(a: Polynomial, b: Polynomial) -> Polynomial:
    found = dict(a)
    for product, factor in b.items():
        _put(found, product, factor)
    return found


def _put(found: Polynomial, product: tuple[int, ...], factor: Fraction) -> None:
    if product in found:
        factor = found[product] + factor
    if factor:
        found[product] = factor
    else:
        found.pop(product, None)


def _scaled(a: Polynomial, factor: Fraction) -> Polynomial:
    return {product: factor * each for product, each in a.items()} if factor else {}


def _product(a: Polynomial, b: Polynomial) -> Polynomial:
    found: Polynomial = {}
    for left, factor in a.items():
        for right, other in b.items():
            _put(found, tuple(sorted((*left, *right))), factor * other)
    return found


def _reduced(numerator: Polynomial, divisor: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Divide both by what every product of both has in common: a constant, or a variable."""
    if divisor.keys() == {ONE}:
        return _scaled(numerator, 1 / divisor[ONE]), {ONE: _UNIT}
    while True:
        common = next(
            (place for place in next(iter(divisor)) if _has(numerator, place) and _has(divisor, place)), None
        )
        if common is None or not numerator:
            return numerator, divisor
        numerator, divisor = _without(numerator, common), _without(divisor, common)


def _has(polynomial: Polynomial, place: int) -> bool:
    return all(place in product for product in polynomial)


def _without(polynomial: Polynomial, place: int) -> Polynomial:
    found: Polynomial = {}
    for product, factor in polynomial.items():
        at = product.index(place)
        found[product[:at] + product[at + 1 :]] = factor
    return found
