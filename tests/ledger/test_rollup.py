from __future__ import annotations

import csv
from datetime import date

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from sonla_cli.core.period import parse
from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.ledger import result
from sonla_cli.ledger.run import Order, explain, roll
from sonla_cli.models.observation import COLUMNS, Observation
from tests.ledger import reference


def as_tuples(rolled):
    return [
        tuple(row[name] for name in ("area", "entity", "metric", "measure", "basis", "period", "value"))
        for row in rolled.observations()
    ]


def order(folder, table="ledger.parquet", **settings):
    return Order(str(folder / table), str(folder / "ledger.toml"), **settings)


@pytest.mark.parametrize("by", [("area", "metric", "period"), ("area", "unit", "metric", "period")])
def test_a_rollup_is_the_sum_of_its_rows(ledger, vouchers, names, by):
    expected = reference.rollup(vouchers, names, unit="unit" in by)
    assert sorted(as_tuples(roll(order(ledger, by=by)))) == expected


def test_the_totals_are_those_written_while_the_ledger_was_made(ledger):
    found = {
        (row["period"], row["area"], row["metric"], row["measure"]): int(row["value"])
        for row in roll(order(ledger, by=("area", "metric"))).observations()
    }
    with (ledger / "totals.csv").open(encoding="utf-8") as file:
        leaves = [
            row for row in csv.DictReader(file) if row["metric"] == "disbursement" and row["total"] != "0"
        ]
    assert len(leaves) > 80
    for row in leaves:
        assert found[
            f"{row['year']}@{int(row['year']) + 1}-01-31", row["area"], row["metric"], row["measure"]
        ] == int(row["total"])


@pytest.mark.parametrize("form", ["csv", "json", "tsv.gz", "folder"])
def test_every_format_gives_the_same(ledger, tmp_path, form):
    table = pq.read_table(ledger / "ledger.parquet")
    if form == "csv":
        pa.csv.write_csv(table, tmp_path / "l.csv")
    elif form == "json":
        import json

        lines = [json.dumps({**row, "booked_on": str(row["booked_on"])}) for row in table.to_pylist()]
        (tmp_path / "l.jsonl").write_text("\n".join(lines), encoding="utf-8")
    elif form == "tsv.gz":
        import gzip

        with gzip.open(tmp_path / "l.tsv.gz", "wb") as file:
            pa.csv.write_csv(table, file, pa.csv.WriteOptions(delimiter="\t"))
    else:
        pq.write_to_dataset(table, tmp_path / "l", partition_cols=["budget_year"])
    [path] = tmp_path.iterdir()
    found = roll(Order(str(path), str(ledger / "ledger.toml")))
    assert as_tuples(found) == as_tuples(roll(order(ledger)))


def test_an_observation_is_valid_and_in_order(ledger):
    rolled = roll(order(ledger))
    rows = list(rolled.observations())
    assert tuple(rows[0]) == COLUMNS
    assert next(Observation(**row) for row in rows).figure.value > 0
    keys = [
        (row["area"], row["metric"], row["period"][:4], parse(row["period"]).end, row["measure"])
        for row in rows
    ]
    assert keys == sorted(keys)
    assert rolled.csv().splitlines()[1:] == [",".join(row.values()) for row in rows]


def write(tmp_path, rows, mapping="", name="t.parquet"):
    pq.write_table(pa.Table.from_pylist(rows) if isinstance(rows, list) else rows, tmp_path / name)
    if mapping:
        (tmp_path / "m.toml").write_text(mapping, encoding="utf-8")
    return Order(str(tmp_path / name), str(tmp_path / "m.toml") if mapping else "")


UNIT_MONTHS = [
    {
        "area": "Sơn La",
        "metric": "disbursement",
        "year": 2025,
        "month": month,
        "actual": actual,
        "plan": 1_000,
    }
    for month, actual in ((1, 10), (2, None), (4, 30))
]


def test_columns_with_the_fields_own_names_need_no_mapping(tmp_path):
    found = [
        (row["measure"], row["period"], row["value"])
        for row in roll(write(tmp_path, UNIT_MONTHS)).observations()
    ]
    assert [each for each in found if each[0] == "actual"] == [
        ("actual", "2025-1M", "10"), ("actual", "2025-2M", "10"), ("actual", "2025-3M", "10"), ("actual", "2025-4M", "40"),
    ]  # fmt: skip


def test_a_level_stands_for_its_month_and_is_missing_where_nobody_gave_it(tmp_path):
    mapping = """
        columns = { area = "area", metric = "metric", year = "year", month = "month" }
        amounts.actual = { column = "actual" }
        amounts.plan = { column = "plan", basis = "total", kind = "level", unit = "triệu đồng" }
    """
    found = [
        row for row in roll(write(tmp_path, UNIT_MONTHS, mapping)).observations() if row["measure"] == "plan"
    ]
    assert [(row["period"], row["value"], row["unit"]) for row in found] == [
        ("2025-1M", "1000", "triệu đồng"), ("2025-2M", "1000", "triệu đồng"), ("2025-4M", "1000", "triệu đồng"),
    ]  # fmt: skip


def test_the_last_month_of_a_group_stands_for_the_last_of_the_ledger(tmp_path):
    """Flows are carried on to it, levels are not; a gap in between is filled by the flow alone."""
    rows = [*UNIT_MONTHS, {**UNIT_MONTHS[0], "area": "Lào Cai", "month": 2, "plan": 7}]
    mapping = """
        columns = { area = "area", metric = "metric", year = "year", month = "month" }
        amounts.actual = { column = "actual" }
        amounts.plan = { column = "plan", basis = "total", kind = "level" }
    """

    def found(by):
        return [
            (row["area"], row["measure"], row["period"], row["value"])
            for row in roll(write(tmp_path, rows, mapping)._replace(by=by)).observations()
        ]

    assert found(("area", "metric")) == [
        ("Lào Cai", "actual", "2025-4M", "10"),
        ("Sơn La", "actual", "2025-4M", "40"),
        ("Sơn La", "plan", "2025-4M", "1000"),
    ]
    assert [each for each in found(("area", "metric", "period")) if each[0] == "Lào Cai"] == [
        ("Lào Cai", "actual", "2025-2M", "10"),
        ("Lào Cai", "plan", "2025-2M", "7"),
        ("Lào Cai", "actual", "2025-3M", "10"),
        ("Lào Cai", "actual", "2025-4M", "10"),
    ]


def test_flows_are_spelled_as_the_month_they_fall_in(tmp_path):
    mapping = """
        columns = { area = "area", metric = "metric", year = "year", month = "month" }
        period = { cumulative = false }
        amounts.actual = { column = "actual" }
    """
    found = roll(write(tmp_path, UNIT_MONTHS, mapping)).observations()
    assert [(row["period"], row["value"]) for row in found] == [("2025-01", "10"), ("2025-04", "30")]


@pytest.mark.parametrize(
    ("month", "text"),
    [
        (1, "2025-1M"),
        (11, "2025-11M"),
        (12, "2025"),
        (13, "2025@2026-01-31"),
        (14, "2025@2026-02-28"),
        (24, "2025@2026-12-31"),
    ],
)
def test_a_month_of_a_budget_year_is_a_period(month, text):
    assert result.spell_month(2025, month) == text
    assert parse(text).year == 2025


def test_amounts_beyond_64_bits_and_with_decimals_keep_every_digit(tmp_path):
    big = 9_000_000_000_000_000_001
    rows = [{"area": "Sơn La", "metric": "disbursement", "period": "2025", "actual": big} for _ in range(3)]
    assert [row["value"] for row in roll(write(tmp_path, rows)).observations()] == [str(3 * big)]
    texts = [{**rows[0], "actual": text} for text in ("0.1", "0.2", "-12.345600", " 7 ", "", None)]
    assert [row["value"] for row in roll(write(tmp_path, texts)).observations()] == ["-5.0456"]


def test_a_column_of_doubles_is_refused(tmp_path):
    rows = [{"area": "Sơn La", "metric": "disbursement", "period": "2025", "actual": 0.1}]
    with pytest.raises(SonlaError) as caught:
        roll(write(tmp_path, rows))
    assert caught.value.problems[0].code == Code.LEDGER_INEXACT


def test_everything_that_cannot_be_read_is_counted_and_stops_the_rollup(tmp_path):
    base = {"area": "Sơn La", "metric": "disbursement", "date": "2025-03-01", "actual": "5", "side": "D"}
    rows = [
        base, {**base, "actual": "1.234.567"}, {**base, "actual": "1e3"}, {**base, "side": "?"},
        {**base, "date": "01/03/2025"}, {**base, "area": "Sơn Lạ"}, {**base, "metric": "disbursment"},
    ]  # fmt: skip
    mapping = """
        columns = { area = "area", metric = "metric", date = "date" }
        amounts.actual = { column = "actual", sign = { column = "side", plus = "D", minus = "C" } }
    """
    with pytest.raises(SonlaError) as caught:
        roll(write(tmp_path, rows, mapping))
    assert [(each.code, each.values.get("rows"), each.suggestions[:1]) for each in caught.value.problems] == [
        (Code.LEDGER_UNREADABLE, "3", ()),
        (Code.LEDGER_UNREADABLE, "1", ()),
        (Code.UNKNOWN_AREA, None, ("Sơn La",)),
        (Code.UNKNOWN_METRIC, None, ("disbursement",)),
    ]


def test_what_is_left_out_is_said_with_its_money(tmp_path):
    base = {"area": "Sơn La", "item": "9201", "date": date(2025, 3, 1), "budget_year": 2025, "amount": 5}
    rows = [base, {**base, "item": "1"}, {**base, "area": None}, {**base, "date": date(2026, 2, 1)}]
    mapping = """
        columns = { area = "area", date = "date", budget_year = "budget_year", item = "item" }
        amounts.actual = { column = "amount" }
        metrics = [{ metric = "disbursement", item = "92*" }]
    """
    rolled = roll(write(tmp_path, rows, mapping))
    assert [(row["period"], row["value"]) for row in rolled.observations()] == [("2025-3M", "5")]
    assert [(each.code, dict(each.values)) for each in rolled.warnings] == [
        (Code.LEDGER_NO_METRIC, {"rows": "1", "amounts": "actual 5 đồng"}),
        (Code.LEDGER_NO_AREA, {"rows": "1", "amounts": "actual 5 đồng"}),
        (Code.LEDGER_OUTSIDE, {"rows": "1", "metric": "disbursement"}),
    ]


def test_a_row_of_several_metrics_is_left_out_or_unreadable_once(tmp_path):
    base = {"area": "Sơn La", "item": "1401", "date": "2025-03-01", "amount": "5"}
    mapping = """
        columns = { area = "area", date = "date", item = "item" }
        amounts.actual = { column = "amount" }
        metrics = [{ metric = ["revenue.land", "revenue.domestic", "revenue.local"], item = "1401" }]
    """
    rolled = roll(write(tmp_path, [base, {**base, "area": None}], mapping))
    assert [(each.code, dict(each.values)) for each in rolled.warnings] == [
        (Code.LEDGER_NO_AREA, {"rows": "1", "amounts": "actual 5 đồng"})
    ]
    with pytest.raises(SonlaError) as caught:
        roll(write(tmp_path, [base, {**base, "amount": "5 tỷ"}], mapping)._replace(by=("area", "metric")))
    assert [each.values["rows"] for each in caught.value.problems] == ["1"]


def test_an_empty_amount_is_missing_whatever_its_sign(tmp_path):
    base = {"area": "Sơn La", "metric": "disbursement", "date": "2025-03-01", "actual": "5", "side": "D"}
    mapping = """
        columns = { area = "area", metric = "metric", date = "date" }
        amounts.actual = { column = "actual", sign = { column = "side", minus = "C" } }
    """
    rows = [base, {**base, "actual": ""}, {**base, "actual": None}, {**base, "actual": "2", "side": "C"}]
    assert [row["value"] for row in roll(write(tmp_path, rows, mapping)).observations()] == ["3"]


def test_two_spellings_of_one_area_are_not_added_up_unasked(tmp_path):
    rows = [
        {"area": area, "metric": "disbursement", "period": "2025", "actual": 1}
        for area in ("Sơn La", "Son La")
    ]
    with pytest.raises(SonlaError) as caught:
        roll(write(tmp_path, rows))
    assert caught.value.problems[0].code == Code.LEDGER_SPELLINGS
    mapping = """
        columns = { area = "area", metric = "metric", period = "period" }
        areas = { "Son La" = "Sơn La" }
        amounts.actual = { column = "actual" }
    """
    assert [row["value"] for row in roll(write(tmp_path, rows, mapping)).observations()] == ["2"]


def test_a_mapping_that_says_too_little_is_told_all_it_lacks(tmp_path):
    with pytest.raises(SonlaError) as caught:
        roll(write(tmp_path, [{"x": 1}])._replace(by=("area", "unit", "metric", "period")))
    assert [each.values["what"] for each in caught.value.problems] == [
        "area",
        "unit",
        "metric",
        "period",
        "amount",
    ]


INJECTION = 'x"; DROP TABLE vouchers; --'


def test_names_and_values_are_never_sql(tmp_path):
    """A column, a value and a code that try to be SQL are a name, a value and a code."""
    rows = [
        {"area": "Sơn La", "metric": "disbursement", "period": "2025", INJECTION: 3, "kind": "' OR '1'='1"},
        {"area": "Sơn La", "metric": "disbursement", "period": "2025", INJECTION: 4, "kind": "other"},
    ]
    mapping = f"""
        columns = {{ area = "area", metric = "metric", period = "period" }}
        amounts.actual = {{ column = '{INJECTION}', when = {{ kind = "' OR '1'='1" }} }}
    """
    given = write(tmp_path, rows, mapping)
    assert [row["value"] for row in roll(given).observations()] == ["3"]
    sql = explain(given)
    assert '"x""; DROP TABLE vouchers; --"' in sql
    assert "''' OR ''1''=''1'" in sql


def test_a_sample_says_that_it_is_one(ledger):
    rolled = roll(order(ledger, sample=10))
    assert rolled.warnings[0].code == Code.LEDGER_SAMPLE
    assert 0 < len(list(rolled.observations())) < 500
