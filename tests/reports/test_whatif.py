"""Before and after a change: only what is set changes, and everything wrong is said at once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.models.report import Row
from sonla_cli.reports.query import Query
from sonla_cli.reports.whatif import whatif
from sonla_cli.sources import load
from tests.tables import query

DAY = "2025-11-13"


def rows(asked: Query, *changes: str) -> dict[str, Row]:
    return {row.id: row for row in whatif(asked, changes).rows}


def test_a_plan_is_raised_by_an_amount():
    found = rows(Query(load()), "plan@prime_minister+=500")
    before, after = (found[f"{lead}disbursement:attainment@prime_minister:{DAY}"] for lead in ("", "whatif/"))
    assert (before.how, before.value) == ("published", Decimal("47.8"))
    assert after.high < Decimal("44.9") < before.low
    plan = found[f"whatif/disbursement:plan@prime_minister:{DAY}"]
    implied = found[f"disbursement:implied_plan@prime_minister:{DAY}"]
    assert plan.how == "assumed"
    assert (plan.low, plan.high) == (implied.low + 500, implied.high + 500)


def test_an_actual_is_set_and_only_what_follows_changes():
    found = rows(Query(load()), "revenue.local=4800")
    assert found["whatif/revenue.local:actual:2025-10M"].value == 4800
    assert found["whatif/revenue.local:attainment@council:2025-10M"].value == pytest.approx(
        Decimal(4800) / 45
    )
    assert (
        found["whatif/revenue.local:share@revenue.total:2025-10M"].value
        > found["revenue.local:share@revenue.total:2025-10M"].value
    )
    assert "whatif/revenue.local:plan@council:2025" not in found


def test_several_changes_add_up_in_their_order():
    found = rows(Query(load()), "revenue.local=4000", "revenue.local+=100", "revenue.local*=2")
    assert found["whatif/revenue.local:actual:2025-10M"].value == 8200


@pytest.mark.parametrize(
    ("change", "value"), [("-=564", 4000), ("+=10%", "5020.4"), ("-=50%", 2282), ("*=0.5", 2282)]
)
def test_a_change_moves_from_what_it_was(change, value):
    found = rows(Query(load()), f"revenue.local{change}")
    assert found["whatif/revenue.local:actual:2025-10M"].value == Decimal(value)


@pytest.mark.parametrize(
    ("change", "value"),
    [("=4800,5", "4800.5"), ("=4.800,5", "4800.5"), ("=4,800.5", "4800.5"), ("=1.234.567", "1234567"), ("+=0,5%", "4586.82")],
)  # fmt: skip
def test_a_number_is_set_as_either_convention_writes_it(change, value):
    found = rows(Query(load()), f"revenue.local{change}")
    assert found["whatif/revenue.local:actual:2025-10M"].value == Decimal(value)


@pytest.mark.parametrize("change", ["=4.800", "=4,800", "+=1.500", "-=1.500%"])
def test_a_number_that_can_be_read_in_two_ways_is_refused_with_both(change):
    with pytest.raises(SonlaError) as raised:
        whatif(Query(load()), [f"revenue.local{change}"])
    [problem] = raised.value.problems
    assert problem.code == Code.AMBIGUOUS_NUMBER
    assert problem.suggestions in (("4800", "4.8"), ("1500", "1.5"))


def test_a_plan_that_was_not_known_may_be_set_but_not_moved():
    text = "metric,measure,period,value\nrevenue.land,actual,2025-6M,400"
    found = rows(query(text), "revenue.land:plan@council=1000")
    assert found["whatif/revenue.land:attainment@council:2025-6M"].value == 40
    with pytest.raises(SonlaError) as raised:
        whatif(query(text), ["revenue.land:plan@council+=5"])
    assert raised.value.problems[0].code == Code.CHANGE_NOT_KNOWN


def test_a_part_above_its_whole_is_reported():
    report = whatif(Query(load()), ["revenue.local=30000"])
    assert "part_exceeds" in {each.code for each in report.problems}


def test_a_target_that_is_reached_after_the_change_is_said():
    report = whatif(Query(load()), ["disbursement=8000"])
    assert "target_reached" in {each.code for each in report.problems}
    assert not any(row.id.startswith("whatif/disbursement:pace_needed") for row in report.rows)


def test_everything_wrong_is_said_at_once():
    wrong = [
        "foo=1",
        "plan@council=3",
        "plan@x=1",
        "revenue.local=4.80.0",
        "revenue.local=4.800",
        "revenue.local@council=1",
        "revenue.local=5%",
    ]
    with pytest.raises(SonlaError) as raised:
        whatif(Query(load()), wrong)
    assert {each.code for each in raised.value.problems} == {
        Code.UNKNOWN_METRIC, Code.CHANGE_OF_WHAT, Code.UNKNOWN_BASIS, Code.CHANGE_UNREADABLE, Code.CHANGE_HAS_BASIS,
        Code.CHANGE_PERCENT, Code.AMBIGUOUS_NUMBER,
    }  # fmt: skip


@settings(max_examples=40)
@given(st.integers(1, 9999), st.integers(1, 9999), st.integers(-900, 900))
def test_the_after_of_every_true_value_lies_in_the_bounds(actual, plan, moved):
    text = f"metric,measure,basis,period,value\ndisbursement,actual,,2025-06-30,{actual}\ndisbursement,plan,total,2025-06-30,{plan}"
    sign = "+=" if moved >= 0 else "-="
    found = rows(query(text), f"plan@total{sign}{abs(moved)}")
    after = found.get("whatif/disbursement:attainment@total:2025-06-30")
    if after is None:
        assert moved == 0
        return
    for up in (-1, 0, 1):
        true = plan + Decimal(up) / 2 + moved
        if true > 0:
            rate = (actual + Decimal(up) / 2) / true * 100
            slack = max(Decimal(1), rate) * Decimal("1e-20")
            assert (after.low or 0) <= rate + slack
            assert after.high is None or rate - slack <= after.high
