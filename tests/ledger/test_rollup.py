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
    """Flows are carried on to it, a level stands for its own; a gap in between is filled by the flow alone."""
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
        ("Lào Cai", "plan", "2025-2M", "7"),
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
        (Code.LEDGER_OUTSIDE, {"rows": "1", "metric": "disbursement", "amounts": "actual 5 đồng"}),
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


DATED = """
    columns = { area = "area", metric = "metric", date = "date", budget_year = "year" }
    amounts.actual = { column = "actual" }
"""
FLOWS = """
    columns = { area = "area", unit = "unit", metric = "metric", year = "year", month = "month" }
    period = { cumulative = false }
    amounts.actual = { column = "actual" }
"""


@pytest.mark.parametrize(
    "wrong",
    [
        "01/03/2025",
        "",
        None,
        "2025-02-31",
        "2025-04-31",
        "2025-02-29",
        "2025-03-00",
        "2025-03-15xyz",
        "2025-03-15T00:30Z",
    ],
)
def test_a_date_nobody_can_read_stops_the_rollup_whatever_the_budget_year(tmp_path, wrong):
    base = {"area": "Sơn La", "metric": "disbursement", "date": "2025-03-01", "year": 2025, "actual": 5}
    with pytest.raises(SonlaError) as caught:
        roll(write(tmp_path, [base, {**base, "date": wrong}], DATED))
    [problem] = caught.value.problems
    assert (problem.code, problem.values["rows"]) == (Code.LEDGER_UNREADABLE, "1")
    assert problem.values["name"] == "date, year"


@pytest.mark.parametrize(
    "right", ["2025-02-28", "2024-02-29", "2025-12-31 23:59:59.5", "2025-03-15T00:30+07:00", " 2025-03-15 "]
)
def test_a_date_may_have_a_time(tmp_path, right):
    base = {"area": "Sơn La", "metric": "disbursement", "date": right, "actual": 5}
    mapping = DATED.replace(', budget_year = "year"', "")
    [first, *_] = roll(write(tmp_path, [base], mapping)).observations()
    assert parse(first["period"]).end.month == int(right.strip()[5:7])


@pytest.mark.parametrize(
    ("year", "month", "rows"),
    [(None, 3, 1), ("twenty", "3", 1), (25, 3, 1), ("2025", "March", 1), (2025, None, 1)],
)
def test_a_year_or_a_month_nobody_can_read_stops_the_rollup(tmp_path, year, month, rows):
    kind = str if isinstance(year, str) else int
    base = {"area": "Sơn La", "metric": "disbursement", "year": kind(2025), "month": kind(2), "actual": 5}
    with pytest.raises(SonlaError) as caught:
        roll(write(tmp_path, [base, {**base, "year": year, "month": month}]))
    assert [(each.code, each.values["rows"]) for each in caught.value.problems] == [
        (Code.LEDGER_UNREADABLE, str(rows))
    ]


@pytest.mark.parametrize("kind", [int, str])
def test_a_month_is_the_same_written_as_a_number_or_as_text(tmp_path, kind):
    base = {"area": "Sơn La", "metric": "disbursement", "year": kind(2025), "actual": 1}
    rolled = roll(write(tmp_path, [{**base, "month": kind(month)} for month in (12, 13, 14)]))
    assert [row["period"] for row in rolled.observations()] == ["2025", "2025@2026-01-31"]
    assert [(each.code, each.values["rows"]) for each in rolled.warnings] == [(Code.LEDGER_OUTSIDE, "1")]


def test_a_time_with_a_zone_is_that_of_viet_nam(tmp_path):
    from datetime import UTC, datetime

    base = {"area": "Sơn La", "metric": "disbursement", "actual": 5}
    rows = [{**base, "date": datetime(2024, 12, 31, 17, 30, tzinfo=UTC)}]
    mapping = DATED.replace(', budget_year = "year"', "")
    assert [row["period"] for row in roll(write(tmp_path, rows, mapping)).observations()] == ["2025-1M"]


@pytest.mark.parametrize(("name", "wrong"), [("date", 20250106), ("date", ["2025-01-06"]), ("year", [2025])])
def test_a_column_that_is_no_date_is_told_with_its_type(tmp_path, name, wrong):
    base = {"area": "Sơn La", "metric": "disbursement", "date": "2025-03-01", "year": 2025, "actual": 5}
    with pytest.raises(SonlaError) as caught:
        roll(write(tmp_path, [{**base, name: wrong}], DATED))
    [problem] = caught.value.problems
    assert (problem.code, problem.values["name"]) == (Code.LEDGER_NO_DATE, name)


def test_one_area_is_the_rows_of_it_where_a_column_says_so(tmp_path):
    base = {"metric": "disbursement", "period": "2025", "actual": 1}
    rows = [
        {**base, "area": area, "actual": amount}
        for area, amount in (("Sơn La", 1), ("Lào Cai", 20), ("14", 300))
    ]
    mapping = """
        columns = { area = "area", metric = "metric", period = "period" }
        areas = { 14 = "Sơn La" }
        amounts.actual = { column = "actual" }
    """
    for by in (("area", "metric"), ("metric",)):
        order = write(tmp_path, rows, mapping)._replace(by=by, area="tỉnh Sơn La")
        assert [(row["area"], row["value"]) for row in roll(order).observations()] == [("Sơn La", "301")]
    with pytest.raises(SonlaError) as caught:
        roll(order._replace(area="Sơn Lạ"))
    assert (caught.value.problems[0].code, caught.value.problems[0].suggestions[:1]) == (
        Code.UNKNOWN_AREA,
        ("Sơn La",),
    )
    with pytest.raises(SonlaError) as caught:
        roll(
            write(tmp_path, rows, mapping)._replace(
                area="Sơn La", by=("metric",), table=two_spellings(tmp_path, base)
            )
        )
    assert caught.value.problems[0].code == Code.LEDGER_SPELLINGS


def two_spellings(tmp_path, base):
    rows = [{**base, "area": area} for area in ("Sơn La", "Son La")]
    return write(tmp_path, rows, name="two.parquet").table


def test_a_table_without_a_column_of_areas_is_that_of_the_one_asked_for(tmp_path):
    rows = [{"metric": "disbursement", "period": "2025", "actual": 7}]
    order = write(tmp_path, rows)._replace(area="Son La")
    assert [(row["area"], row["value"]) for row in roll(order).observations()] == [("Sơn La", "7")]


def flows(tmp_path, rows, by=("area", "unit", "metric")):
    base = {"area": "Sơn La", "metric": "disbursement"}
    given = [dict(zip(("unit", "year", "month", "actual"), row, strict=True)) for row in rows]
    return roll(write(tmp_path, [{**base, **row} for row in given], FLOWS)._replace(by=by))


def test_without_periods_a_flow_is_that_of_the_last_month_a_group_has(tmp_path):
    rolled = flows(tmp_path, [("u1", 2025, 1, 5), ("u1", 2025, 3, 7), ("u3", 2025, 2, 11)])
    assert [(row["entity"], row["period"], row["value"]) for row in rolled.observations()] == [
        ("u1", "2025-03", "7"), ("u3", "2025-02", "11"),
    ]  # fmt: skip


def test_flows_know_twelve_months_and_say_what_comes_after_them(tmp_path):
    rolled = flows(tmp_path, [("u1", 2024, 13, 5), ("u1", 2025, 1, 7)], ("area", "metric", "period"))
    assert [(row["period"], row["value"]) for row in rolled.observations()] == [("2025-01", "7")]
    assert [dict(each.values) for each in rolled.warnings] == [
        {"rows": "1", "metric": "disbursement", "amounts": "actual 5 đồng"}
    ]


def test_an_amount_nobody_can_read_is_counted_in_a_month_before_the_last(tmp_path):
    rows = [{**UNIT_MONTHS[0], "area": area, "month": month, "actual": text, "plan": "1"}
            for area, month, text in (("Sơn La", 3, "5"), ("Lào Cai", 2, "5 tỷ"))]  # fmt: skip
    with pytest.raises(SonlaError) as caught:
        roll(write(tmp_path, rows)._replace(by=("area", "metric")))
    assert [each.values["rows"] for each in caught.value.problems] == ["1"]


def test_small_decimals_are_written_without_an_exponent(tmp_path):
    from decimal import Decimal

    base = {"area": "Sơn La", "metric": "disbursement", "year": 2025}
    amounts = pa.array([Decimal("0.00000012"), Decimal("-0.00000012"), Decimal("1.5")], pa.decimal128(20, 8))
    table = pa.Table.from_pylist([{**base, "month": month} for month in (1, 2, 3)]).append_column(
        "actual", amounts
    )
    assert [row["value"] for row in roll(write(tmp_path, table)).observations()] == ["0.00000012", "0", "1.5"]


def test_an_empty_unit_and_a_missing_one_are_one(tmp_path):
    rolled = flows(tmp_path, [("", 2025, 1, 5), (None, 2025, 1, 7)])
    assert [(row["entity"], row["value"]) for row in rolled.observations()] == [("", "12")]
