"""Where a plan should stand by now and what its target takes, checked by hand and against every choice of values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.models.report import Report, Row
from sonla_cli.reports.disbursement import Goal
from sonla_cli.reports.pace import pace
from sonla_cli.reports.query import Query
from sonla_cli.sources import load
from tests.tables import query

DAY = "2025-11-13"
MAIN = f"disbursement:{{}}@prime_minister:{DAY}"


def rows(report: Report) -> dict[str, Row]:
    return {row.id: row for row in report.rows}


@pytest.fixture(scope="module")
def published() -> dict[str, Row]:
    return rows(pace(Query(load()), ("disbursement",)))


def test_what_is_due_by_the_calendar_is_exact_to_the_day(published):
    expected = published[MAIN.format("expected")]
    plan = published[MAIN.format("implied_plan")]
    assert expected.value == pytest.approx(plan.value * 317 / 365, rel=Decimal("1e-11"))
    ahead = published[MAIN.format("ahead_amount")]
    assert ahead.high < 0
    assert ahead.low == pytest.approx(Decimal("3562.5") - plan.high * 317 / 365, abs=Decimal("1e-6"))


def test_paces_of_a_month_are_those_of_a_day_over_an_average_month(published):
    day, month = published[f"disbursement:pace:{DAY}"], published[f"disbursement:pace_month:{DAY}"]
    assert month.value == pytest.approx(day.value * 365 / 12, rel=Decimal("1e-10"))
    assert month.unit == "billion VND/month"


def test_the_pace_needed_is_held_against_the_pace_since_the_earlier_report(published):
    recent = published[f"disbursement:pace_recent:{DAY}"]
    assert {each.name: each.id for each in recent.inputs}["previous"] == "disbursement:actual:2025-07-31"
    assert published[MAIN.format("acceleration")].low > published[MAIN.format("acceleration_recent")].high > 3


def test_the_season_is_named_with_its_source():
    report = pace(Query(load()), ("disbursement",))
    note = next(each for each in report.problems if each.code == "season_from")
    assert (note.values["area"], note.values["year"], note.values["basis"]) == (
        "Việt Nam",
        "2024",
        "prime_minister",
    )
    season = rows(report)[MAIN.format("season")]
    assert set(season.sources) & {each.id for each in report.sources} == set(season.sources)


def test_a_season_of_the_same_year_is_marked_as_not_known_at_the_time():
    report = pace(Query(load()), ("disbursement",), season_year=2025)
    assert {"season_from", "hindsight"} <= {each.code for each in report.problems}


def test_every_metric_with_a_plan_has_its_latest_day():
    found = rows(pace(Query(load())))
    assert {"revenue.total", "revenue.local", "disbursement", "disbursement.programmes"} <= {
        row.metric for row in found.values() if row.indicator == "ahead_amount"
    }
    assert "revenue.local:ahead_amount@council:2025-10M" in found


def test_a_plan_that_is_exceeded_needs_no_pace_and_says_so():
    report = pace(Query(load()), ("revenue.local",))
    assert not any(row.indicator == "pace_needed" for row in report.rows)
    reached = {each.values["basis"] for each in report.problems if each.code == "target_reached"}
    assert reached == {"central", "council"}


def test_a_target_by_a_day_changes_what_is_needed():
    goal = Goal(Decimal(95), date(2025, 12, 31))
    needed = rows(pace(Query(load()), ("disbursement",), goal))[MAIN.format("pace_needed")]
    plan = Decimal("7453.9748954")
    assert needed.value == pytest.approx((plan * 95 / 100 - 3563) / 48, rel=Decimal("1e-9"))


def test_a_day_before_the_figures_is_refused():
    with pytest.raises(SonlaError) as raised:
        pace(Query(load()), ("disbursement",), Goal(by=date(2025, 11, 13)))
    assert [each.code for each in raised.value.problems] == [Code.TARGET_DAY_PAST]


def test_every_unknown_metric_is_named_at_once():
    with pytest.raises(SonlaError) as raised:
        pace(Query(load()), ("disbursment", "revenue.locale"))
    assert [each.suggestions[0] for each in raised.value.problems] == ["disbursement", "revenue.local"]


def test_dollars_have_their_own_paces():
    asked = query(
        """area,metric,measure,basis,period,value,unit
        Sơn La,exports,actual,,2025-10M,172.1,triệu USD
        Sơn La,exports,plan,council,2025,210,triệu USD"""
    )
    found = rows(pace(asked, ("exports",)))
    assert found["exports:pace:2025-10M"].unit == "million USD/day"
    assert found["exports:pace_needed_month@council:2025-10M"].unit == "million USD/month"


def test_a_rate_without_amounts_is_still_ahead_or_behind():
    found = rows(
        pace(query("metric,measure,basis,period,value,unit\ndisbursement,attainment,total,2025-6M,30,%"))
    )
    assert found["disbursement:ahead@total:2025-6M"].high < 0
    assert "disbursement:pace:2025-6M" not in found


amounts = st.integers(1, 9999)


@settings(max_examples=40)
@given(st.tuples(amounts, amounts).map(sorted), amounts, st.integers(-5, 5), st.integers(-5, 5))
def test_every_choice_of_true_values_gives_what_lies_in_the_bounds(pair, plan, up, down):
    previous, actual = pair[0], pair[1] + 2
    text = f"""metric,measure,basis,period,value
        disbursement,actual,,2025-06-30,{actual}
        disbursement,actual,,2025-03-31,{previous}
        disbursement,plan,total,2025-06-30,{plan}"""
    found = rows(pace(query(text)))
    a, p, b = actual + Decimal(up) / 10, plan + Decimal(down) / 10, previous + Decimal(up * down) / 50

    def holds(name: str, value: Decimal) -> bool:
        row = found[name]
        slack = Decimal("1e-25") * max(1, abs(value))
        return (row.low is None or row.low <= value + slack) and (
            row.high is None or value - slack <= row.high
        )

    assert holds("disbursement:expected@total:2025-06-30", p * 181 / 365)
    assert holds("disbursement:ahead_amount@total:2025-06-30", a - p * 181 / 365)
    assert holds("disbursement:pace_recent:2025-06-30", (a - b) / 91)
    if "disbursement:pace_needed@total:2025-06-30" in found:
        assert holds("disbursement:pace_needed@total:2025-06-30", (p - a) / 215)
        if a != b:
            assert holds(
                "disbursement:acceleration_recent@total:2025-06-30", ((p - a) / 215) / ((a - b) / 91)
            )
    else:
        assert a >= p


MERGED = """area,metric,measure,basis,period,value,boundaries
    Phú Thọ,disbursement,actual,,2025-05-31,100,
    Phú Thọ,disbursement,plan,total,2025-05-31,400,
    Phú Thọ,disbursement,actual,,2025-09-30,900,
    Phú Thọ,disbursement,plan,total,2025-09-30,1200,"""


def test_old_and_new_boundaries_are_not_joined_into_one_pace():
    found = rows(pace(query(MERGED, area="Phú Thọ")))
    assert "disbursement:ahead_amount@total:2025-09-30" in found
    assert not any(row.indicator == "pace_recent" or row.period == "2025-05-31" for row in found.values())


def test_the_old_boundaries_may_be_asked_for():
    found = rows(pace(query(MERGED, area="Phú Thọ", boundaries="old")))
    assert {row.period for row in found.values()} == {"2025-05-31"}
