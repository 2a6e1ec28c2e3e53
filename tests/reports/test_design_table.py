"""What the embedded data must answer: from the source article alone, and from everything published."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import Any

import pytest

from tests.console import run

ARTICLE = "--source vietnamplus-2025-11-18"


@cache
def rows(command: str) -> dict[str, dict[str, Any]]:
    done = run(f"sonla {command} --json")
    assert done.returncode == 0, done.stderr
    return {row["id"]: row for row in json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)["rows"]}


def shown(value: Decimal, digits: str) -> str:
    return f"{value.quantize(Decimal(digits), ROUND_HALF_EVEN):f}"


@pytest.mark.parametrize(
    ("command", "row", "low", "high"),
    [
        (f"budget {ARTICLE}", "revenue.total:implied_plan@unspecified:2025", "18241.90", "18243.94"),
        (f"budget {ARTICLE}", "revenue.local:implied_plan@central:2025", "4129.86", "4168.49"),
        (f"budget {ARTICLE}", "revenue.local:implied_plan@council:2025", "4498.28", "4503.70"),
        (f"budget {ARTICLE}", "revenue.local:basis_ratio@council/central:2025-10M", "1.07935", "1.09028"),
        (
            f"disbursement {ARTICLE}",
            "disbursement:implied_plan@prime_minister:2025-11-13",
            "7445.14",
            "7462.83",
        ),
        (f"disbursement {ARTICLE}", "disbursement:left@prime_minister:2025-11-13", "3881.6", "3900.3"),
        (f"compare 2024 2025 {ARTICLE}", "investment.projects:level_from_multiple:2024-10M", "9", "12"),
        ("budget", "revenue.local:implied_plan@central:2025", "4138.7", "4147.5"),
        ("budget", "revenue.local:implied_plan@council:2025", "4498.3", "4502.2"),
        ("budget", "revenue.total:implied_plan@unspecified:2025", "18241.90", "18243.94"),
        ("disbursement", "disbursement:left@prime_minister:2025-11-13", "3881.6", "3900.3"),
    ],
)
def test_bounds_to_the_digits_shown(command, row, low, high):
    found = rows(command)[row]
    assert (shown(found["low"], low), shown(found["high"], high)) == (low, high)
    assert found["how"] in ("implied", "computed")


@pytest.mark.parametrize("where", [ARTICLE, ""])
def test_the_pace(where):
    found = rows(f"disbursement {where}")
    at = "2025-11-13"
    pace, needed = found[f"disbursement:pace:{at}"], found[f"disbursement:pace_needed@prime_minister:{at}"]
    days = {each["name"]: each["value"] for each in [*pace["inputs"], *needed["inputs"]]}
    assert (days["elapsed_days"], days["days_left"]) == (317, 79)
    assert shown(pace["value"], "0.01") == "11.24"
    assert 49 < needed["low"] < needed["high"] < 50
    assert found[f"disbursement:acceleration@prime_minister:{at}"]["low"] > 4


@pytest.mark.parametrize("where", [ARTICLE, ""])
def test_a_year_earlier(where):
    for command in ("investment", "compare 2024 2025"):
        found = rows(f"{command} {where}")
        assert found["investment.projects:level_from_multiple:2024-10M"]["value"] == 10
        capital = found["investment.capital:level_from_multiple:2024-10M"]
        assert capital["value"] is None
        assert shown(capital["high"], "0.1") == "342.2"


@pytest.mark.parametrize("where", [ARTICLE, ""])
def test_the_share_of_local_revenue(where):
    share = rows(f"budget {where}")["revenue.local:share@revenue.total:2025-10M"]
    assert {shown(share[end], "0.1") for end in ("value", "low", "high")} == {"18.1"}


def test_the_published_plan_fits_the_implied_one():
    found = rows("budget")
    plan, implied = found["revenue.local:plan@council:2025"], found["revenue.local:implied_plan@council:2025"]
    assert plan["value"] == 4500
    assert plan["verdict"] in ("exact", "within rounding")
    assert implied["low"] <= plan["value"] <= implied["high"]


def test_both_vintages_are_kept_and_the_latest_is_shown():
    actual = rows("budget")["revenue.local:actual:2025-10M"]
    assert actual["value"] == 4564
    assert {"dantri-2025-11-09", "baosonla-en-2025-11-18"} <= {each["source"] for each in actual["others"]}


def test_an_implied_plan_names_the_publications_it_rests_on():
    assert rows("budget")["revenue.local:implied_plan@central:2025"]["sources"] == [
        "tapchitaichinh-2025-sonla"
    ]


def test_a_budget_year_that_has_run_its_course_needs_no_pace():
    found = rows("disbursement --area 'Việt Nam' --period 2025@2026-01-31")
    assert found["disbursement:attainment@prime_minister:2025@2026-01-31"]["value"] == Decimal("94.8")
    assert not [each for each in found if ":pace_needed" in each]
    (days,) = [
        each["value"]
        for each in found["disbursement:pace:2025@2026-01-31"]["inputs"]
        if each["name"] == "elapsed_days"
    ]
    assert days == 396
