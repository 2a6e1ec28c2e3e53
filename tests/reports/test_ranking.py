"""Where areas and units stand: ranges where rounding decides nothing, and never old among new boundaries."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.models.report import Report, Row
from sonla_cli.reports.query import Query
from sonla_cli.reports.ranked import Order
from sonla_cli.reports.ranking import rank
from sonla_cli.sources import load
from tests.tables import query

HEAD = "area,entity,metric,measure,basis,period,value,unit,boundaries\n"


def rates(period: str, **values: str) -> str:
    names = {"sonla": "Sơn La", "hanoi": "Hà Nội", "hue": "Huế", "phutho": "Phú Thọ", "vinhphuc": "Vĩnh Phúc"}
    return HEAD + "\n".join(
        f"{names[name]},,disbursement,attainment,total,{period},{value},%," for name, value in values.items()
    )


def ranks(report: Report) -> dict[str, tuple[int | None, int, int]]:
    return {
        row.entity or row.area: (None if row.value is None else int(row.value), int(row.low), int(row.high))
        for row in report.rows
        if row.indicator == "rank" and row.low is not None and row.high is not None
    }


def of(report: Report, indicator: str, area: str) -> Row:
    return next(
        row
        for row in report.rows
        if row.indicator == indicator and row.area == area and row.id.startswith(area)
    )


def test_the_highest_is_first_and_rounding_leaves_ranges():
    found = ranks(rank(query(rates("2025-09-30", sonla="47.8", hanoi="48", hue="60.1")), "disbursement"))
    # 48 stands for 47.5 … 48.5
    assert found == {"Huế": (1, 1, 1), "Hà Nội": (None, 2, 3), "Sơn La": (None, 2, 3)}


def test_the_lowest_may_be_first():
    asked = Order(lowest_first=True)
    found = ranks(
        rank(query(rates("2025-09-30", sonla="47.8", hanoi="55.0", hue="60.1")), "disbursement", asked)
    )
    assert found == {"Sơn La": (1, 1, 1), "Hà Nội": (2, 2, 2), "Huế": (3, 3, 3)}


def test_the_provinces_before_the_mergers_stand_among_themselves():
    report = rank(Query(load(), period="2024@2025-01-31"), "disbursement", Order(basis="total"))
    found = ranks(report)
    assert found["Hải Dương"] == found["Đồng Tháp"] == (None, 3, 4)
    note = next(each for each in report.problems if each.code == "ranked_of")
    assert (note.values["count"], note.values["total"]) == ("11", "63")


def test_a_province_of_old_boundaries_is_not_ranked_among_the_34():
    text = (
        rates("2025-09-30", sonla="50", hanoi="60")
        + "\nPhú Thọ,,disbursement,attainment,total,2025-09-30,90,%,old"
    )
    report = rank(query(text), "disbursement")
    assert set(ranks(report)) == {"Sơn La", "Hà Nội"}
    assert next(each for each in report.problems if each.code == "ranked_of").values["total"] == "34"


def test_a_province_that_was_merged_into_another_is_ranked_only_before():
    before = rank(query(rates("2025-05-31", sonla="50", vinhphuc="60")), "disbursement")
    assert set(ranks(before)) == {"Sơn La", "Vĩnh Phúc"}
    since = query(rates("2025-09-30", sonla="50", vinhphuc="60"))
    assert set(ranks(rank(since, "disbursement"))) == {"Sơn La"}


def test_among_the_34_at_an_earlier_date_a_merged_province_is_the_sum_of_its_parts():
    lines = ["Sơn La,,revenue.local,actual,,2024,250,tỷ đồng,"]
    lines += [
        f"{name},,revenue.local,actual,,2024,100,tỷ đồng," for name in ("Phú Thọ", "Vĩnh Phúc", "Hòa Bình")
    ]
    lines += ["Lào Cai,,revenue.local,actual,,2024,900,tỷ đồng,"]
    report = rank(query(HEAD + "\n".join(lines), boundaries="new"), "revenue.local")
    assert ranks(report) == {"Phú Thọ": (1, 1, 1), "Sơn La": (2, 2, 2)}
    # Lào Cai took in Yên Bái, which is not known
    missing = [each.values for each in report.problems if each.code == "parts_missing"]
    assert [(each["area"], each["missing"]) for each in missing] == [("Lào Cai", "Yên Bái")]


def test_the_gap_to_the_country_and_to_a_target():
    text = (
        rates("2025-09-30", sonla="47.8", hanoi="60")
        + "\nViệt Nam,,disbursement,attainment,total,2025-09-25,50.0,%,"
    )
    report = rank(query(text), "disbursement", Order(target=Decimal(95)))
    assert of(report, "national_gap", "Sơn La").value == Decimal("-2.2")
    assert of(report, "target_gap", "Sơn La").value == Decimal("-47.2")
    assert of(report, "median_gap", "Sơn La").value == Decimal("-6.1")


def test_figures_of_other_days_are_named_and_those_too_far_apart_left_out():
    lines = rates("2025-09-30", sonla="50")
    lines += "\nHà Nội,,disbursement,attainment,total,2025-09-20,60,%,\nHuế,,disbursement,attainment,total,2025-08-20,70,%,"
    report = rank(query(lines), "disbursement")
    assert set(ranks(report)) == {"Sơn La", "Hà Nội"}
    assert [each.values["names"] for each in report.problems if each.code == "other_date"] == ["Hà Nội"]
    assert set(ranks(rank(query(lines), "disbursement", Order(within=0)))) == {"Sơn La"}


def test_a_rate_nobody_printed_is_reckoned_from_the_actual_and_the_plan():
    text = (
        rates("2025-09-30", sonla="50.0")
        + """
        Hà Nội,,disbursement,actual,,2025-09-30,600,tỷ đồng,
        Hà Nội,,disbursement,plan,total,2025-09-30,1000,tỷ đồng,"""
    )
    assert ranks(rank(query(text), "disbursement")) == {"Hà Nội": (1, 1, 1), "Sơn La": (2, 2, 2)}


def test_a_figure_that_is_only_a_bound_leaves_the_rank_open():
    text = rates("2025-09-30", sonla="50.0") + "\nHà Nội,,disbursement,attainment,total,2025-09-30,40,%,"
    text = text.replace("unit,boundaries", "unit,boundaries,hedge").replace("40,%,", "40,%,,over")
    assert ranks(rank(query(text), "disbursement")) == {"Sơn La": (None, 1, 2), "Hà Nội": (None, 1, 2)}


UNITS = (
    HEAD
    + """Sơn La,A,disbursement,actual,,2025-09-30,50,tỷ đồng,
    Sơn La,A,disbursement,plan,total,2025-09-30,100,tỷ đồng,
    Sơn La,B,disbursement,actual,,2025-09-30,10,tỷ đồng,
    Sơn La,B,disbursement,plan,total,2025-09-30,60,tỷ đồng,
    Sơn La,,disbursement,actual,,2025-09-30,80,tỷ đồng,
    Sơn La,,disbursement,plan,total,2025-09-30,200,tỷ đồng,"""
)


def test_units_are_ranked_added_up_and_held_against_the_whole():
    report = rank(query(UNITS), "disbursement", Order(entities=True))
    assert ranks(report) == {"A": (1, 1, 1), "B": (2, 2, 2)}
    rows = {row.id: row for row in report.rows}
    assert rows["disbursement:units_sum:2025-09-30"].value == 60
    assert rows["disbursement:units_share:2025-09-30"].value == 75
    assert rows["disbursement:units_rest@total:2025-09-30"].value == 40
    assert rows["Sơn La/A/disbursement:gap_share@total:2025-09-30"].value == 50
    assert "parts_exceed" not in {each.code for each in report.problems}


def test_units_that_exceed_the_whole_beyond_rounding_are_reported():
    report = rank(
        query(UNITS.replace("2025-09-30,80", "2025-09-30,55")), "disbursement", Order(entities=True)
    )
    assert "parts_exceed" in {each.code for each in report.problems}
    within = rank(
        query(UNITS.replace("2025-09-30,80", "2025-09-30,59")), "disbursement", Order(entities=True)
    )
    assert "parts_exceed" not in {each.code for each in within.problems}


def test_the_parts_of_what_is_left_are_bounded_by_every_choice():
    report = rank(query(UNITS), "disbursement", Order(entities=True))
    shares = [row for row in report.rows if row.indicator == "gap_share"]
    assert len(shares) == 2
    for row in shares:
        assert row.low == pytest.approx(Decimal(49) / 100 * 100, abs=Decimal("1e-9"))
        assert row.high == pytest.approx(Decimal(51) / 100 * 100, abs=Decimal("1e-9"))


def test_nothing_to_rank_and_no_such_metric_are_said():
    with pytest.raises(SonlaError) as raised:
        rank(query(rates("2025-09-30", sonla="50")), "revenue.local")
    assert raised.value.problems[0].code == Code.NO_DATA
    with pytest.raises(SonlaError) as raised:
        rank(query(rates("2025-09-30", sonla="50")), "disbursments")
    assert raised.value.problems[0].suggestions[0] == "disbursement"
