"""The grammar of periods, and the calendar of the budget year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sonla_cli.core.period import Kind, days_of_year, parse


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("2025", Kind.YEAR, "2025-01-01", "2025-12-31"),
        ("2025-10M", Kind.MONTHS, "2025-01-01", "2025-10-31"),
        ("2024-2M", Kind.MONTHS, "2024-01-01", "2024-02-29"),
        ("2025-Q3", Kind.FLOW, "2025-07-01", "2025-09-30"),
        ("2025-H2", Kind.FLOW, "2025-07-01", "2025-12-31"),
        ("2025-10", Kind.FLOW, "2025-10-01", "2025-10-31"),
        ("2025-11-13", Kind.DATE, "2025-01-01", "2025-11-13"),
        ("2025@2026-01-31", Kind.BUDGET_YEAR_TO, "2025-01-01", "2026-01-31"),
        ("2026-2030", Kind.SPAN, "2026-01-01", "2030-12-31"),
    ],
)
def test_grammar(text, kind, start, end):
    period = parse(text)
    assert (period.kind, period.start, period.end) == (
        kind,
        date.fromisoformat(start),
        date.fromisoformat(end),
    )
    assert str(period) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "2025-13",
        "2025-0M",
        "2025-13M",
        "2025-Q5",
        "2025-02-30",
        "2030-2026",
        "2025@2024-01-31",
        "2025 ",
        "２０２５",
    ],
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match=r"period|ends|day|month"):
        parse(text)


def test_the_calendar_of_the_design():
    period = parse("2025-11-13")
    assert period.elapsed_days == 317
    assert days_of_year(2025) == 365
    assert period.days_left() == 79
    assert period.days_left(date(2025, 12, 31)) == 48


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_year_earlier_is_the_same_day_or_the_last_of_february(day):
    earlier = parse(day.isoformat()).year_earlier
    assert earlier.year == day.year - 1
    assert (earlier.end.month, earlier.end.day) in ((day.month, day.day), (2, 28))


def test_a_year_earlier_keeps_the_kind():
    pairs = {
        "2025-10M": "2024-10M",
        "2025": "2024",
        "2025-Q3": "2024-Q3",
        "2025@2026-01-31": "2024@2025-01-31",
    }
    for text, earlier in pairs.items():
        assert parse(text).year_earlier.text == earlier


def test_containment_stays_inside_a_budget_year():
    assert parse("2025").contains(parse("2025-10M"))
    assert parse("2026-2030").contains(parse("2027"))
    assert not parse("2025").contains(parse("2025@2026-01-31"))
    assert not parse("2025@2026-01-31").contains(parse("2026-01"))
    assert parse("2025-10M").is_cumulative
    assert parse("2025-Q1").is_cumulative
    assert not parse("2025-Q3").is_cumulative


def test_the_twenty_ninth_of_february_was_the_twenty_eighth_a_year_earlier():
    assert parse("2024-02-29").year_earlier.text == "2023-02-28"
    assert parse("2020-2024").year_earlier.text == "2019-2023"


def test_a_window_contains_itself():
    assert parse("2025-10M").contains(parse("2025-10M"))
    assert parse("2025-10M").contains(parse("2025-9M"))
    assert not parse("2025-9M").contains(parse("2025-10M"))
