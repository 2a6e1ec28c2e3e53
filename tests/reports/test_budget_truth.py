"""No bound of a budget report misses a hidden truth, printed by several publications of different days."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from hypothesis import given
from hypothesis import strategies as st

from sonla_cli.models.observation import Dataset, Observation, Source
from sonla_cli.reports.budget import budget
from sonla_cli.reports.query import Query

amounts = st.decimals(1000, 90_000, places=3)
BASES = ("central", "council", "province")
DAYS = ("2025-11-09", "2025-11-18", "2025-11-25")


def printed(value: Decimal, places: int) -> str:
    return str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN))


@st.composite
def publications(draw: st.DrawFn) -> tuple[dict[str, Decimal], Dataset]:
    """Return hidden plans, and what publications that each know another actual print of some of the rates."""
    central, council = sorted(
        (draw(amounts), draw(amounts))
    )  # the law: the council's is not below the centre's
    plans = {"central": central, "council": council, "province": draw(amounts)}
    found = []
    for day in DAYS[: draw(st.integers(1, 3))]:
        actual = draw(amounts)
        shared = {"area": "Sơn La", "metric": "revenue.local", "period": "2025-10M", "source": day}
        places = draw(st.integers(0, 2))
        found.append(Observation(measure="actual", value=printed(actual, places), unit="tỷ đồng", **shared))
        for basis in draw(st.sets(st.sampled_from(BASES), min_size=1)):
            rate = printed(actual / plans[basis] * 100, draw(st.integers(0, 2)))
            found.append(Observation(measure="attainment", basis=basis, value=rate, unit="%", **shared))
    sources = tuple(Source(id=day, published_on=day, kind="press") for day in DAYS)
    return plans, Dataset(observations=tuple(found), sources=sources)


@given(publications())
def test_plans_and_their_ratios_hold_the_truth(published):
    plans, data = published
    rows = {row.id: row for row in budget(Query(data, area="Sơn La")).rows}
    truths = {f"revenue.local:implied_plan@{basis}:2025": plan for basis, plan in plans.items()} | {
        f"revenue.local:basis_ratio@{one}/{other}:2025-10M": plans[one] / plans[other]
        for one in BASES
        for other in BASES
    }
    found = {name: truth for name, truth in truths.items() if name in rows}
    assert any("implied_plan" in name for name in found)
    for name, truth in found.items():
        row = rows[name]
        assert row.low is None or row.low <= truth
        assert row.high is None or truth <= row.high


def test_a_ratio_of_plans_needs_both_rates_of_one_publication():
    fields = {"area": "Sơn La", "metric": "revenue.local", "period": "2025-10M"}
    data = Dataset(
        observations=(
            Observation(measure="actual", value="4522", unit="tỷ đồng", source="a", **fields),
            Observation(measure="attainment", basis="central", value="109", unit="%", source="a", **fields),
            Observation(measure="actual", value="4564", unit="tỷ đồng", source="b", **fields),
            Observation(measure="attainment", basis="council", value="101.4", unit="%", source="b", **fields),
        ),
        sources=(Source(id="a", published_on=DAYS[0], kind="press"), Source(id="b", published_on=DAYS[1], kind="press")),
    )  # fmt: skip
    [ratio] = [row for row in budget(Query(data, area="Sơn La")).rows if row.indicator == "basis_ratio"]
    assert ratio.low < Decimal("1.0849") < ratio.high
    assert ratio.high - ratio.low < Decimal("0.02")
