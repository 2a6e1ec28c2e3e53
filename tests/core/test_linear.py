"""The exact simplex agrees with trying every vertex, and answers are proofs."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonla_cli.core import linear
from sonla_cli.core.deduce import deduce
from sonla_cli.core.linear import Simplex
from tests.core.test_deduce import network

small = st.integers(-4, 4)


@st.composite
def programs(draw: st.DrawFn) -> tuple[int, list[tuple[list[int], int, int]]]:
    """Rows `low ≤ a·x ≤ high` over two or three variables, each between -9 and 9."""
    count = draw(st.integers(2, 3))
    rows = [([int(i == j) for i in range(count)], -9, 9) for j in range(count)]
    for _ in range(draw(st.integers(1, 4))):
        low = draw(st.integers(-12, 12))
        rows.append(([draw(small) for _ in range(count)], low, low + draw(st.integers(0, 10))))
    return count, rows


def vertices(count, rows):
    """Every point where `count` bounds hold with equality and all others hold: the corners of the solution."""
    planes = [(row, end) for row, low, high in rows for end in {low, high}]
    for chosen in combinations(planes, count):
        point = solve(
            [[Fraction(each) for each in row] for row, _ in chosen], [Fraction(end) for _, end in chosen]
        )
        if point and all(
            low <= sum(a * x for a, x in zip(row, point, strict=True)) <= high for row, low, high in rows
        ):
            yield point


def solve(matrix, right):
    size = len(right)
    rows = [[*row, each] for row, each in zip(matrix, right, strict=True)]
    for column in range(size):
        pivot = next((each for each in range(column, size) if rows[each][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [each / rows[column][column] for each in rows[column]]
        for other in range(size):
            if other != column and rows[other][column]:
                factor = rows[other][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[column], strict=True)]
    return [row[-1] for row in rows]


def built(count, rows) -> tuple[Simplex, list[int]]:
    simplex = Simplex()
    places = [simplex.variable(Fraction(-9), Fraction(9)) for _ in range(count)]
    for row, low, high in rows[count:]:
        terms = {place: Fraction(a) for place, a in zip(places, row, strict=True) if a}
        simplex.row(terms, Fraction(low), Fraction(high))
    return simplex, places


@given(programs())
@settings(max_examples=300, deadline=None)
def test_it_finds_what_the_vertices_say(program):
    count, rows = program
    simplex, places = built(count, rows)
    corners = list(vertices(count, rows))
    assert simplex.check() == bool(corners)
    for axis, place in enumerate(places) if corners else ():
        assert simplex.end(place, highest=False) == min(corner[axis] for corner in corners)
        assert simplex.end(place, highest=True) == max(corner[axis] for corner in corners)


@given(programs(), st.integers(0, 60))
def test_where_the_work_runs_out_nothing_wrong_is_said(program, most):
    count, rows = program
    corners = list(vertices(count, rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linear, "MOST_WORK", most)
        simplex, places = built(count, rows)
        assert simplex.check() or not corners
        for axis, place in enumerate(places) if corners else ():
            ends = [simplex.end(place, highest=highest) for highest in (False, True)]
            exact = [best(corner[axis] for corner in corners) for best in (min, max)]
            assert all(end in (None, wanted) for end, wanted in zip(ends, exact, strict=True))
            if simplex.gives_up:
                assert simplex.end(place, highest=True) is None


def test_fractions_that_grow_without_end_are_given_up():
    """Twelve unknowns in sixteen sums of products: minutes of work, and no bound that a reader waits for."""
    truth = [(7 * place) % 37 + 1 for place in range(12)]
    rules = []
    for number in range(16):
        a, b, c, d = ((number * step + step * step) % 12 for step in (1, 3, 5, 7))
        rules.append(
            f"v{a} * v{b} + v{c} * v{d} - v{a} == {truth[a] * truth[b] + truth[c] * truth[d] - truth[a]}"
        )
    found = deduce(network(*rules, **{f"v{place}": ("0", "100") for place in range(12)}))
    assert found.conflict is None
    for place, value in enumerate(truth):
        ends = found.bounds(f"v{place}")
        assert ends is None or ends.low <= value <= ends.high


def test_an_open_end_stays_open():
    simplex = Simplex()
    x, y = simplex.variable(Fraction(0)), simplex.variable(Fraction(0))
    simplex.row({x: Fraction(1), y: Fraction(-1)}, Fraction(2), Fraction(2))
    assert simplex.check()
    assert simplex.end(x, highest=True) is None
    assert simplex.end(x, highest=False) == 2
    assert simplex.end(y, highest=False) == 0


def test_bounds_that_exclude_each_other_are_infeasible():
    simplex = Simplex()
    simplex.variable(Fraction(3), Fraction(2))
    assert not simplex.check()
