"""The back-test sees no more than a projection of its day, and the page that prints it is current."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sonla_cli.reports.backtest import mean_error, trials
from sonla_cli.reports.projection import project
from sonla_cli.reports.query import Query
from sonla_cli.sources import load
from tests.console import run


@pytest.fixture(scope="module")
def found():
    return trials(Query(load(), area="Việt Nam"), "disbursement", "prime_minister", 2025)


def test_the_page_of_errors_is_what_the_script_prints():
    assert run("python scripts/projection.py --check").returncode == 0


def test_the_season_is_of_an_earlier_year(found):
    for day in {each.period.text for each in found}:
        report = project(Query(load(), area="Việt Nam", period=day), ("disbursement",))
        years = {each.values["year"] for each in report.problems if each.code == "season_from"}
        assert years <= {"2021", "2022", "2023", "2024"}
        assert "hindsight" not in {each.code for each in report.problems}


def test_what_the_page_says_of_the_methods_is_so(found):
    assert all(each.error("line") < 0 for each in found)
    autumn = [each for each in found if each.period.end.month >= 10 and each.horizon.end.month == 1]
    errors = {method: mean_error(autumn, method) for method in ("line", "season", "recent")}
    assert min(errors, key=errors.get) == "season"
    assert errors["season"] < 5
    summer = [each.error("season") for each in found if each.period.end.month in (6, 7, 8)]
    assert all(error > 0 for error in summer)
    assert not any(each.held for each in found if each.period.end.month <= 3)


def test_a_day_with_two_rates_that_exclude_each_other_is_left_out(found):
    assert "2025-09-30" not in {each.period.end.isoformat() for each in found}


def test_the_outcomes_are_those_published(found):
    assert {each.horizon.text: each.shown for each in found} == {
        "2025-12-31": Decimal("83.7"), "2025@2026-01-31": Decimal("94.8"),
    }  # fmt: skip
