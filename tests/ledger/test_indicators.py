"""Indicators computed in the engine are the formulas of the catalogue at the sums of the ledger."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from sonla_cli.core.period import parse
from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.ledger.indicators import computable
from sonla_cli.ledger.run import Order, indicate, roll
from sonla_cli.models.report import Report

NAMES = ["attainment", "left", "growth", "index", "multiple"]


def exact(name, actual, plan, previous):
    if name in ("attainment", "left"):
        if actual is None or plan is None or (name == "attainment" and plan == 0):
            return None
        return Fraction(actual, plan) * 100 if name == "attainment" else Fraction(plan - actual, 10**9)
    if actual is None or not previous:
        return None
    ratio = Fraction(actual, previous)
    return {"growth": (ratio - 1) * 100, "index": ratio * 100, "multiple": ratio}[name]


@pytest.mark.parametrize("by", [("area", "metric", "period"), ("area", "unit", "metric")])
def test_an_indicator_is_its_formula_at_the_sums_rounded_outwards(ledger, by):
    order = Order(str(ledger / "ledger.parquet"), str(ledger / "ledger.toml"), by)
    sums = {}
    for row in roll(order).observations():
        key = (row["area"], row["entity"], row["metric"], row["period"])
        sums.setdefault(key, {})[row["measure"]] = int(row["value"])
    report = indicate(order, NAMES)
    found = {(row.area, row.entity, row.metric, row.period, row.indicator): row for row in report.rows}
    expected = 0
    for (area, unit, metric, period), each in sums.items():
        before = sums.get((area, unit, metric, parse(period).year_earlier.text), {}).get("actual")
        for name in NAMES:
            number = exact(name, each.get("actual"), each.get("plan"), before)
            row = found.get((area, unit, metric, period, name))
            assert (row is None) == (number is None), (area, unit, metric, period, name)
            if row is not None:
                expected += 1
                assert Fraction(row.low) <= number <= Fraction(row.high)
                assert Fraction(row.high) - Fraction(row.low) <= Fraction(1, 10**6)
                assert abs(Fraction(row.value) - number) <= Fraction(1, 2 * 10**6)
    assert expected == len(report.rows) > 100
    assert Report.model_validate(report.model_dump()) == report
    assert {"growth", "attainment"} <= {row.indicator for row in report.rows}


def test_an_indicator_that_a_ledger_cannot_give_is_told_with_those_it_can(ledger):
    order = Order(str(ledger / "ledger.parquet"), str(ledger / "ledger.toml"))
    with pytest.raises(SonlaError) as caught:
        indicate(order, ["attainmnt", "pace"])
    codes = [(each.code, each.suggestions[:1]) for each in caught.value.problems]
    assert codes[0] == (Code.UNKNOWN_INDICATOR, ("attainment",))
    assert codes[1][0] == Code.UNKNOWN_INDICATOR
    assert computable(["plan"]) == []
    assert {"attainment", "left", "growth"} <= set(computable(["actual", "plan"]))


def test_money_of_any_size_keeps_its_digits(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    row = {
        "area": "Việt Nam",
        "metric": "disbursement",
        "period": "2025",
        "actual": 1,
        "plan": 2_600_000_000_000_001,
    }
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "t.parquet")
    [left] = indicate(Order(str(tmp_path / "t.parquet")), ["left"]).rows
    assert left.low == left.value == left.high == Decimal("2600000")
    [rate] = indicate(Order(str(tmp_path / "t.parquet")), ["attainment"]).rows
    assert (rate.low, rate.high) == (Decimal(0), Decimal("0.000001"))
