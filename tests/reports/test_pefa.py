"""PEFA scores: worked by hand, and honest about what the digits do not settle."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sonla_cli.catalogue.pefa import DIMENSIONS
from sonla_cli.core.figure import Figure, Rounding
from sonla_cli.core.interval import Interval
from sonla_cli.core.problem import SonlaError
from sonla_cli.core.unit import BILLION_VND
from sonla_cli.models.observation import Dataset, Observation
from sonla_cli.reports.pefa import Head, average, from_observations, holds, inside, pefa, touches, weakest
from sonla_cli.reports.query import Query


def head(year, name, kind, budget, actual):
    return Head(year, name, kind, Figure(str(budget), BILLION_VND), Figure(str(actual), BILLION_VND))


def three_years(kind, *pairs):
    """Two heads of one kind in three years, the pairs of budget and actual of the first; the second is 1000."""
    return [
        each
        for year, (budget, actual) in zip((2022, 2023, 2024), pairs, strict=True)
        for each in (head(year, "a", kind, budget, actual), head(year, "b", kind, 1000, 1000))
    ]


def scores(report):
    return {row.indicator: (row.score, row.scores) for row in report.rows if row.score}


def test_variance_is_the_formula_of_the_framework():
    """Budget 1000 + 1000, actual 1200 + 1000: adjusted 1100 each, variance (100 + 100) / 2200 = 9.09 %."""
    report = pefa(three_years("function", (1000, 1200), (1000, 1200), (1000, 1200)), rounding=Rounding.EXACT)
    row = next(row for row in report.rows if row.id == "pefa:pi-2.1:2022")
    assert round(row.value, 4) == Decimal("9.0909")
    assert row.low <= row.value <= row.high
    assert scores(report)["pi-2.1"] == ("B", ("B",))


def test_the_best_two_of_three_years_count():
    report = pefa(three_years("function", (1000, 1000), (1000, 1010), (1000, 3000)), rounding=Rounding.EXACT)
    assert scores(report)["pi-1.1"] == ("A", ("A",))
    worse = pefa(three_years("function", (1000, 1000), (1000, 1900), (1000, 3000)), rounding=Rounding.EXACT)
    assert scores(worse)["pi-1.1"] == ("D", ("D",))


#: the framework of 2016 in figures: the value or range that is the last to have a score, and what is just beyond it
EDGES = [
    *(("pi-1.1", value, score) for value, score in (
        ("95", "A"), ("105", "A"), ("94.9", "B"), ("105.1", "B"), ("90", "B"), ("110", "B"), ("89.9", "C"), ("110.1", "C"),
        ("85", "C"), ("115", "C"), ("84.9", "D"), ("115.1", "D"),
    )),
    *((dimension, value, score) for dimension in ("pi-2.1", "pi-2.2", "pi-3.2") for value, score in (
        ("0", "A"), ("4.9", "A"), ("5", "B"), ("9.9", "B"), ("10", "C"), ("14.9", "C"), ("15", "D"),
    )),
    *(("pi-2.3", value, score) for value, score in (
        ("0", "A"), ("2.9", "A"), ("3", "B"), ("6", "B"), ("6.1", "C"), ("9.9", "C"), ("10", "D"),
    )),
    *(("pi-3.1", value, score) for value, score in (
        ("97", "A"), ("106", "A"), ("96.9", "B"), ("106.1", "B"), ("94", "B"), ("112", "B"), ("93.9", "C"), ("112.1", "C"),
        ("92", "C"), ("116", "C"), ("91.9", "D"), ("116.1", "D"),
    )),
]  # fmt: skip


@pytest.mark.parametrize(("dimension", "value", "score"), EDGES)
def test_every_band_ends_where_the_framework_says(dimension, value, score):
    found = next((band.score for band in DIMENSIONS[dimension].bands if inside(band, Decimal(value))), "D")
    assert found == score


def test_a_score_on_the_edge_is_said_to_be_unstable():
    report = pefa(three_years("function", (1000, 900), (1000, 900), (1000, 900)))
    assert scores(report)["pi-1.1"] == ("A", ("A", "B"))


def test_contingency_is_scored_by_its_average():
    heads = three_years("function", (1000, 1000), (1000, 1000), (1000, 1000))
    heads += [
        head(year, "c", "contingency", 100, spent) for year, spent in ((2022, 20), (2023, 60), (2024, 100))
    ]
    report = pefa(heads, rounding=Rounding.EXACT)
    row = next(row for row in report.rows if row.id == "pefa:pi-2.3:2022-2024")
    assert round(row.value, 4) == round(Decimal(180) / 3 / 21, 4)
    assert scores(report)["pi-2.3"] == ("A", ("A",))


def test_contingency_and_interest_stay_out_of_the_composition_by_function():
    plain = three_years("function", (1000, 1200), (1000, 1200), (1000, 1200))
    more = [head(2022, "c", "contingency", 500, 0), head(2022, "i", "interest", 500, 900)]
    one, two = pefa(plain, rounding=Rounding.EXACT), pefa(plain + more, rounding=Rounding.EXACT)
    values = [next(row.value for row in each.rows if row.id == "pefa:pi-2.1:2022") for each in (one, two)]
    assert values[0] == values[1]


def test_indicators_are_combined():
    heads = three_years("function", (1000, 1200), (1000, 1200), (1000, 1200))
    heads += [head(each.year, each.name, "economic", 1000, 1000) for each in heads]
    heads += [head(year, "c", "contingency", 10, 10) for year in (2022, 2023, 2024)]
    heads += three_years("revenue", (1000, 1300), (1000, 1300), (1000, 1300))
    found = scores(pefa(heads, rounding=Rounding.EXACT))
    assert (found["pi-2.1"][0], found["pi-2.2"][0], found["pi-2.3"][0]) == ("B", "A", "A")
    assert found["pi-2"] == ("B+", ("B+",))
    assert (found["pi-3.1"][0], found["pi-3.2"][0]) == ("C", "C")
    assert found["pi-3"] == ("C", ("C",))


@pytest.mark.parametrize(
    ("given", "weak", "mean"),
    [
        ("AA", "A", "A"),
        ("AB", "B+", "B+"),
        ("CA", "C+", "B"),
        ("DA", "D+", "C+"),
        ("DC", "D+", "D+"),
        ("DD", "D", "D"),
    ],
)
def test_the_two_methods(given, weak, mean):
    assert weakest(tuple(given)) == weak
    assert average(tuple(given)) == mean


def test_two_years_are_not_scored():
    report = pefa(three_years("function", (1000, 1000), (1000, 1010), (1000, 3000))[:4])
    assert scores(report) == {}
    assert {note.code for note in report.problems} == {"not_scored"}


def test_no_heads_are_an_error():
    with pytest.raises(SonlaError):
        pefa([])


@given(st.decimals(0, 130, places=2), st.decimals(0, 130, places=2))
def test_a_range_touches_what_it_holds(one, other):
    bounds = Interval(min(one, other), max(one, other))
    for dimension in DIMENSIONS.values():
        for band in dimension.bands:
            assert touches(band, bounds) or not holds(band, bounds)
            assert touches(band, Interval.of(one)) == inside(band, one)


@given(
    st.lists(st.tuples(st.integers(1, 9999), st.integers(1, 9999)), min_size=2, max_size=6),
    st.integers(0, 2**16),
)
def test_the_bounds_hold_the_truth(pairs, seed):
    """Whatever the true amounts behind the printed ones, the variance lies in the bounds."""
    offset = Decimal(seed % 1000) / 1000 - Decimal("0.5")
    heads = [head(2022, str(place), "function", *pair) for place, pair in enumerate(pairs)]
    row = next(row for row in pefa(heads).rows if row.indicator == "pi-2.1")
    budgets = [Decimal(budget) + offset for budget, _ in pairs]
    actuals = [Decimal(actual) - offset for _, actual in pairs]
    ratio = sum(actuals) / sum(budgets)
    truth = sum(abs(a - b * ratio) for a, b in zip(actuals, budgets, strict=True)) / sum(actuals) * 100
    assert row.low <= truth <= row.high


def test_published_yearly_figures_are_heads_where_plan_and_outturn_are_known():
    def row(metric, measure, value, basis=""):
        return Observation(
            area="Sơn La",
            metric=metric,
            measure=measure,
            basis=basis,
            period="2024",
            value=value,
            unit="tỷ đồng",
        )

    rows = (
        row("expenditure.recurrent", "plan", "9000", "central"), row("expenditure.recurrent", "plan", "9500", "council"),
        row("expenditure.recurrent", "actual", "9600"), row("expenditure.contingency", "plan", "200", "council"),
        row("expenditure.contingency", "actual", "20"), row("revenue.land", "plan", "700", "council"),
    )  # fmt: skip
    heads = from_observations(Query(Dataset(observations=rows)))
    assert {(each.name, each.kind, each.budget.digits) for each in heads} == {
        ("expenditure.recurrent", "economic", "9500"),
        ("expenditure.contingency", "contingency", "200"),
    }
