"""No Trino server can be had from the registries; its SQL is compiled and compared with DuckDB's."""

from __future__ import annotations

import ibis
import pytest
import sqlglot
from sqlglot import exp

from sonla_cli.ledger import checking, mapping, rollup
from tests.console import ROOT

COLUMNS = {
    "budget_year": "int16", "booked_on": "date", "province": "string", "unit": "int32", "item": "string",
    "kind": "string", "side": "string", "amount": "int64",
}  # fmt: skip


def compiled(dialect: str) -> exp.Expression:
    ledger = mapping.read(str(ROOT / "examples" / "vouchers.toml"))
    plan = rollup.plan(ibis.table(COLUMNS, name="vouchers"), ledger, engine=dialect)
    return sqlglot.parse_one(str(ibis.to_sql(plan.table, dialect=dialect)), dialect=dialect)


def test_a_rollup_is_one_query_of_the_same_columns_and_groups():
    trino, duckdb = compiled("trino"), compiled("duckdb")
    assert isinstance(trino, exp.Select)
    assert trino.named_selects == duckdb.named_selects
    assert len(list(trino.find_all(exp.Group))) == len(list(duckdb.find_all(exp.Group)))
    assert {each.name for each in trino.find_all(exp.Table)} == {"vouchers"}


def test_sums_are_made_in_38_digits_because_those_of_bigint_could_overflow():
    [*sums] = [each for each in compiled("trino").find_all(exp.Sum) if isinstance(each.this, exp.Case)]
    kinds = {str(cast.to).upper() for each in sums for cast in each.find_all(exp.Cast)}
    assert any(kind.startswith("DECIMAL(19") for kind in kinds)


@pytest.mark.parametrize("rate", checking.RATES)
@pytest.mark.parametrize("kind", ["rollup", "check"])
def test_no_double_is_in_any_query(kind, rate):
    if kind == "rollup":
        query = compiled("trino")
    else:
        table = ibis.table(dict.fromkeys(("actual", "plan", "previous", rate), "string"), name="rates")
        [claim] = [each for each in checking.claims(table.columns) if each.rate == rate]
        query = sqlglot.parse_one(
            str(ibis.to_sql(checking.judged(table, claim), dialect="trino")), dialect="trino"
        )
    assert not any(each.is_type("double", "float") for each in query.find_all(exp.DataType))
    assert not list(query.find_all(exp.Div))
