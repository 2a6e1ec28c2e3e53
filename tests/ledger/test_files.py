"""Files of one table: none is passed over, and columns go by their names."""

from __future__ import annotations

import gzip
import json
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.ledger.run import Order, explain, roll

ROW = {"area": "Sơn La", "metric": "disbursement", "period": "2025"}
LINE = "Sơn La,disbursement,2025"
HEADER = "area,metric,period,actual\n"


def parquet(path, amount, kind=None):
    table = pa.Table.from_pylist([ROW]).append_column("actual", pa.array([amount], kind))
    pq.write_table(table, path)


def values(path, **settings):
    return [row["value"] for row in roll(Order(str(path), **settings)).observations()]


def refused(path, **settings):
    with pytest.raises(SonlaError) as caught:
        values(path, **settings)
    return caught.value.problems[0]


def test_amounts_of_several_types_keep_their_digits(tmp_path):
    parquet(tmp_path / "a.parquet", 100, pa.int64())
    parquet(tmp_path / "b.parquet", Decimal("100.75"), pa.decimal128(18, 2))
    parquet(tmp_path / "c.parquet", Decimal("1.5"), pa.decimal128(4, 1))
    assert values(tmp_path) == ["202.25"]
    parquet(tmp_path / "d.parquet", 0.5, pa.float64())
    assert refused(tmp_path).code == Code.LEDGER_INEXACT


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_a_column_that_one_file_lacks_is_told_with_the_file(tmp_path, form):
    if form == "parquet":
        parquet(tmp_path / "a.parquet", 1)
        pq.write_table(pa.Table.from_pylist([{**ROW, "amt": 2}]), tmp_path / "b.parquet")
    else:
        (tmp_path / "a.csv").write_text(f"{HEADER}{LINE},1\n", encoding="utf-8")
        (tmp_path / "b.csv").write_text(f"area,metric,period,amt\n{LINE},2\n", encoding="utf-8")
    problem = refused(tmp_path)
    assert (problem.code, problem.values["name"]) == (Code.LEDGER_COLUMN, "actual")
    assert problem.place.file.endswith(f"b.{form}")


def test_packed_files_and_names_in_capitals_are_read_and_columns_go_by_name(tmp_path):
    (tmp_path / "A.CSV").write_text(f"{HEADER}{LINE},1\n", encoding="utf-8")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(f"{HEADER}{LINE},20\n".encode()))
    (tmp_path / "c.csv").write_text(
        f"actual;other;area;metric;period\n300;7;{LINE.replace(',', ';')}\n", encoding="utf-8"
    )
    (tmp_path / "D.CSV.GZ").write_bytes(gzip.compress(f"{HEADER}{LINE},4000\n".encode()))
    (tmp_path / "README.md").touch()
    (tmp_path / "_SUCCESS").touch()
    assert values(tmp_path) == ["4321"]


@pytest.mark.parametrize("other", ["b.csv", "b.csv.zip", "b.JSONL"])
def test_a_folder_of_several_formats_is_refused(tmp_path, other):
    parquet(tmp_path / "a.parquet", 1)
    (tmp_path / other).write_text(f"{HEADER}{LINE},2\n", encoding="utf-8")
    problem = refused(tmp_path)
    assert problem.code == Code.LEDGER_MIXED
    assert other in problem.values["names"]
    assert refused(f"{tmp_path}/*").code == Code.LEDGER_MIXED


def test_a_name_with_brackets_is_a_name(tmp_path):
    parquet(tmp_path / "x[1].parquet", 1)
    parquet(tmp_path / "x1.parquet", 20)
    assert values(tmp_path / "x[1].parquet") == ["1"]
    assert values(tmp_path) == ["21"]


def test_a_code_of_a_partition_stays_a_code(tmp_path):
    for code in ("01", "1"):
        (tmp_path / f"code={code}").mkdir()
        parquet(tmp_path / f"code={code}" / "x.parquet", int(f"{len(code)}00"))
    mapping = tmp_path.parent / "m.toml"
    mapping.write_text(
        'columns = { area = "area", metric = "metric", period = "period" }\n'
        'amounts.actual = { column = "actual", when = { code = "01" } }\n',
        encoding="utf-8",
    )
    assert values(tmp_path, mapping=str(mapping)) == ["200"]


def test_numbers_of_json_keep_every_digit(tmp_path):
    texts = ["9007199254740993.25", "123456789012.100001", '"0.5"', "1e3", "9007199254740993"]
    lines = [json.dumps(ROW)[:-1] + f', "actual": {text}}}' for text in texts]
    for numbers in (lines, lines[:2], lines[4:]):
        (tmp_path / "l.jsonl").write_text("\n".join(numbers), encoding="utf-8")
        (tmp_path / "l.json").write_text(f"[{', '.join(numbers)}]", encoding="utf-8")
        told = sum(Decimal(text.strip('"')) for text in texts[lines.index(numbers[0]) :][: len(numbers)])
        assert values(tmp_path / "l.jsonl") == values(tmp_path / "l.json") == [f"{told.normalize():f}"]
    fine = json.dumps(ROW)[:-1] + ', "actual": 0.0000001}'
    (tmp_path / "l.jsonl").write_text(f"{lines[0]}\n{fine}", encoding="utf-8")
    assert refused(tmp_path / "l.jsonl").code == Code.LEDGER_UNREADABLE


def test_texts_of_json_are_read_as_texts(tmp_path):
    rows = [{**ROW, "actual": text} for text in ("1.5", "", None)]
    (tmp_path / "l.json").write_text(json.dumps(rows), encoding="utf-8")
    assert values(tmp_path / "l.json") == ["1.5"]
    (tmp_path / "l.json").write_text(json.dumps([*rows, {**ROW, "actual": "1.234.567"}]), encoding="utf-8")
    assert refused(tmp_path / "l.json").values["rows"] == "1"


def test_the_sql_that_is_shown_can_be_run(tmp_path):
    import duckdb

    parquet(tmp_path / "it's.parquet", 7)
    for names in ([], ["attainment"]):
        table = pa.Table.from_pylist([{**ROW, "actual": 7, "plan": 14}])
        pq.write_table(table, tmp_path / "it's.parquet")
        sql = explain(Order(str(tmp_path / "it's.parquet")), names)
        *_, last = [each for each in sql.split(";") if each.strip()]
        found = duckdb.connect().execute(last)
        columns = [each[0] for each in found.description]
        assert found.fetchall()
        assert ("attainment_value" in columns, "attainment" in sql) == (bool(names), bool(names))
