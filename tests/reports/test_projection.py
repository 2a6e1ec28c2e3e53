"""Three assumptions side by side; each bounded by every choice of true values, and tight."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from sonla_cli.models.report import Report, Row
from sonla_cli.reports.projection import project
from sonla_cli.reports.query import Query
from sonla_cli.sources import load
from tests.tables import query


def rows(report: Report) -> dict[str, Row]:
    return {row.id: row for row in report.rows}


def test_capital_is_projected_to_31_december_and_to_31_january_side_by_side():
    found = rows(project(Query(load()), ("disbursement",)))
    for horizon in ("2025-12-31", "2025@2026-01-31"):
        methods = [found[f"disbursement:projected_{name}:{horizon}"] for name in ("line", "season", "recent")]
        spread = found[f"disbursement:projected_range:{horizon}"]
        assert spread.value is None
        assert spread.low == min(each.low for each in methods)
        assert spread.high == max(each.high for each in methods)
        assert [each.name for each in spread.inputs] == ["line", "season", "recent"]


def test_the_straight_line_is_the_average_pace_to_the_horizon():
    found = rows(project(Query(load()), ("disbursement",)))
    line = found["disbursement:projected_line:2025@2026-01-31"]
    assert abs(line.value - Decimal(3563) / 317 * 396) < Decimal("1e-6")


def test_revenue_is_projected_to_the_end_of_the_year_only():
    found = project(Query(load(), period="2025-6M"), ("revenue.local",))
    assert {row.period for row in found.rows if row.indicator.startswith("projected_")} == {"2025-12-31"}


def test_a_closed_year_has_nothing_to_project():
    report = project(Query(load(), area="Việt Nam", period="2025@2026-01-31"), ("disbursement",))
    assert not any(row.indicator.startswith("projected_") for row in report.rows)
    assert "year_closed" in {each.code for each in report.problems}


def test_the_earlier_rate_is_reckoned_on_the_plan_of_today():
    text = """metric,measure,basis,period,value,unit
        disbursement,actual,,2025-06-30,100,tỷ đồng
        disbursement,attainment,total,2025-06-30,50.0,%
        disbursement,actual,,2025-09-30,200,tỷ đồng
        disbursement,plan,total,2025-09-30,400,tỷ đồng"""
    found = rows(project(query(text)))
    recent = found["disbursement:projected_rate_recent@total:2025-12-31"]
    assert next(each.value for each in recent.inputs if each.name == "previous_rate") == 25
    assert abs(recent.value - (50 + Decimal(25) / 92 * 92)) < Decimal("1e-6")


def test_without_amounts_the_printed_rates_are_used():
    text = """metric,measure,basis,period,value,unit
        disbursement,attainment,total,2025-06-30,20.0,%
        disbursement,attainment,total,2025-09-30,40.0,%"""
    found = rows(project(query(text)))
    assert abs(found["disbursement:projected_rate_recent@total:2025-12-31"].value - 60) < Decimal("1e-6")
    assert "disbursement:projected_line:2025-12-31" not in found


amounts = st.integers(10, 9999)
HALF = Decimal("0.5")


@settings(max_examples=40)
@given(st.tuples(amounts, amounts).map(sorted))
def test_the_bounds_are_the_extremes_of_all_true_values(pair):
    previous, actual = pair[0], pair[1] + 2
    text = f"""metric,measure,basis,period,value
        disbursement,actual,,2025-03-31,{previous}
        disbursement,actual,,2025-06-30,{actual}"""
    text += "\ndisbursement,plan,total,2025-06-30,20000"
    found = rows(project(query(text)))
    ends = [(actual + one, previous + two) for one, two in product((-HALF, HALF), repeat=2)]
    recent = [a + (a - b) / 91 * 184 for a, b in ends]
    row = found["disbursement:projected_recent:2025-12-31"]
    tiny = Decimal("1e-6")
    assert abs(row.low - min(recent)) < tiny
    assert abs(row.high - max(recent)) < tiny
    line = found["disbursement:projected_line:2025-12-31"]
    assert abs(line.low - (actual - HALF) / 181 * 365) < tiny
    assert abs(line.high - (actual + HALF) / 181 * 365) < tiny
