"""The evidence keeps vintages apart, shares plans, joins no boundaries and sets contradictions aside."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from sonla_cli.core.interval import Interval
from sonla_cli.models.observation import Dataset, Observation, Source
from sonla_cli.reports.evidence import Evidence, Variable
from sonla_cli.reports.query import Query
from sonla_cli.sources import load


def observation(**fields: str) -> Observation:
    base = {
        "area": "Sơn La",
        "metric": "revenue.local",
        "measure": "actual",
        "period": "2025-10M",
        "unit": "tỷ đồng",
    }
    return Observation(**{**base, **fields})


def evidence(*observations: Observation, sources: tuple[Source, ...] = (), **more: str) -> Evidence:
    return Evidence(Dataset(observations=observations, sources=sources), "Sơn La", **more)


EARLY = Source(id="early", published_on="2025-11-09", kind="press")
LATE = Source(id="late", published_on="2025-11-18", kind="press")
DOUBTFUL = Source(id="doubtful", published_on="2025-11-18", kind="press_translation")


def test_two_vintages_of_an_actual_are_two_variables():
    found = evidence(
        observation(value="4522", source="early"),
        observation(value="4564", source="late"),
        sources=(EARLY, LATE),
    )
    assert [each.vintage for each in found.vintages("revenue.local", "actual", "", "2025-10M")] == [
        "2025-11-18",
        "2025-11-09",
    ]
    assert found.settled[1] == []


def test_publications_of_one_plan_tighten_one_variable():
    found = evidence(
        observation(value="4522", source="early"),
        observation(measure="attainment", basis="council", value="100.5", unit="%", source="early"),
        observation(value="4564", source="late"),
        observation(measure="attainment", basis="council", value="101.4", unit="%", source="late"),
        sources=(EARLY, LATE),
    )
    bounds = found.bounds(Variable("revenue.local", "plan", "council", "2025"))
    assert bounds is not None
    assert Decimal("4498.27") < bounds.low < Decimal("4498.28")
    assert Decimal("4502.23") < bounds.high < Decimal("4502.24")


def test_the_least_trusted_statement_is_set_aside():
    found = evidence(
        observation(measure="plan", basis="council", period="2025", value="4500", source="late"),
        observation(measure="plan", basis="council", period="2025", value="4500000", source="doubtful"),
        sources=(LATE, DOUBTFUL),
    )
    ((conflict, statement),) = found.settled[1]
    assert statement.origin.source == "doubtful"
    assert len(conflict.statements) == 2
    assert found.bounds(Variable("revenue.local", "plan", "council", "2025")) == Interval(
        Decimal("4499.5"), Decimal("4500.5")
    )


def test_the_council_plan_is_not_below_the_central_one():
    found = evidence(
        observation(measure="plan", basis="central", period="2025", value="4150"),
        observation(measure="attainment", basis="council", value="101", unit="%"),
        observation(value="4564", hedge="under"),
    )
    council = found.bounds(Variable("revenue.local", "plan", "council", "2025"))
    assert council is not None
    assert council.low == Decimal("4149.5")


def test_the_plan_of_a_part_is_not_above_that_of_its_whole():
    found = evidence(
        observation(metric="revenue.total", measure="plan", basis="council", period="2025", value="18000"),
        observation(measure="plan", basis="council", period="2025", value="4500", hedge="over"),
    )
    part = found.bounds(Variable("revenue.local", "plan", "council", "2025"))
    assert part == Interval(Decimal(4500), Decimal("18000.5"))
    other = evidence(
        observation(metric="revenue.total", measure="plan", basis="central", period="2025", value="18000"),
        observation(measure="plan", basis="council", period="2025", value="18900"),
    )
    assert other.settled[1] == []


def test_a_cumulative_actual_does_not_fall_in_its_year():
    months = {"2025-09M": "over 4000", "2025-10M": "4564", "2025-11M": "over 3000", "2024-12M": "9000"}
    found = evidence(
        *(
            observation(
                period=period.replace("-0", "-"), value=said.split()[-1], hedge="over" * ("over" in said)
            )
            for period, said in months.items()
        )
    )
    assert found.settled[1] == []
    earlier, later = (
        found.vintages("revenue.local", "actual", "", period)[0] for period in ("2025-9M", "2025-11M")
    )
    assert found.bounds(earlier) == Interval(Decimal(4000), Decimal("4564.5"))
    assert found.bounds(later).low == Decimal("4563.5")


def test_unlike_units_never_meet():
    found = evidence(
        observation(metric="grdp.constant", value="27.1", unit="nghìn tỷ đồng"),
        observation(metric="grdp.constant", value="1.03", unit="triệu USD"),
    )
    assert found.settled[1] == []
    assert found.bounds(Variable("grdp.constant", "actual", "", "2025-10M", "")) == Interval(
        Decimal(27050), Decimal(27150)
    )


def test_old_and_new_boundaries_are_kept_apart():
    data = load()
    old = Query(data, area="Lào Cai").evidence(2024)
    new = Query(data, area="Lào Cai").evidence(2026)
    assert {each.boundaries for each in old.observations} == {"old"}
    assert {each.boundaries for each in new.observations} <= {"new"}


money = st.decimals(min_value=100, max_value=99_999, places=4)


@given(st.lists(money, min_size=1, max_size=6), money, st.integers(0, 2), st.integers(0, 2))
@settings(max_examples=60)
def test_honest_publications_never_contradict_and_never_exclude_the_plan(
    actuals, plan, money_digits, rate_digits
):
    printed = []
    for place, actual in enumerate(actuals):
        rate = actual / plan * 100
        amount = actual.quantize(Decimal(1).scaleb(-money_digits))
        share = rate.quantize(Decimal(1).scaleb(-rate_digits))
        printed += [
            observation(value=f"{amount:f}", source=f"s{place}"),
            observation(
                measure="attainment", basis="council", value=f"{share:f}", unit="%", source=f"s{place}"
            ),
        ]
    found = evidence(*printed)
    assert found.settled[1] == []
    bounds = found.bounds(Variable("revenue.local", "plan", "council", "2025"))
    assert bounds is not None
    assert plan in bounds


def test_the_embedded_figures_of_every_area_can_be_settled():
    data = load()
    for area in dict.fromkeys(each.area for each in data.observations):
        for year in (2024, 2026):
            solution, aside = Query(data, area=area).evidence(year).settled
            assert solution.conflict is None
            for conflict, statement in aside:
                assert statement in conflict.statements
