"""Per head, over GRDP and in real terms: only where the like is known for the same year or window."""

from __future__ import annotations

from decimal import Decimal

from sonla_cli.reports.budget import budget
from sonla_cli.reports.query import Query
from sonla_cli.sources import load
from tests.tables import query


def rows(asked: Query):
    return {row.id: row for row in budget(asked).rows}


def test_revenue_per_head_and_over_grdp_of_2022():
    found = rows(Query(load(), period="2022"))
    assert round(found["revenue.local:per_head:2022"].value, 2) == Decimal("3.60")
    assert round(found["revenue.local:grdp_share:2022"].value, 2) == Decimal("8.32")
    assert "population:actual:2022" in found


def test_without_the_population_of_the_year_there_is_no_row():
    assert not any(row.indicator in ("per_head", "grdp_share") for row in rows(Query(load())).values())


INDEX = """area,metric,measure,basis,period,value,unit
    Sơn La,revenue.local,actual,,2025-10M,4564,tỷ đồng
    Sơn La,revenue.local,index,same_period_last_year,2025-10M,123.4,%
    Việt Nam,prices.consumer,growth,same_period_last_year,2025-10M,3.27,%"""


def test_real_growth_names_its_price_index():
    row = rows(query(INDEX))["revenue.local:real_growth@prices.consumer:2025-10M"]
    assert next(each.id for each in row.inputs if each.name == "prices") == (
        "Việt Nam/prices.consumer:growth@same_period_last_year:2025-10M"
    )
    low = (Decimal("1.2335") / Decimal("1.03275") - 1) * 100
    high = (Decimal("1.2345") / Decimal("1.03265") - 1) * 100
    assert abs(row.low - low) < Decimal("1e-9")
    assert abs(row.high - high) < Decimal("1e-9")


def test_the_index_of_the_area_goes_before_that_of_the_country():
    own = INDEX + "\nSơn La,prices.consumer,growth,same_period_last_year,2025-10M,5.0,%"
    row = rows(query(own))["revenue.local:real_growth@prices.consumer:2025-10M"]
    assert next(each.id for each in row.inputs if each.name == "prices").startswith("prices.consumer:")


def test_the_prices_of_another_window_deflate_nothing():
    other = INDEX.replace("same_period_last_year,2025-10M,3.27", "same_period_last_year,2025-9M,3.27")
    assert not any(row.indicator == "real_growth" for row in rows(query(other)).values())
