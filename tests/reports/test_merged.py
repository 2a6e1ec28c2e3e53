"""A merged province is the sum of the provinces that became it, where all are known, and else says it is not."""

from __future__ import annotations

from decimal import Decimal

from sonla_cli.core.period import parse
from sonla_cli.reports.comparison import compare
from sonla_cli.reports.increments import between
from tests.tables import query

PARTS = """area,metric,measure,period,value,boundaries
    Phú Thọ,revenue.local,actual,2024-10M,100,
    Vĩnh Phúc,revenue.local,actual,2024-10M,200,
    Hòa Bình,revenue.local,actual,2024-10M,300,
    Phú Thọ,revenue.local,actual,2025-10M,900,"""


def test_the_year_before_is_the_sum_of_the_three_provinces():
    report = compare(query(PARTS, area="Phú Thọ"), [2024, 2025])
    rows = {row.id: row for row in report.rows}
    before = rows["revenue.local:parts_sum:2024-10M"]
    assert (before.value, before.low, before.high) == (600, Decimal("598.5"), Decimal("601.5"))
    assert {each.id for each in before.inputs} == {
        f"{name}/revenue.local:actual:2024-10M" for name in ("Phú Thọ", "Vĩnh Phúc", "Hòa Bình")
    }
    assert rows["revenue.local:growth@same_period_last_year:2025-10M"].value == 50


def test_with_one_province_missing_it_says_which_and_never_joins_old_and_new():
    lines = [each for each in PARTS.splitlines() if "Hòa Bình" not in each]
    report = compare(query("\n".join(lines), area="Phú Thọ"), [2024, 2025])
    notes = {each.code: each.values for each in report.problems}
    assert notes["parts_missing"]["missing"] == "Hòa Bình"
    assert not any(row.indicator == "growth" for row in report.rows)


def test_a_figure_published_on_the_new_boundaries_needs_no_sum():
    text = PARTS + "\nPhú Thọ,revenue.local,actual,2024-10M,610,new"
    rows = {row.id: row for row in compare(query(text, area="Phú Thọ"), [2024, 2025]).rows}
    assert "revenue.local:parts_sum:2024-10M" not in rows


def test_a_province_that_was_not_merged_is_compared_with_itself():
    text = PARTS.replace("Phú Thọ", "Sơn La")
    rows = {row.id: row for row in compare(query(text), [2024, 2025]).rows}
    assert rows["revenue.local:growth@same_period_last_year:2025-10M"].value == 800


def test_two_reports_around_the_merger_are_summed_too():
    text = PARTS.replace("2024-10M", "2025-5M")
    rows = {
        row.id: row for row in between(query(text, area="Phú Thọ"), parse("2025-5M"), parse("2025-10M")).rows
    }
    assert rows["revenue.local:increment@2025-5M:2025-10M"].value == 300


def test_what_only_the_merged_province_reports_is_compared_on_its_own_boundaries():
    text = """area,metric,measure,basis,period,value,unit
    Lào Cai,revenue.local,actual,,2025-10M,14250,tỷ đồng
    Lào Cai,revenue.local,index,same_period_last_year,2025-10M,118.2,%"""
    report = compare(query(text, area="Lào Cai"), [2024, 2025])
    rows = {row.id: row for row in report.rows}
    assert rows["revenue.local:level_from_index:2024-10M"].low > 12_000
    assert {"new_boundaries_only"} <= {each.code for each in report.problems}
