"""Two reports of one year: what came in between, and what the plan did to the rate."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonla_cli.core.period import parse
from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.models.report import Report, Row
from sonla_cli.reports.increments import between
from sonla_cli.reports.query import Query
from sonla_cli.sources import load
from tests.tables import query

FIRST, LAST = parse("2025-06-30"), parse("2025-09-30")
RAISED = """metric,measure,basis,period,value
    disbursement,actual,,2025-06-30,500
    disbursement,plan,total,2025-06-30,1000
    disbursement,actual,,2025-09-30,600
    disbursement,plan,total,2025-09-30,1500"""


def rows(report: Report) -> dict[str, Row]:
    return {row.id: row for row in report.rows}


def test_a_rate_that_falls_while_money_rises_is_explained_by_the_plan():
    report = between(query(RAISED), FIRST, LAST)
    found = rows(report)
    against = "@total/2025-06-30:2025-09-30"
    assert found[f"disbursement:rate_change{against}"].value == -10
    assert found[f"disbursement:rate_on_plan{against}"].value == 60
    assert found[f"disbursement:rate_by_money{against}"].value == 10
    assert found[f"disbursement:rate_by_plan{against}"].value == -20
    assert found[f"disbursement:plan_change{against}"].value == 500
    assert [each.values["basis"] for each in report.problems if each.code == "plan_moved"] == ["total"]


def test_a_plan_that_stays_explains_nothing():
    report = between(query(RAISED.replace("1500", "1000")), FIRST, LAST)
    assert "plan_moved" not in {each.code for each in report.problems}


def test_the_increment_and_its_pace_are_those_of_the_days_between():
    found = rows(between(query(RAISED), FIRST, LAST))
    assert found["disbursement:increment@2025-06-30:2025-09-30"].value == 100
    assert found["disbursement:pace_recent@2025-06-30:2025-09-30"].value == pytest.approx(Decimal(100) / 92)


def test_months_and_days_of_one_end_are_one_date():
    found = rows(between(query(RAISED.replace("2025-06-30", "2025-6M")), FIRST, LAST))
    assert "disbursement:increment@2025-6M:2025-09-30" in found


def test_a_revenue_plan_of_the_year_does_not_move():
    text = """metric,measure,basis,period,value
        revenue.local,actual,,2025-6M,2432
        revenue.local,actual,,2025-10M,4564
        revenue.local,plan,council,2025,4500"""
    found = rows(between(query(text), parse("2025-6M"), parse("2025-10M")))
    assert not any(row.indicator in ("plan_change", "rate_on_plan") for row in found.values())
    assert found["revenue.local:rate_change@council/2025-6M:2025-10M"].low > 47


def test_rates_on_different_plans_are_not_compared_but_the_old_plan_still_gives_a_rate():
    report = between(Query(load()), parse("2025-06-20"), parse("2025-11-13"))
    found = rows(report)
    assert not any(row.indicator == "rate_change" for row in found.values())
    assert "no_common_basis" in {each.code for each in report.problems}
    # 3,563 of a total plan of less than 6,600
    assert found["disbursement:rate_on_plan@total/2025-06-20:2025-11-13"].low > Decimal("53.9")


def test_the_country_in_november_2025_would_stand_higher_on_the_plan_of_october():
    found = rows(between(Query(load(), area="Việt Nam"), parse("2025-10-31"), parse("2025-11-30")))
    on_old = found["disbursement:rate_on_plan@prime_minister/2025-10-31:2025-11-30"]
    assert on_old.low > found["disbursement:attainment@prime_minister:2025-11-30"].high


def test_a_date_without_figures_names_those_there_are():
    with pytest.raises(SonlaError) as raised:
        between(query(RAISED), parse("2025-07-31"), LAST)
    problem = raised.value.problems[0]
    assert problem.code == Code.NO_DATA
    assert problem.values["period"] == "2025-07-31"
    assert problem.suggestions == ("2025-06-30", "2025-09-30")


levels = st.integers(1, 9999)
HALF = Decimal("0.5")


@settings(max_examples=50)
@given(st.tuples(levels, levels).map(sorted), levels, levels)
def test_increments_are_bounded_by_every_choice_and_tight(pair, plan, plan_now):
    before, now = pair[0], pair[1] + 2
    text = f"""metric,measure,basis,period,value
        disbursement,actual,,2025-06-30,{before}
        disbursement,plan,total,2025-06-30,{plan}
        disbursement,actual,,2025-09-30,{now}
        disbursement,plan,total,2025-09-30,{plan_now}"""
    found = rows(between(query(text), FIRST, LAST))
    grown = found["disbursement:increment@2025-06-30:2025-09-30"]
    assert (grown.low, grown.high) == (now - before - 1, now - before + 1)
    for one, two, three, four in product((-HALF, HALF), repeat=4):
        a, p, b, q = before + one, plan + two, now + three, plan_now + four
        for name, true in (
            ("rate_change", b / q * 100 - a / p * 100),
            ("rate_on_plan", b / p * 100),
            ("rate_by_money", (b - a) / p * 100),
            ("rate_by_plan", b / q * 100 - b / p * 100),
        ):
            row = found[f"disbursement:{name}@total/2025-06-30:2025-09-30"]
            slack = max(Decimal(1), abs(true)) * Decimal("1e-20")
            assert row.low <= true + slack
            assert true - slack <= row.high
