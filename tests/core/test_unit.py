"""Factors are exact, spellings are an explicit list, and unlike units do not add."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sonla_cli.core import unit as u
from sonla_cli.core.unit import SPELLINGS, UnitError, parse


@pytest.mark.parametrize(
    ("spelling", "factor"),
    [
        ("đồng", "1e-9"), ("triệu đồng", "0.001"), ("tỷ đồng", "1"), ("tỉ đồng", "1"), ("nghìn tỷ", "1000"),
        ("ngàn tỉ đồng", "1000"), ("triệu tỷ đồng", "1e6"), ("TỶ ĐỒNG", "1"), ("tỷ  đồng", "1"),
    ],
)  # fmt: skip
def test_money_has_exact_factors(spelling, factor):
    found = parse(spelling)
    assert found is not None
    assert found.factor == Decimal(factor)
    assert found.canonical is u.BILLION_VND


def test_what_is_not_on_the_list_is_no_unit():
    assert parse("dồng") is None
    assert parse("dòng") is None
    assert parse("ty dong") is None


def test_every_spelling_has_a_canonical_unit():
    for unit in SPELLINGS.values():
        assert unit.canonical.factor == 1


def test_unlike_units_do_not_add():
    for one, two in (
        (u.BILLION_VND, u.MILLION_USD),
        (u.PERCENT, u.TIMES),
        (u.PROJECT, u.VILLAGE),
        (u.POINTS, u.TIMES),
    ):
        with pytest.raises(UnitError):
            _ = one + two
        with pytest.raises(UnitError):
            _ = one - two


def test_points_move_a_percentage_and_are_the_difference_of_two():
    assert u.PERCENT - u.PERCENT is u.POINTS
    assert u.PERCENT + u.POINTS is u.PERCENT
    assert u.BILLION_VND + SPELLINGS["nghìn tỷ"] is u.BILLION_VND


@pytest.mark.parametrize(
    ("spelling", "factor", "canonical"),
    [("USD", "1e-6", u.MILLION_USD), ("nghìn USD", "0.001", u.MILLION_USD), ("tỷ USD", "1000", u.MILLION_USD),
     ("trăm triệu đồng", "0.1", u.BILLION_VND), ("million VND", "0.001", u.BILLION_VND), ("trillion VND", "1000", u.BILLION_VND)],
)  # fmt: skip
def test_every_money_has_its_own_canonical_unit(spelling, factor, canonical):
    found = parse(spelling)
    assert found is not None
    assert (found.factor, found.canonical, found.name) == (
        Decimal(factor),
        canonical,
        canonical.name.split()[-1],
    )


def test_a_sum_of_percentages_is_one():
    assert u.PERCENT + u.PERCENT is u.PERCENT
    with pytest.raises(UnitError, match="cannot add times and %"):
        _ = u.PERCENT + u.TIMES
    with pytest.raises(UnitError, match="cannot subtract times and %"):
        _ = u.PERCENT - u.TIMES
