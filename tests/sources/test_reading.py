"""The same figures read from every format, encoding and separator."""

from __future__ import annotations

import io
import json
import sys
import zipfile

import pytest

from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.models.observation import COLUMNS
from sonla_cli.sources import load, tables
from sonla_cli.sources.files import Reading
from sonla_cli.sources.mapping import Mapping
from tests.sources.files import FIGURE, csv_text, fields, observation, package, workbook

ROWS = [fields(), fields(measure="attainment", basis="council", value="101.4", unit="%")]
WANTED = [observation(), observation(measure="attainment", basis="council", value="101.4", unit="%")]


def read(path, **settings):
    result = tables.read([str(path)], **settings)
    assert not result.errors, result.errors
    return result.observations


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_text_in_every_encoding_with_every_separator(tmp_path, encoding, separator):
    path = tmp_path / "a.csv"
    path.write_bytes(csv_text(ROWS, separator=separator).encode(encoding))
    assert read(path) == WANTED


def test_an_encoding_that_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(
        csv_text([fields(note="café")])
        .replace("Sơn La", "Son La")
        .replace("tỷ đồng", "billion VND")
        .encode("cp1252")
    )
    assert read(path, reading=Reading(encoding="cp1252"))[0].note == "café"
    with pytest.raises(SonlaError) as caught:
        tables.load([str(path)], reading=Reading(encoding="klingon"))
    assert caught.value.problems[0].code is Code.UNKNOWN_ENCODING


def test_old_line_ends_quotes_and_line_breaks_in_cells(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(csv_text([fields(note='one\n"two", three')]).replace("\n", "\r\n").encode())
    assert read(path)[0].note == 'one\n"two", three'


def test_a_decimal_comma_with_semicolons_as_spreadsheets_of_vietnam_write_it(tmp_path):
    path = tmp_path / "a.csv"
    rows = [
        fields(value="25.188", metric="revenue.total"),
        fields(measure="attainment", basis="central", value="138,07", unit="%"),
    ]
    path.write_text(csv_text(rows, separator=";"), encoding="utf-8-sig")
    assert [each.value for each in read(path)] == ["25188", "138.07"]


def test_the_decimal_mark_is_declared_by_an_option_a_mapping_or_a_package(tmp_path):
    rows = [fields(value="25.188")]
    (tmp_path / "a.csv").write_text(csv_text(rows), encoding="utf-8")
    for mark, value in ((Mark.COMMA, "25188"), (Mark.POINT, "25.188")):
        assert read(tmp_path / "a.csv", reading=Reading(decimal=mark))[0].value == value
        assert read(tmp_path / "a.csv", mapping=Mapping(decimal=mark))[0].value == value
    assert read(package(tmp_path / "p", rows))[0].value == "25.188"
    field = {"name": "value", "type": "number", "decimalChar": ",", "groupChar": "."}
    described = {
        "resources": [
            {"name": "observations", "path": "observations.csv", "schema": {"fields": [field]}},
            {"name": "sources", "path": "sources.csv"},
        ]
    }
    assert read(package(tmp_path / "q", rows, described))[0].value == "25188"


def test_a_package_whose_values_are_text_declares_nothing(tmp_path):
    resource = {
        "name": "observations",
        "path": "observations.csv",
        "schema": {"fields": [{"name": "value", "type": "string"}]},
    }
    folder = package(tmp_path / "p", [fields(value="25.188")], {"resources": [resource]})
    assert [each.code for each in tables.read([str(folder)]).errors] == [Code.AMBIGUOUS_NUMBER]


def test_numbers_that_contradict_the_declared_mark_are_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(csv_text([fields(value="1.234.567")]), encoding="utf-8")
    assert [each.code for each in tables.read([str(path)], reading=Reading(decimal=Mark.POINT)).errors] == [
        Code.OTHER_DECIMAL
    ]


def test_json_in_its_shapes(tmp_path):
    path = tmp_path / "a.json"
    for content in (ROWS, {"observations": ROWS, "sources": [{"id": FIGURE["source"], "title": "t"}]}):
        path.write_text(json.dumps(content), encoding="utf-8")
        assert read(path) == WANTED
    path.write_text(json.dumps(ROWS[0]), encoding="utf-8")
    assert read(path) == WANTED[:1]
    lines = tmp_path / "a.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n\n" for row in ROWS), encoding="utf-8")
    assert read(lines) == WANTED
    path.write_text(lines.read_text(), encoding="utf-8")
    assert read(path) == WANTED


def test_json_numbers_keep_their_digits_and_are_never_ambiguous(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([fields()]).replace('"4564"', "25.180"), encoding="utf-8")
    assert read(path)[0].value == "25.180"


def test_a_workbook_of_three_kinds(tmp_path):
    rows = [list(COLUMNS), *([row.get(name, "") for name in COLUMNS] for row in ROWS)]
    assert read(workbook(tmp_path / "a.xlsx", {"S": rows})) == WANTED
    assert read(_ods(tmp_path / "a.ods", rows)) == WANTED
    assert read(_xls(tmp_path / "a.xls", rows)) == WANTED


def _ods(path, rows):
    from xml.sax.saxutils import escape

    cells = "".join(
        "<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="float" office:value="{cell}"/>' if cell.replace(".", "").isdigit() and "." in cell
            else f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        ) + "</table:table-row>"
        for row in rows
    )  # fmt: skip
    spaces = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"'
        for each in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>')  # fmt: skip
        archive.writestr("content.xml", content)
    return path


def _xls(path, rows):
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(line, place, float(cell) if cell.replace(".", "").isdigit() and "." in cell else cell)
    book.save(str(path))
    return path


def test_a_sheet_may_be_named(tmp_path):
    rows = [list(COLUMNS), [fields().get(name, "") for name in COLUMNS]]
    path = workbook(tmp_path / "a.xlsx", {"Một": rows, "Hai": [list(COLUMNS)]})
    assert read(path, reading=Reading(sheet="Một")) == WANTED[:1]
    problem = tables.read([str(path)], reading=Reading(sheet="Mot")).errors[0]
    assert problem.code is Code.UNKNOWN_SHEET
    assert "Một" in problem.suggestions


def test_a_table_that_does_not_begin_in_the_corner_keeps_its_places(tmp_path):
    rows = [
        [],
        [],
        [None, None, *COLUMNS],
        [None, None, *(fields(area="nowhere").get(name, "") for name in COLUMNS)],
    ]
    problem = tables.read([str(workbook(tmp_path / "a.xlsx", {"S": rows}))]).errors[0]
    assert (problem.code, problem.place.cell) == (Code.UNKNOWN_AREA, "C4")


def test_a_cell_displayed_as_a_percentage_is_read_as_displayed(tmp_path):
    row = fields(measure="attainment", basis="central", unit="%")
    rows = [list(COLUMNS), [row.get(name, "") for name in COLUMNS]]
    column = COLUMNS.index("value")
    for value, shown, read_as in (
        (1.3807, "0.00%", "138.07"),
        (1.3807, '0.00"%"', "1.3807"),
        (138.07, "0.00", "138.07"),
        (0.478, "0%", "47.8"),
    ):
        rows[1][column] = value
        path = workbook(tmp_path / "a.xlsx", {"S": rows}, formats={f"{chr(65 + column)}2": shown})
        assert read(path)[0].value == read_as
    rows[1][COLUMNS.index("measure")], rows[1][COLUMNS.index("basis")] = "actual", ""
    rows[1][COLUMNS.index("unit")] = "tỷ đồng"
    path = workbook(tmp_path / "a.xlsx", {"S": rows}, formats={f"{chr(65 + column)}2": "0%"})
    assert [each.code for each in tables.read([str(path)]).errors] == [Code.PERCENT_CELL]


def test_a_package_as_a_folder_a_descriptor_and_a_zip(tmp_path):
    folder = package(tmp_path / "p", ROWS)
    assert read(folder) == WANTED
    assert read(folder / "datapackage.json") == WANTED
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"inside/{path.name}")
    assert read(tmp_path / "p.zip") == WANTED


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx", "zip", "parquet"])
def test_standard_input_says_what_it_is(tmp_path, kind, monkeypatch):
    from sonla_cli.models.observation import Dataset
    from sonla_cli.sources.writing import write

    path = tmp_path / f"a.{kind}"
    write(Dataset(observations=tuple(WANTED)), str(path))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    assert read("-") == WANTED


def test_a_name_without_an_ending_is_read_by_its_content(tmp_path):
    for name, content in (("a", csv_text(ROWS)), ("b", json.dumps(ROWS))):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert read(tmp_path / name) == WANTED


def test_several_files_are_merged_and_a_figure_brought_twice_counts_once(tmp_path):
    for name, rows in (("a.csv", ROWS), ("b.csv", [ROWS[0], fields(value="4522", source="other")])):
        (tmp_path / name).write_text(csv_text(rows), encoding="utf-8")
    found = tables.load([str(tmp_path / "a.csv"), str(tmp_path / "b.csv")])
    assert found.observations == [*WANTED, observation(value="4522", source="other")]
    assert [each.id for each in found.dataset.sources] == [FIGURE["source"], "other"]


def test_what_is_brought_is_added_to_the_embedded_data_or_stands_alone(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(csv_text([fields(), fields(value="4600", source="mine")]), encoding="utf-8")
    embedded = load()
    merged = load([str(path)])
    assert len(merged.observations) == len(embedded.observations) + 2 - (
        observation() in embedded.observations
    )
    alone = load([str(path)], embedded=False)
    assert len(alone.observations) == 2
    # a publication that the built-in data knows keeps its title and date
    assert alone.source_by_id[FIGURE["source"]].published_on == "2025-11-18"
    assert alone.source_by_id["mine"].kind == "user"


def test_a_table_of_sources_beside_the_figures(tmp_path):
    (tmp_path / "s.csv").write_text("id,title,published_on\nmine,Báo cáo,2025-11-05\n", encoding="utf-8")
    (tmp_path / "a.csv").write_text(csv_text([fields(source="mine")]), encoding="utf-8")
    found = tables.load([str(tmp_path / "a.csv"), str(tmp_path / "s.csv")])
    assert found.sources["mine"].title == "Báo cáo"


def test_a_blank_value_and_a_dash_are_no_figures_and_are_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        csv_text([fields(), fields(value=""), fields(value="-"), fields(value="0", period="2025-9M")]),
        encoding="utf-8",
    )
    found = tables.read([str(path)])
    assert [each.value for each in found.observations] == ["4564", "0"]
    assert [(each.code, each.place.line) for each in found.problems] == [
        (Code.BLANK_VALUE, 3),
        (Code.BLANK_VALUE, 4),
    ]
    assert not found.errors


def test_text_is_normalised_and_names_are_canonical_by_alias(tmp_path):
    path = tmp_path / "a.csv"
    import unicodedata

    rows = [
        fields(area="tỉnh Son La", unit="tỉ đồng"),
        fields(area=unicodedata.normalize("NFD", "Thanh Hoá"), unit="tỷ\u00a0đồng"),
    ]
    path.write_text(csv_text(rows), encoding="utf-8")
    assert [(each.area, each.unit) for each in read(path)] == [
        ("Sơn La", "tỉ đồng"),
        ("Thanh Hóa", "tỷ đồng"),
    ]


def test_the_first_of_a_month_in_a_period_is_what_a_spreadsheet_made_of_it(tmp_path):
    from datetime import date

    rows = [
        list(COLUMNS),
        [fields().get(name, "") for name in COLUMNS],
        [fields().get(name, "") for name in COLUMNS],
    ]
    column = COLUMNS.index("period")
    rows[1][column], rows[2][column] = date(2025, 11, 13), date(2025, 10, 1)
    letter = chr(65 + column)
    path = workbook(
        tmp_path / "a.xlsx", {"S": rows}, formats={f"{letter}2": "dd/mm/yyyy", f"{letter}3": "dd/mm/yyyy"}
    )
    found = tables.read([str(path)])
    assert [each.period for each in found.observations] == ["2025-11-13"]
    assert [(each.code, each.place.cell) for each in found.errors] == [(Code.DATE_CELL, f"{letter}3")]


def test_a_tidy_table_with_headings_of_its_own(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        csv_text([fields()]).replace("area,", "Tỉnh,", 1).replace("note", "Đơn vị nhập", 1), encoding="utf-8"
    )
    mapping = Mapping(renamed={"Tỉnh": "area", "Đơn vị nhập": "ignore"})
    found = tables.read([str(path)], mapping=mapping)
    assert found.problems == []
    assert found.observations == WANTED[:1]


def test_a_column_nobody_knows_is_named_and_left_alone(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(csv_text([fields()], [*COLUMNS, "người nhập"]), encoding="utf-8")
    found = tables.read([str(path)])
    assert found.observations == WANTED[:1]
    assert [(each.code, each.values["name"]) for each in found.problems] == [
        (Code.UNKNOWN_COLUMN, "người nhập")
    ]


def test_a_sheet_without_a_table_beside_one_with_a_table_is_named(tmp_path):
    rows = [list(COLUMNS), [fields().get(name, "") for name in COLUMNS]]
    found = tables.read([str(workbook(tmp_path / "a.xlsx", {"S": rows, "Ghi chú": [["xem phụ lục"]]}))])
    assert found.observations == WANTED[:1]
    assert [(each.code, each.place.sheet) for each in found.problems] == [(Code.NO_TABLE, "Ghi chú")]
