"""Datasets and reports become data frames of pandas and Polars and come back, by Arrow's protocol, without a digit lost."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sonla_cli import Dataset, Query, Report, SonlaError, budget, check, load
from sonla_cli.core.problem import Code
from sonla_cli.models.report import Row
from tests.console import ROOT, environment

FRAMES = {
    "pandas": pd.DataFrame.from_arrow,
    "pandas interchange": pd.api.interchange.from_dataframe,
    "polars": pl.DataFrame,
    "polars interchange": pl.from_dataframe,
    "pyarrow": pa.table,
}

ROWS = {
    "area": ["Sơn La"] * 3,
    "metric": ["revenue.local"] * 3,
    "measure": ["actual", "plan", "plan"],
    "basis": ["", "council", "central"],
    "period": ["2025-10M", "2025", "2025"],
    "value": [Decimal("4564"), Decimal("4500.5"), None],
    "unit": ["tỷ đồng"] * 3,
}


class Older:
    """A data frame that speaks only the protocol before Arrow's."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __dataframe__(self, **settings: bool) -> object:
        return self.table.__dataframe__(**settings)


def column(frame: object, name: str) -> list[object]:
    values = frame[name]
    found = values.to_pylist() if isinstance(frame, pa.Table) else list(values)
    # pandas shows missing text as NaN
    return [None if isinstance(each, float) else each for each in found]


@pytest.fixture(scope="module")
def data() -> Dataset:
    return load()


@pytest.mark.parametrize("library", FRAMES)
def test_a_dataset_goes_out_and_comes_back_the_same(library, data):
    frame = FRAMES[library](data)
    assert len(frame) == len(data.observations)
    assert column(frame, "value") == [each.value for each in data.observations]
    assert None in column(frame, "basis")
    assert "" not in column(frame, "basis")
    assert load(frame, embedded=False).observations == data.observations
    assert load(data, embedded=False).observations == data.observations


@pytest.mark.parametrize("library", FRAMES)
def test_the_numbers_of_a_report_are_decimals_and_what_is_missing_is_null(library, data):
    for report in (budget(Query(data)), check(Query(data, area="Hải Phòng"))):
        frame = FRAMES[library](report)
        for name in ("value", "low", "high"):
            found = column(frame, name)
            assert found == [getattr(row, name) for row in report.rows]
            assert {type(each) for each in found} <= {Decimal, type(None)}
        assert column(frame, "id") == [row.id for row in report.rows]
        assert [tuple(each) for each in column(frame, "sources")] == [row.sources for row in report.rows]


def row(value: Decimal | None, number: int = 0) -> Row:
    return Row(
        id=str(number), indicator="actual", metric="m", area="a", period="2025", unit="%", how="published",
        value=value,
    )  # fmt: skip


@given(st.lists(st.none() | st.decimals(-(10**18), 10**18, allow_nan=False, allow_infinity=False, places=11)))
def test_every_decimal_keeps_every_digit(values):
    report = Report(command="budget", area="a", period="2025", rows=tuple(map(row, values)))
    assert pa.table(report)["value"].to_pylist() == values
    if values:
        assert pl.DataFrame(report)["value"].to_list() == values


@pytest.mark.parametrize(
    "value", ["1E+20", "1E-30", "0", "0.000", "123456789012345678901234567890.000000000000001"]
)
def test_unusual_decimals_are_held(value):
    report = Report(command="budget", area="a", period="2025", rows=(row(Decimal(value)), row(None)))
    assert pa.table(report)["value"].to_pylist() == [Decimal(value), None]


def test_a_report_without_rows_is_a_table_with_the_same_columns(data):
    empty = pa.table(Report(command="budget", area="a", period="2025"))
    assert empty.num_rows == 0
    assert empty.column_names == pa.table(budget(Query(data))).column_names


@pytest.mark.parametrize(
    "make", [pd.DataFrame, pl.DataFrame, pa.table, lambda rows: pl.DataFrame(rows).lazy().collect()]
)
def test_a_frame_of_numbers_is_read_and_nothing_invents_precision(make):
    told = []
    found = load(make(ROWS), embedded=False, warn=told.extend)
    # a column of decimals has one number of places: 4564 stands in it as 4564.0, which nobody printed
    assert [(each.value, each.basis) for each in found.observations] == [("4564", ""), ("4500.5", "council")]
    assert [problem.code for problem in told] == [Code.BLANK_VALUE]


def test_the_protocol_before_arrow_is_read_too():
    table = pa.table({**ROWS, "value": [4564.0, 4500.5, None]})
    found = load(Older(table), embedded=False)
    assert [each.value for each in found.observations] == ["4564", "4500.5"]


def test_what_is_wrong_with_a_frame_is_told_with_its_row():
    frame = pl.DataFrame({**ROWS, "unit": ["tỷ đồng", "quả", "tỷ đồng"]})
    with pytest.raises(SonlaError, match=r"DataFrame:2:7: invalid_unit \(name 'quả'\)"):
        load(frame)
    with pytest.raises(TypeError, match="neither a path nor a data frame: 3"):
        load([3])


def test_a_path_alone_is_a_path():
    path = ROOT / "examples" / "half-year.csv"
    assert load(str(path), embedded=False) == load(path, embedded=False) == load([path], embedded=False)


def test_without_pyarrow_the_error_names_the_extra():
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from sonla_cli import Dataset, SonlaError, load\n"
        "for use in (Dataset().__arrow_c_stream__, lambda: load(Dataset())):\n"
        "    try: use()\n"
        "    except SonlaError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.count("missing_extra (package 'pyarrow', extra 'parquet')") == 2


@pytest.mark.slow
def test_a_notebook_shows_a_report_by_itself(tmp_path):
    import nbformat
    from nbclient import NotebookClient
    from nbconvert import HTMLExporter

    cells = [
        "from sonla_cli import Query, budget, load, show\nreport = budget(Query(load()))\nreport",
        "show(report, 'vi')",
        "import polars\npolars.DataFrame(report).select('id', 'low').head(3)",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    first, second, third = (cell.outputs[0].data for cell in notebook.cells)
    assert "4,138.7 … 4,147.5" in first["text/html"]
    assert "4.138,7 … 4.147,5" in second["text/html"]
    assert json.dumps(dict(first))
    assert "decimal[38," in third["text/html"]
    page, _resources = HTMLExporter().from_notebook_node(notebook)
    assert "4,138.7 … 4,147.5" in page
    assert "4.138,7 … 4.147,5" in page
