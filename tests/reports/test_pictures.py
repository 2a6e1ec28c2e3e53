"""The rows behind pictures: rates in the course of a year."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from sonla_cli.core.problem import SonlaError
from sonla_cli.reports.pictures import course
from sonla_cli.reports.query import Query
from sonla_cli.sources import load


@pytest.fixture(scope="module")
def query():
    return Query(load())


def test_a_course_holds_the_area_the_country_and_the_targets(query):
    rows = course(query).rows
    own = {
        (row.basis, row.period): row.value
        for row in rows
        if row.area == "Sơn La" and row.indicator == "attainment"
    }
    assert own["prime_minister", "2025-11-13"] == Decimal("47.8")
    assert own["total", "2025-07-31"] == Decimal("28.25")
    assert {row.period for row in rows if row.indicator == "target"} >= {"2025-06-30", "2025@2026-01-31"}
    country = [row for row in rows if row.area == "Việt Nam"]
    assert {row.basis for row in country} == {"prime_minister"}
    assert all(row.id.startswith("Việt Nam/disbursement:attainment@prime_minister:2025") for row in country)


def test_a_course_has_one_rate_a_day_and_basis(query):
    rows = [row for row in course(query).rows if row.area == "Việt Nam"]
    assert "2025-09-30" in {row.period for row in rows}
    assert "2025-9M" not in {row.period for row in rows}


def test_the_course_of_the_country_stands_alone(query):
    rows = course(replace(query, area="Việt Nam")).rows
    assert {row.area for row in rows} == {"Việt Nam"}
    assert not any("/" in row.id.partition(":")[0] for row in rows)


def test_the_year_of_a_course_is_the_one_asked_for(query):
    assert course(replace(query, period="2024")).period == "2024"
    with pytest.raises(SonlaError):
        course(replace(query, period="2019"))
