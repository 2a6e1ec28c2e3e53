"""The season of a day: bounded by the figures on either side, from the series that leaves least open."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sonla_cli.core.period import parse
from sonla_cli.reports.season import Seasons
from sonla_cli.reports.sheet import Sheet
from tests.tables import query

HEAD = "area,metric,measure,basis,period,value,unit,boundaries\n"
TWO_SIDES = (
    HEAD
    + """Việt Nam,disbursement,attainment,total,2024-05-31,20.0,%,
    Việt Nam,disbursement,attainment,total,2024-06-30,30.0,%,
    Việt Nam,disbursement,attainment,total,2024@2025-01-31,80.0,%,"""
)
DAY = parse("2025-06-15")


def share(text: str, period=DAY, **asked):
    found = Seasons(query(text, **asked)).find("disbursement", ("total",), period)
    return None if found is None else found.share(period.end)


def test_between_two_days_the_series_lies_between_their_figures():
    found = share(TWO_SIDES)
    assert round(found.low, 2) == Decimal("24.92")  # 19.95 of 80.05
    assert round(found.high, 2) == Decimal("37.59")  # 30.05 of 79.95


def test_the_value_is_read_off_the_straight_line():
    asked = query(TWO_SIDES)
    season = Seasons(asked).find("disbursement", ("total",), DAY)
    row = season.row(Sheet(asked.evidence()), "disbursement", DAY)
    assert row.point == Decimal("31.25")


def test_on_a_published_day_the_series_is_that_figure():
    found = share(TWO_SIDES, parse("2025-06-30"))
    assert found.low > Decimal("37.3")
    assert found.high < Decimal("37.7")


def test_at_the_end_of_its_year_all_of_the_outcome_is_reached():
    season = Seasons(query(TWO_SIDES)).find("disbursement", ("total",), DAY)
    assert season.share(parse("2025@2026-01-31").end).is_point


def test_a_year_that_was_not_closed_has_no_season():
    assert share(HEAD + "Việt Nam,disbursement,attainment,total,2024-05-31,20.0,%,") is None


def test_a_season_that_leaves_half_of_the_year_open_says_nothing():
    assert share(HEAD + "Việt Nam,disbursement,attainment,total,2024@2025-01-31,80.0,%,") is None


def test_the_own_series_is_taken_where_it_leaves_no_more_open():
    own = TWO_SIDES.replace(HEAD, "").replace("Việt Nam", "Sơn La")
    found = Seasons(query(TWO_SIDES + "\n" + own)).find("disbursement", ("total",), DAY)
    assert found.series.area == "Sơn La"


def test_a_tighter_series_of_the_country_is_taken_before_a_loose_one_of_the_area():
    own = """
    Sơn La,disbursement,attainment,total,2024-01-31,1.0,%,
    Sơn La,disbursement,attainment,total,2024-08-31,35.0,%,
    Sơn La,disbursement,attainment,total,2024@2025-01-31,80.0,%,"""
    found = Seasons(query(TWO_SIDES + own)).find("disbursement", ("total",), DAY)
    assert found.series.area == "Việt Nam"


def test_the_season_of_old_boundaries_is_not_that_of_new_ones():
    own = TWO_SIDES.replace("Việt Nam", "Phú Thọ")
    assert share(own, parse("2025-06-15"), area="Phú Thọ") is not None
    assert share(own, parse("2025-07-15"), area="Phú Thọ") is None


def test_the_outcome_of_a_year_is_no_season_of_itself():
    text = TWO_SIDES.replace("2024", "2025").replace("@2025-01", "@2026-01")
    assert Seasons(query(text, area="Việt Nam"), 2025).find("disbursement", ("total",), DAY) is None
    assert Seasons(query(text), 2025).find("disbursement", ("total",), DAY) is not None


def test_the_share_is_that_of_the_outcome_and_never_more_than_all_of_it():
    """29,95 to 30,05 of 79,95 to 80,05 by the end of June; 79,5 to 80,5 of 79,95 to 80,05 in December."""
    june = share(TWO_SIDES, parse("2025-06-30"))
    assert (round(june.low, 2), round(june.high, 2)) == (Decimal("37.41"), Decimal("37.59"))
    late = TWO_SIDES + "\nViệt Nam,disbursement,attainment,total,2024-12-31,80,%,"
    december = share(late, parse("2025-12-31"))
    assert (round(december.low, 2), december.high) == (Decimal("99.31"), 100)


@given(st.lists(st.integers(1, 99), min_size=3, max_size=3).map(sorted), st.integers(1, 29))
def test_whatever_the_series_did_between_the_days_is_in_the_bounds(rates, day):
    before, after, closing = rates
    if before == after or after == closing:
        return
    text = (
        HEAD
        + f"""Việt Nam,disbursement,attainment,total,2024-05-31,{before},%,
        Việt Nam,disbursement,attainment,total,2024-06-30,{after},%,
        Việt Nam,disbursement,attainment,total,2024@2025-01-31,{closing},%,"""
    )
    period = parse(f"2025-06-{day:02}")
    found = share(text, period)
    if found is None:
        return
    half = Fraction(1, 2)
    for between in (before - half, Fraction(before + after, 2), after + half):
        for end in (closing - half, closing + half):
            assert Fraction(found.low) <= min(Fraction(100), between / end * 100) <= Fraction(found.high)
