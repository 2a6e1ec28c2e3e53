from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sonla_cli.core.figure import Rounding
from sonla_cli.ledger import checking
from tests.ledger.printed import hedged, rows, text_of
from tests.truth.rows import batch

ROWS = rows(3_000, seed=1)


def table_of(query):
    con = ibis.duckdb.connect()
    con.con.execute(f"CREATE VIEW given_rows AS {query}")
    return con.table("given_rows")


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("printed") / "rows.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS), path)
    return ibis.duckdb.connect().read_parquet(path)


@pytest.mark.parametrize("rounding", Rounding)
@pytest.mark.parametrize("rate", checking.RATES)
def test_an_engine_gives_the_verdicts_of_the_definition(table, rate, rounding):
    claim = next(each for each in checking.claims(table.columns) if each.rate == rate)
    found = checking.judged(table, claim, rounding).to_pyarrow().to_pylist()
    told = [row for row in found if row["verdict"] is not None]
    assert Counter(row["verdict"] == checking.verdict(claim, row, rounding) for row in told) == {
        True: len(told)
    }
    assert len(told) > len(ROWS) * 0.6
    assert {"contradictory", "exact", "cannot tell"} <= {row["verdict"] for row in told}


@pytest.mark.parametrize(
    ("rate", "rounding"),
    [("attainment", "half"), ("growth", "truncated"), ("index", "exact"), ("multiple", "ceiling")],
)
def test_a_hedge_is_what_it_is_in_the_definition(tmp_path, rate, rounding):
    given = hedged(3_000, seed=4)
    pq.write_table(pa.Table.from_pylist(given), tmp_path / "rows.parquet")
    table = ibis.duckdb.connect().read_parquet(tmp_path / "rows.parquet")
    claim = next(each for each in checking.claims(table.columns) if each.rate == rate)
    rounding = Rounding(rounding)
    found = checking.judged(table, claim, rounding).to_pyarrow().to_pylist()
    told = [row for row in found if row["verdict"] is not None]
    wrong = [row for row in told if row["verdict"] != checking.verdict(claim, row, rounding)]
    assert wrong == []
    assert len(told) > len(given) * 0.5
    in_words = [row for row in told if row[f"{rate}_hedge"] or row["actual_hedge"]]
    assert {row["verdict"] for row in in_words} >= {"contradictory", "exact", "cannot tell"}
    whole = checking.verdicts(table, claim, rounding, fetch=lambda each: each.to_pyarrow()).to_pylist()
    assert [row["verdict"] for row in whole] == [checking.verdict(claim, row, rounding) for row in whole]


def test_hedges_bind_as_a_reader_takes_them():
    table = table_of(
        "SELECT * FROM (VALUES ('4564', '', '101', 'hơn'), ('4564', '', '101.4', ''), ('4500', 'khoảng', '99', ''),"
        " ('4500', '', '99', ''), ('4500', '', '99', 'gần'), ('4500', '', '99', 'tầm'))"
        " t(actual, actual_hedge, attainment, attainment_hedge), (SELECT '4500' AS plan)"
    )
    claim = checking.claims(table.columns)[0]
    found = checking.judged(table, claim).to_pyarrow()["verdict"].to_pylist()
    assert found == ["exact", "exact", "within rounding", "contradictory", "contradictory", "cannot tell"]


def test_rows_with_too_many_digits_for_an_engine_get_the_verdict_of_the_definition(table):
    claim = checking.claims(table.columns)[0]
    assert None in checking.judged(table, claim).to_pyarrow()["verdict"].to_pylist()
    found = checking.verdicts(table, claim, fetch=lambda each: each.to_pyarrow())
    assert found["verdict"].null_count == 0
    expected = Counter(checking.verdict(claim, row) for row in ROWS)
    assert Counter(found["verdict"].to_pylist()) == expected


@pytest.mark.parametrize("kind", ["BIGINT", "DECIMAL(18, 2)", "VARCHAR"])
def test_a_column_of_numbers_is_printed_with_the_decimals_of_its_type(kind):
    table = table_of(
        f"SELECT 4564::{kind} AS actual, 4500::{kind} AS plan, 101.42::DECIMAL(6, 2) AS attainment"
    )
    [row] = checking.judged(table, checking.claims(table.columns)[0]).to_pyarrow().to_pylist()
    claim = checking.claims(table.columns)[0]
    assert row["verdict"] == checking.verdict(claim, {name: text_of(row[name]) for name in claim.columns})


def test_units_of_two_columns_may_differ():
    table = table_of("SELECT '4.564' AS actual, '4500000' AS plan, '101.4' AS attainment")
    units = {"actual": "nghìn tỷ đồng", "plan": "triệu đồng"}
    [claim] = checking.claims(table.columns, units)
    [row] = checking.judged(table, claim).to_pyarrow().to_pylist()
    assert row["verdict"] == checking.verdict(claim, row) == "exact"
    [wrong] = checking.claims(table.columns)
    assert checking.judged(table, wrong).to_pyarrow()["verdict"].to_pylist() == ["contradictory"]


def test_honest_rounding_raises_no_false_alarm(tmp_path):
    """Half-up rates of random plans; the same comparison in doubles calls some of them wrong."""
    con = ibis.duckdb.connect()
    rng = random.Random(3)  # noqa: S311 - figures, not keys
    honest = []
    for _ in range(50_000):
        plan, actual = rng.randint(1, 2_000), rng.randint(1, 2_000)
        rate = (Decimal(actual) * 100 / plan).quantize(Decimal("0.1"), "ROUND_HALF_UP")
        honest.append({"actual": actual, "plan": plan, "attainment": rate})
    pq.write_table(pa.Table.from_pylist(honest), tmp_path / "honest.parquet")
    table = con.read_parquet(tmp_path / "honest.parquet")
    [claim] = checking.claims(table.columns)
    verdicts = Counter(checking.judged(table, claim).to_pyarrow()["verdict"].to_pylist())
    assert verdicts["contradictory"] == 0
    naive = f"FROM '{tmp_path}/honest.parquet' SELECT count(*) WHERE abs(actual::DOUBLE / plan * 100 - attainment::DOUBLE) > 0.05"
    assert con.con.execute(naive).fetchone()[0] > 0


def test_a_missing_number_is_no_verdict_and_no_contradiction():
    table = table_of("SELECT NULL::VARCHAR AS actual, '10' AS plan, '50' AS attainment")
    assert checking.judged(table, checking.claims(table.columns)[0]).to_pyarrow()["verdict"].to_pylist() == [
        "cannot tell"
    ]


@pytest.mark.parametrize("number", range(len(Rounding)))
def test_honest_rows_of_every_convention_are_judged_alike_and_never_wrong(number):
    """The first tables of the long run that `docs/soundness.md` tells of."""
    told = batch(number, 200)
    assert sum(told.values()) == 200 * len(checking.RATES)
